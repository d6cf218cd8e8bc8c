#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::books {

/// A row of a node's outbox.
struct Event {
  NodeId node;
  std::int64_t number;  ///< counted from 1 within the node, without gaps
  Instant recorded_at;
  std::string kind;
  std::optional<std::int64_t> first_entry;  ///< of entries recorded together
  std::optional<std::int64_t> last_entry;
  std::optional<std::string> body_json;
};

/// How far somebody has read a node's events: up to this number.
struct EventPlace {
  NodeId node;
  std::int64_t number;
};

/// Up to `limit` events of the nodes after their places, node by node as they are given, in the order of
/// their numbers.
std::vector<Event> list_events(Tx& tx, const std::vector<EventPlace>& after, int limit);
/// The number of the last event of each of the nodes.
std::map<NodeId, std::int64_t> read_last_events(Tx& tx, const std::set<NodeId>& nodes);
/// How many of the node's events after this number tell of a checkpoint.
std::int64_t count_checkpoint_events(Tx& tx, NodeId node, std::int64_t after);

}  // namespace coop::books
