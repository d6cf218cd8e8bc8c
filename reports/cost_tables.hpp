#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/costs/cost_allocation.hpp"
#include "ledger/costs/cost_bill.hpp"
#include "ledger/costs/cost_pool.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/values/day.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// What is shared: a row for each term of a pool, with those who share it.
Table table_of_cost_pools(const ReportNode& node, const std::vector<costs::CostPool>& pools);

/// Bills, gifts in kind and waived fees, a row each. `next` is the cursor of the next page.
Table table_of_cost_bills(const ReportNode& node, const std::vector<costs::CostBill>& bills,
                          const std::optional<std::string>& next);

/// A division: what each bears, paid and gave, and what they owe (negative: are owed), with the words that
/// explain each share. The last row proves that nothing is left.
Table table_of_cost_allocation(const ReportNode& node, const costs::CostAllocation& allocation,
                               const sharing::Division& division);

/// The statement of a pool over the divisions that are posted or proposed and whose last day lies within
/// `from` and `to`: their bills, what was used, and what each bears, paid, gave and owes in all of them; then
/// the bills that were not divided yet. With an instant, as it was known then. Throws Refused:
/// cost_pool_unknown (also if nobody had adopted it by then).
Table read_cost_pool_statement(Tx& tx, NodeId node, const std::string& pool, std::optional<Day> from,
                               std::optional<Day> to, std::optional<Instant> known_at = {});

/// What others than the node itself and its circles owe for shared costs, or are owed (negative), by each
/// pool: what divisions posted and were not reversed, booked up to a day and recorded up to an instant.
Table read_cost_claims(Tx& tx, NodeId node, const Viewpoint& viewpoint);

}  // namespace coop::reports
