#include "ledger/values/period.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop {
namespace {

using test::refusal_code;

std::string period_text(const Period& period) { return period.first().text() + ".." + period.last().text(); }

TEST(Period, IsReadAsYearQuarterMonthOrDays) {
  struct Row {
    std::string_view text;
    std::string_view days;
  };
  constexpr Row table[] = {
      {"2026", "2026-01-01..2026-12-31"},
      {"2026-Q1", "2026-01-01..2026-03-31"},
      {"2026-Q4", "2026-10-01..2026-12-31"},
      {"2024-02", "2024-02-01..2024-02-29"},
      {"9999-12", "9999-12-01..9999-12-31"},
      {"2026-03-01..2026-03-15", "2026-03-01..2026-03-15"},
      {"2026-03-01..2026-03-01", "2026-03-01..2026-03-01"},
  };
  for (const Row& row : table) EXPECT_EQ(period_text(Period::parse(row.text)), row.days) << row.text;
}

TEST(Period, IsRefusedIfItIsNoneOfThese) {
  for (const std::string_view text :
       {"", "26", "2026-", "2026-Q0", "2026-Q5", "2026-q1", "2026-00", "2026-13", "2026-1", "0000", "20a6",
        "2026-03-01", "2026-03-15..2026-03-01", "..", "2026-03-01..", "2026..2027",
        "2026-03-01...2026-03-02"})
    EXPECT_EQ(refusal_code([&] { Period::parse(text); }), "day_malformed") << text;
}

TEST(Period, HoldsItsFirstAndLastDay) {
  const Period march = Period::parse("2026-03");
  EXPECT_TRUE(march.holds(Day::parse("2026-03-01")));
  EXPECT_TRUE(march.holds(Day::parse("2026-03-31")));
  EXPECT_FALSE(march.holds(Day::parse("2026-02-28")));
  EXPECT_FALSE(march.holds(Day::parse("2026-04-01")));
  EXPECT_EQ(march.days(), 31);
}

TEST(Period, FollowsTheFiscalYearOfTheNode) {
  struct Row {
    std::string_view day;
    FiscalYearStart start;
    std::string_view year;
  };
  constexpr Row table[] = {
      {"2026-05-05", {1, 1}, "2026-01-01..2026-12-31"},  {"2026-04-05", {4, 6}, "2025-04-06..2026-04-05"},
      {"2026-04-06", {4, 6}, "2026-04-06..2027-04-05"},  {"2026-06-30", {7, 1}, "2025-07-01..2026-06-30"},
      {"9999-12-31", {1, 1}, "9999-01-01..9999-12-31"},  {"2024-02-29", {2, 29}, "2024-02-29..2025-02-27"},
      {"2025-02-28", {2, 29}, "2025-02-28..2026-02-27"},
  };
  for (const Row& row : table)
    EXPECT_EQ(period_text(Period::fiscal_year_of(Day::parse(row.day), row.start)), row.year);
  EXPECT_THROW(Period::fiscal_year_of(Day::parse("2026-01-01"), {2, 30}), InvariantBroken);
}

RC_GTEST_PROP(Period, OfADayHoldsTheDayAndMeetsItsNeighbours, ()) {
  const Day day = Day::of_count(*rc::gen::inRange(0, 1'000'000));
  const FiscalYearStart start{*rc::gen::inRange(1U, 13U), *rc::gen::inRange(1U, 29U)};
  const auto periods = {Period::month_of(day), Period::quarter_of(day), Period::fiscal_year_of(day, start)};
  for (const Period& period : periods) RC_ASSERT(period.holds(day));
  const Period year = Period::fiscal_year_of(day, start);
  RC_ASSERT(Period::fiscal_year_of(year.last().plus_days(1), start).first() == year.last().plus_days(1));
  RC_ASSERT(Period::fiscal_year_of(year.first(), start) == year);
  RC_ASSERT(Period::fiscal_year_of(year.last(), start) == year);
}

}  // namespace
}  // namespace coop
