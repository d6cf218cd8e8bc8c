#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/hold.hpp"
#include "ledger/database/tx.hpp"

namespace coop::books {

/// Which holds are asked for; everything where empty.
struct HoldFilter {
  std::optional<HoldState> state;
  std::optional<std::string> account;  ///< a path: holds that reserve something there or below it
};

/// In which order holds are listed. Those that never expire come after all that do.
enum class HoldOrder { newest_first, oldest_first, first_to_expire_first };

/// Where a list of holds goes on: after this one.
struct HoldPlace {
  HoldNumber number;
  std::optional<Instant> expires_at;
};

/// The numbers of up to `limit` holds that come after `after` in the order.
std::vector<HoldNumber> list_hold_numbers(Tx& tx, NodeId node, const HoldFilter& filter,
                                          const std::optional<HoldPlace>& after, HoldOrder order, int limit);

}  // namespace coop::books
