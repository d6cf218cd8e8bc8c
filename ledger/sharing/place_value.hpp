#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"
#include "ledger/values/fraction.hpp"

namespace coop::sharing {

/// A published value of a place that holds from a day: a living wage an hour, an index of regional costs.
struct PlaceValue {
  std::string name;   ///< "living_wage", "living_cost": what rules call it
  std::string place;  ///< 1 to 60 characters: "London", "bcn"
  Day valid_from;
  Fraction value;           ///< not below zero; of money: in whole units
  std::string unit = {};    ///< of money: its code; empty for an index
  std::string source = {};  ///< who published it, with the address
  std::optional<Day> published_on = {};
};

/// The value that holds on a day: the one of the latest day that is not after it, of two from the same day
/// the last one; null if there is none.
const PlaceValue* find_place_value(std::span<const PlaceValue> values, std::string_view name,
                                   std::string_view place, Day on);

}  // namespace coop::sharing
