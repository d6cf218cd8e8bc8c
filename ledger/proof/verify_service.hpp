#pragma once
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "ledger/database/database.hpp"
#include "ledger/proof/checkpoint.hpp"
#include "ledger/proof/finding.hpp"

namespace coop::proof {

/// How far a verification has come in a node.
struct VerifyProgress {
  std::string node;
  std::int64_t entries_done;
  std::int64_t entries_total;
};

/// The hash of an entry as somebody knows it from outside the database: from a proof or a checkpoint they
/// kept.
struct KnownHash {
  std::string node;
  std::int64_t number;
  Hash hash;
};

/// What to verify, and how.
struct VerifyOptions {
  std::optional<std::string> node;        ///< only this one; all where empty
  int connections = 0;                    ///< that read entries at the same time; 0: as suits this machine
  std::size_t most_flaws = 20;            ///< so many are told of each node
  std::vector<std::string> trusted_keys;  ///< ids of keys that may have signed checkpoints; empty: any
  std::vector<KnownHash> known;
  std::function<void(const VerifyProgress&)> on_progress;
  std::stop_token stop;  ///< asks to end early
};

/// What was found in a node's books.
struct VerifiedNode {
  std::string name;
  std::int64_t entries = 0;
  std::int64_t postings = 0;
  std::int64_t holds = 0;
  std::int64_t events = 0;
  std::int64_t checkpoints = 0;
  std::int64_t checkpoint_entry = 0;  ///< the last entry that a checkpoint covers, or 0
  std::string last_hash;              ///< of the last entry, in hexadecimal digits
  std::vector<std::string> key_ids;   ///< of the keys that signed its checkpoints
  std::vector<Flaw> flaws;  ///< the first, in the order: entries, head, figures, holds, outbox, checkpoints
  std::int64_t flaw_count = 0;
};

/// What was found in a whole database.
struct Verified {
  std::vector<VerifiedNode> nodes;
  std::vector<Flaw> flaws;  ///< that belong to no node
  bool cancelled = false;
  /// True if everything was looked at and nothing is wrong.
  bool is_clean() const;
  /// The first thing that is wrong, with the node's name before it; empty if nothing is.
  std::string first_flaw() const;
};

/// Recomputes everything that can be recomputed of the books from the entries, in one pass over entries and
/// postings: hashes, numbers, balances of entries, figures, holds, limits, outbox, checkpoints. Only reads.
/// Entries that are recorded meanwhile are left out. Memory: what is kept of accounts and totals, and some
/// ten thousand entries. Throws Refused: node_unknown. Throws Unavailable.
Verified verify(const DatabaseSettings& database, const VerifyOptions& options = {});

}  // namespace coop::proof
