#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of creditors, mandates and their accounts.
std::span<const NamedStatements> mandate_statements();

}  // namespace coop::journals
