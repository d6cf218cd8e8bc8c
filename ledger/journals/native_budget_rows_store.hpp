#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of budgets.
std::span<const NamedStatements> budget_statements();

}  // namespace coop::journals
