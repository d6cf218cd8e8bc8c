#include "ledger/values/split.hpp"

#include <algorithm>
#include <limits>

#include "ledger/values/wide_integer.hpp"

namespace coop {

namespace {

using Whole = Fraction::Whole;
// Holds the product of two magnitudes of 64 bits, and the sum of as many weights as fit into memory. The
// processor's own, since a million shares are worked out at once.
__extension__ using Magnitude = unsigned __int128;

[[noreturn]] void refuse_negative_weight(const std::string& weight) {
  throw Refused{Refusal::field_invalid, "a weight is negative: " + weight};
}

template <class Number>
void require_some(const Number& sum) {
  if (sum == 0)
    throw Refused{Refusal::field_invalid, "no weight is above zero: there is nobody to divide among"};
}

/// What a part lacks of its exact share.
template <class Number>
struct Remainder {
  Number numerator;
  std::size_t index;
};

// Fewer units are left than remainders are above zero, so a weight of zero never gets one.
template <class Number>
std::vector<std::int64_t> completed(std::vector<std::int64_t> parts,
                                    std::vector<Remainder<Number>> remainders, std::uint64_t left,
                                    bool is_negative) {
  const auto gets_one_sooner = [](const Remainder<Number>& a, const Remainder<Number>& b) {
    return a.numerator != b.numerator ? a.numerator > b.numerator : a.index < b.index;
  };
  const auto units = static_cast<std::ptrdiff_t>(left);
  std::nth_element(remainders.begin(), remainders.begin() + units, remainders.end(), gets_one_sooner);
  // Counted downwards, because the lowest 64-bit number has no positive opposite.
  for (std::ptrdiff_t i = 0; i < units; ++i) parts[remainders[static_cast<std::size_t>(i)].index] -= 1;
  if (is_negative) return parts;
  for (std::int64_t& part : parts) part = -part;
  return parts;
}

std::uint64_t magnitude_of(std::int64_t number) {
  return number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
}

// Minus so many, also of the lowest 64-bit number.
std::int64_t minus(std::uint64_t magnitude) { return static_cast<std::int64_t>(0 - magnitude); }

std::vector<std::int64_t> split_by_wholes(std::int64_t total_minor, const std::vector<Whole>& weights) {
  Whole sum = 0;
  for (const Whole& weight : weights) sum += weight;
  require_some(sum);
  const std::uint64_t magnitude = magnitude_of(total_minor);
  std::uint64_t left = magnitude;
  std::vector<std::int64_t> parts;
  std::vector<Remainder<Whole>> remainders;
  for (const Whole& weight : weights) {
    Whole part;
    Whole remainder;
    divide_qr(Whole{weight * magnitude}, sum, part, remainder);
    const auto units = static_cast<std::uint64_t>(part);
    left -= units;
    remainders.push_back({std::move(remainder), parts.size()});
    parts.push_back(minus(units));
  }
  return completed(std::move(parts), std::move(remainders), left, total_minor < 0);
}

}  // namespace

std::vector<std::int64_t> split_exactly(std::int64_t total_minor, std::span<const std::int64_t> weights) {
  Magnitude sum = 0;
  for (const std::int64_t weight : weights) {
    if (weight < 0) refuse_negative_weight(std::to_string(weight));
    sum += static_cast<Magnitude>(weight);
  }
  require_some(sum);
  const std::uint64_t magnitude = magnitude_of(total_minor);
  std::uint64_t left = magnitude;
  std::vector<std::int64_t> parts(weights.size());
  std::vector<Remainder<Magnitude>> remainders(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Magnitude share = static_cast<Magnitude>(magnitude) * static_cast<std::uint64_t>(weights[i]);
    const auto units = static_cast<std::uint64_t>(share / sum);
    remainders[i] = {share - units * sum, i};
    parts[i] = minus(units);
    left -= units;
  }
  return completed(std::move(parts), std::move(remainders), left, total_minor < 0);
}

std::vector<std::int64_t> split_exactly(std::int64_t total_minor, std::span<const Fraction> weights) {
  Whole common = 1;
  for (const Fraction& weight : weights) {
    if (weight.numerator() < 0) refuse_negative_weight(weight.text());
    common = lcm(common, weight.denominator());
  }
  std::vector<Whole> wholes;
  wholes.reserve(weights.size());
  Whole most = 0;
  for (const Fraction& weight : weights) {
    wholes.push_back(weight.numerator() * (common / weight.denominator()));
    if (wholes.back() > most) most = wholes.back();
  }
  if (most > std::numeric_limits<std::int64_t>::max()) return split_by_wholes(total_minor, wholes);
  std::vector<std::int64_t> numbers;
  numbers.reserve(wholes.size());
  for (const Whole& whole : wholes) numbers.push_back(static_cast<std::int64_t>(whole));
  return split_exactly(total_minor, numbers);
}

}  // namespace coop
