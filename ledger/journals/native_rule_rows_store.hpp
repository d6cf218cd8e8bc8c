#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of rules for lines of the bank, of what was matched by them, and of
/// what matches teach.
std::span<const NamedStatements> rule_statements();

}  // namespace coop::journals
