#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/funds/budget_store.hpp"
#include "ledger/values/unit.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// How a budget stands on a day.
struct BudgetReport {
  ReportNode node;
  funds::Budget budget;
  Unit unit;
  funds::BudgetView view;
  std::vector<funds::BudgetLineFigures> lines;
};
/// What a report of a budget is asked for.
struct BudgetQuery {
  funds::BudgetNumber number;
  Day as_of;
  std::optional<Instant> known_at = {};
  std::function<Unit(UnitId)> unit_of;
};
/// Reads it. Throws Refused: budget_unknown (or it was not known then).
BudgetReport read_budget_report(Tx& tx, NodeId node, const BudgetQuery& query);
/// As a table: budgeted, spent, committed and left of each line and of all; and a warning by how much lines
/// were gone beyond.
Table table_of(const BudgetReport& report);

/// Budgets, a row each, with what their lines of the day come to. `next` is the cursor of the next page.
Table table_of_budgets(const ReportNode& node, const std::vector<funds::Budget>& listed, Day today,
                       const std::function<Unit(UnitId)>& unit_of, const std::optional<std::string>& next);

}  // namespace coop::reports
