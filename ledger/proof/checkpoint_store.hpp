#pragma once
#include <optional>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/proof/checkpoint.hpp"

namespace coop::proof {

/// Writes a checkpoint, unless there is one of its entry.
void insert_checkpoint(Tx& tx, NodeId node, const Checkpoint& checkpoint);
/// The checkpoint of this entry, if there is one.
std::optional<Checkpoint> find_checkpoint(Tx& tx, NodeId node, EntryNumber number);
/// The checkpoints below entry `before`, the newest first, at most `most`.
std::vector<Checkpoint> list_checkpoints(Tx& tx, NodeId node, std::int64_t before, int most);
/// Nodes with entries that no checkpoint covers: at least `entries` of them, or the first was recorded at
/// `since` or before.
std::vector<NodeId> nodes_due_for_checkpoint(Tx& tx, std::int64_t entries, Instant since);

}  // namespace coop::proof
