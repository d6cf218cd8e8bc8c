#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/work/circle.hpp"
#include "ledger/work/work_kind.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// Circles, a row each with how many are in them today, then who joined and left. `next` is the cursor of the
/// next page.
Table table_of_circles(const ReportNode& node, const std::vector<work::Circle>& listed, Day today,
                       const std::optional<std::string>& next);
/// Kinds of work, a row each, and whether their hours have a price.
Table table_of_work_kinds(const ReportNode& node, const std::vector<work::WorkKind>& listed,
                          const std::optional<std::string>& next);

}  // namespace coop::reports
