#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of lines that count, were set aside or are matched.
std::span<const NamedStatements> match_statements();

}  // namespace coop::journals
