#pragma once
#include <vector>

#include "ledger/books/entry.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/journals/journal.hpp"

namespace coop::journals {

/// The units a node's accounts use, its accounts with balances and last postings: by the accounts' ids.
JournalHead read_journal_head(Tx& tx, const books::Node& node);

/// A recorded entry with the fingerprints of the request it came from.
struct StoredEntry {
  books::Entry entry;
  std::string request_key;   ///< a uuid
  std::string content_hash;  ///< a uuid
};

/// How many entries a page holds.
inline constexpr int page_of_entries = 1'000;

/// The next page of a node's entries after `after`, by number; empty at the end.
std::vector<StoredEntry> read_entries_after(Tx& tx, NodeId node, std::int64_t after);

/// The next page of a node's entries by effective day and number, after the entry `after` of `after_day`;
/// empty at the end.
std::vector<StoredEntry> read_entries_by_day(Tx& tx, NodeId node, Day after_day, std::int64_t after);

/// Lifts the limit on how long a statement may run, for this database transaction.
void allow_long_statements(Tx& tx);

/// How many entries the node has.
std::int64_t read_last_number(Tx& tx, NodeId node);

}  // namespace coop::journals
