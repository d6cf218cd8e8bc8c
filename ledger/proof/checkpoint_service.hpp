#pragma once
#include <chrono>
#include <optional>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/proof/checkpoint.hpp"

namespace coop::proof {

/// When checkpoints are made by themselves. A proof is as long as the way to the next checkpoint: 70 bytes an
/// entry.
struct CheckpointRule {
  std::int64_t entries = 4'096;                     ///< when so many entries have none yet,
  std::chrono::hours age = std::chrono::hours{24};  ///< or one of them has waited so long
};

/// Signs where the node's books stand now and keeps it; the outbox tells it, so that others can keep it too.
/// If the last entry has a checkpoint already, that one is returned. Throws Refused: node_unknown,
/// checkpoint_unknown (no entry yet).
Checkpoint make_checkpoint(Tx& tx, NodeId node, const SigningKey& key, Instant now);
/// The nodes whose next checkpoint is due.
std::vector<NodeId> due_checkpoints(Tx& tx, const CheckpointRule& rule, Instant now);
/// The checkpoint of this entry. Throws Refused: checkpoint_unknown.
Checkpoint read_checkpoint(Tx& tx, NodeId node, EntryNumber number);
/// The checkpoints below entry `before` (all where empty), the newest first, at most `most`.
std::vector<Checkpoint> read_checkpoints(Tx& tx, NodeId node, std::optional<EntryNumber> before, int most);

}  // namespace coop::proof
