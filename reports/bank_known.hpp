#pragma once
#include <optional>

#include "ledger/bank/bank_account.hpp"
#include "ledger/database/tx.hpp"

namespace coop::reports {

/// What was known of an account and its statements at an instant. All of it empty: what is known now.
struct BankKnown {
  std::optional<Instant> at;
  std::optional<EntryNumber> last_entry;  ///< empty also where all entries of today were known
  SqlValue lines{std::nullopt};           ///< numbers of the lines that counted then, as an array
};

/// Reads it. A line counted from when a file with it was taken in until the last such file was undone, and
/// longer where it was matched when that happened. Throws Refused: bank_account_unknown (it was not on record
/// then).
BankKnown read_bank_known(Tx& tx, NodeId node, const bank::BankAccount& account,
                          std::optional<Instant> known_at);

}  // namespace coop::reports
