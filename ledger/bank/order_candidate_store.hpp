#pragma once
#include <span>
#include <string>

#include "ledger/bank/candidates.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Reads the files of payments that the bank has: their orders that wait for it, and those that were paid and
/// have one of these end-to-end ids.
void read_sent_disbursements(Tx& tx, NodeId node, std::span<const std::string> ids, Candidates& into);

}  // namespace coop::bank
