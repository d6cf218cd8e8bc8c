#pragma once
#include <span>

#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the rows of rules by which sums are divided, and of values of places.
std::span<const NamedStatements> sharing_statements();

}  // namespace coop::journals
