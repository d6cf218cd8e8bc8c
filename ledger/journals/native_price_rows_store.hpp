#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of what dues cost and who pays them.
std::span<const NamedStatements> price_statements();

}  // namespace coop::journals
