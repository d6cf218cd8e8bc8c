#pragma once
#include <optional>
#include <vector>

#include "ledger/bank/cash_count.hpp"
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Which counts are read; all, where nothing is said.
struct CashCountFilter {
  std::optional<CashCountNumber> number = {};
  std::optional<BankAccountNumber> account = {};
  std::optional<Day> on = {};
  std::optional<bool> live = {};
  std::optional<CashCountNumber> before = {};
  int limit = 1'000;
};

/// The counts, the newest first.
std::vector<CashCount> list_cash_counts(Tx& tx, NodeId node, const CashCountFilter& filter);

/// A count as it is written down.
struct NewCashCount {
  BankAccountNumber account;
  Day counted_on;
  std::vector<CashPiece> pieces;
  std::int64_t total_minor;
};
/// Writes it down and returns its number. The head must be locked.
CashCountNumber insert_cash_count(Tx& tx, NodeId node, const NewCashCount& count, UserId by, Instant now);
/// Writes down who was there; false if that stands there. The head must be locked.
bool insert_cash_witness(Tx& tx, NodeId node, CashCountNumber number, UserId by, Instant now);
/// Writes down the entry that books a count's difference. The head must be locked.
void insert_cash_entry(Tx& tx, NodeId node, CashCountNumber number, EntryNumber entry,
                       const books::Author& author);
/// Withdraws a count that stands. The head must be locked.
void end_cash_count(Tx& tx, NodeId node, CashCountNumber number, const std::string& reason,
                    const books::Author& author);
/// Those of the count's entries that nobody reversed.
std::vector<EntryNumber> read_standing_cash_entries(Tx& tx, NodeId node, CashCountNumber number);

}  // namespace coop::bank
