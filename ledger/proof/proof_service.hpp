#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/database/database.hpp"
#include "ledger/proof/proof.hpp"
#include "ledger/values/period.hpp"

namespace coop::proof {

/// Which entries a proof shows: those of these numbers, or those booked in a period whenever they were
/// recorded; where both are empty, every entry up to the last checkpoint.
struct Shown {
  std::optional<std::pair<EntryNumber, EntryNumber>> numbers;
  std::optional<Period> period;
};

/// A proof that can be made: its checkpoint is found, its entries are read as it is written.
class ProofAtHand {
 public:
  /// Throws Refused: node_unknown, entry_unknown (there are no such entries), checkpoint_unknown (none covers
  /// them yet). Throws Unavailable.
  ProofAtHand(const DatabaseSettings& database, const std::string& node, const Shown& shown);
  ~ProofAtHand();
  ProofAtHand(const ProofAtHand&) = delete;
  ProofAtHand& operator=(const ProofAtHand&) = delete;

  /// Writes the file in pieces of a few thousand entries, until `write` answers false. Throws Refused:
  /// verification_failed (what is recorded does not follow from its hashes: it can be proved no more), when
  /// the pieces before have been written already. Throws Unavailable.
  void write_json(const std::function<bool(std::string_view)>& write);
  /// The same in memory.
  Proof whole();

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

/// Proves the entries `first` to `last` of a node, by the next checkpoint. Shows their texts, and of the
/// entries between them and the checkpoint only digests. Throws Refused: node_unknown, entry_unknown,
/// checkpoint_unknown, verification_failed.
Proof prove_entries(const DatabaseSettings& database, const std::string& node, EntryNumber first,
                    EntryNumber last);

}  // namespace coop::proof
