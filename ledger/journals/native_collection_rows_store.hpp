#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of collections.
std::span<const NamedStatements> collection_statements();

}  // namespace coop::journals
