// How a surplus or loss is divided, with the figures of a year and with random ones.
#include "ledger/capital/surplus_division.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "ledger/capital/surplus_entries.hpp"
#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_capital.hpp"

namespace coop::capital {
namespace {

SurplusRule rule() {
  SurplusRule by = test::surplus_rule();
  by.number = 1;
  by.from_on = Day::parse("2025-01-01");
  by.title = "45/45/10";
  by.reserve_weight = by.members_weight = 45;
  by.other_weight = 10;
  by.interest_most_millionths = 1'000'000;
  by.cash_millionths = 200'000;
  by.payable = "liabilities:dividends";
  by.other = "liabilities:social";
  return by;
}

std::vector<SurplusMember> members() {
  return {{"M1", measure_from("1640"), 1'200'000},
          {"M2", measure_from("1210.5"), 1'200'000},
          {"M3", measure_from("905.25"), 1'200'000},
          {"M4", measure_from("344.25"), 0}};
}

const Unit euro{UnitId{1}, "EUR", 2};

Division result_divided(const SurplusRule& by, std::int64_t minor, const std::vector<SurplusMember>& among,
                        const Unit& unit = euro) {
  return divided(by, steps_of(by, SurplusSource::result, minor < 0), unit, minor, among);
}

SurplusRun run_of(std::int64_t minor, Division division) {
  return {.number = SurplusRunNumber{7},
          .rule = rule(),
          .scale = 2,
          .source = SurplusSource::result,
          .from_on = Day::parse("2025-01-01"),
          .to_on = Day::parse("2025-12-31"),
          .booked_on = Day::parse("2025-12-31"),
          .decision = "Assembly",
          .amount_minor = minor,
          .division = std::move(division),
          .recorded_at = {},
          .recorded_by = {},
          .recorded_by_name = {},
          .steps = {}};
}

std::vector<std::int64_t> patronage_of(const Division& division) {
  std::vector<std::int64_t> parts;
  for (const SurplusShare& share : division.shares) parts.push_back(share.patronage_minor);
  return parts;
}

TEST(SurplusDivision, ComesOutToTheCentByARuleOfSharing) {
  const Division surplus = result_divided(rule(), 4'800'000, members());
  EXPECT_EQ(surplus.reserve_minor, 2'160'000);
  EXPECT_EQ(surplus.other_minor, 480'000);
  EXPECT_EQ(patronage_of(surplus), (std::vector<std::int64_t>{864'000, 637'727, 476'912, 181'361}));
  EXPECT_EQ(surplus.cash_minor, 432'000);
  EXPECT_EQ(surplus.shares[2].cash_minor, 95'383);
  EXPECT_EQ(surplus.shares[2].retained_minor(), 381'529);
  EXPECT_NE(surplus.shares[2].why.back().find("953.83"), std::string::npos) << surplus.shares[2].why.back();
  const Division loss = result_divided(rule(), -1'000'000, members());
  EXPECT_EQ(loss.reserve_minor, -500'000);
  EXPECT_EQ(patronage_of(loss), (std::vector<std::int64_t>{-200'000, -147'622, -110'396, -41'982}));
}

// The rules that come with the program say the same.
TEST(SurplusDivision, IsTheSameByTheExamplesThatAreAdoptedAsTheyStand) {
  SurplusRule by = rule();
  by.reserve_weight = by.members_weight = by.other_weight = by.loss_reserve_weight = by.loss_members_weight =
      0;
  by.cash_millionths = 0;
  by.sharing_code = "surplus";
  by.loss_code = "loss";
  sharing::SharingRule surplus = sharing::example_rule("surplus");
  const sharing::SharingRule loss = sharing::example_rule("loss");
  const Division divided_loss = divided(by, loss, euro, -1'000'000, members());
  EXPECT_EQ(divided_loss.reserve_minor, -500'000);
  EXPECT_EQ(patronage_of(divided_loss), (std::vector<std::int64_t>{-200'000, -147'622, -110'396, -41'982}));
  // It calls the third part education.
  const Division by_example = divided(by, surplus, euro, 4'800'000, members());
  EXPECT_EQ(by_example.reserve_minor, 2'160'000);
  EXPECT_EQ(by_example.other_minor, 480'000);
  EXPECT_EQ(patronage_of(by_example), (std::vector<std::int64_t>{864'000, 637'727, 476'912, 181'361}));
  EXPECT_EQ(by_example.cash_minor, 432'000);
}

TEST(SurplusDivision, RefusesRulesThatAskForWhatMembersDoNotHave) {
  const auto refused = [](const SurplusRule& by, const std::string& steps, bool is_loss = false) {
    return test::refusal_code([&] {
      require_surplus_steps(by, sharing::sharing_rule_from_text(R"({"unit":"EUR","steps":[)" + steps + "]}"),
                            is_loss, "/sharing_rule");
    });
  };
  const std::string by_hours = R"({"step":"weight","factors":["hours"]},{"step":"pro_rata","to":"weights"})";
  EXPECT_EQ(refused(rule(), by_hours), "accepted");
  EXPECT_EQ(refused(rule(), by_hours, true), "accepted");
  EXPECT_EQ(refused(rule(), R"({"step":"first","amount":["capital","0.03"]})"), "accepted");
  EXPECT_EQ(refused(rule(), R"({"step":"first","amount":["capital","0.03"]})", true), "field_invalid");
  EXPECT_EQ(refused(rule(), R"({"step":"first","amount":["rent"]})"), "field_invalid");
  EXPECT_EQ(refused(rule(), R"({"step":"first","amount":["figure:rent"]})"), "field_invalid");
  EXPECT_EQ(refused(rule(), R"({"step":"equal","among":"purchases"})"), "field_invalid");
  SurplusRule equal = rule();
  equal.patronage = Patronage::equal;
  EXPECT_EQ(refused(equal, by_hours), "field_invalid");
  SurplusRule without = rule();
  without.other = "";
  const auto aside = [](const std::string& names) {
    return R"({"step":"percentage","percent":"10%","of":"total","to":[)" + names + "]}," +
           R"({"step":"equal"})";
  };
  for (const char* name : {"other", "education"}) {
    const std::string one = R"({"name":")" + std::string{name} + R"(","weight":"1"})";
    EXPECT_EQ(refused(without, aside(one)), "field_invalid") << "it has no account";
    EXPECT_EQ(refused(rule(), aside(one)), "accepted");
    EXPECT_EQ(refused(rule(), aside(one + R"(,{"name":"reserve","weight":"1"})")), "accepted");
    EXPECT_EQ(refused(rule(), aside(one + R"(,{"name":"solidarity","weight":"1"})")), "field_invalid")
        << "one account for two pots";
    EXPECT_EQ(refused(rule(), aside(one) + R"(,{"step":"equal","pot":")" + name + R"("})"), "accepted")
        << "members get it";
  }
}

TEST(SurplusDivision, GivesInterestFirstAndNoMoreThanItsLimit) {
  SurplusRule with = rule();
  with.interest_millionths = 30'000;
  const Division three = result_divided(with, 4'800'000, members());
  EXPECT_EQ(three.interest_minor, 108'000);  // 3% of 36,000.00
  EXPECT_EQ(three.shares[0].interest_minor, 36'000);
  EXPECT_EQ(three.shares[3].interest_minor, 0);
  with.interest_most_millionths = 10'000;
  EXPECT_EQ(result_divided(with, 4'800'000, members()).interest_minor, 21'600);
  with.interest_most_millionths = 0;
  EXPECT_EQ(result_divided(with, 4'800'000, members()).interest_minor, 0);
}

TEST(SurplusDivision, GivesAllAlikeWhereTheRuleSaysSo) {
  SurplusRule equal = rule();
  equal.patronage = Patronage::equal;
  const Division alike = result_divided(equal, 1'001, members());
  EXPECT_EQ(alike.members_minor, 450);
  EXPECT_EQ(alike.shares[0].patronage_minor, 113);
  EXPECT_EQ(alike.shares[3].patronage_minor, 112);
}

TEST(SurplusDivision, NeedsAMeasureUnlessAllGoesToTheReserve) {
  EXPECT_EQ(test::refusal_code([] { result_divided(rule(), 100, {{"M1", 0, 0}}); }), "field_invalid");
  EXPECT_EQ(test::refusal_code([] { result_divided(rule(), 100, {}); }), "field_invalid");
  SurplusRule all = rule();
  all.members_weight = all.other_weight = 0;
  EXPECT_EQ(result_divided(all, 100, {}).reserve_minor, 100);
  EXPECT_EQ(result_divided(all, 100, {{"M1", 0, 0}}).shares[0].patronage_minor, 0);
}

struct RandomSurplus {
  SurplusRule by = rule();
  Unit unit{UnitId{1}, "EUR", *rc::gen::inRange(0, 7)};
  std::vector<SurplusMember> members = {};
  std::int64_t amount = *rc::gen::inRange<std::int64_t>(-100'000'000, 100'000'000);

  RandomSurplus() {
    by.cash_millionths = *rc::gen::inRange(0, 1'000'001);
    by.interest_millionths = *rc::gen::inRange(0, 200'000);
    by.interest_most_millionths = *rc::gen::inRange(0, 1'000'001);
    by.patronage = *rc::gen::element(Patronage::hours, Patronage::purchases, Patronage::equal);
    const int count = *rc::gen::inRange(1, 30);
    for (int i = 0; i < count; ++i)
      members.push_back({"M" + std::to_string(i), *rc::gen::inRange<std::int64_t>(1, 5'000'000'000),
                         *rc::gen::inRange<std::int64_t>(0, 10'000'000)});
    if (amount == 0) amount = 1;
  }
};

TEST(SurplusDivision, AddsUpForAnyAmountAnyMeasuresAndZeroToSixDecimals) {
  rc::check("every part adds up, and nobody's cash is above their patronage", [] {
    const RandomSurplus any;
    const Division division = result_divided(any.by, any.amount, any.members, any.unit);
    RC_ASSERT(division.reserve_minor + division.members_minor + division.other_minor == any.amount);
    std::int64_t members_minor = 0, cash = 0, interest = 0;
    for (const SurplusShare& share : division.shares) {
      members_minor += share.interest_minor + share.patronage_minor;
      cash += share.cash_minor;
      interest += share.interest_minor;
      RC_ASSERT(share.cash_minor <= std::max<std::int64_t>(0, share.patronage_minor));
      RC_ASSERT(share.cash_minor >= 0);
    }
    RC_ASSERT(members_minor == division.members_minor);
    RC_ASSERT(cash == division.cash_minor);
    RC_ASSERT(interest == division.interest_minor);
  });
}

TEST(SurplusDivision, IsTheSameInWhateverOrderMembersAreGivenAndByItsKeptText) {
  rc::check("order changes nothing, nor does writing the rule down and reading it", [] {
    RandomSurplus any;
    const auto steps = steps_of(any.by, SurplusSource::result, any.amount < 0);
    const Division one = divided(any.by, steps, any.unit, any.amount, any.members);
    std::ranges::rotate(any.members,
                        any.members.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(any.members)));
    const auto kept = sharing::sharing_rule_from_text(sharing::canonical_text(steps));
    const Division other = divided(any.by, kept, any.unit, any.amount, any.members);
    RC_ASSERT(one.shares.size() == other.shares.size());
    for (std::size_t i = 0; i < one.shares.size(); ++i) {
      RC_ASSERT(one.shares[i].of.member == other.shares[i].of.member);
      RC_ASSERT(one.shares[i].interest_minor == other.shares[i].interest_minor);
      RC_ASSERT(one.shares[i].patronage_minor == other.shares[i].patronage_minor);
      RC_ASSERT(one.shares[i].cash_minor == other.shares[i].cash_minor);
      RC_ASSERT(one.shares[i].why == other.shares[i].why);
    }
  });
}

TEST(SurplusDivision, ByMinutesIsAsExactAsByWholeNumbers) {
  rc::check("minutes divide in their own proportion: hours are never rounded", [] {
    RandomSurplus any;
    any.by.patronage = Patronage::hours;
    std::vector<SurplusMember> by_minutes;
    for (SurplusMember& member : any.members) {
      const auto minutes = *rc::gen::inRange<std::int64_t>(1, 200'000);
      by_minutes.push_back(member_by_minutes(member.member, minutes));
      by_minutes.back().capital_minor = member.capital_minor;
      member.measure = minutes * 1'000'000;
    }
    const Division exact = result_divided(any.by, any.amount, any.members, any.unit);
    const Division division = result_divided(any.by, any.amount, by_minutes, any.unit);
    RC_ASSERT(exact.reserve_minor == division.reserve_minor);
    for (std::size_t i = 0; i < exact.shares.size(); ++i) {
      RC_ASSERT(exact.shares[i].interest_minor == division.shares[i].interest_minor);
      RC_ASSERT(exact.shares[i].patronage_minor == division.shares[i].patronage_minor);
      RC_ASSERT(exact.shares[i].cash_minor == division.shares[i].cash_minor);
    }
  });
}

// Whoever bears more than their capital account held is named to those who approve.
TEST(SurplusWarnings, NameWhoBearsMoreThanTheyHave) {
  SurplusRun run = run_of(-1'000'000, result_divided(rule(), -1'000'000, members()));
  // E8's loss: 2,000.00, 1,476.22, 1,103.96 and 419.82; M4 had nothing.
  EXPECT_EQ(warnings_of(run), std::vector<std::string>{
                                  "this loss is beyond what members have: it takes 1 capital account, as of "
                                  "2025-12-31, 419.82 EUR below zero: M4 by 419.82"});
  run.division.shares[0].of.capital_minor = 199'999;
  EXPECT_NE(warnings_of(run).front().find("2 capital accounts"), std::string::npos);
  EXPECT_NE(warnings_of(run).front().find("419.83 EUR below zero: M1 by 0.01, M4 by 419.82"),
            std::string::npos);
  run.division = result_divided(rule(), 4'800'000, members());
  run.amount_minor = 4'800'000;
  EXPECT_TRUE(warnings_of(run).empty()) << "a surplus takes nothing";
  for (int i = 0; i < 12; ++i) run.division.shares.push_back({{"N" + std::to_string(i), 1, 0}, 0, -1, 0});
  EXPECT_TRUE(warnings_of(run).front().ends_with(", and 2 others"));
}

// What a run books, however many members: parts that balance, and together say what the run says.
TEST(SurplusEntries, AreAsManyAsItTakesAndBalanceEach) {
  rc::check("each entry balances and is not too long", [] {
    const auto count = *rc::gen::inRange<std::size_t>(0, 1'300);
    const bool is_loss = *rc::gen::arbitrary<bool>();
    SurplusRun run = run_of(0, {0, 0, 0, 0, 0, {}});
    for (std::size_t i = 0; i < count; ++i) {
      const auto part = static_cast<std::int64_t>(i % 5);  // some get nothing
      run.division.shares.push_back(
          {{"M" + std::to_string(i), 1, 0}, 0, is_loss ? -part : part, is_loss ? 0 : part / 2});
      run.division.members_minor += is_loss ? -part : part;
    }
    run.division.reserve_minor = is_loss ? -11 : 11;
    run.amount_minor = run.division.members_minor + run.division.reserve_minor;
    std::int64_t taken = 0;
    for (const books::Draft& draft : drafts_of(run, {{}, {}})) {
      RC_ASSERT(draft.postings.size() <= books::most_postings);
      std::int64_t sum = 0;
      for (const books::DraftPosting& posting : draft.postings) sum += posting.amount.minor();
      RC_ASSERT(sum == 0);
      taken += draft.postings.front().amount.minor();
    }
    RC_ASSERT(taken == run.amount_minor);
  });
}

}  // namespace
}  // namespace coop::capital
