#include "ledger/journals/native_store.hpp"

#include "ledger/journals/export_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

constexpr int page = page_of_entries;

constexpr const char* read_native_head_sql = R"sql(
  -- journals.native_head
  SELECT n.name, n.title, u.code, n.country, n.time_zone, n.fiscal_month, n.fiscal_day, n.recorded_at,
         h.last_number, h.last_hold, h.last_hash
    FROM node n
    JOIN unit u ON u.id = n.base_unit_id
    JOIN book_head h ON h.node_id = n.id
   WHERE n.id = $1
)sql";

}  // namespace

NativeHead read_native_head(Tx& tx, NodeId node, Instant exported_at) {
  const Rows found = rows(tx, read_native_head_sql, node);
  const Row row = only_row(found);
  return NativeHead{.version = native_version,
                    .node = row.string(0),
                    .title = row.string(1),
                    .base_unit = row.string(2),
                    .country = row.string(3),
                    .time_zone = row.string(4),
                    .fiscal_month = row.integer(5),
                    .fiscal_day = row.integer(6),
                    .recorded_at = row.instant(7),
                    .exported_at = exported_at,
                    .entries = row.int64(8),
                    .holds = row.int64(9),
                    .last_hash = hash_from_bytes(row.bytes(10))};
}

constexpr const char* read_native_units_sql = R"sql(
  -- journals.native_units
  SELECT u.code, u.name, u.scale, u.origin
    FROM unit u
   WHERE u.id = (SELECT base_unit_id FROM node WHERE id = $1)
      OR u.id IN (SELECT a.unit_id FROM account a WHERE a.node_id = $1)
      OR u.id IN (SELECT r.obligation_unit_id FROM class_rule r WHERE r.node_id = $1)
      OR u.id IN (SELECT t.unit_id FROM tier t WHERE t.node_id = $1)
      OR u.id IN (SELECT p.local_unit_id FROM tier_price p WHERE p.node_id = $1)
      OR u.id IN (SELECT r.from_unit_id FROM unit_rate r WHERE r.node_id = $1)
      OR u.id IN (SELECT r.to_unit_id FROM unit_rate r WHERE r.node_id = $1)
      OR u.id IN (SELECT v.unit_id FROM place_value v WHERE v.node_id = $1)
      OR u.code IN (SELECT s.rule::jsonb ->> 'unit' FROM sharing_version s WHERE s.node_id = $1)
   ORDER BY u.code
)sql";

std::vector<NativeUnit> read_native_units(Tx& tx, NodeId node) {
  std::vector<NativeUnit> units;
  for (const Row row : rows(tx, read_native_units_sql, node)) {
    units.push_back({row.string(0), row.string(1), row.integer(2), row.string(3)});
  }
  return units;
}

constexpr const char* read_native_dimensions_sql = R"sql(
  -- journals.native_dimensions
  SELECT id, kind, code, name, recorded_at FROM dimension WHERE node_id = $1 AND id > $2 ORDER BY id LIMIT $3
)sql";

std::vector<NativeDimension> read_native_dimensions(Tx& tx, NodeId node, int after) {
  std::vector<NativeDimension> dimensions;
  for (const Row row : rows(tx, read_native_dimensions_sql, node, after, page)) {
    dimensions.push_back({row.integer(0), books::dimension_kind_from(row.text(1)), row.string(2),
                          row.string(3), row.instant(4)});
  }
  return dimensions;
}

constexpr const char* read_native_accounts_sql = R"sql(
  -- journals.native_accounts
  SELECT a.id, a.path, u.code, a.type, a.title, array_to_string(a.required_dimensions, ','),
         b.lower_limit_minor,
         b.upper_limit_minor, a.opened_on, a.closed_on, a.recorded_at
    FROM account a
    JOIN unit u ON u.id = a.unit_id
    JOIN account_balance b ON b.node_id = a.node_id AND b.account_id = a.id
   WHERE a.node_id = $1 AND a.id > $2
   ORDER BY a.id
   LIMIT $3
)sql";

std::vector<NativeAccount> read_native_accounts(Tx& tx, NodeId node, int after) {
  std::vector<NativeAccount> accounts;
  for (const Row row : rows(tx, read_native_accounts_sql, node, after, page)) {
    NativeAccount account{.id = row.integer(0),
                          .path = row.string(1),
                          .unit = row.string(2),
                          .type = books::account_type_from(row.text(3)),
                          .title = row.string(4),
                          .required = {},
                          .limits = {row.maybe_int64(6), row.maybe_int64(7)},
                          .opened_on = row.day(8),
                          .closed_on = row.maybe_day(9),
                          .recorded_at = row.instant(10)};
    const std::string required = ',' + row.string(5) + ',';
    for (const books::DimensionKind kind : books::dimension_kinds) {
      const std::string word = ',' + std::string{books::text_of(kind)} + ',';
      if (required.find(word) != std::string::npos) account.required.push_back(kind);
    }
    accounts.push_back(std::move(account));
  }
  return accounts;
}

namespace {

constexpr const char* read_native_hold_postings_sql = R"sql(
  -- journals.native_hold_postings
  SELECT p.hold_number, p.line, a.path, u.code, u.scale, p.amount_minor, f.code, m.code, c.code, t.code,
         p.note
    FROM hold_posting p
    JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN dimension f ON f.node_id = p.node_id AND f.id = p.fund_id
    LEFT JOIN dimension m ON m.node_id = p.node_id AND m.id = p.member_id
    LEFT JOIN dimension c ON c.node_id = p.node_id AND c.id = p.cost_object_id
    LEFT JOIN dimension t ON t.node_id = p.node_id AND t.id = p.tax_code_id
   WHERE p.node_id = $1 AND p.hold_number = ANY ($2::bigint[])
   ORDER BY p.hold_number, p.line
)sql";

void read_hold_postings(Tx& tx, NodeId node, std::vector<NativeHold>& holds) {
  SqlArray numbers;
  std::map<std::int64_t, NativeHold*> by_number;
  for (NativeHold& hold : holds) {
    numbers.add(hold.number);
    by_number.emplace(hold.number, &hold);
  }
  for (const Row row : rows(tx, read_native_hold_postings_sql, node, numbers.value())) {
    by_number.at(row.int64(0))->postings.push_back(posting_of(row));
  }
}

constexpr const char* read_native_holds_sql = R"sql(
  -- journals.native_holds
  SELECT h.number, h.made_at, w.name, h.expires_at, h.description, h.reference, h.request_key, h.content_hash
    FROM hold h
    LEFT JOIN user_account w ON w.id = h.made_by
   WHERE h.node_id = $1 AND h.number > $2
   ORDER BY h.number
   LIMIT $3
)sql";

}  // namespace

std::vector<NativeHold> read_native_holds(Tx& tx, NodeId node, std::int64_t after) {
  std::vector<NativeHold> holds;
  for (const Row row : rows(tx, read_native_holds_sql, node, after, page)) {
    holds.push_back(NativeHold{row.int64(0),
                               row.instant(1),
                               row.maybe_string(2),
                               row.maybe_instant(3),
                               row.string(4),
                               row.string(5),
                               row.string(6),
                               row.string(7),
                               {}});
  }
  if (!holds.empty()) read_hold_postings(tx, node, holds);
  return holds;
}

constexpr const char* read_native_checkpoints_sql = R"sql(
  -- journals.native_checkpoints
  SELECT entry_number, hash, made_at, key_id, encode(public_key, 'hex'), encode(signature, 'hex')
    FROM checkpoint
   WHERE node_id = $1 AND entry_number > $2::bigint AND entry_number <= $3::bigint
   ORDER BY entry_number
)sql";

std::vector<NativeCheckpoint> read_native_checkpoints(Tx& tx, NodeId node, std::int64_t after,
                                                      std::int64_t through) {
  std::vector<NativeCheckpoint> checkpoints;
  for (const Row row : rows(tx, read_native_checkpoints_sql, node, after, through)) {
    checkpoints.push_back({row.int64(0), hash_from_bytes(row.bytes(1)), row.instant(2), row.string(3),
                           row.string(4), row.string(5)});
  }
  return checkpoints;
}

constexpr const char* read_native_hold_ends_sql = R"sql(
  -- journals.native_hold_ends
  SELECT e.hold_number, e.kind, e.ended_at, w.name, e.entry_number
    FROM hold_end e
    LEFT JOIN user_account w ON w.id = e.ended_by
   WHERE e.node_id = $1 AND e.hold_number > $2
   ORDER BY e.hold_number
   LIMIT $3
)sql";

std::vector<NativeHoldEnd> read_native_hold_ends(Tx& tx, NodeId node, std::int64_t after) {
  std::vector<NativeHoldEnd> ends;
  for (const Row row : rows(tx, read_native_hold_ends_sql, node, after, page)) {
    ends.push_back({row.int64(0), row.string(1), row.instant(2), row.maybe_string(3), row.maybe_int64(4)});
  }
  return ends;
}

constexpr const char* read_native_locks_sql = R"sql(
  -- journals.native_locks
  SELECT l.number, l.kind, l.through_on, l.reason, w.name, l.locked_at
    FROM period_lock l
    LEFT JOIN user_account w ON w.id = l.locked_by
   WHERE l.node_id = $1
   ORDER BY l.number
)sql";

std::vector<NativeLock> read_native_locks(Tx& tx, NodeId node) {
  std::vector<NativeLock> locks;
  for (const Row row : rows(tx, read_native_locks_sql, node)) {
    locks.push_back({row.integer(0), books::lock_kind_from(row.text(1)), row.day(2), row.string(3),
                     row.maybe_string(4), row.instant(5)});
  }
  return locks;
}

constexpr const char* read_native_unlocks_sql = R"sql(
  -- journals.native_unlocks
  SELECT l.lock_number, l.reason, w.name, l.lifted_at
    FROM period_unlock l
    LEFT JOIN user_account w ON w.id = l.lifted_by
   WHERE l.node_id = $1
   ORDER BY l.lock_number
)sql";

std::vector<NativeUnlock> read_native_unlocks(Tx& tx, NodeId node) {
  std::vector<NativeUnlock> unlocks;
  for (const Row row : rows(tx, read_native_unlocks_sql, node)) {
    unlocks.push_back({row.integer(0), row.string(1), row.maybe_string(2), row.instant(3)});
  }
  return unlocks;
}

constexpr const char* read_native_events_sql = R"sql(
  -- journals.native_events
  SELECT number, recorded_at, kind, first_entry, last_entry, body::text
    FROM event
   WHERE node_id = $1 AND number > $2::bigint
   ORDER BY number
   LIMIT $3
)sql";

std::vector<NativeEvent> read_native_events(Tx& tx, NodeId node, std::int64_t after) {
  std::vector<NativeEvent> events;
  for (const Row row : rows(tx, read_native_events_sql, node, after, page)) {
    events.push_back({row.int64(0), row.instant(1), row.string(2), row.maybe_int64(3), row.maybe_int64(4),
                      row.maybe_string(5)});
  }
  return events;
}

constexpr const char* read_native_answers_sql = R"sql(
  -- journals.native_answers
  SELECT request_key, content_hash, status, body, recorded_at
    FROM request_answer
   WHERE node_id = $1 AND request_key > $2::uuid
   ORDER BY request_key
   LIMIT $3
)sql";

std::vector<NativeAnswer> read_native_answers(Tx& tx, NodeId node, const std::string& after) {
  std::vector<NativeAnswer> answers;
  for (const Row row : rows(tx, read_native_answers_sql, node, after, page)) {
    answers.push_back({row.string(0), row.string(1), row.integer(2), row.string(3), row.instant(4)});
  }
  return answers;
}

}  // namespace coop::journals
