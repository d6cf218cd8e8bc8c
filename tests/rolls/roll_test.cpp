#include "ledger/rolls/roll.hpp"

#include <gtest/gtest.h>

namespace coop::rolls {
namespace {

using members::ChangeKind;

const UnitId euro{1};
const UnitId hour{2};

Day day(const char* text) { return Day::parse(text); }

members::ClassRule rule(const std::optional<Ratio>& weight) {
  members::ClassRule made{day("2020-01-01")};
  made.weight = weight;
  made.grace_days = 14;
  made.arrears_days = 60;
  made.decision = "Assembly";
  return made;
}

members::MemberClass class_with(const char* code, int id, const std::optional<members::ClassRule>& rule) {
  members::MemberClass made{ClassId{id}, code, std::string{"Class "} + code, {}};
  if (rule) made.rules.push_back({1, *rule, Instant{}});
  return made;
}

/// A member of class 1, applied and admitted in 2025, and what happened later.
VoterFacts voter(const std::string& number, std::vector<std::pair<ChangeKind, const char*>> later = {}) {
  VoterFacts facts{
      {MembershipId{std::stoi(number.substr(1))}, PartyId{1}, ClassId{1}, day("2025-01-01"), {}, {}},
      {PartyId{1}, number, members::PartyKind::person}};
  later.insert(later.begin(), {{ChangeKind::applied, "2025-01-01"}, {ChangeKind::admitted, "2025-02-01"}});
  for (const auto& [kind, on] : later)
    facts.membership.changes.push_back(
        {static_cast<int>(facts.membership.changes.size()) + 1, kind, day(on), {}, {}, Instant{}, {}, {}});
  return facts;
}

class Rolls : public testing::Test {
 protected:
  members::ClassRule rule_ = rule(Ratio{1, 2});
  std::map<UnitId, Unit> units_{{euro, {euro, "EUR", 2}}, {hour, {hour, "HOUR", 2}}};

  Roll roll_of(const std::vector<VoterFacts>& voters, const char* as_of = "2026-03-31") {
    const std::vector classes{class_with("user", 1, rule_)};
    RollMaker maker{day(as_of), {}, classes, units_};
    for (const VoterFacts& one : voters) maker.add(one);
    return maker.finish();
  }
  /// Why the voter has no vote; "" if it has one.
  std::string why_not(const VoterFacts& facts, const char* as_of = "2026-03-31") {
    const Roll roll = roll_of({facts}, as_of);
    return roll.lines.empty() ? "is not on it" : text_of(roll.lines[0].exclusions);
  }
};

TEST_F(Rolls, CountAnActiveMemberOfAClassWithAVote) {
  const Roll roll = roll_of({voter("M2"), voter("M1")});
  ASSERT_EQ(roll.lines.size(), 2u);
  EXPECT_EQ(roll.lines[0].number, "M1") << "in the order of their numbers";
  EXPECT_TRUE(roll.lines[0].is_eligible());
  EXPECT_EQ(roll.lines[0].votes, 1);
  EXPECT_EQ(roll.classes[0].eligible, 2);
  EXPECT_EQ(share_of(roll.classes[0], 1)->text(), "1/4") << "half of the bloc, which has half of the vote";
}

TEST_F(Rolls, SayWhyAMembershipHasNoVote) {
  EXPECT_EQ(why_not(voter("M1"), "2025-01-15"), "applied: applied on 2025-01-01 and is not admitted yet");
  EXPECT_EQ(why_not(voter("M1"), "2024-12-31"), "is not on it");
  EXPECT_EQ(why_not(voter("M1", {{ChangeKind::paused, "2026-01-10"}})),
            "paused: has paused since 2026-01-10");
  EXPECT_EQ(why_not(voter("M1", {{ChangeKind::suspended, "2026-01-10"}})),
            "suspended: is suspended since 2026-01-10");
  EXPECT_EQ(why_not(voter("M1", {{ChangeKind::left, "2026-01-10"}})), "left: was a member until 2026-01-10");
  EXPECT_EQ(why_not(voter("M1", {{ChangeKind::left, "2026-01-10"}}), "2026-01-10"), "")
      << "the last day of a membership is one of it";
  EXPECT_EQ(why_not(voter("M1", {{ChangeKind::deceased, "2026-01-10"}})), "deceased: died on 2026-01-10");
  EXPECT_EQ(why_not(voter("M1", {{ChangeKind::paused, "2026-01-10"}, {ChangeKind::resumed, "2026-02-10"}})),
            "");
}

TEST_F(Rolls, ExcludeWhoIsTooLateWithWhatTheyOwe) {
  dues::Overdue overdue{day("2026-01-30"), {{euro, 4'000}}};
  VoterFacts facts = voter("M1");
  facts.overdue = &overdue;
  EXPECT_EQ(why_not(facts), "") << "60 days late, 60 are allowed";
  EXPECT_EQ(roll_of({facts}).lines[0].standing, members::Standing::in_arrears);
  overdue.since = day("2026-01-29");
  EXPECT_EQ(why_not(facts), "in_arrears: owes 40.00 EUR since 2026-01-29: 61 days late, 60 are allowed");
  overdue.minor.emplace(hour, 150);
  EXPECT_EQ(why_not(facts),
            "in_arrears: owes 40.00 EUR and 1.50 HOUR since 2026-01-29: 61 days late, 60 are allowed");
  overdue.since = day("2026-03-17");
  EXPECT_EQ(roll_of({facts}).lines[0].standing, members::Standing::in_grace);
  overdue.since = day("2026-03-16");
  EXPECT_EQ(roll_of({facts}).lines[0].standing, members::Standing::in_arrears);
  EXPECT_TRUE(roll_of({facts}).lines[0].is_eligible());
  rule_.arrears_days = rule_.grace_days = 0;
  overdue.since = day("2026-03-30");
  EXPECT_EQ(why_not(facts),
            "in_arrears: owes 40.00 EUR and 1.50 HOUR since 2026-03-30: 1 day late, none is allowed");
}

TEST_F(Rolls, TakeAWaiverForPayment) {
  const dues::Overdue overdue{day("2025-06-01"), {{euro, 4'000}}};
  VoterFacts facts = voter("M1");
  facts.is_waived = true;
  EXPECT_TRUE(roll_of({facts}).lines[0].is_waived);
  facts.overdue = &overdue;
  EXPECT_FALSE(roll_of({facts}).lines[0].is_waived) << "this period's waiver pays no old debt";
  EXPECT_FALSE(roll_of({facts}).lines[0].is_paid_up);
  rule_.is_solidarity = true;
  const RollLine free = roll_of({facts}).lines[0];
  EXPECT_TRUE(free.is_paid_up && free.is_waived && free.is_eligible());
  EXPECT_EQ(free.standing, members::Standing::active);
}

TEST_F(Rolls, AskForAttendanceWhereTheRuleDoes) {
  rule_.attendance = Ratio{1, 2};
  VoterFacts facts = voter("M1", {{ChangeKind::paused, "2025-06-01"}, {ChangeKind::resumed, "2025-09-01"}});
  EXPECT_EQ(why_not(facts), "") << "no meeting was held";
  for (const auto& [on, was_there] : std::vector<std::pair<const char*, bool>>{
           {"2025-05-01", true}, {"2025-07-01", false}, {"2025-10-01", false}, {"2025-11-01", false}})
    facts.meetings.push_back({members::MeetingId{1}, day(on), "All hands", was_there});
  EXPECT_EQ(why_not(facts),
            "absent: was at 1 of 3 meetings in the last twelve months: at least 1/2 of them is asked for")
      << "not counted is the one held while the membership paused";
  facts.meetings.back().was_there = true;
  EXPECT_EQ(why_not(facts), "");
  rule_.attendance = Ratio{1, 1};
  EXPECT_EQ(why_not(facts),
            "absent: was at 2 of 3 meetings in the last twelve months: at least all of them are asked for");
}

TEST_F(Rolls, GiveAnOrganisationAVoteForEveryHeadItDeclares) {
  rule_.one_vote = members::OneVote::head_count;
  VoterFacts facts = voter("O1");
  EXPECT_EQ(why_not(facts), "") << "a person is one head";
  facts.party.kind = members::PartyKind::organisation;
  EXPECT_EQ(why_not(facts), "no_heads: has not declared how many members it has");
  facts.heads = 0;
  EXPECT_EQ(why_not(facts), "no_heads: declares to have no members");
  facts.heads = 14;
  EXPECT_EQ(roll_of({facts, voter("M2")}).classes[0].votes, 15);
}

TEST_F(Rolls, TellEveryReasonAtOnce) {
  rule_.weight.reset();
  const dues::Overdue overdue{day("2025-12-01"), {{euro, 1'000}}};
  VoterFacts facts = voter("M1", {{ChangeKind::suspended, "2026-01-10"}});
  facts.overdue = &overdue;
  const std::string why = why_not(facts);
  EXPECT_EQ(
      why,
      "no_vote: the class has no vote; suspended: is suspended since 2026-01-10; in_arrears: owes 10.00 "
      "EUR since 2025-12-01: 120 days late, 60 are allowed");
  EXPECT_EQ(text_of(exclusions_from(why)), why);
  EXPECT_EQ(exclusions_from(why).size(), 3u);
  EXPECT_TRUE(exclusions_from("").empty());
}

TEST(RollOfAClassWithoutARule, HasNoVotes) {
  const std::vector classes{class_with("user", 1, std::nullopt)};
  RollMaker maker{day("2026-03-31"), {}, classes, {}};
  maker.add(voter("M1"));
  const Roll roll = maker.finish();
  EXPECT_EQ(text_of(roll.lines.at(0).exclusions), "no_rule: no rule of the class is in force");
  EXPECT_EQ(roll.classes.at(0).registered, 1);
  EXPECT_FALSE(share_of(roll.classes.at(0), 1));
  EXPECT_EQ(sum_of(roll.classes).eligible, 0);
}

}  // namespace
}  // namespace coop::rolls
