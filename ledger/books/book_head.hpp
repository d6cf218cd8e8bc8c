#pragma once
#include <optional>
#include <string>

#include "ledger/books/entry.hpp"

namespace coop::books {

/// Where a node's books stand, as read under the head's lock.
struct BookHead {
  NodeId node;
  std::string node_name;
  std::int64_t last_number;
  Hash last_hash;
  Instant last_recorded_at;
  std::int64_t last_hold;
  std::int64_t last_event;
  std::optional<Instant> next_hold_expiry;
  std::optional<Day> locked_through;
};

}  // namespace coop::books
