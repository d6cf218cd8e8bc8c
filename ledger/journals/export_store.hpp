#pragma once
#include <vector>

#include "ledger/books/node.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/journals/journal.hpp"
#include "ledger/journals/native_line.hpp"

namespace coop::journals {

/// The units a node's accounts use, its accounts with balances and last postings: by the accounts' ids.
JournalHead read_journal_head(Tx& tx, const books::Node& node);

/// The posting in a row of: entry or hold, line, path, unit, decimals, amount, four codes, note.
books::Posting posting_of(const Row& row);

/// How many entries a page holds.
inline constexpr int page_of_entries = 1'000;

/// The next page of a node's entries after `after`, by number; empty at the end.
std::vector<NativeEntry> read_entries_after(Tx& tx, NodeId node, std::int64_t after);

/// The next page of a node's entries by effective day and number, after the entry `after` of `after_day`;
/// empty at the end.
std::vector<NativeEntry> read_entries_by_day(Tx& tx, NodeId node, Day after_day, std::int64_t after);

/// Lifts the limit on how long a statement may run, for this database transaction.
void allow_long_statements(Tx& tx);

/// How many entries the node has.
std::int64_t read_last_number(Tx& tx, NodeId node);

}  // namespace coop::journals
