#pragma once
#include <map>
#include <span>

#include "ledger/database/tx.hpp"
#include "ledger/dues/position.hpp"

namespace coop::dues {

/// A debtor in a unit.
struct DebtorUnit {
  PartyId party;
  UnitId unit;
  friend auto operator<=>(const DebtorUnit&, const DebtorUnit&) = default;
};
/// How these debtors stand; who never owed anything stands at nothing.
std::map<DebtorUnit, Position> read_positions(Tx& tx, NodeId node, std::span<const DebtorUnit> debtors);
/// Puts down how they stand.
void store_positions(Tx& tx, NodeId node, const std::map<DebtorUnit, Position>& positions);

}  // namespace coop::dues
