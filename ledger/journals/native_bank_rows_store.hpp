#pragma once
#include "ledger/journals/native_row_statements.hpp"

namespace coop::journals {

/// The statements of the kinds of rows of banks' accounts, files, statements and lines. A file's bytes go out
/// and come in by parts of 1,572,864 bytes, the last one shorter.
std::span<const NamedStatements> bank_statements();

}  // namespace coop::journals
