#pragma once
#include <span>
#include <string>

#include "ledger/bank/candidate_store.hpp"
#include "ledger/bank/candidates.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// How lines are looked at.
struct Looking {
  std::string fee_account = {};   ///< where the bank's charges are booked; empty: proposals leave it open
  bool only_for_certain = false;  ///< what only leads to guesses is not read
  /// Entries whose postings are known to be matched whole: they are left out before anything is asked of
  /// them.
  EntryRanges matched = {};
};

/// Reads what the books know that these lines could be, in a number of statements that does not depend on
/// theirs.
Candidates read_candidates(Tx& tx, NodeId node, std::span<const BankLine> lines, const Looking& looking);

}  // namespace coop::bank
