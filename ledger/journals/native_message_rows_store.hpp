#pragma once
#include "ledger/database/tx.hpp"
#include "ledger/journals/native_member_rows_store.hpp"

namespace coop::journals {

/// The statements of a kind of row of reminders, messages and imported payments, or null.
const RowStatements* find_message_statements(std::string_view kind);

/// Puts the restored messages that wait in line again.
void insert_restored_deliveries(Tx& tx, NodeId node);

}  // namespace coop::journals
