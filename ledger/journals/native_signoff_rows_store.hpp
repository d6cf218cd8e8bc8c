#pragma once
#include <span>

#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the rows of signatures under reconciliations, by their kinds.
std::span<const NamedStatements> signoff_statements();

}  // namespace coop::journals
