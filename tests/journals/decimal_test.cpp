#include "ledger/journals/decimal.hpp"

#include <gtest/gtest.h>

namespace coop::journals {
namespace {

TEST(Decimal, AddsAndMultipliesExactly) {
  EXPECT_EQ(text_of(Decimal{1, 1} + Decimal{2, 2}), "0.12");
  EXPECT_EQ(text_of(Decimal{-5, 0} + Decimal{25, 1}), "-2.5");
  EXPECT_EQ(text_of(Decimal{3, 0} * Decimal{3333, 3}), "9.999");
  EXPECT_TRUE(is_same(Decimal{100, 2}, Decimal{1, 0}));
}

TEST(Decimal, IsWholeMinorUnitsOrNothing) {
  EXPECT_EQ(whole_minor(Decimal{1234, 2}, 2), 1234);
  EXPECT_EQ(whole_minor(Decimal{12, 0}, 2), 1200);
  EXPECT_EQ(whole_minor(Decimal{-12500, 4}, 2), -125);
  EXPECT_EQ(whole_minor(Decimal{9999, 3}, 2), std::nullopt);
  EXPECT_EQ(whole_minor(Decimal{5, 1}, 0), std::nullopt);
  EXPECT_THROW(whole_minor(Decimal{9'223'372'036'854'775'807, 0}, 2), Refused);
}

TEST(Decimal, KnowsTheDecimalsItNeeds) {
  EXPECT_EQ(needed_places(Decimal{1000, 3}), 0);
  EXPECT_EQ(needed_places(Decimal{1050, 3}), 2);
  EXPECT_EQ(needed_places(Decimal{0, 5}), 0);
}

TEST(Decimal, RoundsToZeroWithinHalfAMinorUnit) {
  EXPECT_TRUE(rounds_to_zero(Decimal{5, 3}, 2));
  EXPECT_TRUE(rounds_to_zero(Decimal{-49, 4}, 2));
  EXPECT_FALSE(rounds_to_zero(Decimal{6, 3}, 2));
  EXPECT_FALSE(rounds_to_zero(Decimal{1, 0}, 2));
}

TEST(Decimal, StaysFarBelowTheBitsItIsMadeOf) {
  Decimal large{9'223'372'036'854'775'807, 0};
  EXPECT_THROW(
      {
        for (int i = 0; i < 8; ++i) large = large * large;
      },
      Refused);
}

}  // namespace
}  // namespace coop::journals
