#pragma once
#include <optional>
#include <vector>

#include "ledger/books/period_lock.hpp"
#include "ledger/database/tx.hpp"

namespace coop::books {

/// The locks of a node, the newest first: those numbered below `before`, at most `most`; all, where nothing
/// is said.
std::vector<PeriodLock> list_period_locks(Tx& tx, NodeId node, std::optional<int> before = {},
                                          std::optional<int> most = {});
/// Writes a lock with the next number (the head must be locked) and returns its number.
int insert_period_lock(Tx& tx, NodeId node, LockKind kind, Day through_on, std::string_view reason,
                       std::optional<UserId> by, Instant at);
/// Writes that a soft lock is lifted.
void insert_period_unlock(Tx& tx, NodeId node, int number, std::string_view reason, std::optional<UserId> by,
                          Instant at);

}  // namespace coop::books
