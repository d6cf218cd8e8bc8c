#pragma once
#include <optional>
#include <vector>

#include "ledger/books/hold.hpp"
#include "ledger/database/tx.hpp"

namespace coop::books {

/// The numbers of up to `limit` holds below `before`, the newest first; in one state only where `state` is
/// given.
std::vector<HoldNumber> list_hold_numbers(Tx& tx, NodeId node, std::optional<HoldState> state,
                                          std::optional<HoldNumber> before, int limit);

}  // namespace coop::books
