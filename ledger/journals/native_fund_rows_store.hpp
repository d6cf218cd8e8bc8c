#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of funds and spending mandates.
std::span<const NamedStatements> fund_statements();

}  // namespace coop::journals
