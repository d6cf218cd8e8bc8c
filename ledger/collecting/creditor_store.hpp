#pragma once
#include <optional>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/collecting/creditor.hpp"
#include "ledger/database/tx.hpp"

namespace coop::collecting {

/// Every setting of the node, the one in force first.
std::vector<CreditorRecord> read_creditors(Tx& tx, NodeId node);
/// Adds a setting with the next number, and answers it.
int insert_creditor(Tx& tx, NodeId node, const Creditor& creditor, const books::Author& author);

}  // namespace coop::collecting
