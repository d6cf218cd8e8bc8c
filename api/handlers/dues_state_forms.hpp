#pragma once
#include "api/json_writer.hpp"
#include "ledger/dues/dues_state.hpp"
#include "ledger/values/unit.hpp"

namespace coop::api {

/// How a debtor stands in a unit; the object must be open.
void write_debtor(JsonWriter& out, const dues::DebtorState& debtor, const Unit& unit);
/// A charge with how it stands.
void write_charge_state(JsonWriter& out, const dues::ChargeState& state, const Unit& unit);

}  // namespace coop::api
