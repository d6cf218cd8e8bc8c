#pragma once
#include <span>

#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the rows of shared costs.
std::span<const NamedStatements> cost_statements();

}  // namespace coop::journals
