#include "reports/general_ledger.hpp"

namespace coop::reports {

namespace {

std::vector<Column> ledger_columns() {
  return {{"account", "Account", ColumnKind::text, 0, false},
          {"booked_on", "Day", ColumnKind::day},
          {"entry", "Entry", ColumnKind::number},
          {"line", "Line", ColumnKind::number, 0, false},
          {"description", "Description", ColumnKind::text, 50},
          {"reference", "Reference", ColumnKind::text, 25},
          {"note", "Note", ColumnKind::text, 0, false},
          {"debit", "Debit", ColumnKind::amount},
          {"credit", "Credit", ColumnKind::amount},
          {"balance", "Balance", ColumnKind::amount},
          {"unit", "Unit", ColumnKind::text}};
}

// Writes the rows of one block.
class BlockRows {
 public:
  BlockRows(const LedgerBlock& block, Table& table) : block_{block}, table_{table} {}

  void append() {
    const ReportAccount& account = block_.account;
    table_.rows.push_back(heading_row(0, account.path + (account.title.empty() ? "" : "  " + account.title)));
    append_balance(block_.begins ? "Opening balance" : "Brought forward", block_.opening_minor);
    for (const StatementLine& line : block_.lines) append_line(line);
    append_balance(block_.ends ? "Closing balance" : "Carried forward", block_.closing_minor);
  }

 private:
  Cell amount(std::int64_t minor) const { return Amount{minor, block_.account.scale, block_.account.unit}; }
  Cell balance(std::int64_t minor) const { return amount(reader_sign(minor, block_.account.type)); }

  void append_balance(const std::string& words, std::int64_t minor) {
    TableRow row{RowKind::subtotal, 0, std::vector<Cell>(table_.columns.size())};
    row.cells[0] = block_.account.path;
    row.cells[4] = words;
    row.cells[9] = balance(minor);
    row.cells[10] = block_.account.unit;
    table_.rows.push_back(std::move(row));
  }

  void append_line(const StatementLine& line) {
    const std::int64_t minor = line.amount_minor;
    table_.rows.push_back(
        {RowKind::line,
         0,
         {block_.account.path, line.booked_on, line.entry.number(), std::int64_t{line.line}, line.description,
          text_or_none(line.reference), text_or_none(line.note), minor > 0 ? amount(minor) : Cell{},
          minor < 0 ? amount(-minor) : Cell{}, balance(line.balance_minor), block_.account.unit}});
  }

  const LedgerBlock& block_;
  Table& table_;
};

}  // namespace

Table table_of(const GeneralLedger& ledger, const std::vector<LedgerBlock>& blocks) {
  Table table{"general_ledger", "General ledger", {}, ledger_columns(), {}, ledger.cursor()};
  add_node(table, ledger.node());
  const GeneralLedgerQuery& query = ledger.query();
  table.facts.push_back({"from", "From", query.from_on});
  table.facts.push_back({"to", "To", query.to_on});
  add_viewpoint(table, {std::nullopt, query.known_at});
  add_filter(table, query.accounts, query.about);
  add_signs(table, "balances of assets and expenses that are debits are positive; of the others, credits");
  for (const LedgerBlock& block : blocks) BlockRows{block, table}.append();
  return table;
}

}  // namespace coop::reports
