#include "reports/budget_tables.hpp"

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reports {

namespace {

std::int64_t planned_minor(const std::vector<funds::BudgetLine>& lines) {
  std::int64_t sum = 0;
  for (const funds::BudgetLine& line : lines) sum = checked_add(sum, line.minor);
  return sum;
}

Cell code_cell(const std::optional<std::string>& code) { return code ? Cell{*code} : Cell{}; }

struct BudgetSums {
  std::int64_t planned = 0;
  std::int64_t spent = 0;
  std::int64_t committed = 0;
  std::int64_t left = 0;
  std::int64_t beyond = 0;
};

BudgetSums sums_of(const std::vector<funds::BudgetLineFigures>& lines) {
  BudgetSums sums;
  for (const funds::BudgetLineFigures& one : lines) {
    const std::int64_t left = funds::left_minor(one);
    sums.planned = checked_add(sums.planned, one.line.minor);
    sums.spent = checked_add(sums.spent, one.spent_minor);
    sums.committed = checked_add(sums.committed, one.committed_minor);
    sums.left = checked_add(sums.left, left);
    if (left < 0) sums.beyond = checked_add(sums.beyond, -left);
  }
  return sums;
}

}  // namespace

BudgetReport read_budget_report(Tx& tx, NodeId node, const BudgetQuery& query) {
  auto found = funds::list_budgets(tx, node, {.number = query.number, .known_at = query.known_at});
  if (found.empty())
    throw Refused{Refusal::budget_unknown, "there is no budget " + std::to_string(query.number.number())};
  const funds::BudgetView view{query.as_of, query.as_of, query.known_at};
  auto lines = funds::read_budget_figures(tx, node, found.front(), view);
  const Unit unit = query.unit_of(found.front().unit);
  return {read_report_node(tx, node), std::move(found.front()), unit, view, std::move(lines)};
}

Table table_of(const BudgetReport& report) {
  Table table{"budget", "Budget: " + report.budget.title, {}, {}, {}, std::nullopt};
  table.columns = {{"line", "Line", ColumnKind::text, 50},           {"fund", "Fund", ColumnKind::text},
                   {"cost_object", "Cost object", ColumnKind::text}, {"unit", "Unit", ColumnKind::text},
                   {"budget", "Budget", ColumnKind::amount},         {"spent", "Spent", ColumnKind::amount},
                   {"committed", "Committed", ColumnKind::amount},   {"left", "Left", ColumnKind::amount}};
  add_node(table, report.node);
  const funds::BudgetRevision& revision = revision_on(report.budget, report.view.as_of);
  table.facts.push_back({"number", "Number", std::int64_t{report.budget.number.number()}});
  if (!report.budget.circle.empty()) table.facts.push_back({"circle", "Circle", report.budget.circle});
  table.facts.push_back({"from", "From", report.budget.from_on});
  table.facts.push_back({"to", "To", report.budget.until_on});
  table.facts.push_back({"revision", "Revision", std::int64_t{revision.number}});
  table.facts.push_back({"beyond", "Beyond it", std::string{funds::text_of(revision.draft.beyond)}});
  table.facts.push_back({"decision", "Decision", revision.draft.decision});
  add_viewpoint(table, {report.view.as_of, report.view.known_at});
  const auto amount = [&](std::int64_t minor) {
    return Cell{Amount{minor, report.unit.scale, report.unit.code}};
  };
  for (const funds::BudgetLineFigures& one : report.lines)
    table.rows.push_back({RowKind::line,
                          0,
                          {one.line.title, code_cell(one.line.fund), code_cell(one.line.cost_object),
                           report.unit.code, amount(one.line.minor), amount(one.spent_minor),
                           amount(one.committed_minor), amount(funds::left_minor(one))}});
  const BudgetSums sums = sums_of(report.lines);
  table.rows.push_back({RowKind::total,
                        0,
                        {std::string{"Sum"}, Cell{}, Cell{}, report.unit.code, amount(sums.planned),
                         amount(sums.spent), amount(sums.committed), amount(sums.left)}});
  if (sums.beyond > 0)
    table.rows.push_back({RowKind::line,
                          0,
                          {std::string{"Warning: beyond the budget"}, Cell{}, Cell{}, report.unit.code,
                           Cell{}, Cell{}, Cell{}, amount(-sums.beyond)}});
  return table;
}

Table table_of_budgets(const ReportNode& node, const std::vector<funds::Budget>& listed, Day today,
                       const std::function<Unit(UnitId)>& unit_of, const std::optional<std::string>& next) {
  Table table{"budgets", "Budgets", {}, {}, {}, next};
  table.columns = {{"number", "No.", ColumnKind::number},
                   {"title", "Title", ColumnKind::text, 40},
                   {"circle", "Circle", ColumnKind::text},
                   {"from_on", "From", ColumnKind::day},
                   {"until_on", "To", ColumnKind::day},
                   {"beyond", "Beyond it", ColumnKind::text},
                   {"unit", "Unit", ColumnKind::text},
                   {"budget", "Budget", ColumnKind::amount},
                   {"decision", "Decision", ColumnKind::text, 40}};
  add_node(table, node);
  for (const funds::Budget& one : listed) {
    const Unit unit = unit_of(one.unit);
    const funds::BudgetRevisionDraft& revision = revision_on(one, today).draft;
    table.rows.push_back({RowKind::line,
                          0,
                          {std::int64_t{one.number.number()}, one.title, text_or_none(one.circle),
                           one.from_on, one.until_on, std::string{funds::text_of(revision.beyond)}, unit.code,
                           Amount{planned_minor(revision.lines), unit.scale, unit.code}, revision.decision}});
  }
  return table;
}

}  // namespace coop::reports
