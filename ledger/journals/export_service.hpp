#pragma once
#include <cstdint>
#include <string_view>

#include "ledger/database/database.hpp"
#include "ledger/journals/journal.hpp"
#include "ledger/journals/watch.hpp"

namespace coop::journals {

/// What was written.
struct Exported {
  std::int64_t entries;
  bool complete;  ///< false: the caller stopped it, and what the sink has is cut off
};

/// Writes the books of the node named `node` as a journal of a plain-text accounting program, from one
/// snapshot. Memory grows with the accounts, not with the entries. Throws Refused: node_unknown, and what
/// JournalWriter::write refuses.
Exported export_journal(Database& database, std::string_view node, Dialect dialect, const Sink& sink,
                        const Watch& watch = {});

}  // namespace coop::journals
