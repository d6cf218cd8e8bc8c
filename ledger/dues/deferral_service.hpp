#pragma once
#include "ledger/books/author.hpp"
#include "ledger/dues/deferral_store.hpp"

namespace coop::dues {

/// Spreads the income of these charges over the days that they are for, up to the end of `which.through`:
/// books what is missing, and returns how many deferrals that were. Does nothing where the node defers
/// nothing. The head must be locked. Throws Refused what the posting engine refuses.
std::int64_t spread_income(Tx& tx, NodeId node, int run, const SpreadOf& which, const books::Author& author);

}  // namespace coop::dues
