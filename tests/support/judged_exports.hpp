#pragma once
#include <filesystem>
#include <string>

#include "ledger/database/database.hpp"
#include "ledger/journals/journal.hpp"
#include "tests/support/judges.hpp"

namespace coop::test {

/// Writes the books of a node as a journal into a file.
void export_to(const std::filesystem::path& file, Database& database, const std::string& node,
               journals::Dialect dialect);

/// The trial balance that the API answers: each account's balance at the end of `day`, of everything booked
/// where there is none.
Balances trial_balances(Tx& tx, const std::string& node, const std::optional<Day>& day);

/// Exports the books of a node to hledger, ledger and beancount, those that are installed: what each
/// complains of, and each balance of it that our trial balance has otherwise, a line each; empty if they
/// agree with us.
std::string complaints_of_judges(Database& database, const std::string& node);

}  // namespace coop::test
