#pragma once
#include <filesystem>
#include <string>

#include "ledger/database/database.hpp"
#include "ledger/journals/journal.hpp"

namespace coop::test {

/// Writes the books of a node as a journal into a file.
void export_to(const std::filesystem::path& file, Database& database, const std::string& node,
               journals::Dialect dialect);

/// Exports the books of a node to hledger, ledger and beancount, those that are installed: what each
/// complains of, and each balance that it finds and we do not, a line each; empty if they agree with us.
std::string complaints_of_judges(Database& database, const std::string& node);

}  // namespace coop::test
