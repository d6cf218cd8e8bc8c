#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "ledger/database/database.hpp"
#include "ledger/journals/export_service.hpp"
#include "ledger/journals/watch.hpp"

namespace coop::journals {

/// Writes everything the books of a node hold, one JSON object a line (docs/formats/native.md), from one
/// snapshot. What it writes restores into an empty server with the same numbers, instants and hashes. Memory
/// grows with the accounts, not with the entries. Throws Refused: node_unknown.
Exported export_native(Database& database, std::string_view node, Instant exported_at, const Sink& sink,
                       const Watch& watch = {});

/// What a complete export holds.
struct NativeSummary {
  std::string node;
  std::map<std::string, std::int64_t> lines;  ///< by kind
  std::int64_t entries;
  Hash last_hash;
  bool complete;  ///< false: the caller stopped it
};

/// Reads a complete export and checks every line of it: chain, numbers, balances, limits, counts. Touches no
/// database. Throws Refused: import_unreadable, import_contradicts, naming the line.
NativeSummary check_native(const std::filesystem::path& file, const Watch& watch = {});

/// Checks the file as check_native does, then makes its node and writes its books as they were, in one
/// database transaction: all of it or nothing. A user who is named in the file and unknown here is made,
/// closed. Roles are not restored. Throws Refused: what check_native refuses, node_exists, import_contradicts
/// (a unit has other decimals here; the schema finds that the books would not hold together).
NativeSummary restore_native(Database& database, const std::filesystem::path& file, Instant now,
                             const Watch& watch = {});

}  // namespace coop::journals
