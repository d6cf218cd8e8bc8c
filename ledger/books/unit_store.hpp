#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/values/unit.hpp"

namespace coop::books {

/// A unit as it is listed.
struct ListedUnit {
  Unit unit;
  std::string name;
  UnitOrigin origin;
};
/// "currency", "local" or "hours".
std::string_view text_of(UnitOrigin origin);
/// Throws Refused: field_invalid.
UnitOrigin unit_origin_from(std::string_view text);

/// Which units are listed; all, where nothing is said.
struct UnitListing {
  std::optional<UnitOrigin> origin = {};
  std::string after = {};  ///< those whose codes come later
  std::optional<int> most = {};
};
/// Units of this server, by code.
std::vector<ListedUnit> read_units(Tx& tx, const UnitListing& wanted = {});
/// The unit of this code, if there is one.
std::optional<Unit> find_unit(Tx& tx, std::string_view code);
/// The code of a unit that must exist.
std::string read_unit_code(Tx& tx, UnitId unit);
/// Adds a unit. Throws Refused: unit_exists.
Unit insert_unit(Tx& tx, std::string_view code, std::string_view name, int scale, UnitOrigin origin);
/// Adds every ISO 4217 currency that is missing.
void insert_iso4217(Tx& tx);

}  // namespace coop::books
