#pragma once
#include <span>

#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the rows of obligations, and of tables of hours that came in.
std::span<const NamedStatements> obligation_statements();

}  // namespace coop::journals
