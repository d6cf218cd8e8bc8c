#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "api/json_reader.hpp"
#include "ledger/books/account.hpp"
#include "ledger/values/unit.hpp"

namespace coop::api {

/// The unit of a code. Throws Refused: unit_unknown.
using UnitByCode = std::function<Unit(std::string_view)>;

/// Reads an account that is to be opened: {"path","unit","type","title","required","limits","opened_on"}.
books::AccountDraft account_draft_from(JsonValue account, const UnitByCode& unit_of, Day today);

/// Reads {"lower":"-100.00","upper":null} in a unit with `scale` decimals.
books::Limits limits_from(JsonValue limits, int scale);

/// Reads a list of dimension kinds.
std::vector<books::DimensionKind> required_from(JsonValue kinds);

}  // namespace coop::api
