#pragma once
#include <string>

#include "ledger/database/database.hpp"
#include "ledger/proof/proof.hpp"
#include "ledger/values/period.hpp"

namespace coop::proof {

/// Proves the entries `first` to `last` of a node, by the next checkpoint. Shows their texts, and of the
/// entries between them and the checkpoint only digests. Throws Refused: node_unknown, entry_unknown,
/// checkpoint_unknown (none covers them yet), verification_failed (what is recorded does not follow from its
/// hashes: it can be proved no more).
Proof prove_entries(const DatabaseSettings& database, const std::string& node, EntryNumber first,
                    EntryNumber last);
/// Proves the entries that are booked in a period, whenever they were recorded. Throws Refused: the same;
/// entry_unknown also if there is none.
Proof prove_period(const DatabaseSettings& database, const std::string& node, const Period& period);

}  // namespace coop::proof
