#pragma once
#include <functional>
#include <string>
#include <vector>

#include "reports/reconciliation.hpp"

namespace coop::reports {

/// How an account with statements stands on a day.
struct BankProof {
  Reconciliation reconciliation;
  std::int64_t open_lines;                       ///< of all days: they count, and nothing is known of them
  std::optional<bank::Signoff> signoff;          ///< the latest that counts, as of the day or earlier
  std::vector<bank::SignedChange> changes = {};  ///< since it was signed, in the time that it is of
};

/// Every account with statements that is not closed, by number: through which day it agrees with the bank,
/// what is open, where it contradicts, through which day somebody signed, and what changed since. With an
/// instant all of it as it was known then.
std::vector<BankProof> read_bank_proofs(Tx& tx, NodeId node, Day as_of,
                                        const std::function<Unit(UnitId)>& unit_of,
                                        std::optional<Instant> known_at = {});

/// The same as a table, a row an account.
Table table_of_bank_proofs(const ReportNode& node, const Viewpoint& viewpoint,
                           const std::vector<BankProof>& proofs);

}  // namespace coop::reports
