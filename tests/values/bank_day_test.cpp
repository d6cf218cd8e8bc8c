#include "ledger/values/bank_day.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/values/refusal.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop {
namespace {

TEST(BankDay, KnowsEaster) {
  for (const char* text :
       {"1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24",
        "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"}) {
    const Day easter = Day::parse(text);
    EXPECT_EQ(easter_sunday(static_cast<int>(easter.ymd().year())), easter);
  }
  EXPECT_EQ(test::refusal_code([] { easter_sunday(0); }), "day_malformed");
}

TEST(BankDay, LeavesOutWeekendsAndTheClosingDays) {
  for (const char* closed : {"2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25",
                             "2026-12-26", "2026-12-12", "2026-12-13", "2025-04-18", "2027-03-29"})
    EXPECT_FALSE(is_bank_day(Day::parse(closed))) << closed;
  for (const char* open : {"2026-01-02", "2026-04-02", "2026-04-07", "2026-05-04", "2026-12-24", "2026-12-28",
                           "2026-05-14", "2026-05-25"})
    EXPECT_TRUE(is_bank_day(Day::parse(open))) << open;
}

TEST(BankDay, MovesForwardToTheNext) {
  EXPECT_EQ(bank_day_from(Day::parse("2026-12-15")).text(), "2026-12-15");
  EXPECT_EQ(bank_day_from(Day::parse("2026-12-25")).text(), "2026-12-28");
  EXPECT_EQ(bank_day_from(Day::parse("2026-04-03")).text(), "2026-04-07");
}

RC_GTEST_PROP(BankDay, IsNeverMoreThanFourDaysAway, ()) {
  const Day day = Day::parse("1990-01-01").plus_days(*rc::gen::inRange(0, 60'000));
  const Day next = bank_day_from(day);
  RC_ASSERT(next >= day && next.count() - day.count() <= 4);
  RC_ASSERT(is_bank_day(next));
}

}  // namespace
}  // namespace coop
