#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/draft.hpp"
#include "ledger/database/tx.hpp"

namespace coop::books {

/// What a reversal needs of an entry: its day, and its lines with opposite amounts.
struct EntryToReverse {
  Day booked_on;
  std::vector<DraftPosting> opposite;
};

/// Which register made the entry and alone takes it back ("movement 3 of shares"), if one did.
std::optional<std::string> find_keeper(Tx& tx, NodeId node, EntryNumber number);

/// Throws Refused: entry_unknown.
EntryToReverse read_entry_to_reverse(Tx& tx, NodeId node, EntryNumber number);

}  // namespace coop::books
