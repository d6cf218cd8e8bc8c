#include "ledger/dues/deferral.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace coop::dues {
namespace {

SpreadCharge charge_of(const char* first, const char* last, std::int64_t owed_minor) {
  return {ChargeNumber{1},
          "M0001",
          UnitId{1},
          Period{Day::parse(first), Day::parse(last)},
          Day::parse(first),
          owed_minor,
          std::nullopt,
          "income:dues",
          {},
          {}};
}

std::string words_of(const std::vector<Deferral>& deferrals) {
  std::string words;
  for (const Deferral& one : deferrals) words += one.on.text() + " " + std::to_string(one.minor) + "\n";
  return words;
}

void move(SpreadCharge& charge, const std::vector<Deferral>& deferrals) {
  for (const Deferral& one : deferrals) {
    charge.moved_minor[one.on] += one.minor;
    ++charge.moves[one.on];
  }
}

TEST(Deferrals, PutAYearOffAndEarnItMonthByMonth) {
  const SpreadCharge year = charge_of("2026-01-01", "2026-12-31", 12'000);
  EXPECT_EQ(words_of(missing_deferrals(year, Day::parse("2026-03-31"))),
            "2026-01-01 -12000\n2026-01-31 1019\n2026-02-28 921\n2026-03-31 1019\n")
      << "120.00 × 31, 59 and 90 of 365 days, less what came before";
  EXPECT_TRUE(missing_deferrals(year, Day::parse("2025-12-31")).empty());
}

TEST(Deferrals, BeginWithWhatIsNotEarnedYetWhereTheChargeComesLate) {
  SpreadCharge second_half = charge_of("2026-01-01", "2026-12-31", 6'000);
  second_half.booked_on = Day::parse("2026-07-01");
  EXPECT_EQ(words_of(missing_deferrals(second_half, Day::parse("2026-07-31"))),
            "2026-07-01 -3025\n2026-07-31 510\n")
      << "184 of 365 days were still to come";
}

TEST(Deferrals, GoBackToNothingWhenTheChargeIsReversed) {
  SpreadCharge year = charge_of("2026-01-01", "2026-12-31", 12'000);
  move(year, missing_deferrals(year, Day::parse("2026-02-28")));
  year.reversed_on = Day::parse("2026-02-10");
  EXPECT_EQ(words_of(missing_deferrals(year, Day::parse("2026-02-28"))),
            "2026-02-10 10981\n2026-02-28 -921\n");
  move(year, missing_deferrals(year, Day::parse("2026-02-28")));
  EXPECT_TRUE(missing_deferrals(year, Day::parse("2026-12-31")).empty());
}

RC_GTEST_PROP(Deferrals, AreTheSameAtOnceAndMonthByMonthAndEndAtNothing, ()) {
  const Day first = Day::parse("2025-01-01").plus_days(*rc::gen::inRange(0, 400));
  SpreadCharge charge = charge_of("2025-01-01", "2025-01-01", *rc::gen::inRange<std::int64_t>(1, 1'000'000));
  charge.period = Period{first, first.plus_days(*rc::gen::inRange(31, 366))};
  charge.booked_on = first.plus_months(*rc::gen::inRange(0, 3));
  if (charge.booked_on > charge.period.last()) charge.booked_on = first;
  SpreadCharge later = charge;
  const Day end = charge.period.last().plus_days(40);
  move(charge, missing_deferrals(charge, end));
  for (Day day = first; day <= end; day = day.plus_days(*rc::gen::inRange(1, 60)))
    move(later, missing_deferrals(later, day));
  move(later, missing_deferrals(later, end));
  RC_ASSERT(later.moved_minor == charge.moved_minor);
  RC_ASSERT(missing_deferrals(charge, end).empty());
  std::int64_t sum = 0;
  for (const auto& [day, minor] : charge.moved_minor) {
    sum += minor;
    RC_ASSERT(sum <= 0);
    RC_ASSERT(sum >= -charge.owed_minor);
  }
  RC_ASSERT(sum == 0);
}

}  // namespace
}  // namespace coop::dues
