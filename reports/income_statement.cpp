#include "reports/income_statement.hpp"

#include "ledger/values/refusal.hpp"
#include "reports/figures.hpp"
#include "reports/sheet_rows.hpp"

namespace coop::reports {

namespace {

using books::AccountType;

// Two figures a period are read: the balance at its end, and at the end of the day before it.
std::vector<Day> days_of(const std::vector<Period>& periods) {
  std::vector<Day> days;
  for (const Period& period : periods) days.push_back(period.last());
  for (const Period& period : periods) {
    days.push_back(period.first() > first_of_days() ? period.first().plus_days(-1) : first_of_days());
  }
  return days;
}

// What was booked within the periods on accounts of one type, with the sign a reader expects.
std::vector<AccountFigures> section(const UnitFigures& unit, AccountType type,
                                    const std::vector<Period>& periods) {
  std::vector<AccountFigures> accounts;
  for (const AccountFigures& figures : unit.accounts) {
    if (figures.account.type != type) continue;
    std::vector<std::int64_t> moved{figures.minor.begin(),
                                    figures.minor.begin() + static_cast<std::ptrdiff_t>(periods.size())};
    std::vector<std::int64_t> before;
    for (std::size_t i = 0; i < periods.size(); ++i) {
      // Nothing comes before the first day there is.
      before.push_back(periods[i].first() > first_of_days() ? figures.minor[periods.size() + i] : 0);
    }
    add_figures(moved, opposite(before));
    accounts.push_back({figures.account, books::is_debit_normal(type) ? moved : opposite(moved)});
  }
  return accounts;
}

IncomeStatementPart part_of(const UnitFigures& unit, const IncomeStatementQuery& query) {
  const auto income = section(unit, AccountType::income, query.periods);
  const auto expenses = section(unit, AccountType::expense, query.periods);
  IncomeStatementPart part{.unit = unit.unit,
                           .scale = unit.scale,
                           .income = tree_of(income, query.depth, query.zero_rows),
                           .expenses = tree_of(expenses, query.depth, query.zero_rows),
                           .total_income = sums_of(income, query.periods.size()),
                           .total_expenses = sums_of(expenses, query.periods.size()),
                           .result = {}};
  part.result = part.total_income;
  add_figures(part.result, opposite(part.total_expenses));
  return part;
}

std::string words_of(const Period& period) {
  const Period month = Period::month_of(period.first());
  if (period == month) return period.first().text().substr(0, 7);
  if (period == Period::quarter_of(period.first())) {
    const unsigned first_month = static_cast<unsigned>(period.first().ymd().month());
    return period.first().text().substr(0, 4) + "-Q" + std::to_string((first_month + 2) / 3);
  }
  const std::string year = period.first().text().substr(0, 4);
  if (period == Period::parse(year)) return year;
  return period.first().text() + ".." + period.last().text();
}

}  // namespace

IncomeStatement read_income_statement(Tx& tx, NodeId node, const IncomeStatementQuery& query) {
  require_depth(query.depth);
  require_columns(query.periods.size());
  IncomeStatement report{read_report_node(tx, node), query, {}};
  const About about = read_about(tx, node, query.about);
  const auto last = read_last_known(tx, node, query.known_at);
  AccountFilter filter;
  filter.unit = query.unit;
  filter.types = {AccountType::income, AccountType::expense};
  for (const UnitFigures& unit : read_figures(tx, node, filter, about, days_of(query.periods), last)) {
    IncomeStatementPart part = part_of(unit, query);
    const bool empty = part.income.empty() && part.expenses.empty();
    if (query.zero_rows || !empty) report.parts.push_back(std::move(part));
  }
  return report;
}

Table table_of(const IncomeStatement& report) {
  const IncomeStatementQuery& query = report.query;
  Table table{"income_statement", "Income and expenditure", {}, SheetRows::columns(), {}, std::nullopt};
  add_node(table, report.node);
  add_viewpoint(table, {std::nullopt, query.known_at});
  add_filter(table, {}, query.about);
  add_signs(table, "income that is credited is positive; expenses that are debited are positive");
  for (const Period& period : query.periods) {
    const std::string words = words_of(period);
    const std::string days = period.first().text() + "_" + period.last().text();
    table.columns.push_back({"amount_" + days, words, ColumnKind::amount});
  }
  for (const IncomeStatementPart& part : report.parts) {
    SheetRows rows{table, part.unit, part.scale};
    const int level = report.parts.size() > 1 ? 1 : 0;
    if (level > 0) rows.heading(0, part.unit);
    rows.heading(level, "Income");
    rows.section("income");
    rows.tree(level + 1, part.income);
    rows.words(RowKind::total, level, "Total income", part.total_income);
    rows.heading(level, "Expenses");
    rows.section("expenses");
    rows.tree(level + 1, part.expenses);
    rows.words(RowKind::total, level, "Total expenses", part.total_expenses);
    rows.section("result");
    rows.words(RowKind::total, level, "Income less expenses", part.result);
  }
  return table;
}

}  // namespace coop::reports
