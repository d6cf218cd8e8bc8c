#pragma once
#include <span>

#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of counts of cash.
std::span<const NamedStatements> count_statements();

}  // namespace coop::journals
