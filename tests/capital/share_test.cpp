// What fits below a limit, what a reserve gets, and how a queue is paid.
#include "ledger/capital/share.hpp"

#include <gtest/gtest.h>

#include "ledger/values/refusal.hpp"
#include "tests/support/test_capital.hpp"

namespace coop::capital {
namespace {

ShareClass of(std::optional<std::int64_t> highest, std::int64_t nominal, int reserve) {
  ShareClass shares = test::share_class();
  shares.highest_minor = highest;
  shares.nominal_minor = nominal;
  shares.reserve_millionths = reserve;
  return shares;
}

TEST(Shares, AreAcceptedAsFarAsTheLimitAllows) {
  EXPECT_EQ(acceptable_minor(of(10'000'000, 100, 0), 9'870'000, 250'000), 130'000);
  EXPECT_EQ(acceptable_minor(of(10'000'000, 50'000, 0), 9'870'000, 250'000), 100'000) << "whole shares";
  EXPECT_EQ(acceptable_minor(of(10'000'000, 100, 0), 10'000'000, 100), 0);
  EXPECT_EQ(acceptable_minor(of(std::nullopt, 100, 0), 10'000'000, 100), 100);
  EXPECT_EQ(acceptable_minor(of(1'000, 100, 250'000), 0, 5'000), 1'300) << "975 held, 1050 would be too much";
}

TEST(Shares, GiveTheReserveItsPartAndTakeItBackInProportion) {
  EXPECT_EQ(reserve_part(1'600'000, 250'000), 400'000);
  EXPECT_EQ(reserve_part(100, 0), 0);
  EXPECT_EQ(cancelled_reserve({1'200'000, 1'600'000, 0, 1'600'000, 400'000}, 800'000), 200'000);
  EXPECT_EQ(cancelled_reserve({67, 100, 0, 100, 33}, 100), 33);
}

TEST(Shares, AreUndoneOnlyWhereTheReserveHasWhatItGivesBack) {
  const Holding held{1'400'000, 1'600'000, 0, 1'600'000, 200'000};  // of two subscriptions, one cancelled
  EXPECT_TRUE(is_possible(held));
  EXPECT_FALSE(is_possible(holding_without(held, MovementKind::subscribe, 1'600'000, 400'000)));
  EXPECT_FALSE(is_possible({100, 0, 0, 100, 101})) << "more than was subscribed";
  EXPECT_TRUE(is_possible({75, 100, 0, 100, 25}));
}

TEST(Shares, ArePaidBackInTheOrderOfTheQueue) {
  const Day day = Day::parse("2025-01-01");
  const std::vector<Waiting> queue{{MovementNumber{1}, "M1", day, day, 500'000},
                                   {MovementNumber{2}, "M2", day, day, 100}};
  EXPECT_EQ(paid_in_order(queue, 220'000), (std::vector<std::int64_t>{220'000, 0}));
  EXPECT_EQ(paid_in_order(queue, 500'050), (std::vector<std::int64_t>{500'000, 50}));
  EXPECT_EQ(paid_in_order(queue, -1), (std::vector<std::int64_t>{0, 0}));
}

TEST(Shares, ReadPartsExactly) {
  EXPECT_EQ(millionths_from("20%", 1'000'000), 200'000);
  EXPECT_EQ(millionths_from("2.5%", 1'000'000), 25'000);
  EXPECT_EQ(percent_text_of(25'000), "2.5%");
  EXPECT_EQ(percent_text_of(0), "0%");
  for (const char* text : {"1/3", "101%", "-1%"}) EXPECT_THROW(millionths_from(text, 1'000'000), Refused);
}

}  // namespace
}  // namespace coop::capital
