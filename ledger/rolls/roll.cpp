#include "ledger/rolls/roll.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::rolls {

using members::AdoptedRule;
using members::ClassRule;
using members::MemberClass;
using members::OneVote;
using members::Standing;

namespace {

constexpr std::array<std::string_view, 10> kind_texts{"no_rule",    "no_vote", "applied",  "paused",
                                                      "suspended",  "left",    "deceased", "no_heads",
                                                      "in_arrears", "absent"};

/// A membership that goes on, admitted.
bool is_registered(Standing without) {
  return without == Standing::active || without == Standing::paused || without == Standing::suspended;
}

/// The day of the change because of which it stands as it does.
Day day_of_standing(const members::Membership& membership, Day day) {
  Day since = membership.from_on;
  for (const members::MembershipChange& change : members::changes_in_force(membership))
    if (members::is_ending(change.kind) ? change.on_day < day : change.on_day <= day) since = change.on_day;
  return since;
}

std::optional<Exclusion> standing_exclusion(Standing without, Day since) {
  switch (without) {
    case Standing::applied:
      return Exclusion{ExclusionKind::applied, "applied on " + since.text() + " and is not admitted yet"};
    case Standing::paused:
      return Exclusion{ExclusionKind::paused, "has paused since " + since.text()};
    case Standing::suspended:
      return Exclusion{ExclusionKind::suspended, "is suspended since " + since.text()};
    case Standing::left:
      return Exclusion{ExclusionKind::left, "was a member until " + since.text()};
    case Standing::deceased:
      return Exclusion{ExclusionKind::deceased, "died on " + since.text()};
    case Standing::active:
    case Standing::in_grace:
    case Standing::in_arrears:
      return std::nullopt;
  }
  throw InvariantBroken{"a membership stands somewhere"};
}

std::string count_text(std::int64_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// How a rule is printed: with its obligation, if it has one.
std::string words_of(const ClassRule& rule, const std::map<UnitId, Unit>& units) {
  if (!rule.obligation) return members::words_of(rule, "");
  const Unit& unit = units.at(rule.obligation->unit());
  return members::words_of(rule, text_from_minor(rule.obligation->minor(), unit.scale) + " " + unit.code);
}

/// How many votes a member of a class has that votes.
std::int64_t votes_of(const ClassRule& rule, const VoterFacts& facts) {
  if (rule.one_vote == OneVote::member || facts.party.kind == members::PartyKind::person) return 1;
  return facts.heads.value_or(0);
}

/// Those of the meetings that were held while the membership was active.
members::Activity activity_of(const VoterFacts& facts, const std::optional<Ratio>& required) {
  std::vector<members::ExpectedMeeting> expected;
  for (const members::ExpectedMeeting& meeting : facts.meetings)
    if (members::standing_of(facts.membership, meeting.held_on) == Standing::active)
      expected.push_back(meeting);
  return members::activity_of(expected, required);
}

}  // namespace

std::string_view text_of(ExclusionKind kind) { return kind_texts.at(static_cast<std::size_t>(kind)); }

ExclusionKind exclusion_kind_from(std::string_view text) {
  const auto found = std::ranges::find(kind_texts, text);
  ensure(found != kind_texts.end(), "a reason to be excluded is one that we know");
  return static_cast<ExclusionKind>(found - kind_texts.begin());
}

std::string text_of(std::span<const Exclusion> exclusions) {
  std::string text;
  for (const Exclusion& one : exclusions)
    (((text += text.empty() ? "" : "; ") += text_of(one.kind)) += ": ") += one.words;
  return text;
}

std::vector<Exclusion> exclusions_from(std::string_view text) {
  std::vector<Exclusion> exclusions;
  while (!text.empty()) {
    const std::size_t end = text.find("; ");
    const std::string_view one = text.substr(0, end);
    const std::size_t colon = one.find(": ");
    ensure(colon != std::string_view::npos, "a reason to be excluded has its words");
    exclusions.push_back({exclusion_kind_from(one.substr(0, colon)), std::string{one.substr(colon + 2)}});
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
  }
  return exclusions;
}

const RollClass& class_of(std::span<const RollClass> classes, std::string_view code) {
  const auto found = std::ranges::find(classes, code, &RollClass::code);
  ensure(found != classes.end(), "a line of a roll is of one of its classes");
  return *found;
}

RollClass sum_of(std::span<const RollClass> classes) {
  RollClass sum{"", "", std::nullopt, std::nullopt, OneVote::member, ""};
  for (const RollClass& of : classes) {
    sum.registered += of.registered;
    sum.paid_up += of.paid_up;
    sum.eligible += of.eligible;
    sum.votes += of.votes;
  }
  return sum;
}

std::optional<Fraction> share_of(const RollClass& of, std::int64_t votes) {
  if (!of.weight || votes == 0) return std::nullopt;
  return Fraction{*of.weight} * Fraction{votes, of.votes};
}

RollMaker::RollMaker(Day as_of, std::optional<Instant> known_at, std::span<const MemberClass> classes,
                     std::map<UnitId, Unit> units)
    : roll_{as_of, known_at, {}, {}}, units_{std::move(units)} {
  for (const MemberClass& of : classes) {
    const AdoptedRule* adopted = members::find_rule_on(of, as_of, known_at);
    of_class_.emplace(of.id, OfClass{roll_.classes.size(), adopted});
    RollClass shown{of.code, of.title, std::nullopt, std::nullopt, OneVote::member, ""};
    if (adopted) {
      shown.rule = adopted->number;
      shown.weight = adopted->rule.weight;
      shown.one_vote = adopted->rule.one_vote;
      shown.words = words_of(adopted->rule, units_);
    }
    roll_.classes.push_back(std::move(shown));
  }
}

bool RollMaker::needs_meetings(ClassId of) const {
  const AdoptedRule* adopted = of_class_.at(of).adopted;
  return adopted && adopted->rule.attendance;
}

Exclusion RollMaker::arrears_of(const dues::Overdue& overdue, int allowed) const {
  std::string amounts;
  for (const auto& [id, minor] : overdue.minor) {
    const Unit& unit = units_.at(id);
    amounts += (amounts.empty() ? "" : " and ") + text_from_minor(minor, unit.scale) + " " + unit.code;
  }
  return {ExclusionKind::in_arrears,
          fmt::format("owes {} since {}: {} late, {} allowed", amounts, overdue.since.text(),
                      count_text(dues::days_late(overdue, roll_.as_of), "day", "days"),
                      allowed == 0 ? "none is" : count_text(allowed, "is", "are"))};
}

std::vector<Exclusion> RollMaker::exclusions_of(const VoterFacts& facts, const OfClass& of,
                                                Standing without) const {
  std::vector<Exclusion> exclusions;
  const ClassRule* rule = of.adopted ? &of.adopted->rule : nullptr;
  if (!rule) exclusions.push_back({ExclusionKind::no_rule, "no rule of the class is in force"});
  else if (!rule->weight) exclusions.push_back({ExclusionKind::no_vote, "the class has no vote"});
  if (auto one = standing_exclusion(without, day_of_standing(facts.membership, roll_.as_of)))
    exclusions.push_back(std::move(*one));
  if (!is_registered(without)) return exclusions;
  if (rule && rule->weight && votes_of(*rule, facts) == 0)
    exclusions.push_back({ExclusionKind::no_heads, facts.heads ? "declares to have no members"
                                                               : "has not declared how many members it has"});
  if (!dues::is_paid_up(rule, facts.overdue, roll_.as_of))
    exclusions.push_back(arrears_of(*facts.overdue, rule ? rule->arrears_days : 0));
  if (rule && rule->attendance && without == Standing::active) {
    const members::Activity activity = activity_of(facts, rule->attendance);
    if (!activity.fulfilled)
      exclusions.push_back(
          {ExclusionKind::absent,
           fmt::format("was at {} of {} in the last twelve months: at least {} asked for", activity.attended,
                       count_text(activity.held, "meeting", "meetings"),
                       rule->attendance->denominator() == 1 ? std::string{"all of them are"}
                                                            : rule->attendance->text() + " of them is")});
  }
  return exclusions;
}

void RollMaker::add(const VoterFacts& facts) {
  const auto without = members::standing_of(facts.membership, roll_.as_of);
  if (!without) return;
  const OfClass& of = of_class_.at(facts.membership.class_id);
  const ClassRule* rule = of.adopted ? &of.adopted->rule : nullptr;
  RollClass& counted = roll_.classes[of.place];
  const bool paid_up = dues::is_paid_up(rule, facts.overdue, roll_.as_of);
  const bool free = rule && rule->is_solidarity;
  RollLine line{facts.membership.id,
                facts.party.number,
                counted.code,
                dues::standing_with_dues(*without, rule, facts.overdue, roll_.as_of),
                is_registered(*without),
                paid_up,
                paid_up && (free || facts.is_waived),
                0,
                exclusions_of(facts, of, *without)};
  if (line.is_eligible()) line.votes = votes_of(*rule, facts);
  counted.registered += line.is_registered ? 1 : 0;
  counted.paid_up += line.is_registered && line.is_paid_up ? 1 : 0;
  counted.eligible += line.is_eligible() ? 1 : 0;
  counted.votes += line.votes;
  roll_.lines.push_back(std::move(line));
}

Roll RollMaker::finish() {
  std::ranges::sort(roll_.lines, [](const RollLine& a, const RollLine& b) {
    return std::tie(a.number, a.membership) < std::tie(b.number, b.membership);
  });
  return std::move(roll_);
}

}  // namespace coop::rolls
