// What an obligation may say, how somebody stands with it, and how hours are split: rules without books.
#include "ledger/work/obligation.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
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

// A minute at 24.70 an hour is 41.1666…: 42 completes what is open, and 82 of 3 minutes are beyond it.
TEST(Obligations, SplitHoursAsTheyStandAfterwards) {
  ObligationTerms terms = forty_hours();
  terms.minutes = 1;
  terms.rate_minor = 2'470;
  EXPECT_EQ(standing_of(terms, {}).open.minor, 42);
  const HoursSplit split = split_hours(terms, {}, 3);
  EXPECT_EQ(split.toward_minor, 42);
  EXPECT_EQ(split.rest_minor, 82);
  EXPECT_EQ(standing_of(terms, {.approved_minutes = 3}).beyond.minor, 82);
  terms.by_hours = false;
  EXPECT_EQ(split_hours(terms, {}, 3).rest_minor, 124) << "nothing counts toward it: half up";
}

std::int64_t open_less_beyond(const ObligationStanding& stands) {
  return *stands.open.minor - *stands.beyond.minor;
}

TEST(Obligations, AddUpToTheCentHoweverTheyAreMetAndSplit) {
  rc::check("what is owed is done, settled, waived and open; a split changes just what it says", [] {
    ObligationTerms terms = forty_hours();
    terms.rate_minor = *rc::gen::inRange<std::int64_t>(1, 10'000);
    if (*rc::gen::arbitrary<bool>()) {
      terms.minutes.reset();
      terms.minor = *rc::gen::inRange<std::int64_t>(1, 200'000);
    } else {
      terms.minutes = *rc::gen::inRange(1, 5'000);
    }
    ObligationDone done;
    done.approved_minutes = *rc::gen::inRange<std::int64_t>(0, 5'000);
    done.waiting_minutes = *rc::gen::inRange<std::int64_t>(0, 100);
    done.money_minor = *rc::gen::inRange<std::int64_t>(0, 50'000);
    done.kind_minor = *rc::gen::inRange<std::int64_t>(0, 50'000);
    done.waived_minor = *rc::gen::inRange<std::int64_t>(0, 50'000);
    const std::int64_t settled = done.money_minor + done.kind_minor + done.waived_minor;
    const ObligationStanding stands = standing_of(terms, done);
    RC_ASSERT(*stands.owed.minor - *stands.done.minor - settled == open_less_beyond(stands));
    const std::int64_t sixtieths = done.approved_minutes * *terms.rate_minor;
    RC_ASSERT(std::abs(60 * *stands.done.minor - sixtieths) < 60);
    RC_ASSERT(stands.is_complete == (stands.open.minor == 0));
    // What is open completes it, and a cent less does not.
    ObligationDone paid = done;
    paid.money_minor += *stands.open.minor;
    RC_ASSERT(standing_of(terms, paid).is_complete);
    paid.money_minor -= 1;
    RC_ASSERT(stands.is_complete || !standing_of(terms, paid).is_complete);
    // A split says what approving its parts changes.
    const int minutes = *rc::gen::inRange(0, 5'000);
    const HoursSplit split = split_hours(terms, done, minutes);
    RC_ASSERT(split.toward + split.rest == minutes);
    ObligationDone then = done;
    then.approved_minutes += done.waiting_minutes;
    const std::int64_t before = open_less_beyond(standing_of(terms, then));
    then.approved_minutes += split.toward;
    const std::int64_t between = open_less_beyond(standing_of(terms, then));
    then.approved_minutes += split.rest;
    RC_ASSERT(before - between == *split.toward_minor);
    RC_ASSERT(between - open_less_beyond(standing_of(terms, then)) == *split.rest_minor);
  });
}

}  // namespace
}  // namespace coop::work
