#include "ledger/values/money.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "tests/support/refusal_code.hpp"

namespace coop {
namespace {

using test::refusal_code;

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
constexpr UnitId euro{1};
constexpr UnitId hour{2};

template <class A, class B>
concept Addable = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept Multipliable = requires(A a, B b) {
  a* b;
};

static_assert(Addable<Money, Money>);
static_assert(!Addable<Money, int> && !Addable<Money, double> && !Addable<Money, std::int64_t>,
              "money adds to money only");
static_assert(!Multipliable<Money, double> && !Multipliable<Money, int>, "rates are ratios, see ratio.hpp");
static_assert(!std::is_constructible_v<Money, std::int64_t, UnitId>,
              "minor units are named: Money::of_minor");
static_assert(!std::is_default_constructible_v<Money>, "there is no amount without a unit");
static_assert(!std::is_convertible_v<Money, std::int64_t> && !std::is_convertible_v<Money, double>);

TEST(Money, AddsAndSubtractsWithinOneUnit) {
  const Money a = Money::of_minor(1250, euro);
  const Money b = Money::of_minor(-50, euro);
  EXPECT_EQ((a + b).minor(), 1200);
  EXPECT_EQ((a - b).minor(), 1300);
  EXPECT_EQ((-a).minor(), -1250);
  EXPECT_EQ((a + b).unit(), euro);
  EXPECT_LT(b, a);
}

TEST(Money, RefusesToMixUnits) {
  const Money euros = Money::of_minor(1, euro);
  const Money hours = Money::of_minor(1, hour);
  EXPECT_EQ(refusal_code([&] { euros + hours; }), "unit_mismatch");
  EXPECT_EQ(refusal_code([&] { euros - hours; }), "unit_mismatch");
  EXPECT_EQ(refusal_code([&] { return euros < hours; }), "unit_mismatch");
  EXPECT_FALSE(euros == hours) << "equality asks, and answers no";
}

TEST(Money, RefusesWhatSixtyFourBitsCannotHold) {
  EXPECT_EQ(refusal_code([] { Money::of_minor(highest, euro) + Money::of_minor(1, euro); }),
            "amount_overflow");
  EXPECT_EQ(refusal_code([] { Money::of_minor(lowest, euro) - Money::of_minor(1, euro); }),
            "amount_overflow");
  EXPECT_EQ(refusal_code([] { -Money::of_minor(lowest, euro); }), "amount_overflow");
  EXPECT_EQ(refusal_code([] { checked_add(lowest, -1); }), "amount_overflow");
  EXPECT_EQ(checked_add(highest, lowest), -1);
}

struct Reading {
  std::string_view text;
  int scale;
  std::int64_t minor;
};

TEST(AmountText, IsReadAsMinorUnits) {
  constexpr Reading table[] = {
      {"0", 0, 0},
      {"0", 2, 0},
      {"-0.00", 2, 0},
      {"12.34", 2, 1234},
      {"-12.5", 2, -1250},
      {"12", 2, 1200},
      {"0.001", 3, 1},
      {"007.10", 2, 710},
      {"1.000000", 6, 1'000'000},
      {"92233720368547758.07", 2, highest},
      {"-92233720368547758.08", 2, lowest},
      {"9223372036854775807", 0, highest},
      {"0.000000000000000001", 18, 1},
      {"00000000000000000000000000000001", 0, 1},
  };
  for (const Reading& row : table) EXPECT_EQ(minor_from_text(row.text, row.scale), row.minor) << row.text;
}

struct Refusing {
  std::string_view text;
  int scale;
  std::string_view code;
};

TEST(AmountText, IsRefusedIfAnythingIsUnusualAboutIt) {
  const Refusing table[] = {
      {"", 2, "amount_malformed"},
      {"-", 2, "amount_malformed"},
      {".", 2, "amount_malformed"},
      {".5", 2, "amount_malformed"},
      {"5.", 2, "amount_malformed"},
      {"-.5", 2, "amount_malformed"},
      {"+5", 2, "amount_malformed"},
      {"--5", 2, "amount_malformed"},
      {"1.2.3", 2, "amount_malformed"},
      {"1e3", 2, "amount_malformed"},
      {"1,000", 2, "amount_malformed"},
      {"1 000", 2, "amount_malformed"},
      {" 5", 2, "amount_malformed"},
      {"5 ", 2, "amount_malformed"},
      {"5\n", 2, "amount_malformed"},
      {"0x10", 2, "amount_malformed"},
      {"NaN", 2, "amount_malformed"},
      {"inf", 2, "amount_malformed"},
      {"５", 2, "amount_malformed"},
      {std::string_view{"5\0", 2}, 2, "amount_malformed"},
      {"12.345", 2, "amount_too_precise"},
      {"12.340", 2, "amount_too_precise"},
      {"1.0", 0, "amount_too_precise"},
      {"92233720368547758.08", 2, "amount_overflow"},
      {"-92233720368547758.09", 2, "amount_overflow"},
      {"92233720368547758", 3, "amount_overflow"},
      {"99999999999999999999999999999999999999", 0, "amount_overflow"},
  };
  for (const Refusing& row : table)
    EXPECT_EQ(refusal_code([&] { minor_from_text(row.text, row.scale); }), row.code)
        << "\"" << row.text << "\"";
}

TEST(AmountText, RepeatsOnlyTheStartOfAHugeText) {
  try {
    minor_from_text(std::string(1'000'000, 'x'), 2);
    FAIL() << "accepted";
  } catch (const Refused& refused) {
    EXPECT_LT(refused.detail().size(), 200U);
  }
}

TEST(AmountText, IsWrittenWithExactlyTheUnitsDecimals) {
  EXPECT_EQ(text_from_minor(-1250, 2), "-12.50");
  EXPECT_EQ(text_from_minor(0, 2), "0.00");
  EXPECT_EQ(text_from_minor(5, 3), "0.005");
  EXPECT_EQ(text_from_minor(-5, 0), "-5");
  EXPECT_EQ(text_from_minor(0, 0), "0");
  EXPECT_EQ(text_from_minor(lowest, 2), "-92233720368547758.08");
  EXPECT_EQ(text_from_minor(lowest, 18), "-9.223372036854775808");
  EXPECT_EQ(text_from_minor(highest, 0), "9223372036854775807");
  std::string out = "total ";
  append_minor(out, 100, 2);
  EXPECT_EQ(out, "total 1.00");
}

RC_GTEST_PROP(AmountText, IsReadBackAsItWasWritten, (std::int64_t minor)) {
  const int scale = *rc::gen::inRange(0, 7);
  RC_ASSERT(minor_from_text(text_from_minor(minor, scale), scale) == minor);
}

RC_GTEST_PROP(Money, AddsAndTakesAwayTheSame, (std::int32_t a, std::int32_t b)) {
  const Money first = Money::of_minor(a, euro);
  const Money second = Money::of_minor(b, euro);
  RC_ASSERT(first + second - second == first);
  RC_ASSERT(-(-first) == first);
}

RC_GTEST_PROP(AmountText, NeverCrashesAndNeverGuesses, (const std::string& text)) {
  const int scale = *rc::gen::inRange(0, 7);
  try {
    const std::int64_t minor = minor_from_text(text, scale);
    RC_ASSERT(text.find_first_not_of("-.0123456789") == std::string::npos);
    RC_ASSERT(minor_from_text(text_from_minor(minor, scale), scale) == minor);
  } catch (const Refused&) {
  }
}

}  // namespace
}  // namespace coop
