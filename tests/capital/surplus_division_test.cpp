// How a surplus or loss is divided, with the figures of a year and with random ones.
#include "ledger/capital/surplus_division.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop::capital {
namespace {

SurplusRule rule() {
  return {1,
          Day::parse("2025-01-01"),
          "45/45/10",
          "Assembly",
          "EUR",
          UnitId{1},
          45,
          45,
          10,
          1,
          1,
          Patronage::hours,
          0,
          1'000'000,
          200'000,
          true,
          "equity:result",
          "equity:reserve",
          "equity:members",
          "liabilities:dividends",
          "liabilities:social",
          {}};
}

std::vector<SurplusMember> members() {
  return {{"M1", measure_from("1640"), 1'200'000},
          {"M2", measure_from("1210.5"), 1'200'000},
          {"M3", measure_from("905.25"), 1'200'000},
          {"M4", measure_from("344.25"), 0}};
}

TEST(SurplusDivision, GivesInterestFirstAndNoMoreThanItsLimit) {
  SurplusRule with = rule();
  with.interest_millionths = 30'000;
  const Division three = divided(with, SurplusSource::result, 4'800'000, members());
  EXPECT_EQ(three.interest_minor, 108'000);  // 3% of 36,000.00
  EXPECT_EQ(three.shares[0].interest_minor, 36'000);
  EXPECT_EQ(three.shares[3].interest_minor, 0);
  with.interest_most_millionths = 10'000;
  EXPECT_EQ(divided(with, SurplusSource::result, 4'800'000, members()).interest_minor, 21'600);
}

TEST(SurplusDivision, GivesAllAlikeWhereTheRuleSaysSo) {
  SurplusRule equal = rule();
  equal.patronage = Patronage::equal;
  const Division alike = divided(equal, SurplusSource::result, 1'001, members());
  EXPECT_EQ(alike.members_minor, 450);
  EXPECT_EQ(alike.shares[0].patronage_minor, 113);
  EXPECT_EQ(alike.shares[3].patronage_minor, 112);
}

TEST(SurplusDivision, NeedsAMeasure) {
  try {
    divided(rule(), SurplusSource::result, 100, {{"M1", 0, 0}});
    FAIL() << "nobody worked";
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.refusal(), Refusal::field_invalid);
  }
}

TEST(SurplusDivision, AddsUpForAnyAmountAndAnyMeasures) {
  rc::check("every part adds up, and nobody's cash is above their patronage", [] {
    SurplusRule any = rule();
    any.cash_millionths = *rc::gen::inRange(0, 1'000'001);
    any.interest_millionths = *rc::gen::inRange(0, 200'000);
    any.interest_most_millionths = *rc::gen::inRange(0, 1'000'001);
    std::vector<SurplusMember> all;
    const int count = *rc::gen::inRange(1, 30);
    for (int i = 0; i < count; ++i)
      all.push_back({"M" + std::to_string(i), *rc::gen::inRange<std::int64_t>(1, 5'000'000'000),
                     *rc::gen::inRange<std::int64_t>(0, 10'000'000)});
    const std::int64_t amount = *rc::gen::inRange<std::int64_t>(-100'000'000, 100'000'000);
    const Division division = divided(any, SurplusSource::result, amount == 0 ? 1 : amount, all);
    RC_ASSERT(division.reserve_minor + division.members_minor + division.other_minor ==
              (amount == 0 ? 1 : amount));
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

}  // namespace
}  // namespace coop::capital
