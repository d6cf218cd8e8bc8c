#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/work/hours_store.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// Hours, a row each. Minutes are whole; "hours" is the same as people write it: 7:30.
Table table_of_hours(const ReportNode& node, const std::vector<work::Hours>& listed,
                     const std::optional<std::string>& next);
/// Sums of hours, with a column for each thing by which they are told apart.
Table table_of_hours_sums(const ReportNode& node, const std::vector<work::HoursSum>& sums,
                          const work::HoursGrouping& grouping);
/// "7:30" of 450 minutes.
std::string hours_text(std::int64_t minutes);

}  // namespace coop::reports
