#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of payments that leave.
std::span<const NamedStatements> disbursement_statements();

}  // namespace coop::journals
