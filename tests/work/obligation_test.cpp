// What an obligation may say, how somebody stands with it, and how hours are split: rules without books.
#include "ledger/work/obligation.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/refusal_code.hpp"

namespace coop::work {
namespace {

ObligationTerms forty_hours() {
  return {.title = "Contribution 2026",
          .from_on = Day::parse("2026-01-01"),
          .until_on = Day::parse("2026-12-31"),
          .minutes = 2'400,
          .unit = UnitId{1},
          .rate_minor = 2'500,
          .by_hours = true,
          .by_money = true,
          .by_kind = true,
          .decision = "Assembly"};
}

struct RefusedTerms {
  std::function<void(ObligationTerms&)> spoil;
  std::string said;
};

TEST(Obligations, AreRefusedWithTheirFirstFault) {
  // Each fault is added to those before it, from the last that is looked at to the first.
  ObligationTerms terms = forty_hours();
  const std::vector<RefusedTerms> faults{
      {[](ObligationTerms& t) { t.decision = std::string(501, 'x'); }, "field_invalid /decision"},
      {[](ObligationTerms& t) { t.decision = " "; }, "decision_missing /decision"},
      {[](ObligationTerms& t) { t.rate_minor = 0; }, "field_invalid /rate_an_hour"},
      {[](ObligationTerms& t) { t.rate_minor.reset(); }, "field_missing /rate_an_hour"},
      {[](ObligationTerms& t) { t.by_hours = t.by_money = t.by_kind = false; }, "field_invalid /payable_in"},
      {[](ObligationTerms& t) { t.minutes = 0; }, "field_invalid /minutes"},
      {[](ObligationTerms& t) { t.minor = 5; }, "field_invalid /amount"},
      {[](ObligationTerms& t) { t.minutes.reset(), t.minor.reset(); }, "field_missing /minutes"},
      {[](ObligationTerms& t) { t.until_on = Day::parse("2025-12-31"); }, "day_malformed /until_on"},
      {[](ObligationTerms& t) { t.title = ""; }, "field_invalid /title"},
  };
  require_obligation(terms);
  for (const RefusedTerms& fault : faults) {
    fault.spoil(terms);
    std::string said;
    try {
      require_obligation(terms);
    } catch (const Refused& refused) {
      said = std::string{text_of(refused.refusal()).code} + " " + refused.field();
    }
    EXPECT_EQ(said, fault.said);
  }
}

// E1: hypha has done 36 of its 40 hours and logs 15: 4 complete the contribution and are worth 100.00.
TEST(Obligations, TakeWhatCompletesThemAndSayWhatIsBeyond) {
  const HoursSplit split = split_hours(forty_hours(), {.approved_minutes = 36 * 60}, 15 * 60);
  EXPECT_EQ(split.toward, 240);
  EXPECT_EQ(split.rest, 660);
  EXPECT_EQ(split.toward_minor, 10'000);
  EXPECT_EQ(split.rest_minor, 27'500);
  const HoursSplit waits =
      split_hours(forty_hours(), {.approved_minutes = 36 * 60, .waiting_minutes = 180}, 15 * 60);
  EXPECT_EQ(waits.toward, 60) << "what waits is taken as approved";
  const ObligationStanding all = standing_of(forty_hours(), {.approved_minutes = 51 * 60});
  EXPECT_TRUE(all.is_complete);
  EXPECT_EQ(all.beyond.minutes, 660);
  EXPECT_EQ(all.beyond.minor, 27'500);
  EXPECT_EQ(all.open.minutes, 0);
}

TEST(Obligations, AreMetByHoursMoneyAndKindTogetherToTheLastSixtiethOfACent) {
  ObligationDone done{.approved_minutes = 600, .money_minor = 25'000, .kind_minor = 10'000};
  done.waived_minutes = 240;
  const ObligationStanding stands = standing_of(forty_hours(), done);
  EXPECT_EQ(stands.owed.minor, 100'000);
  EXPECT_EQ(stands.done.minor, 25'000);
  EXPECT_EQ(stands.open.minor, 30'000);
  EXPECT_EQ(stands.open.minutes, 720);
  // 7 minutes at 25.00 are 2.91666…: what is open is rounded up, so that it completes what is owed.
  const ObligationStanding odd = standing_of(forty_hours(), {.approved_minutes = 2'393});
  EXPECT_EQ(odd.open.minutes, 7);
  EXPECT_EQ(odd.open.minor, 292);
  EXPECT_EQ(odd.done.minor, 99'708);
  const ObligationStanding paid = standing_of(forty_hours(), {.approved_minutes = 2'393, .money_minor = 292});
  EXPECT_TRUE(paid.is_complete);
  EXPECT_EQ(paid.beyond.minor, 0) << "less than a cent";
  EXPECT_FALSE(standing_of(forty_hours(), {.approved_minutes = 2'393, .money_minor = 291}).is_complete);
}

TEST(Obligations, OfHoursAloneSayNothingInMoney) {
  ObligationTerms terms = forty_hours();
  terms.unit.reset();
  terms.rate_minor.reset();
  terms.by_money = terms.by_kind = false;
  require_obligation(terms);
  const ObligationStanding stands = standing_of(terms, {.approved_minutes = 2'000, .waived_minutes = 100});
  EXPECT_EQ(stands.open.minutes, 300);
  EXPECT_FALSE(stands.open.minor);
  EXPECT_FALSE(split_hours(terms, {}, 60).toward_minor);
  terms.by_hours = false;
  terms.by_money = true;
  terms.minutes.reset();
  terms.minor = 50'000;
  terms.unit = UnitId{1};
  require_obligation(terms);
  EXPECT_EQ(standing_of(terms, {.money_minor = 20'000}).open.minor, 30'000);
  EXPECT_FALSE(standing_of(terms, {}).open.minutes);
  EXPECT_EQ(split_hours(terms, {}, 60).toward, 0) << "hours do not count toward it";
}

}  // namespace
}  // namespace coop::work
