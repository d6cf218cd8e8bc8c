#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/funds/allocation.hpp"
#include "ledger/values/unit.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// Rounds of allocation, a row for each proposal: goal, given, missing, and the mandate that came of it.
/// `next` is the cursor of the next page.
Table table_of_rounds(const ReportNode& node, const std::vector<funds::AllocationRound>& listed,
                      const std::function<Unit(UnitId)>& unit_of, const std::optional<std::string>& next);

/// One round: each proposal with its goal, what it was given and misses, and its mandate; then each share,
/// what of it was given and is left.
Table table_of_round(const ReportNode& node, const funds::AllocationRound& round, const Unit& unit);

}  // namespace coop::reports
