#pragma once
#include "api/directories.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/funds/budget_service.hpp"

namespace coop::api {

/// A budget that is asked for, with its lines. Throws Refused naming the field.
funds::BudgetDraft budget_from(const JsonValue& value, UnitDirectory& units);
/// Its lines anew, in the budget's unit. Throws Refused naming the field.
funds::BudgetRevisionDraft budget_revision_from(const JsonValue& value, const Unit& unit);
/// A budget with its revisions.
void write_budget(JsonWriter& out, const funds::Budget& budget, UnitDirectory& units);

}  // namespace coop::api
