#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of tariffs and pay runs.
std::span<const NamedStatements> pay_statements();

}  // namespace coop::journals
