#include "ledger/journals/native_member_checks.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "ledger/journals/native_require.hpp"
#include "ledger/members/class_rule.hpp"
#include "ledger/members/meeting.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

/// A number from `least` up that PostgreSQL's integer holds.
int small(JsonFields& row, std::string_view name, int least = 1) {
  const std::int64_t number = row.number(name);
  require(number >= least && number <= 2'000'000'000,
          "the field `" + std::string{name} + "` is out of range");
  return static_cast<int>(number);
}

std::optional<Ratio> share(JsonFields& row, std::string_view name) {
  const auto text = row.maybe_text(name);
  if (!text) return std::nullopt;
  const Ratio ratio = Ratio::parse(*text);
  require(*text == std::to_string(ratio.numerator()) + "/" + std::to_string(ratio.denominator()),
          "the share " + *text + " is not in lowest terms");
  return ratio;
}

void require_kept_reason(const std::string& reason) {
  require(!reason.empty() && reason.size() <= 2'000, "a reason is missing or too long");
}

std::string in_capitals(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

}  // namespace

void MemberChecks::know_dimension(const std::string& code, const std::string& name) {
  dimension_names_.emplace(code, name);
}

void MemberChecks::take(const NativeRow& row, const Scales& scales) {
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  const std::string_view kind = row.of->kind;
  if (kind == "party") take_party(fields);
  if (kind == "profile") take_profile(fields);
  if (kind == "erasure") take_erasure(fields);
  if (kind == "head_count") take_head_count(fields);
  if (kind == "member_class") take_class(fields);
  if (kind == "class_rule") take_rule(fields, scales);
  if (kind == "membership") take_membership(fields);
  if (kind == "membership_change") take_change(fields);
  if (kind == "meeting") take_meeting(fields);
  if (kind == "attendance") take_attendance(fields);
}

void MemberChecks::take_party(JsonFields& row) {
  const int id = small(row, "id");
  const std::string number = row.text("number");
  members::require_party_number(number);
  const auto dimension = dimension_names_.find(number);
  require(dimension != dimension_names_.end() && dimension->second == number,
          "the books do not know the member " + number + ", or by another name");
  require(party_ids_.insert(id).second && capital_numbers_.insert(in_capitals(number)).second &&
              parties_.emplace(number, KnownParty{PartyId{id}, members::party_kind_from(row.text("party"))})
                  .second,
          "the member " + number + " is described twice");
}

MemberChecks::KnownParty& MemberChecks::party_of(JsonFields& row) {
  const std::string number = row.text("member");
  const auto found = parties_.find(number);
  require(found != parties_.end(), "there is no member " + number);
  return found->second;
}

void MemberChecks::take_profile(JsonFields& row) {
  KnownParty& party = party_of(row);
  require(!party.has_profile, "the member's profile is described twice");
  party.has_profile = true;
  members::require_profile(members::Profile{row.text("name"), row.maybe_text("email"), row.maybe_text("iban"),
                                            row.maybe_text("address"), row.maybe_text("country"),
                                            row.maybe_text("language")});
}

void MemberChecks::take_erasure(JsonFields& row) {
  KnownParty& party = party_of(row);
  require(!party.has_profile, "whoever was erased has no profile any more");
  require(!party.erased, "the member is erased twice");
  party.erased = true;
  require_kept_reason(row.text("reason"));
}

void MemberChecks::take_head_count(JsonFields& row) {
  KnownParty& party = party_of(row);
  require(party.kind == members::PartyKind::organisation, "only an organisation declares members");
  require(small(row, "number") == ++party.head_counts, "the numbers of the head counts have a gap");
  require(small(row, "members", 0) <= 100'000'000, "the head count is too large");
}

void MemberChecks::take_class(JsonFields& row) {
  const std::string code = row.text("code");
  members::require_class_code(code);
  const std::string title = row.text("title");
  require(!title.empty() && title.size() <= 800, "the class has no title, or too long a one");
  require(class_ids_.insert(small(row, "id")).second && classes_.emplace(code, 0).second,
          "the class " + code + " is described twice");
}

void MemberChecks::require_class(const std::string& code) const {
  require(classes_.contains(code), "there is no class " + code);
}

void MemberChecks::take_rule(JsonFields& row, const Scales& scales) {
  const std::string code = row.text("class");
  require_class(code);
  require(small(row, "number") == ++classes_.at(code), "the numbers of the class's rules have a gap");
  members::ClassRule rule{row.day("from_on")};
  rule.weight = share(row, "weight");
  rule.one_vote = members::one_vote_from(row.text("one_vote"));
  rule.attendance = share(row, "attendance");
  rule.grace_days = small(row, "grace_days", 0);
  rule.arrears_days = small(row, "arrears_days", 0);
  rule.decision = row.text("decision");
  const auto obligation = row.maybe_text("obligation");
  const auto unit = row.maybe_text("unit");
  require(obligation.has_value() == unit.has_value(), "an obligation has an amount and a unit");
  if (obligation) {
    const auto scale = scales.find(*unit);
    require(scale != scales.end(), "the unit " + *unit + " is used before it is described");
    rule.obligation = Money::of_minor(minor_from_text(*obligation, scale->second), UnitId{1});
  }
  members::require_class_rule(rule);
}

void MemberChecks::take_membership(JsonFields& row) {
  const int id = small(row, "id");
  const std::string code = row.text("class");
  require_class(code);
  const Day from_on = row.day("from_on");
  const auto until_on = row.maybe_day("until_on");
  require(!until_on || *until_on >= from_on, "the membership ends before it begins");
  KnownMembership known{
      {MembershipId{id}, party_of(row).id, ClassId{1}, from_on, until_on, {}}, code, row.truth("taken_back")};
  require(memberships_.emplace(id, std::move(known)).second, "the membership is described twice");
}

void MemberChecks::take_change(JsonFields& row) {
  const auto found = memberships_.find(small(row, "membership"));
  require(found != memberships_.end(), "there is no such membership");
  std::vector<members::MembershipChange>& changes = found->second.membership.changes;
  const int number = small(row, "number");
  require(number == static_cast<int>(changes.size()) + 1, "the numbers of the changes have a gap");
  members::MembershipChange change{number,
                                   members::change_kind_from(row.text("change")),
                                   row.day("on_day"),
                                   row.text("reason"),
                                   row.maybe_text("decision"),
                                   row.instant("recorded_at"),
                                   std::nullopt,
                                   std::nullopt};
  const bool needs_reason = change.kind == members::ChangeKind::paused ||
                            change.kind == members::ChangeKind::suspended ||
                            change.kind == members::ChangeKind::left;
  if (row.has("annuls")) {
    change.annuls = small(row, "annuls");
    require(*change.annuls < number, "what is taken back comes later");
    const auto& annulled = changes.at(static_cast<std::size_t>(*change.annuls) - 1);
    require(!annulled.annuls && annulled.kind == change.kind && annulled.on_day == change.on_day,
            "what is taken back is another change");
    require(std::none_of(changes.begin(), changes.end(),
                         [&](const auto& other) { return other.annuls == change.annuls; }),
            "a change is taken back twice");
  }
  if (needs_reason || change.annuls) require_kept_reason(change.reason);
  changes.push_back(std::move(change));
}

void MemberChecks::take_meeting(JsonFields& row) {
  const std::string title = row.text("title");
  require(!title.empty() && title.size() <= 800, "the meeting has no title, or too long a one");
  if (const auto code = row.maybe_text("class")) require_class(*code);
  require(meetings_.insert(small(row, "id")).second, "the meeting is described twice");
}

void MemberChecks::take_attendance(JsonFields& row) {
  const int meeting = small(row, "meeting");
  require(meetings_.contains(meeting), "there is no such meeting");
  party_of(row);
  require(small(row, "number") == ++attendances_[{meeting, row.text("member")}],
          "the numbers of the attendance have a gap");
}

void MemberChecks::finish() const {
  for (const auto& [id, known] : memberships_) {
    const std::string name = "the membership " + std::to_string(id);
    require(!known.membership.changes.empty(), name + " was never applied for");
    members::require_course(known.membership);
    require(known.membership.until_on == members::ending_of(known.membership),
            name + " has another last day than its changes say");
    require(known.taken_back == members::is_taken_back(known.membership),
            name + " is taken back in part only");
  }
  require_apart();
}

void MemberChecks::require_apart() const {
  std::map<std::pair<std::string, PartyId>, std::vector<const members::Membership*>> by_class_and_party;
  for (const auto& [id, known] : memberships_) {
    if (!known.taken_back)
      by_class_and_party[{known.class_code, known.membership.party}].push_back(&known.membership);
  }
  for (auto& [of, memberships] : by_class_and_party) {
    std::sort(memberships.begin(), memberships.end(),
              [](const auto* a, const auto* b) { return a->from_on < b->from_on; });
    for (std::size_t i = 1; i < memberships.size(); ++i) {
      const auto& until_on = memberships[i - 1]->until_on;
      require(until_on && *until_on < memberships[i]->from_on,
              "the membership " + std::to_string(memberships[i]->id.number()) + " overlaps another one");
    }
  }
}

}  // namespace coop::journals
