#pragma once
#include "ledger/journals/native_member_rows_store.hpp"

namespace coop::journals {

/// The statements of a kind of row of what dues cost and who pays them, or null.
const RowStatements* find_price_statements(std::string_view kind);

}  // namespace coop::journals
