#pragma once
#include "ledger/journals/native_member_rows_store.hpp"

namespace coop::journals {

/// The statements of a kind of row of collections, or null.
const RowStatements* find_collection_statements(std::string_view kind);

}  // namespace coop::journals
