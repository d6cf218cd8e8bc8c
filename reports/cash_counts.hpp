#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/bank/cash_count.hpp"
#include "ledger/values/unit.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// Counts of cash as a table, a row each, with what the books say.
Table table_of_cash_counts(const ReportNode& node, const std::vector<bank::CashCount>& counts,
                           const std::function<Unit(UnitId)>& unit_of,
                           const std::optional<std::string>& next);

/// One count as the sheet that is kept with the receipts: each coin and note, the sum, the books.
Table table_of_count_sheet(const ReportNode& node, const bank::CashCount& count, const Unit& unit);

}  // namespace coop::reports
