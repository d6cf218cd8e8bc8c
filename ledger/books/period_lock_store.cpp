#include "ledger/books/period_lock_store.hpp"

namespace coop::books {

namespace {

constexpr const char* list_locks_sql = R"sql(
  -- period_locks.list
  SELECT l.number, l.kind, l.through_on, l.reason, l.locked_at, u.reason, u.lifted_at, lifter.name,
         locker.name
    FROM period_lock l
    LEFT JOIN period_unlock u ON u.node_id = l.node_id AND u.lock_number = l.number
    LEFT JOIN user_account locker ON locker.id = l.locked_by
    LEFT JOIN user_account lifter ON lifter.id = u.lifted_by
   WHERE l.node_id = $1 AND ($2::int IS NULL OR l.number < $2)
   ORDER BY l.number DESC
   LIMIT $3
)sql";

constexpr const char* insert_lock_sql = R"sql(
  -- period_locks.insert
  INSERT INTO period_lock (node_id, number, kind, through_on, reason, locked_by, locked_at)
  SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 FROM period_lock WHERE node_id = $1
  RETURNING number
)sql";

constexpr const char* insert_unlock_sql = R"sql(
  -- period_locks.lift
  INSERT INTO period_unlock (node_id, lock_number, reason, lifted_by, lifted_at) VALUES ($1, $2, $3, $4, $5)
)sql";

}  // namespace

std::vector<PeriodLock> list_period_locks(Tx& tx, NodeId node, std::optional<int> before,
                                          std::optional<int> most) {
  std::vector<PeriodLock> locks;
  for (const Row row : rows(tx, list_locks_sql, node, before, most)) {
    PeriodLock lock{row.integer(0), lock_kind_from(row.text(1)), row.day(2),  row.string(3),
                    row.instant(4), row.maybe_string(8),         std::nullopt};
    if (!row.is_null(6)) lock.lifted = LiftedLock{row.string(5), row.instant(6), row.maybe_string(7)};
    locks.push_back(std::move(lock));
  }
  return locks;
}

int insert_period_lock(Tx& tx, NodeId node, LockKind kind, Day through_on, std::string_view reason,
                       std::optional<UserId> by, Instant at) {
  return only_row(rows(tx, insert_lock_sql, node, text_of(kind), through_on, reason, by, at)).integer(0);
}

void insert_period_unlock(Tx& tx, NodeId node, int number, std::string_view reason, std::optional<UserId> by,
                          Instant at) {
  rows(tx, insert_unlock_sql, node, number, reason, by, at);
}

}  // namespace coop::books
