#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "ledger/database/database.hpp"
#include "ledger/intake/intake.hpp"

namespace CLI {
class App;
}

namespace coop::api {

/// Adds what every import of a table takes: the file, --dry-run and --skip-doubtful.
void add_table_words(CLI::App& command, std::string& file, bool& dry_run, bool& skip_doubtful);

/// Imports a table within one database transaction, which a dry run rolls back, and prints every doubtful row
/// and what became of the rest. The command's exit code: refused, where doubtful rows stopped it. Throws
/// Unavailable, if the file cannot be read.
int imported_table(Database& database, const std::string& file, bool dry_run,
                   const std::function<intake::IntakeReport(Tx&, std::string_view)>& import);

}  // namespace coop::api
