#include "ledger/values/split.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <limits>
#include <numeric>

#include "tests/support/refusal_code.hpp"

namespace coop {
namespace {

using boost::multiprecision::cpp_int;
using Parts = std::vector<std::int64_t>;

constexpr std::int64_t least_minor = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most_minor = std::numeric_limits<std::int64_t>::max();

TEST(Split, GivesTheLeftoverUnitsToTheLargestRemainders) {
  struct Row {
    std::int64_t total;
    Parts weights;
    Parts parts;
  };
  const Row table[] = {
      {100, {1, 1, 1}, {34, 33, 33}},
      {-100, {1, 1, 1}, {-34, -33, -33}},
      {100, {1, 1, 2}, {25, 25, 50}},
      {101, {1, 1, 2}, {25, 25, 51}},
      {10, {1, 2, 3}, {2, 3, 5}},
      {1, {1, 1, 1}, {1, 0, 0}},
      {2, {1, 1, 1}, {1, 1, 0}},
      {0, {1, 2, 3}, {0, 0, 0}},
      {7, {0, 1, 0}, {0, 7, 0}},
      {5, {0, 1, 1}, {0, 3, 2}},
      {100, {7}, {100}},
      {least_minor, {5}, {least_minor}},
      {most_minor, {most_minor, most_minor}, {4'611'686'018'427'387'904, 4'611'686'018'427'387'903}},
      {3, {most_minor, most_minor, most_minor}, {1, 1, 1}},
      {10, {most_minor, 1}, {10, 0}},
  };
  for (const Row& row : table)
    EXPECT_EQ(split_exactly(row.total, row.weights), row.parts) << "total " << row.total;
}

TEST(Split, IsRefusedWithoutAnyWeight) {
  for (const Parts& weights : {Parts{}, Parts{0}, Parts{0, 0}, Parts{-1, 2}, Parts{1, least_minor}})
    EXPECT_EQ(test::refusal_code([&] { split_exactly(100, weights); }), "field_invalid");
}

TEST(Split, DividesAmongVeryMany) {
  const Parts weights(100'000, most_minor);
  const Parts parts = split_exactly(150'000, weights);
  EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), 150'000);
  EXPECT_EQ(parts.front(), 2);
  EXPECT_EQ(parts.back(), 1);
}

/// Any weights, huge ones often, zeros sometimes.
rc::Gen<Parts> some_weights() {
  const auto weight =
      rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 10), rc::gen::inRange<std::int64_t>(0, most_minor),
                     rc::gen::just(most_minor));
  return rc::gen::suchThat(rc::gen::container<Parts>(weight), [](const Parts& parts) {
    return std::any_of(parts.begin(), parts.end(), [](std::int64_t part) { return part > 0; });
  });
}

RC_GTEST_PROP(Split, AddsUpExactlyAndKeepsEveryPartWithinOneUnitOfItsShare, (std::int64_t total)) {
  const Parts weights = *some_weights();
  const Parts parts = split_exactly(total, weights);
  const cpp_int sum = std::accumulate(weights.begin(), weights.end(), cpp_int{0});
  RC_ASSERT(std::accumulate(parts.begin(), parts.end(), cpp_int{0}) == total);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const cpp_int distance = cpp_int{parts[i]} * sum - cpp_int{total} * weights[i];
    RC_ASSERT(abs(distance) < sum);
  }
}

RC_GTEST_PROP(Split, DividesADebtAsItsMagnitude, (std::int32_t total)) {
  const Parts weights = *some_weights();
  Parts mirrored = split_exactly(-std::int64_t{total}, weights);
  for (std::int64_t& part : mirrored) part = -part;
  RC_ASSERT(split_exactly(total, weights) == mirrored);
}

/// The rule as it is written, by sorting.
Parts split_by_sorting(std::int64_t total, const Parts& weights) {
  const cpp_int sum = std::accumulate(weights.begin(), weights.end(), cpp_int{0});
  const cpp_int magnitude = abs(cpp_int{total});
  Parts parts;
  std::vector<std::pair<cpp_int, std::size_t>> remainders;
  cpp_int left = magnitude;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const cpp_int share = magnitude * weights[i];
    parts.push_back(static_cast<std::int64_t>(cpp_int{share / sum}));
    left -= parts.back();
    remainders.emplace_back(-(share % sum), i);
  }
  std::sort(remainders.begin(), remainders.end());
  for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) ++parts[remainders[i].second];
  if (total < 0)
    for (std::int64_t& part : parts) part = -part;
  return parts;
}

RC_GTEST_PROP(Split, FollowsTheRuleOfLargestRemainders, ()) {
  const auto total = *rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000);
  const Parts weights = *some_weights();
  RC_ASSERT(split_exactly(total, weights) == split_by_sorting(total, weights));
}

}  // namespace
}  // namespace coop
