#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/capital/surplus.hpp"

namespace coop::proof {

/// A surplus or loss as it is kept, with the rule of sharing that divided it. Minor units.
struct KeptDivision {
  std::int64_t run;
  std::string steps;  ///< canonical JSON
  std::string patronage;
  std::string unit;
  int scale;
  std::int64_t amount_minor;
  std::int64_t reserve_minor;
  std::int64_t other_minor;
  std::vector<capital::SurplusShare> shares;  ///< in the order of their numbers
};

/// What is wrong with a division, in words, if it is not what its rule gives when it divides the same anew:
/// reserve, third part, and each member's interest, patronage and cash.
std::optional<std::string> fault_of(const KeptDivision& kept);

}  // namespace coop::proof
