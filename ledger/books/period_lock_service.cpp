#include "ledger/books/period_lock_service.hpp"

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/period_lock_store.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

// A hard lock through a day to come would close the books until then, and nothing could lift it.
void require_day_that_has_come(Tx& tx, const BookHead& head, Day through_on, Instant now) {
  const Day today = day_in_zone(now, read_node(tx, head.node_name).time_zone);
  if (through_on <= today) return;
  throw Refused{Refusal::field_invalid,
                "a lock closes days through today (" + today.text() + ") at the latest", "/through_on"};
}

PeriodLock require_lock(Tx& tx, NodeId node, int number) {
  for (const PeriodLock& lock : list_period_locks(tx, node)) {
    if (lock.number == number) return lock;
  }
  throw Refused{Refusal::lock_unknown, "there is no lock " + std::to_string(number)};
}

}  // namespace

PeriodLock lock_period(Tx& tx, NodeId node, LockKind kind, Day through_on, const std::string& reason,
                       const Author& author) {
  require_reason(reason);
  BookHead head = lock_book_head(tx, node);
  require_day_that_has_come(tx, head, through_on, author.now);
  const Instant at = next_recorded_at(head, author.now);
  const int number = insert_period_lock(tx, node, kind, through_on, reason, author.user, at);
  insert_event(tx, head, at, {"period_locked", "{\"lock\":" + std::to_string(number) + "}"});
  return require_lock(tx, node, number);
}

PeriodLock lift_lock(Tx& tx, NodeId node, int number, const std::string& reason, const Author& author) {
  require_reason(reason);
  BookHead head = lock_book_head(tx, node);
  const PeriodLock lock = require_lock(tx, node, number);
  if (lock.kind == LockKind::hard) throw Refused{Refusal::lock_is_hard, "a hard lock is never lifted"};
  if (lock.lifted) throw Refused{Refusal::lock_lifted_already, "the lock is lifted already"};
  const Instant at = next_recorded_at(head, author.now);
  insert_period_unlock(tx, node, number, reason, author.user, at);
  insert_event(tx, head, at, {"period_unlocked", "{\"lock\":" + std::to_string(number) + "}"});
  return require_lock(tx, node, number);
}

std::vector<PeriodLock> read_period_locks(Tx& tx, NodeId node, std::optional<int> before,
                                          std::optional<int> most) {
  return list_period_locks(tx, node, before, most);
}

}  // namespace coop::books
