#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/books/chain.hpp"
#include "ledger/proof/finding.hpp"
#include "ledger/proof/recorded_books.hpp"

namespace coop::proof {

/// Holds any sum of 64-bit amounts that fits into a database.
__extension__ using WideSum = __int128;

/// What an account turned over, and in how many postings.
struct Turnover {
  WideSum debit = 0;
  WideSum credit = 0;
  std::int64_t postings = 0;
  void add(std::int64_t amount_minor) {
    if (amount_minor > 0) debit += amount_minor;
    else credit -= amount_minor;
    ++postings;
  }
  void add(const Turnover& other) {
    debit += other.debit;
    credit += other.credit;
    postings += other.postings;
  }
};

/// An account and a month (year * 12 + month - 1) or a day (days since 1970-01-01), in one number.
using AccountPeriod = std::uint64_t;
/// Joins the two; ids and periods are far below 32 bits, or impossible and found so elsewhere.
constexpr AccountPeriod account_period(std::int64_t account, std::int64_t period) {
  return static_cast<std::uint64_t>(account) << 32U ^ static_cast<std::uint32_t>(period);
}
constexpr std::int64_t account_of(AccountPeriod key) { return static_cast<std::int32_t>(key >> 32U); }
constexpr std::int64_t period_of(AccountPeriod key) { return static_cast<std::int32_t>(key); }

/// Turnover by account and period.
using Turnovers = boost::unordered_flat_map<AccountPeriod, Turnover>;

/// What one posting moves.
struct Movement {
  AccountPeriod key;
  std::int64_t amount_minor;
};

/// Entries that were recorded at one moment, one after the other.
struct RecordedTogether {
  std::int64_t first;
  std::int64_t last;
  FoundInstant recorded_at;
};

/// A posting on an account whose marks are checked.
struct WatchedPosting {
  std::int64_t account;
  std::int64_t entry;
  std::int64_t month;
  std::int64_t amount_minor;
};

/// What came of checking a stretch: its flaws, and its sums for the checks that need all stretches.
struct StretchChecked {
  std::int64_t first;
  std::int64_t last;
  std::int64_t entries = 0;
  std::int64_t postings = 0;
  std::int64_t entries_with_hold = 0;
  std::vector<Movement> by_month;  ///< one a posting
  std::vector<Movement> by_day;    ///< of accounts with totals by day
  std::vector<WatchedPosting> watched;
  std::vector<RecordedTogether> runs;
  std::optional<RecordedEntry> last_entry;  ///< its texts are gone
  Flaws flaws;
};

/// Checks a stretch of entries against the small tables and recomputes their hashes. Pure; stretches can be
/// checked in any order, since each entry's hash is recomputed from the recorded hash before it. In the order
/// of numbers: entry_missing, entry_value_impossible, recorded_backwards, postings_incomplete,
/// posting_amount_zero, posting_amount_too_large, posting_day_differs, account_unknown, account_not_open,
/// dimension_unknown, entry_unbalanced, period_was_locked, reversal_differs, entry_changed;
/// posting_without_entry.
StretchChecked check_stretch(const BookFacts& facts, const Stretch& stretch, std::size_t most_flaws);

}  // namespace coop::proof
