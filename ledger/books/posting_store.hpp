#pragma once
#include <map>
#include <set>
#include <span>
#include <vector>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/judgement.hpp"

namespace coop::books {

/// An entry that an earlier request recorded.
struct RepeatedEntry {
  Fingerprint content_hash;
  EntryNumber number;
  Instant recorded_at;
  Day booked_on;
  std::optional<Day> document_on;
  Hash hash;
};

/// The entries that were recorded under any of `keys`.
std::map<Fingerprint, RepeatedEntry> find_repeated(Tx& tx, NodeId node, std::span<const Fingerprint> keys);

/// Reads the accounts named by `asked` and puts them on the scene; of unknown ones only the codes of their
/// units. The head must be locked: everything that changes an account or its balance holds that lock, so none
/// of its own is taken.
void read_standings(Tx& tx, NodeId node, const std::vector<AccountKey>& asked, Scene& scene);
/// The same for the accounts of holds.
void read_standings_of_holds(Tx& tx, NodeId node, const std::set<HoldNumber>& holds, Scene& scene);
/// Puts the dimension rows that are asked for on the scene.
void read_dimensions(Tx& tx, NodeId node, const std::set<std::pair<DimensionKind, std::string>>& asked,
                     Scene& scene);
/// Puts the entries to be reversed on the scene.
void read_reversal_targets(Tx& tx, NodeId node, const std::set<EntryNumber>& asked, Scene& scene);

/// An account is marked each time it has taken so many more postings (see migrations: account_mark).
inline constexpr std::int64_t mark_step = 2'048;
/// An account has totals by day from this number of postings on (see migrations: day_total).
inline constexpr std::int64_t day_totals_from = 65'536;

/// Writes the accounts' totals by month as they now stand, after the entry `last`.
void mark_accounts(Tx& tx, NodeId node, EntryNumber last, const std::vector<AccountId>& accounts);
/// Writes the marks of accounts that have none, from all their postings: after each entry with which an
/// account took another `mark_step`.
void start_marks(Tx& tx, NodeId node, const std::vector<AccountId>& accounts);
/// Writes the totals by day of accounts that had none, from all their postings.
void start_day_totals(Tx& tx, NodeId node, const std::vector<AccountId>& accounts);

}  // namespace coop::books
