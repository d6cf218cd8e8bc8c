#include "ledger/books/book_head_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

constexpr const char* lock_head_sql = R"sql(
  -- book_heads.lock
  SELECT n.name, h.last_number, h.last_hash, h.last_recorded_at, h.last_hold, h.last_event,
         h.next_hold_expiry,
         h.locked_through
    FROM book_head h
    JOIN node n ON n.id = h.node_id
   WHERE h.node_id = $1
     FOR NO KEY UPDATE OF h
)sql";

}  // namespace

BookHead lock_book_head(Tx& tx, NodeId node) {
  const Rows found = rows(tx, lock_head_sql, node);
  if (found.empty()) throw Refused{Refusal::node_unknown, "there is no such node"};
  const Row row = found[0];
  return BookHead{node,
                  row.string(0),
                  row.int64(1),
                  hash_from_bytes(row.bytes(2)),
                  row.instant(3),
                  row.int64(4),
                  row.int64(5),
                  row.maybe_instant(6),
                  row.maybe_day(7)};
}

constexpr const char* insert_events_sql = R"sql(
  -- events.insert
  WITH head AS (
    UPDATE book_head SET last_event = $2 + cardinality($4::text[]), last_recorded_at = $3 WHERE node_id = $1
  )
  INSERT INTO event (node_id, number, recorded_at, kind, body)
  SELECT $1, $2 + e.place, $3, e.kind, e.body::jsonb
    FROM unnest($4::text[], $5::text[]) WITH ORDINALITY AS e (kind, body, place)
)sql";

void insert_events(Tx& tx, BookHead& head, Instant recorded_at, std::span<const EventDraft> events) {
  SqlArray kinds, bodies;
  for (const EventDraft& event : events) {
    kinds.add(event.kind);
    bodies.add(event.body_json);
  }
  rows(tx, insert_events_sql, head.node, head.last_event, recorded_at, kinds.value(), bodies.value());
  head.last_event += static_cast<std::int64_t>(events.size());
  head.last_recorded_at = recorded_at;
}

void insert_event(Tx& tx, BookHead& head, Instant recorded_at, const EventDraft& event) {
  insert_events(tx, head, recorded_at, std::span{&event, 1});
}

Instant next_recorded_at(const BookHead& head, Instant now) { return std::max(head.last_recorded_at, now); }

}  // namespace coop::books
