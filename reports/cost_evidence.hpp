#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/costs/cost_allocation.hpp"
#include "ledger/costs/cost_bill.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/values/day.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// A division with all that it was made of.
struct ShownCosts {
  const costs::CostAllocation& allocation;
  const sharing::Division& division;  ///< worked out again
  const std::vector<costs::CostBill>& bills;
  const costs::UsageSums& used;
};
/// Everything from which somebody who shares a pool can work a division out again without these books: the
/// rule in words and as JSON with its hash, the numbers given with the period, the bills, what everybody
/// used, all shares, and line by line how that of `participant` comes out. The last row proves that the
/// shares come to the bills. Throws Refused: field_invalid (nobody of this name is in it).
Table table_of_cost_evidence(const ReportNode& node, const ShownCosts& shown, const std::string& participant);

/// What somebody owes for shared costs, or is owed (negative), and how it came to that: each entry about them
/// on accounts for claims of pools, with what was open before `from` and what is open at last. Settlements
/// that are booked there are among them. With an instant, as it was known then. Throws Refused: field_invalid
/// (nobody of this name shares or paid).
Table read_cost_account(Tx& tx, NodeId node, const std::string& participant, std::optional<Day> from,
                        std::optional<Day> to, std::optional<Instant> known_at = {});

}  // namespace coop::reports
