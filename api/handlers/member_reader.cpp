#include "api/handlers/member_reader.hpp"

#include "ledger/values/iban.hpp"

namespace coop::api {

namespace {

constexpr std::size_t most_words = 500;
constexpr std::size_t most_parties = 10'000;

/// Text that may be left out, but not be empty.
std::string text_if_given(const JsonObject& fields, std::string_view name) {
  const auto found = fields.find(name);
  if (!found) return {};
  std::string text = found->text(most_words);
  if (text.empty()) found->refuse(Refusal::field_invalid, "leave it out, or say something");
  return text;
}

std::optional<std::string> member_decision_from(const JsonObject& fields) {
  std::string decision = text_if_given(fields, "decision");
  if (decision.empty()) return std::nullopt;
  return decision;
}

std::string iban_from(std::string_view typed) { return Iban::parse(typed).text(); }

std::optional<std::string> member_text_from(const JsonObject& fields, std::string_view name,
                                            std::size_t most) {
  const auto found = fields.find(name);
  if (!found) return std::nullopt;
  return found->text(most);
}

members::Profile profile_from(JsonValue profile) {
  const JsonObject fields{profile, {"name", "email", "iban", "address", "country", "language"}};
  members::Profile read{fields.require("name").text(200)};
  read.email = member_text_from(fields, "email", 254);
  if (const auto iban = fields.find("iban")) read.iban = iban->parsed(iban_from);
  read.address = member_text_from(fields, "address", 500);
  read.country = member_text_from(fields, "country", 2);
  read.language = member_text_from(fields, "language", 6);
  profile.judged([&] { members::require_profile(read); });
  return read;
}

std::optional<Ratio> ratio_from(const JsonObject& fields, std::string_view name) {
  const auto found = fields.find(name);
  if (!found) return std::nullopt;
  return found->parsed(Ratio::parse);
}

Money obligation_from(JsonValue obligation, const UnitByCode& unit_of) {
  const JsonObject fields{obligation, {"amount", "unit"}};
  const JsonValue amount = fields.require("amount");
  amount.amount();
  const Unit unit = fields.require("unit").parsed(unit_of);
  const std::int64_t minor =
      amount.parsed([&](std::string_view text) { return minor_from_text(text, unit.scale); });
  if (minor == 0) amount.refuse(Refusal::amount_zero, "an obligation is more than zero");
  if (minor < 0) amount.refuse(Refusal::field_invalid, "an obligation is more than zero");
  return Money::of_minor(minor, unit.id);
}

}  // namespace

members::PartyDraft party_draft_from(JsonValue party) {
  const JsonObject fields{party, {"number", "kind", "profile"}};
  members::PartyDraft draft{std::nullopt, fields.require("kind").parsed(members::party_kind_from), {}};
  if (const auto number = fields.find("number")) {
    number->parsed([](std::string_view text) { return members::require_party_number(text), true; });
    draft.number = number->text(20);
  }
  if (const auto profile = fields.find("profile")) draft.profile = profile_from(*profile);
  return draft;
}

members::ProfileChange profile_change_from(JsonValue change) {
  const JsonObject fields{change, {"name", "email", "iban", "address", "country", "language"}};
  members::ProfileChange asked;
  if (fields.gives("name")) asked.name = fields.require("name").text(200);
  if (fields.gives("email")) asked.email = member_text_from(fields, "email", 254);
  if (fields.gives("iban")) {
    const auto iban = fields.find("iban");
    asked.iban = iban ? std::optional{iban->parsed(iban_from)} : std::nullopt;
  }
  if (fields.gives("address")) asked.address = member_text_from(fields, "address", 500);
  if (fields.gives("country")) asked.country = member_text_from(fields, "country", 2);
  if (fields.gives("language")) asked.language = member_text_from(fields, "language", 6);
  return asked;
}

members::ClassRule class_rule_from(JsonValue rule, const UnitByCode& unit_of) {
  const JsonObject fields{rule,
                          {"from_on", "weight", "one_vote", "attendance", "grace_days", "arrears_days",
                           "is_solidarity", "obligation", "decision"}};
  members::ClassRule read{fields.require("from_on").day()};
  read.weight = ratio_from(fields, "weight");
  if (const auto one_vote = fields.find("one_vote")) read.one_vote = one_vote->parsed(members::one_vote_from);
  read.attendance = ratio_from(fields, "attendance");
  if (const auto days = fields.find("grace_days")) read.grace_days = static_cast<int>(days->number(0, 3'660));
  read.arrears_days = read.grace_days;
  if (const auto days = fields.find("arrears_days"))
    read.arrears_days = static_cast<int>(days->number(0, 3'660));
  read.is_solidarity = fields.truth_or("is_solidarity", false);
  if (const auto obligation = fields.find("obligation"))
    read.obligation = obligation_from(*obligation, unit_of);
  read.decision = fields.require("decision").text(most_words);
  rule.judged([&] { members::require_class_rule(read); });
  return read;
}

members::MembershipDraft membership_draft_from(JsonValue membership, const std::string& number,
                                               const RequireText& require_class) {
  const JsonObject fields{membership, {"class", "from_on", "admitted_on", "reason", "decision"}};
  const JsonValue of_class = fields.require("class");
  of_class.parsed([&](std::string_view code) { return require_class(code), true; });
  members::MembershipDraft draft{number, std::string{of_class.text()}, fields.require("from_on").day()};
  if (const auto admitted_on = fields.find("admitted_on")) draft.admitted_on = admitted_on->day();
  draft.reason = text_if_given(fields, "reason");
  draft.decision = member_decision_from(fields);
  membership.judged([&] { members::require_membership_draft(draft); });
  return draft;
}

members::ChangeDraft change_draft_from(JsonValue change) {
  const JsonObject fields{change, {"kind", "on_day", "reason", "decision"}};
  const auto kind = fields.require("kind").parsed(members::change_kind_from);
  members::ChangeDraft draft{kind, fields.require("on_day").day()};
  draft.reason = text_if_given(fields, "reason");
  draft.decision = member_decision_from(fields);
  return draft;
}

members::MeetingDraft meeting_draft_from(JsonValue meeting, const RequireText& require_class,
                                         const RequireText& require_party) {
  const JsonObject fields{meeting, {"held_on", "title", "class", "attended"}};
  members::MeetingDraft draft{fields.require("held_on").day(), fields.require("title").text(200)};
  if (const auto of_class = fields.find("class")) {
    of_class->parsed([&](std::string_view code) { return require_class(code), true; });
    draft.class_code = std::string{of_class->text()};
  }
  if (const auto attended = fields.find("attended"))
    draft.attended = member_numbers_from(*attended, require_party);
  meeting.judged([&] { members::require_meeting(draft); });
  return draft;
}

std::vector<std::string> member_numbers_from(JsonValue numbers, const RequireText& require_party) {
  const auto elements = numbers.elements();
  if (elements.size() > most_parties)
    numbers.refuse(Refusal::batch_too_large, "at most " + std::to_string(most_parties) + " members");
  std::vector<std::string> read;
  read.reserve(elements.size());
  for (const JsonValue& element : elements) {
    element.parsed([&](std::string_view number) { return require_party(number), true; });
    read.emplace_back(element.text());
  }
  return read;
}

}  // namespace coop::api
