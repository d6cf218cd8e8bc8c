#include "api/handlers/member_forms.hpp"

#include "api/directories.hpp"

namespace coop::api {

namespace {

void write_ratio(JsonWriter& out, std::string_view name, const std::optional<Ratio>& ratio) {
  out.field(name, ratio ? std::optional{ratio->text()} : std::nullopt);
}

void write_membership_change(JsonWriter& out, const members::MembershipChange& change,
                             const members::Membership& membership) {
  std::optional<int> annulled_by;
  for (const members::MembershipChange& other : membership.changes)
    if (other.annuls == change.number) annulled_by = other.number;
  out.open()
      .field("number", change.number)
      .field("kind", members::text_of(change.kind))
      .field("on_day", change.on_day)
      .field("reason", change.reason)
      .field("decision", change.decision)
      .field("recorded_at", change.recorded_at)
      .field("recorded_by", change.recorded_by)
      .field("annuls", change.annuls)
      .field("annulled_by", annulled_by)
      .close();
}

void write_activity(JsonWriter& out, const members::Activity& activity) {
  out.object("activity").field("held", activity.held).field("attended", activity.attended);
  write_ratio(out, "required", activity.required);
  out.field("fulfilled", activity.fulfilled).close();
}

/// Where it stands, dues included.
std::optional<std::string_view> standing_text(const members::Membership& membership,
                                              const members::MemberClass& of, const MembershipView& view) {
  const auto without = members::standing_of(membership, view.day, view.known_at);
  if (!without) return std::nullopt;
  const members::AdoptedRule* adopted = members::find_rule_on(of, view.day, view.known_at);
  return members::text_of(
      dues::standing_with_dues(*without, adopted ? &adopted->rule : nullptr, view.overdue, view.day));
}

}  // namespace

void write_party(JsonWriter& out, const members::Party& party) {
  out.field("number", party.number).field("kind", members::text_of(party.kind));
}

void write_profile(JsonWriter& out, const std::optional<members::Profile>& profile) {
  if (!profile) {
    out.value(std::nullopt);
    return;
  }
  out.open()
      .field("name", profile->name)
      .field("email", profile->email)
      .field("iban", profile->iban)
      .field("address", profile->address)
      .field("country", profile->country)
      .field("language", profile->language)
      .close();
}

void write_head_count(JsonWriter& out, const members::HeadCount& count) {
  out.open()
      .field("number", count.number)
      .field("from_on", count.from_on)
      .field("members", count.members)
      .field("recorded_at", count.recorded_at)
      .close();
}

void write_membership(JsonWriter& out, const members::Membership& membership, const members::MemberClass& of,
                      const MembershipView& view, const std::optional<members::Activity>& activity) {
  out.open()
      .field("id", membership.id)
      .field("class", of.code)
      .field("from_on", membership.from_on)
      .field("until_on", membership.until_on)
      .field("taken_back", members::is_taken_back(membership))
      .field("standing", standing_text(membership, of, view));
  if (activity) write_activity(out, *activity);
  out.array("changes");
  for (const members::MembershipChange& change : membership.changes)
    if (!view.known_at || change.recorded_at <= *view.known_at)
      write_membership_change(out, change, membership);
  out.end_array().close();
}

void write_listed_member(JsonWriter& out, const reports::ListedMember& member, const NationalKind& national,
                         bool sees_profiles) {
  out.open();
  write_party(out, member.party);
  write_references(out, member.party.number, national);
  out.field("erased", member.erased);
  if (sees_profiles) out.field("name", member.name).field("email", member.email);
  out.array("memberships");
  for (const reports::ListedMembership& membership : member.memberships) {
    out.open()
        .field("id", membership.id)
        .field("class", membership.class_code)
        .field("from_on", membership.from_on)
        .field("until_on", membership.until_on)
        .field("standing", members::text_of(membership.standing))
        .close();
  }
  out.end_array().close();
}

void write_rule(JsonWriter& out, const members::AdoptedRule& adopted, UnitDirectory& units) {
  const members::ClassRule& rule = adopted.rule;
  out.open().field("number", adopted.number).field("from_on", rule.from_on);
  write_ratio(out, "weight", rule.weight);
  out.field("one_vote", members::text_of(rule.one_vote));
  write_ratio(out, "attendance", rule.attendance);
  out.field("grace_days", rule.grace_days)
      .field("arrears_days", rule.arrears_days)
      .field("is_solidarity", rule.is_solidarity);
  std::string obligation;
  if (rule.obligation) {
    const Unit unit = units.of(rule.obligation->unit());
    obligation = text_from_minor(rule.obligation->minor(), unit.scale) + " " + unit.code;
    out.object("obligation")
        .amount_field("amount", rule.obligation->minor(), unit.scale)
        .field("unit", unit.code)
        .close();
  } else {
    out.field("obligation", std::nullopt);
  }
  out.field("decision", rule.decision)
      .field("recorded_at", adopted.recorded_at)
      .field("words", members::words_of(rule, obligation))
      .close();
}

void write_class(JsonWriter& out, const members::MemberClass& of, UnitDirectory& units) {
  out.open().field("code", of.code).field("title", of.title).array("rules");
  for (const members::AdoptedRule& adopted : of.rules) write_rule(out, adopted, units);
  out.end_array().close();
}

void write_meeting(JsonWriter& out, const members::Meeting& meeting) {
  out.field("number", meeting.id)
      .field("held_on", meeting.held_on)
      .field("title", meeting.title)
      .field("class", meeting.class_code)
      .field("attended", meeting.attended);
}

}  // namespace coop::api
