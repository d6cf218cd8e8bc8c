#include "ledger/values/fraction.hpp"

#include <rapidcheck/gtest.h>

#include "ledger/values/refusal.hpp"

namespace coop {
namespace {

TEST(Fraction, IsKeptInLowestTermsWithAPositiveDenominator) {
  EXPECT_EQ(Fraction(50, 100).text(), "1/2");
  EXPECT_EQ(Fraction(3, -6).text(), "-1/2");
  EXPECT_EQ(Fraction(12, 4).text(), "3");
  EXPECT_EQ(Fraction(0, 7).text(), "0");
  EXPECT_THROW(Fraction(1, 0), InvariantBroken);
  EXPECT_THROW(Fraction{1} / Fraction{0}, InvariantBroken);
}

TEST(Fraction, AddsTheBlocsOfAWeightedVoteExactly) {
  const Fraction sum = Fraction{Ratio{1, 2}} * Fraction{4, 5} + Fraction{Ratio{1, 4}} * Fraction{9, 18} +
                       Fraction{Ratio{1, 4}} * Fraction{3, 3};
  EXPECT_EQ(sum.text(), "31/40");
  EXPECT_EQ(sum.percent_text(1), "77.5");
  EXPECT_EQ(sum + Fraction(9, 40), Fraction{1});
}

TEST(Fraction, GoesBeyondSixtyFourBits) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const Fraction tiny{Ratio{1, most}};
  const Fraction sum = tiny + Fraction{Ratio{1, most - 1}};
  EXPECT_EQ(sum.text(), "18446744073709551613/85070591730234615838173535747377725442");
  EXPECT_EQ(sum + Fraction(-1, most), Fraction(1, most - 1));
}

TEST(Fraction, IsWrittenInPerCentHalfUp) {
  EXPECT_EQ(Fraction(8, 13).percent_text(1), "61.5");
  EXPECT_EQ(Fraction(1, 3).percent_text(2), "33.33");
  EXPECT_EQ(Fraction(1, 2000).percent_text(1), "0.1");
  EXPECT_EQ(Fraction(-1, 2000).percent_text(1), "-0.1");
  EXPECT_EQ(Fraction(1, 2001).percent_text(1), "0.0");
  EXPECT_EQ(Fraction(1, 1).percent_text(0), "100");
}

TEST(Fraction, IsWrittenForPeopleWithWhatIsWholeApart) {
  EXPECT_EQ(Fraction(7, 3).mixed_text(), "2 1/3");
  EXPECT_EQ(Fraction(-50, 3).mixed_text(2), "-16 2/3");
  EXPECT_EQ(Fraction(2, 3).mixed_text(), "2/3");
  EXPECT_EQ(Fraction(-2, 3).mixed_text(), "-2/3");
  EXPECT_EQ(Fraction(45, 2).mixed_text(2), "22.50");
  EXPECT_EQ(Fraction(12, 4).mixed_text(), "3");
}

TEST(Fraction, RoundsUpToAQuorum) {
  EXPECT_EQ((Fraction{Ratio{1, 4}} * Fraction{51}).rounded_up(), 13);
  EXPECT_EQ((Fraction{Ratio{1, 4}} * Fraction{52}).rounded_up(), 13);
  EXPECT_EQ(Fraction(0, 5).rounded_up(), 0);
  EXPECT_EQ(Fraction(-5, 2).rounded_up(), -2);
}

RC_GTEST_PROP(Fraction, AddsMultipliesAndDividesAsNumbersDo, (int a, int c)) {
  const int b = *rc::gen::inRange(1, 1'000'000);
  const int d = *rc::gen::inRange(1, 1'000'000);
  const Fraction x{a, b};
  const Fraction y{c, d};
  RC_ASSERT(x + y == y + x);
  RC_ASSERT(x + y + Fraction{-1} * y == x);
  RC_ASSERT((x < y) == (std::int64_t{a} * d < std::int64_t{c} * b));
  if (c != 0) RC_ASSERT(x * y / y == x);
}

}  // namespace
}  // namespace coop
