#include "reports/balance_sheet.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"
#include "reports/figures.hpp"
#include "reports/sheet_rows.hpp"

namespace coop::reports {

namespace {

using books::AccountType;

// Two figures a day are read: the balance at the day, and at the end of the fiscal year before.
std::vector<Day> days_to_read(const std::vector<Period>& years) {
  std::vector<Day> days;
  for (const Period& year : years) days.push_back(year.last());
  for (const Period& year : years) days.push_back(year.first().plus_days(-1));
  return days;
}

std::vector<std::int64_t> first_half(const std::vector<std::int64_t>& minor) {
  return {minor.begin(), minor.begin() + static_cast<std::ptrdiff_t>(minor.size() / 2)};
}

std::vector<std::int64_t> second_half(const std::vector<std::int64_t>& minor) {
  return {minor.begin() + static_cast<std::ptrdiff_t>(minor.size() / 2), minor.end()};
}

// The balances at the days of accounts of one type, with the sign a reader expects.
std::vector<AccountFigures> section(const UnitFigures& unit, AccountType type) {
  std::vector<AccountFigures> accounts;
  for (const AccountFigures& figures : unit.accounts) {
    if (figures.account.type != type) continue;
    const std::vector<std::int64_t> minor = first_half(figures.minor);
    accounts.push_back({figures.account, books::is_debit_normal(type) ? minor : opposite(minor)});
  }
  return accounts;
}

// Income less expenses, credit positive: at the days, and at the ends of the years before.
std::vector<std::int64_t> results_of(const UnitFigures& unit, std::size_t columns) {
  std::vector<std::int64_t> sums(columns, 0);
  for (const AccountFigures& figures : unit.accounts) {
    if (books::is_result(figures.account.type)) add_figures(sums, figures.minor);
  }
  return opposite(sums);
}

BalanceSheetPart part_of(const UnitFigures& unit, const BalanceSheetQuery& query, std::size_t days) {
  const auto assets = section(unit, AccountType::asset);
  const auto liabilities = section(unit, AccountType::liability);
  const auto equity = section(unit, AccountType::equity);
  const std::vector<std::int64_t> results = results_of(unit, days * 2);
  BalanceSheetPart part{.unit = unit.unit,
                        .scale = unit.scale,
                        .assets = tree_of(assets, query.depth, query.zero_rows),
                        .liabilities = tree_of(liabilities, query.depth, query.zero_rows),
                        .equity = tree_of(equity, query.depth, query.zero_rows),
                        .total_assets = sums_of(assets, days),
                        .total_liabilities = sums_of(liabilities, days),
                        .total_equity = sums_of(equity, days),
                        .earlier_result = second_half(results),
                        .result = first_half(results)};
  add_figures(part.total_equity, part.result);
  add_figures(part.result, opposite(part.earlier_result));
  return part;
}

bool is_empty(const BalanceSheetPart& part) {
  return part.assets.empty() && part.liabilities.empty() && part.equity.empty() &&
         all_zero(part.earlier_result) && all_zero(part.result);
}

std::string words_of(const std::vector<Period>& years) {
  if (years.size() != 1) return "Result of the fiscal year";
  return "Result since " + years.front().first().text();
}

bool is_partial(const BalanceSheetQuery& query) {
  return std::any_of(query.about.begin(), query.about.end(),
                     [](const auto& code) { return code.has_value(); });
}

void append_part(Table& table, const BalanceSheet& report, const BalanceSheetPart& part) {
  SheetRows rows{table, part.unit, part.scale};
  const int level = report.parts.size() > 1 ? 1 : 0;
  if (level > 0) rows.heading(0, part.unit);
  rows.heading(level, "Assets");
  rows.section("assets");
  rows.tree(level + 1, part.assets);
  rows.words(RowKind::total, level, "Total assets", part.total_assets);
  rows.heading(level, "Liabilities");
  rows.section("liabilities");
  rows.tree(level + 1, part.liabilities);
  rows.words(RowKind::total, level, "Total liabilities", part.total_liabilities);
  rows.heading(level, "Equity");
  rows.section("equity");
  rows.tree(level + 1, part.equity);
  rows.words(RowKind::subtotal, level + 1, "Result of earlier years", part.earlier_result);
  rows.words(RowKind::subtotal, level + 1, words_of(report.years), part.result);
  rows.words(RowKind::total, level, "Total equity", part.total_equity);
  rows.section("liabilities and equity");
  std::vector<std::int64_t> both = part.total_liabilities;
  add_figures(both, part.total_equity);
  rows.words(RowKind::total, level, "Total liabilities and equity", both);
  if (is_partial(report.query)) return;
  rows.section("proof");
  std::vector<std::int64_t> proof = part.total_assets;
  add_figures(proof, opposite(both));
  rows.words(RowKind::proof, level, "Assets less liabilities and equity", proof);
}

}  // namespace

BalanceSheet read_balance_sheet(Tx& tx, NodeId node, const BalanceSheetQuery& query) {
  require_depth(query.depth);
  require_columns(query.days.size());
  BalanceSheet report{read_report_node(tx, node), query, {}, {}};
  for (const Day day : query.days) {
    report.years.emplace_back(Period::fiscal_year_of(day, report.node.fiscal_start).first(), day);
  }
  const About about = read_about(tx, node, query.about);
  const auto last = read_last_known(tx, node, query.known_at);
  AccountFilter filter;
  filter.unit = query.unit;
  for (const UnitFigures& unit : read_figures(tx, node, filter, about, days_to_read(report.years), last)) {
    BalanceSheetPart part = part_of(unit, query, query.days.size());
    if (query.zero_rows || !is_empty(part)) report.parts.push_back(std::move(part));
  }
  return report;
}

Table table_of(const BalanceSheet& report) {
  Table table{"balance_sheet", "Balance sheet", {}, SheetRows::columns(), {}, std::nullopt};
  add_node(table, report.node);
  const BalanceSheetQuery& query = report.query;
  const bool several = query.days.size() > 1;
  add_viewpoint(table, {several ? std::nullopt : std::optional{query.days.front()}, query.known_at});
  add_filter(table, {}, query.about);
  add_signs(table,
            "assets that are debits are positive; liabilities and equity that are credits are positive");
  for (const Period& year : report.years) {
    const std::string text = year.last().text();
    table.columns.push_back(
        {several ? "balance_" + text : "balance", several ? text : "Balance", ColumnKind::amount});
  }
  for (const BalanceSheetPart& part : report.parts) append_part(table, report, part);
  return table;
}

}  // namespace coop::reports
