#include "reports/arrears.hpp"

#include <algorithm>
#include <map>

#include "ledger/books/unit_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"

namespace coop::reports {

namespace {

constexpr std::array<const char*, 5> step_titles{"Not due", "0-30 days", "31-60", "61-90", "Over 90"};

bool is_shown(const dues::DebtorState& debtor, UnitId unit, const ArrearsFilter& filter, Day day) {
  if (filter.unit && unit != *filter.unit) return false;
  if ((filter.overdue_only || filter.overdue_days) && !debtor.overdue_since) return false;
  if (filter.overdue_days && day.count() - debtor.overdue_since->count() < *filter.overdue_days) return false;
  return debtor.open_minor != 0 || debtor.credit_minor != 0;
}

void add(dues::DebtorState& sum, const dues::DebtorState& debtor) {
  sum.open_minor = checked_add(sum.open_minor, debtor.open_minor);
  sum.credit_minor = checked_add(sum.credit_minor, debtor.credit_minor);
  for (std::size_t step = 0; step < sum.ageing.minor.size(); ++step)
    sum.ageing.minor[step] = checked_add(sum.ageing.minor[step], debtor.ageing.minor[step]);
  if (!debtor.overdue_since) return;
  sum.overdue_since = std::min(sum.overdue_since.value_or(*debtor.overdue_since), *debtor.overdue_since);
}

std::map<UnitId, Unit> units_by_id(Tx& tx) {
  std::map<UnitId, Unit> units;
  for (const books::ListedUnit& one : books::read_units(tx)) units.emplace(one.unit.id, one.unit);
  return units;
}

std::vector<Cell> amounts_of(const dues::DebtorState& state, const Unit& unit) {
  const auto amount = [&](std::int64_t minor) { return Amount{minor, unit.scale, unit.code}; };
  std::vector<Cell> cells{unit.code};
  cells.emplace_back();
  if (state.overdue_since) cells.back() = *state.overdue_since;
  for (const std::int64_t minor : state.ageing.minor) cells.push_back(amount(minor));
  cells.push_back(amount(state.ageing.overdue_minor()));
  cells.push_back(amount(state.open_minor));
  cells.push_back(amount(state.credit_minor));
  return cells;
}

std::vector<Column> arrears_columns(bool sees_names) {
  std::vector<Column> all{{"member", "Member", ColumnKind::text}};
  if (sees_names) all.push_back({"name", "Name", ColumnKind::text, 30});
  all.push_back({"unit", "Unit", ColumnKind::text});
  all.push_back({"overdue_since", "Overdue since", ColumnKind::day});
  for (std::size_t step = 0; step < dues::ageing_steps.size(); ++step)
    all.push_back({dues::ageing_steps[step], step_titles[step], ColumnKind::amount});
  all.push_back({"overdue", "Overdue", ColumnKind::amount});
  all.push_back({"open", "Open", ColumnKind::amount});
  all.push_back({"paid_ahead", "Paid ahead", ColumnKind::amount});
  return all;
}

constexpr const char* names_of_debtors_sql = R"sql(
  -- reports.names_of_debtors
  SELECT p.party_id, p.name
    FROM party_profile p
   WHERE p.node_id = $1 AND EXISTS (SELECT FROM debtor d WHERE d.node_id = $1 AND d.party_id = p.party_id)
)sql";

std::map<PartyId, std::string> names_of_debtors(Tx& tx, NodeId node) {
  std::map<PartyId, std::string> names;
  for (const Row row : report_rows(tx, names_of_debtors_sql, node))
    names.emplace(row.id<PartyId>(0), row.string(1));
  return names;
}

}  // namespace

ArrearsReport read_arrears(Tx& tx, NodeId node, const dues::DuesMoment& moment, const ArrearsFilter& filter) {
  const dues::DuesState state = dues::state_of(dues::read_dues_facts(tx, node, moment), moment.as_of);
  const auto numbers = members::read_party_numbers(tx, node);
  const auto units = units_by_id(tx);
  const auto names = filter.sees_names ? names_of_debtors(tx, node) : std::map<PartyId, std::string>{};
  ArrearsReport report;
  std::map<UnitId, ArrearsTotal> totals;
  for (const auto& [key, debtor] : state.debtors) {
    if (!is_shown(debtor, key.second, filter, moment.as_of)) continue;
    const Unit& unit = units.at(key.second);
    const auto name = names.find(key.first);
    report.rows.push_back({numbers.at(key.first),
                           name == names.end() ? std::nullopt : std::optional{name->second}, unit, debtor});
    ArrearsTotal& total = totals.try_emplace(unit.id, ArrearsTotal{unit}).first->second;
    ++total.debtors;
    add(total.state, debtor);
  }
  std::ranges::sort(report.rows, {}, [](const DebtorRow& one) { return std::pair{one.number, one.unit.id}; });
  for (auto& [unit, total] : totals) report.totals.push_back(std::move(total));
  return report;
}

Table table_of_arrears(const ReportNode& node, const Viewpoint& viewpoint, const ArrearsReport& report,
                       bool sees_names, const std::optional<std::string>& next) {
  Table table{"arrears", "Dues by how long they are overdue", {}, arrears_columns(sees_names), {}, next};
  add_node(table, node);
  add_viewpoint(table, viewpoint);
  const auto add_row = [&](RowKind kind, const std::string& who, const std::optional<std::string>& name,
                           const dues::DebtorState& state, const Unit& unit) {
    std::vector<Cell> cells{who};
    if (sees_names) cells.emplace_back();
    if (sees_names && name) cells.back() = *name;
    for (Cell& cell : amounts_of(state, unit)) cells.push_back(std::move(cell));
    table.rows.push_back({kind, 0, std::move(cells)});
  };
  for (const DebtorRow& row : report.rows) add_row(RowKind::line, row.number, row.name, row.state, row.unit);
  if (next) return table;
  for (const ArrearsTotal& total : report.totals)
    add_row(RowKind::total, std::to_string(total.debtors) + " together", std::nullopt, total.state,
            total.unit);
  return table;
}

}  // namespace coop::reports
