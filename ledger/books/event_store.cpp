#include "ledger/books/event_store.hpp"

namespace coop::books {

namespace {

struct PlaceArrays {
  SqlArray nodes;
  SqlArray numbers;
  explicit PlaceArrays(const std::vector<EventPlace>& places) {
    for (const EventPlace& place : places) {
      nodes.add(place.node);
      numbers.add(place.number);
    }
  }
};

}  // namespace

constexpr const char* list_events_sql = R"sql(
  -- events.list
  SELECT e.node_id, e.number, e.recorded_at, e.kind, e.first_entry, e.last_entry, e.body::text
    FROM unnest($1::int[], $2::bigint[]) WITH ORDINALITY AS p (node_id, number, place)
   CROSS JOIN LATERAL (SELECT x.node_id, x.number, x.recorded_at, x.kind, x.first_entry, x.last_entry, x.body
                         FROM event x
                        WHERE x.node_id = p.node_id AND x.number > p.number
                        ORDER BY x.number LIMIT $3) AS e
   ORDER BY p.place, e.number
   LIMIT $3
)sql";

std::vector<Event> list_events(Tx& tx, const std::vector<EventPlace>& after, int limit) {
  const PlaceArrays places{after};
  std::vector<Event> events;
  for (const Row row : rows(tx, list_events_sql, places.nodes.value(), places.numbers.value(), limit))
    events.push_back({row.id<NodeId>(0), row.int64(1), row.instant(2), row.string(3), row.maybe_int64(4),
                      row.maybe_int64(5), row.maybe_string(6)});
  return events;
}

constexpr const char* read_last_events_sql = R"sql(
  -- events.last
  SELECT node_id, last_event FROM book_head WHERE node_id = ANY ($1::int[])
)sql";

std::map<NodeId, std::int64_t> read_last_events(Tx& tx, const std::set<NodeId>& nodes) {
  SqlArray ids;
  for (const NodeId node : nodes) ids.add(node);
  std::map<NodeId, std::int64_t> last;
  for (const Row row : rows(tx, read_last_events_sql, ids.value()))
    last.emplace(row.id<NodeId>(0), row.int64(1));
  return last;
}

constexpr const char* count_checkpoint_events_sql = R"sql(
  -- events.count_checkpoints
  SELECT count(*) FROM event WHERE node_id = $1 AND number > $2 AND kind = 'checkpoint_made'
)sql";

std::int64_t count_checkpoint_events(Tx& tx, NodeId node, std::int64_t after) {
  return only_row(rows(tx, count_checkpoint_events_sql, node, after)).int64(0);
}

}  // namespace coop::books
