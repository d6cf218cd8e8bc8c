#include "ledger/sharing/place_value.hpp"

namespace coop::sharing {

const PlaceValue* find_place_value(std::span<const PlaceValue> values, std::string_view name,
                                   std::string_view place, Day on) {
  const PlaceValue* found = nullptr;
  for (const PlaceValue& value : values)
    if (value.name == name && value.place == place && value.valid_from <= on &&
        (!found || found->valid_from <= value.valid_from))
      found = &value;
  return found;
}

}  // namespace coop::sharing
