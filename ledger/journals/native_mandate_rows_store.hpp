#pragma once
#include "ledger/journals/native_member_rows_store.hpp"

namespace coop::journals {

/// The statements of a kind of row of creditors, mandates and their accounts, or null.
const RowStatements* find_mandate_statements(std::string_view kind);

}  // namespace coop::journals
