#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of charges and payments.
std::span<const NamedStatements> charge_statements();

}  // namespace coop::journals
