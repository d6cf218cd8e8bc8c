#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of rolls and votes.
std::span<const NamedStatements> roll_statements();

}  // namespace coop::journals
