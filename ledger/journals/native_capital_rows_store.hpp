#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of shares, and of surplus that is divided.
std::span<const NamedStatements> capital_statements();

}  // namespace coop::journals
