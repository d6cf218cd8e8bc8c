#include "ledger/values/ratio.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <limits>

#include "tests/support/refusal_code.hpp"

namespace coop {
namespace {

using boost::multiprecision::cpp_int;
using test::refusal_code;

constexpr std::int64_t lowest_part = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest_part = std::numeric_limits<std::int64_t>::max();

static_assert(!std::is_constructible_v<Ratio, double>, "a rate is never floating point");
static_assert(!std::is_convertible_v<Ratio, double>);

TEST(Ratio, IsKeptInLowestTermsWithAPositiveDenominator) {
  EXPECT_EQ((Ratio{6, 8}), (Ratio{3, 4}));
  EXPECT_EQ((Ratio{3, -4}).text(), "-3/4");
  EXPECT_EQ((Ratio{0, -7}).text(), "0");
  EXPECT_EQ((Ratio{lowest_part, lowest_part}).text(), "1");
  EXPECT_EQ((Ratio{highest_part, 1}).numerator(), highest_part);
  EXPECT_EQ(refusal_code([] { Ratio{1, 0}; }), "field_invalid");
  EXPECT_EQ(refusal_code([] { Ratio{1, lowest_part}; }), "amount_overflow");
  EXPECT_EQ(refusal_code([] { Ratio{lowest_part, -1}; }), "amount_overflow");
}

TEST(Ratio, IsReadAsFractionDecimalOrPercentage) {
  struct Row {
    std::string_view text;
    std::string_view lowest_terms;
  };
  constexpr Row table[] = {
      {"3/4", "3/4"},
      {"6/8", "3/4"},
      {"12", "12"},
      {"0.8642", "4321/5000"},
      {"5%", "1/20"},
      {"2.50%", "1/40"},
      {"-0.5", "-1/2"},
      {"-3/4", "-3/4"},
      {"0.000", "0"},
      {"100%", "1"},
      {"0/5", "0"},
      {"0.10000000000000000000000000", "1/10"},
      {"9223372036854775807", "9223372036854775807"},
      {"-9223372036854775808", "-9223372036854775808"},
  };
  for (const Row& row : table) EXPECT_EQ(Ratio::parse(row.text).text(), row.lowest_terms) << row.text;
}

TEST(Ratio, IsRefusedIfItIsNoneOfThese) {
  for (const std::string_view text :
       {"",    "-",   "/",   "1/", "/2",   "1/2/3", "1.",  ".5",  "1.2/3", "1/2%", "%",
        "5%%", "5 %", "1e2", "+1", "1/-2", "--1",   "1/0", "0/0", "abc",   " 1",   "1 "})
    EXPECT_EQ(refusal_code([&] { Ratio::parse(text); }), "field_invalid") << "\"" << text << "\"";
  for (const std::string& text :
       {std::string{"9223372036854775808"}, std::string(100, '9'), "0." + std::string(99, '1'),
        std::string{"1/9223372036854775808"}, "1." + std::string(40, '0') + "1%"})
    EXPECT_EQ(refusal_code([&] { Ratio::parse(text); }), "amount_overflow") << text;
}

TEST(Ratio, MultipliesExactly) {
  EXPECT_EQ((Ratio{2, 3} * Ratio{3, 4}), (Ratio{1, 2}));
  EXPECT_EQ((Ratio{highest_part, 3} * Ratio{3, highest_part}), (Ratio{1, 1}))
      << "shortened before it is narrowed";
  EXPECT_EQ(refusal_code([] { Ratio{highest_part, 1} * Ratio{2, 1}; }), "amount_overflow");
}

TEST(Ratio, RoundsAHalfAwayFromZero) {
  struct Row {
    std::int64_t minor;
    Ratio ratio;
    std::int64_t product;
  };
  const Row table[] = {
      {5, {1, 2}, 3},
      {-5, {1, 2}, -3},
      {5, {-1, 2}, -3},
      {-5, {-1, 2}, 3},
      {4, {1, 3}, 1},
      {5, {1, 3}, 2},
      {0, {7, 3}, 0},
      {1, {1, 3}, 0},
      {1, {2, 3}, 1},
      {10'000, {1, 40}, 250},
      {lowest_part, {1, 1}, lowest_part},
      {highest_part, {1, 2}, highest_part / 2 + 1},
      {2, {highest_part, 2}, highest_part},
  };
  for (const Row& row : table) EXPECT_EQ(times_half_up(row.minor, row.ratio), row.product) << row.minor;
  EXPECT_EQ(refusal_code([] { times_half_up(highest_part, Ratio{2, 1}); }), "amount_overflow");
  EXPECT_EQ(refusal_code([] { times_half_up(lowest_part, Ratio{-1, 1}); }), "amount_overflow");
}

TEST(Ratio, ConvertsBetweenUnitsOfDifferentScale) {
  EXPECT_EQ(converted_half_up(100, 2, Ratio::parse("157.35"), 0), 157) << "1.00 EUR in JPY";
  EXPECT_EQ(converted_half_up(157, 0, Ratio::parse("0.00635525"), 2), 100) << "157 JPY in EUR, 0.9978";
  EXPECT_EQ(converted_half_up(1, 0, Ratio{1, 3}, 6), 333'333);
  EXPECT_EQ(converted_half_up(2, 0, Ratio{1, 3}, 6), 666'667);
  EXPECT_EQ(converted_half_up(-15, 1, Ratio{1, 1}, 0), -2);
  EXPECT_EQ(converted_half_up(highest_part, 18, Ratio{1'000'000'000, 1}, 0), 9'223'372'037);
  EXPECT_EQ(refusal_code([] { converted_half_up(highest_part, 0, Ratio{highest_part, 1}, 18); }),
            "amount_overflow");
}

RC_GTEST_PROP(Ratio, IsTheNearestWholeNumberToTheExactProduct, (std::int64_t minor, std::int32_t numerator)) {
  const std::int64_t denominator = *rc::gen::inRange<std::int64_t>(1, highest_part);
  const Ratio ratio{numerator, denominator};
  try {
    const cpp_int twice_error =
        2 * (cpp_int{times_half_up(minor, ratio)} * denominator - cpp_int{minor} * numerator);
    RC_ASSERT(abs(twice_error) <= denominator);
  } catch (const Refused&) {
    RC_ASSERT(abs(cpp_int{minor} * numerator) / denominator >= highest_part);
  }
}

RC_GTEST_PROP(Ratio, IsReadBackAsItWasWritten, (std::int64_t numerator)) {
  const Ratio ratio{numerator, *rc::gen::inRange<std::int64_t>(1, highest_part)};
  RC_ASSERT(Ratio::parse(ratio.text()) == ratio);
}

}  // namespace
}  // namespace coop
