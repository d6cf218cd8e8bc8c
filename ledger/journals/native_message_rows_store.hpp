#pragma once
#include "ledger/database/tx.hpp"
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of reminders, messages and imported payments.
std::span<const NamedStatements> message_statements();

/// Puts the restored messages that wait in line again.
void insert_restored_deliveries(Tx& tx, NodeId node);

}  // namespace coop::journals
