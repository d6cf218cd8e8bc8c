#pragma once
#include <optional>
#include <string>

#include "ledger/books/node_service.hpp"
#include "ledger/books/posting_service.hpp"

namespace coop::books {

/// A reversal that is asked for.
struct ReversalDraft {
  Fingerprint request_key;
  EntryNumber reverses;
  std::optional<Day> booked_on;  ///< the reversed entry's own day where empty
  LateEntry late = LateEntry::first_open_day;
  std::string description;  ///< "Reversal of entry 12" where empty
  bool by_keeper = false;   ///< the register that made the entry takes it back, and notes that itself
};

/// Records the opposite of an entry, linked to it. What was recorded stays; together they come to nothing.
/// Throws Refused: entry_unknown, entry_kept_by_register (unless by_keeper), reversal_of_reversal,
/// entry_reversed_already, and what judge() refuses.
Recorded reverse(Tx& tx, NodeId node, const ReversalDraft& draft, const Author& author);

}  // namespace coop::books
