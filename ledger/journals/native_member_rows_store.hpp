#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of members.
std::span<const NamedStatements> member_statements();

}  // namespace coop::journals
