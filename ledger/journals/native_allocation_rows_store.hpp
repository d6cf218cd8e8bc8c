#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of rounds of allocation.
std::span<const NamedStatements> allocation_statements();

}  // namespace coop::journals
