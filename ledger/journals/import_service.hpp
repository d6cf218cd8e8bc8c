#pragma once
#include <filesystem>
#include <string_view>

#include "ledger/books/node_service.hpp"
#include "ledger/database/database.hpp"
#include "ledger/journals/import_plan.hpp"
#include "ledger/journals/watch.hpp"

namespace coop::journals {

/// What importing a file would do, nothing recorded: units and accounts that would be made, sums, notes,
/// obstacles. Throws Refused: node_unknown, import_unreadable.
ImportReport preview_import(Database& database, std::string_view node, const std::filesystem::path& file,
                            const ImportOptions& options, const Watch& watch = {});

/// Records the entries of a journal in the books of a node. The file is what `hledger print -O json` writes,
/// or any journal that hledger reads, if it is installed and `options` allow it.
///
/// Units that do not exist are made if the options allow it, accounts are opened on their first day, entries
/// go through the posting engine, a thousand in one database transaction. Recorded once for ever: importing
/// the same file again, or after it was stopped, records what is missing; with options by which an entry on
/// record would be another one, it is refused. Throws Refused, nothing recorded: node_unknown,
/// import_unreadable, import_contradicts (the obstacles, each with its place). Throws Refused:
/// import_contradicts, earlier batches kept, if the books have changed meanwhile so that an entry is refused.
ImportReport import_journal(Database& database, std::string_view node, const std::filesystem::path& file,
                            const ImportOptions& options, const books::Author& author,
                            const Watch& watch = {});

}  // namespace coop::journals
