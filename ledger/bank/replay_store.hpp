#pragma once
#include <map>
#include <span>

#include "ledger/bank/replay.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Reads what the live matches of these lines came to: payments by their payer, everything else by the other
/// side of its entries.
std::map<BankLineNumber, DoneWith> read_done(Tx& tx, NodeId node, std::span<const BankLine> lines);

}  // namespace coop::bank
