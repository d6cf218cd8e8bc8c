#pragma once
#include <optional>
#include <vector>

#include "ledger/bank/signoff.hpp"
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Which signatures are read; all, where nothing is said.
struct SignoffFilter {
  std::optional<SignoffNumber> number = {};
  std::optional<BankAccountNumber> account = {};
  std::optional<Day> until = {};  ///< as of this day or earlier
  std::optional<bool> live = {};
  std::optional<SignoffNumber> before = {};
  int limit = 1'000;
};

/// The signatures, the newest first.
std::vector<Signoff> list_signoffs(Tx& tx, NodeId node, const SignoffFilter& filter);
/// The one of the latest day that counts, or counted at an instant, as of a day or earlier.
std::optional<Signoff> find_latest_signoff(Tx& tx, NodeId node, BankAccountNumber account, Day until,
                                           std::optional<Instant> known_at = {});

/// A signature as it is written down.
struct NewSignoff {
  BankAccountNumber account;
  Day as_of;
  SignedFigures figures;  ///< with a balance of the bank
  std::string explanation;
  std::string hash;
  std::int64_t last_entry;
  std::int64_t last_event;
};
/// Writes it down and returns its number. The head must be locked.
SignoffNumber insert_signoff(Tx& tx, NodeId node, const NewSignoff& signoff, UserId by, Instant now);
/// Writes down that somebody agrees; false if they did before. The head must be locked.
bool insert_countersignature(Tx& tx, NodeId node, SignoffNumber number, UserId by, Instant now);
/// Withdraws a signature that counts. The head must be locked.
void end_signoff(Tx& tx, NodeId node, SignoffNumber number, const std::string& reason,
                 const books::Author& author);

/// What changed in the time that was signed, since it was: entries booked into it, matches made or undone of
/// its lines and postings, files with lines of it that were taken in or undone, counts made or withdrawn. By
/// kind and number, at most 1,000. With an instant, what had changed by then.
std::vector<SignedChange> read_changes_since(Tx& tx, NodeId node, const Signoff& signoff,
                                             std::optional<Instant> known_at = {});

}  // namespace coop::bank
