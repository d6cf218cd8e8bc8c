#include "reports/statement.hpp"

namespace coop::reports {

namespace {

Cell maybe_text(const std::string& text) {
  if (text.empty()) return {};
  return text;
}

Cell maybe_text(const std::optional<std::string>& text) {
  if (!text) return {};
  return *text;
}

Cell maybe_number(const std::optional<EntryNumber>& number) {
  if (!number) return {};
  return number->number();
}

std::vector<Column> statement_columns() {
  return {{"booked_on", "Day", ColumnKind::day},
          {"entry", "Entry", ColumnKind::number},
          {"line", "Line", ColumnKind::number, 0, false},
          {"description", "Description", ColumnKind::text, 40},
          {"reference", "Reference", ColumnKind::text, 25},
          {"counterpart", "Other accounts", ColumnKind::text, 40},
          {"note", "Note", ColumnKind::text, 0, false},
          {"fund", "Fund", ColumnKind::text, 0, false},
          {"member", "Member", ColumnKind::text, 0, false},
          {"cost_object", "Cost object", ColumnKind::text, 0, false},
          {"tax_code", "Tax code", ColumnKind::text, 0, false},
          {"recorded_at", "Recorded", ColumnKind::instant, 0, false},
          {"reverses", "Reverses", ColumnKind::number, 0, false},
          {"reversed_by", "Reversed by", ColumnKind::number, 0, false},
          {"amount", "Amount", ColumnKind::amount},
          {"balance", "Balance", ColumnKind::amount},
          {"unit", "Unit", ColumnKind::text},
          {"positive", "Without a minus", ColumnKind::text, 0, false}};
}

// Which side is written without a minus: a neighbour who reads the statement turns it round.
std::string positive_side(const ReportAccount& account) {
  return books::is_debit_normal(account.type) ? "debit" : "credit";
}

TableRow row_of(const StatementLine& line, const ReportAccount& account) {
  const auto amount = [&](std::int64_t minor) {
    return Amount{reader_sign(minor, account.type), account.scale, account.unit};
  };
  return {RowKind::line,
          0,
          {line.booked_on, line.entry.number(), std::int64_t{line.line}, line.description,
           maybe_text(line.reference), maybe_text(line.counterpart), maybe_text(line.note),
           maybe_text(line.about[0]), maybe_text(line.about[1]), maybe_text(line.about[2]),
           maybe_text(line.about[3]), line.recorded_at, maybe_number(line.reverses),
           maybe_number(line.reversed_by), amount(line.amount_minor), amount(line.balance_minor),
           account.unit, positive_side(account)}};
}

TableRow balance_row(const std::string& words, std::int64_t minor, const ReportAccount& account) {
  TableRow row{RowKind::subtotal, 0, std::vector<Cell>(statement_columns().size())};
  row.cells[3] = words;
  row.cells[15] = Amount{reader_sign(minor, account.type), account.scale, account.unit};
  row.cells[16] = account.unit;
  row.cells[17] = positive_side(account);
  return row;
}

}  // namespace

Table table_of(const Statement& statement, bool in_one_piece) {
  const ReportAccount& account = statement.account;
  const StatementQuery& query = statement.query;
  Table table{"statement", "Statement of " + account.path, {}, statement_columns(), {}, statement.next};
  add_node(table, statement.node);
  table.facts.push_back({"account", "Account", account.path});
  if (!account.title.empty()) table.facts.push_back({"account_title", "Title", account.title});
  table.facts.push_back({"unit", "Unit", account.unit});
  if (query.from_on) table.facts.push_back({"from", "From", *query.from_on});
  if (query.to_on) table.facts.push_back({"to", "To", *query.to_on});
  add_filter(table, {}, query.about);
  add_viewpoint(table, {std::nullopt, query.known_at});
  add_signs(table, books::is_debit_normal(account.type) ? "debits are positive" : "credits are positive");
  // What a page begins and ends with is the statement's own opening and closing balance at its ends only.
  const bool oldest = query.newest_first ? !statement.next : !query.cursor;
  const bool newest = query.newest_first ? !query.cursor : !statement.next;
  const TableRow opening =
      balance_row(oldest ? "Opening balance" : "Brought forward", statement.opening_minor, account);
  const TableRow closing =
      balance_row(newest ? "Closing balance" : "Carried forward", statement.closing_minor, account);
  table.rows.push_back(query.newest_first ? closing : opening);
  for (const StatementLine& line : statement.lines) table.rows.push_back(row_of(line, account));
  table.rows.push_back(query.newest_first ? opening : closing);
  if (in_one_piece && statement.next) table.rows.pop_back();
  if (in_one_piece && query.cursor) table.rows.erase(table.rows.begin());
  return table;
}

}  // namespace coop::reports
