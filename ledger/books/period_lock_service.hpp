#pragma once
#include <string>
#include <vector>

#include "ledger/books/node_service.hpp"
#include "ledger/books/period_lock.hpp"

namespace coop::books {

/// Closes everything booked on or before `through_on`, which is no day to come in the node's time zone.
/// Throws Refused: node_unknown, field_invalid (reason, through_on).
PeriodLock lock_period(Tx& tx, NodeId node, LockKind kind, Day through_on, const std::string& reason,
                       const Author& author);
/// Lifts a soft lock, with a reason. Throws Refused: lock_unknown, lock_is_hard, lock_lifted_already,
/// field_invalid.
PeriodLock lift_lock(Tx& tx, NodeId node, int number, const std::string& reason, const Author& author);
/// The locks of a node, the newest first: those numbered below `before`, at most `most`; all, where nothing
/// is said.
std::vector<PeriodLock> read_period_locks(Tx& tx, NodeId node, std::optional<int> before = {},
                                          std::optional<int> most = {});

}  // namespace coop::books
