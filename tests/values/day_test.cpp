#include "ledger/values/day.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop {
namespace {

using test::refusal_code;

constexpr std::int32_t first_count = -719'162;
constexpr std::int32_t last_count = 2'932'896;

static_assert(!std::is_convertible_v<date::year_month_day, Day>, "a day is checked when it is made");
static_assert(!std::is_default_constructible_v<Day>, "there is no empty day");
static_assert(!std::is_constructible_v<Day, int>, "a count of days says so: Day::of_count");

TEST(Day, IsReadAndWrittenAsYearMonthDay) {
  for (const std::string_view text :
       {"2026-01-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "1970-01-01"})
    EXPECT_EQ(Day::parse(text).text(), text);
  EXPECT_EQ(Day::parse("1970-01-02").count(), 1);
  EXPECT_EQ(Day::of_count(first_count).text(), "0001-01-01");
  EXPECT_EQ(Day::of_count(last_count).text(), "9999-12-31");
}

TEST(Day, IsRefusedIfTheCalendarHasNoSuchDay) {
  for (const std::string_view text : {"",           "2026",       "2026-1-1",    "2026-01-1",
                                      "2026-13-01", "2026-00-10", "2026-01-00",  "2026-01-32",
                                      "2026-02-29", "1900-02-29", "2026-04-31",  "0000-01-01",
                                      "2026/01/01", "20260101",   "2026-01-01 ", " 2026-01-01",
                                      "2026-01-0a", "+026-01-01", "-001-01-01",  "2026-01-01T00:00:00Z",
                                      "10000-01-01"})
    EXPECT_EQ(refusal_code([&] { Day::parse(text); }), "day_malformed") << text;
  EXPECT_EQ(refusal_code([] { Day::of_count(first_count - 1); }), "day_malformed");
  EXPECT_EQ(refusal_code([] { Day::of_count(last_count + 1); }), "day_malformed");
  EXPECT_EQ(refusal_code([] { Day{date::year{2026} / 2 / 30}; }), "day_malformed");
  EXPECT_EQ(refusal_code([] { Day{date::year{0} / 1 / 1}; }), "day_malformed");
}

TEST(Day, StaysInTheMonthWhenMonthsAreAdded) {
  struct Row {
    std::string_view from;
    int months;
    std::string_view to;
  };
  constexpr Row table[] = {
      {"2026-01-31", 1, "2026-02-28"},   {"2024-01-31", 1, "2024-02-29"},  {"2026-01-31", 3, "2026-04-30"},
      {"2026-03-31", -1, "2026-02-28"},  {"2024-02-29", 12, "2025-02-28"}, {"2024-02-29", 48, "2028-02-29"},
      {"2026-12-15", 1, "2027-01-15"},   {"2026-01-15", -1, "2025-12-15"}, {"2026-05-05", 0, "2026-05-05"},
      {"2026-01-15", -13, "2024-12-15"},
  };
  for (const Row& row : table)
    EXPECT_EQ(Day::parse(row.from).plus_months(row.months).text(), row.to) << row.from << " + " << row.months;
}

TEST(Day, RefusesToLeaveTheCalendar) {
  const Day last = Day::parse("9999-12-31");
  EXPECT_EQ(refusal_code([&] { last.plus_days(1); }), "day_malformed");
  EXPECT_EQ(refusal_code([&] { last.plus_months(1); }), "day_malformed");
  EXPECT_EQ(refusal_code([&] { last.plus_days(2'147'483'647); }), "day_malformed");
  EXPECT_EQ(refusal_code([&] { last.plus_months(2'147'483'647); }), "day_malformed");
  EXPECT_EQ(refusal_code([&] { last.plus_months(-2'147'483'647); }), "day_malformed");
  EXPECT_EQ(refusal_code([] { Day::parse("0001-01-01").plus_days(-1); }), "day_malformed");
}

TEST(Day, KnowsTheFirstAndLastOfItsMonth) {
  EXPECT_EQ(Day::parse("2024-02-10").first_of_month().text(), "2024-02-01");
  EXPECT_EQ(Day::parse("2024-02-10").last_of_month().text(), "2024-02-29");
  EXPECT_EQ(Day::parse("9999-12-10").last_of_month().text(), "9999-12-31");
}

RC_GTEST_PROP(Day, IsReadBackAsItWasWritten, ()) {
  const Day day = Day::of_count(*rc::gen::inRange(first_count, last_count + 1));
  RC_ASSERT(Day::parse(day.text()) == day);
  RC_ASSERT(Day{day.ymd()} == day);
}

RC_GTEST_PROP(Day, OrdersAsItsTextDoes, ()) {
  const Day a = Day::of_count(*rc::gen::inRange(first_count, last_count + 1));
  const Day b = Day::of_count(*rc::gen::inRange(first_count, last_count + 1));
  RC_ASSERT((a < b) == (a.text() < b.text()));
}

RC_GTEST_PROP(Day, NeverMovesPastTheLastOfTheMonthItIsMovedTo, ()) {
  const Day day = Day::of_count(*rc::gen::inRange(0, 100'000));
  const int months = *rc::gen::inRange(-500, 500);
  const Day moved = day.plus_months(months);
  RC_ASSERT(moved.first_of_month() == day.first_of_month().plus_months(months));
  RC_ASSERT(moved.ymd().day() <= day.ymd().day());
  RC_ASSERT(moved.ymd().day() == day.ymd().day() || moved == moved.last_of_month());
}

}  // namespace
}  // namespace coop
