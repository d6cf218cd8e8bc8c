#include "ledger/values/split.hpp"

#include <algorithm>
#include <numeric>

#include "ledger/values/wide_integer.hpp"

namespace coop {

namespace {

Wide sum_of(std::span<const std::int64_t> weights) {
  Wide sum = 0;
  for (const std::int64_t weight : weights) {
    if (weight < 0) throw Refused{Refusal::field_invalid, "a weight is negative: " + std::to_string(weight)};
    sum += weight;
  }
  if (sum == 0)
    throw Refused{Refusal::field_invalid, "no weight is above zero: there is nobody to divide among"};
  return sum;
}

}  // namespace

std::vector<std::int64_t> split_exactly(std::int64_t total_minor, std::span<const std::int64_t> weights) {
  const Wide sum = sum_of(weights);
  const Wide magnitude = boost::multiprecision::abs(Wide{total_minor});
  std::vector<Wide> parts(weights.size());
  std::vector<Wide> remainders(weights.size());
  Wide left = magnitude;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    boost::multiprecision::divide_qr(Wide{magnitude * weights[i]}, sum, parts[i], remainders[i]);
    left -= parts[i];
  }

  // Fewer units are left than remainders are above zero, so a weight of zero never gets one.
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto units_left = static_cast<std::ptrdiff_t>(left);
  const auto gets_one_sooner = [&](std::size_t a, std::size_t b) {
    return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
  };
  std::nth_element(order.begin(), order.begin() + units_left, order.end(), gets_one_sooner);
  for (std::ptrdiff_t i = 0; i < units_left; ++i) parts[order[static_cast<std::size_t>(i)]] += 1;

  std::vector<std::int64_t> answer(weights.size());
  std::transform(parts.begin(), parts.end(), answer.begin(),
                 [&](const Wide& part) { return narrowed(total_minor < 0 ? Wide{-part} : part); });
  return answer;
}

}  // namespace coop
