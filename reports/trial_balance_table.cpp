#include "ledger/values/money.hpp"
#include "reports/trial_balance.hpp"

namespace coop::reports {

namespace {

std::vector<Column> columns_of(const TrialBalanceQuery& query) {
  std::vector<Column> columns{{"account", "Account", ColumnKind::text},
                              {"title", "Title", ColumnKind::text, 30},
                              {"type", "Type", ColumnKind::text, 0, false},
                              {"unit", "Unit", ColumnKind::text}};
  if (query.from_on) {
    columns.push_back({"opening", "Opening", ColumnKind::amount});
    columns.push_back({"debited", "Debited", ColumnKind::amount});
    columns.push_back({"credited", "Credited", ColumnKind::amount});
  }
  const bool several = query.days.size() > 1;
  for (std::size_t i = 0; i < std::max<std::size_t>(query.days.size(), 1); ++i) {
    const std::string day = several ? query.days[i].text() : "";
    columns.push_back(
        {several ? "debit_" + day : "debit", several ? "Debit " + day : "Debit", ColumnKind::amount});
    columns.push_back(
        {several ? "credit_" + day : "credit", several ? "Credit " + day : "Credit", ColumnKind::amount});
  }
  return columns;
}

// Writes the cells of one part's rows.
class PartRows {
 public:
  PartRows(const TrialBalance& report, const TrialBalancePart& part, Table& table)
      : report_{report}, part_{part}, table_{table} {}

  void append() {
    const int level = report_.parts.size() > 1 ? 1 : 0;
    if (level > 0) table_.rows.push_back(heading_row(0, part_.unit));
    for (const TrialBalanceRow& row : part_.rows) {
      TableRow cells{
          RowKind::line, level, {row.path, row.title, std::string{books::text_of(row.type)}, part_.unit}};
      if (report_.query.from_on) append_movement(cells, row.opening_minor, row.turnover);
      for (const std::int64_t balance : row.balance_minor) {
        append_sides(cells, balance > 0 ? balance : 0, balance < 0 ? -balance : 0, false);
      }
      table_.rows.push_back(std::move(cells));
    }
    append_total();
    if (report_.whole()) append_proof();
  }

 private:
  TableRow worded(RowKind kind, const std::string& words) const {
    return TableRow{kind, 0, {words, {}, {}, part_.unit}};
  }

  Amount amount(std::int64_t minor) const { return Amount{minor, part_.scale, part_.unit}; }

  // An empty cell says "nothing" better than 0.00 does, in rows; totals are written out.
  void append_sides(TableRow& row, std::int64_t debit, std::int64_t credit, bool zeros) const {
    row.cells.push_back(debit != 0 || zeros ? Cell{amount(debit)} : Cell{});
    row.cells.push_back(credit != 0 || zeros ? Cell{amount(credit)} : Cell{});
  }

  void append_movement(TableRow& row, std::optional<std::int64_t> opening, Turnover turnover) const {
    row.cells.push_back(opening ? Cell{amount(*opening)} : Cell{});
    append_sides(row, turnover.debit_minor, turnover.credit_minor, !opening);
  }

  void append_total() {
    TableRow row = worded(RowKind::total, "Total " + part_.unit);
    if (report_.query.from_on) append_movement(row, std::nullopt, part_.turnover);
    for (const Turnover& total : part_.totals) append_sides(row, total.debit_minor, total.credit_minor, true);
    table_.rows.push_back(std::move(row));
  }

  void append_proof() {
    TableRow row = worded(RowKind::proof, "Debits less credits");
    if (report_.query.from_on) {
      row.cells.insert(row.cells.end(), {Cell{}, Cell{amount(part_.turnover.balance_minor())}, Cell{}});
    }
    for (const Turnover& total : part_.totals) {
      row.cells.insert(row.cells.end(), {Cell{amount(total.balance_minor())}, Cell{}});
    }
    table_.rows.push_back(std::move(row));
  }

  const TrialBalance& report_;
  const TrialBalancePart& part_;
  Table& table_;
};

}  // namespace

Table table_of(const TrialBalance& report) {
  const TrialBalanceQuery& query = report.query;
  Table table{"trial_balance", "Trial balance", {}, columns_of(query), {}, std::nullopt};
  add_node(table, report.node);
  if (query.from_on) table.facts.push_back({"from", "From", *query.from_on});
  const bool one_day = query.days.size() == 1;
  if (query.days.empty())
    table.facts.push_back({"extent", "As of", std::string{"the last day on which anything is booked"}});
  add_viewpoint(table, {one_day ? std::optional{query.days.front()} : std::nullopt, query.known_at});
  add_filter(table, query.accounts, query.about);
  add_signs(table, query.from_on ? "opening balances that are debits are positive"
                                 : "debits and credits have columns of their own");
  for (const TrialBalancePart& part : report.parts) PartRows{report, part, table}.append();
  return table;
}

}  // namespace coop::reports
