#pragma once
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/journals/native_line.hpp"

namespace coop::journals {

/// What a complete export reads, in the order in which it is written. Pages are of at most a thousand rows,
/// empty at the end; `after` is the last number (or key) of the page before.
NativeHead read_native_head(Tx& tx, NodeId node, Instant exported_at);
std::vector<NativeUnit> read_native_units(Tx& tx, NodeId node);
std::vector<NativeDimension> read_native_dimensions(Tx& tx, NodeId node, int after);
std::vector<NativeAccount> read_native_accounts(Tx& tx, NodeId node, int after);
std::vector<NativeHold> read_native_holds(Tx& tx, NodeId node, std::int64_t after);
std::vector<NativeCheckpoint> read_native_checkpoints(Tx& tx, NodeId node, std::int64_t after,
                                                      std::int64_t through);
std::vector<NativeHoldEnd> read_native_hold_ends(Tx& tx, NodeId node, std::int64_t after);
std::vector<NativeLock> read_native_locks(Tx& tx, NodeId node);
std::vector<NativeUnlock> read_native_unlocks(Tx& tx, NodeId node);
std::vector<NativeEvent> read_native_events(Tx& tx, NodeId node, std::int64_t after);
std::vector<NativeAnswer> read_native_answers(Tx& tx, NodeId node, const std::string& after);

}  // namespace coop::journals
