#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "ledger/values/fraction.hpp"

namespace coop {

/// Divides `total_minor` in proportion to `weights`, exactly: the parts add up to the total.
/// Largest remainder (Hamilton): each part is its share rounded towards zero; the minor units left over go
/// one each to the largest remainders, ties to the earlier index. A negative total is divided as its
/// magnitude. Throws Refused: field_invalid, if weights are empty, negative, or all zero. Works for any
/// 64-bit weights.
std::vector<std::int64_t> split_exactly(std::int64_t total_minor, std::span<const std::int64_t> weights);
/// The same in proportion to fractions of any size.
std::vector<std::int64_t> split_exactly(std::int64_t total_minor, std::span<const Fraction> weights);

}  // namespace coop
