#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/ids.hpp"

namespace coop {

/// Where a unit of account comes from.
enum class UnitOrigin { currency, local, hours };

/// A unit of account: its code, and how many decimals its minor unit has (0 to 6).
/// Codes: 2 to 24 characters, A-Z 0-9 . _ -, starting with a letter, ending with a letter or digit (the
/// schema and the beancount export ask for the same); ISO 4217 codes are currencies.
struct Unit {
  UnitId id;
  std::string code;
  int scale;
};

/// An ISO 4217 currency as published: alphabetic code, decimals of its minor unit, English name.
struct Iso4217 {
  std::string_view code;
  int scale;
  std::string_view name;
};

/// The active national currencies of ISO 4217 (funds codes and metals left out), in the order of their codes.
const std::vector<Iso4217>& iso4217_currencies();

/// Throws Refused: name_malformed.
void require_unit_code(std::string_view code);

}  // namespace coop
