#pragma once
#include <span>

#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the rows of work: circles, kinds of work, hours.
std::span<const NamedStatements> work_statements();

}  // namespace coop::journals
