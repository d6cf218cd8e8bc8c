#pragma once
#include <optional>
#include <string_view>

#include "ledger/statements/csv_profile.hpp"

namespace coop::statements {

/// How the statement of an account is read that this program writes as CSV (GET
/// …/accounts/{path}/statement?format=csv), by the books of another node: what is credit there is debit here,
/// and the other way round. Its column `positive` says which side it writes without a minus. Nothing if the
/// file has another header.
std::optional<CsvProfile> find_own_statement(std::string_view bytes);

}  // namespace coop::statements
