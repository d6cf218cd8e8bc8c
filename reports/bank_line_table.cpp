#include "reports/bank_line_table.hpp"

namespace coop::reports {

namespace {

constexpr int letters_of_name = 30;
constexpr int letters_of_words = 45;

// What all payments of a line say, or that they are several.
template <class Read>
std::string said_by(const bank::BankLine& line, const Read& read) {
  if (line.details.empty()) return {};
  if (line.details.size() > 1) return "(" + std::to_string(line.details.size()) + " payments)";
  return read(line.details.front());
}

std::string words_of(const bank::BankLine& line) {
  std::string words = said_by(line, [](const bank::BankDetail& one) { return one.words; });
  return words.empty() ? line.words : words;
}

std::vector<Cell> cells_of(const ListedBankLine& listed, bool sees_names) {
  const bank::BankLine& line = listed.line;
  std::vector<Cell> cells{line.number.number(), line.booked_on, listed.account,
                          std::string{bank::text_of(line.state)}};
  if (sees_names) {
    cells.push_back(
        text_or_none(said_by(line, [](const bank::BankDetail& one) { return one.counterparty.name; })));
    cells.push_back(text_or_none(words_of(line)));
  }
  cells.push_back(
      text_or_none(said_by(line, [](const bank::BankDetail& one) { return one.references.structured; })));
  cells.push_back(
      text_or_none(said_by(line, [](const bank::BankDetail& one) { return one.references.end_to_end; })));
  cells.push_back(text_or_none(said_by(line, [](const bank::BankDetail& one) { return one.return_code; })));
  cells.push_back(Amount{line.amount_minor, listed.unit.scale, listed.unit.code});
  cells.push_back(listed.unit.code);
  return cells;
}

}  // namespace

Table table_of_bank_lines(const ReportNode& node, const std::vector<ListedBankLine>& listed, bool sees_names,
                          const std::optional<std::string>& next) {
  Table table{"bank_lines", "Lines of statements", {}, {}, {}, next};
  add_node(table, node);
  add_signs(table, "money that came in is positive");
  table.columns = {{"line", "Line", ColumnKind::number},
                   {"booked_on", "Booked", ColumnKind::day},
                   {"account", "Account", ColumnKind::text},
                   {"state", "State", ColumnKind::text}};
  if (sees_names) {
    table.columns.push_back({"name", "Who", ColumnKind::text, letters_of_name});
    table.columns.push_back({"words", "Words", ColumnKind::text, letters_of_words});
  }
  for (const Column& column :
       {Column{"reference", "Reference", ColumnKind::text},
        Column{"end_to_end", "End-to-end id", ColumnKind::text, 0, false},
        Column{"return_code", "Returned", ColumnKind::text}, Column{"amount", "Amount", ColumnKind::amount},
        Column{"unit", "Unit", ColumnKind::text}})
    table.columns.push_back(column);
  for (const ListedBankLine& one : listed)
    table.rows.push_back({RowKind::line, 0, cells_of(one, sees_names)});
  return table;
}

}  // namespace coop::reports
