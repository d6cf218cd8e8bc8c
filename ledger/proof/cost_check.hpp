#pragma once
#include <cstdint>
#include <string>

namespace coop::proof {

/// A division of shared costs as it was found, with all that it was made of.
struct FoundCostDivision {
  std::int64_t number;
  std::string rule;  ///< canonical JSON
  std::int64_t minor;
  std::string unit;  ///< a unit's code
  int scale;
  std::string on;       ///< the last day
  std::string sharers;  ///< JSON: [{"id", "weight", "fixed", "share", "used": [{"name", "millionths"}]}]
  std::string figures;  ///< JSON: [{"name", "value"}]
  std::string values;   ///< JSON: [{"name", "place", "from", "numerator", "denominator"}], or empty
};

/// Whether each share is what the rule gives, worked out again. False as well, if what was found cannot be
/// divided at all.
bool comes_out_again(const FoundCostDivision& found);

}  // namespace coop::proof
