#pragma once
#include <set>
#include <vector>

#include "ledger/books/draft.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/journals/import_meanings.hpp"

namespace coop::journals {

/// What the books have of units and of the node's accounts, and how far they are closed.
ExistingBooks read_existing_books(Tx& tx, NodeId node);

/// Which of these requests are on record.
std::set<books::Fingerprint> find_on_record(Tx& tx, NodeId node, const std::vector<books::Fingerprint>& keys);

}  // namespace coop::journals
