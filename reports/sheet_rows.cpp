#include "reports/sheet_rows.hpp"

#include "ledger/values/money.hpp"

namespace coop::reports {

std::vector<Column> SheetRows::columns() {
  return {{"account", "Account", ColumnKind::text},
          {"path", "Path", ColumnKind::text, 0, false},
          {"section", "Section", ColumnKind::text, 0, false},
          {"title", "Title", ColumnKind::text, 30},
          {"unit", "Unit", ColumnKind::text}};
}

void SheetRows::heading(int level, const std::string& words) {
  table_.rows.push_back(heading_row(level, words));
}

void SheetRows::tree(int level, const std::vector<TreeRow>& rows) {
  for (const TreeRow& row : rows) {
    const Cell title = text_or_none(row.title);
    append(RowKind::line, level + row.level, {row.label, row.path, section_, title, unit_}, row.minor);
  }
}

void SheetRows::words(RowKind kind, int level, const std::string& words,
                      const std::vector<std::int64_t>& minor) {
  append(kind, level, {words, {}, section_, {}, unit_}, minor);
}

void SheetRows::append(RowKind kind, int level, std::vector<Cell> cells,
                       const std::vector<std::int64_t>& minor) {
  for (const std::int64_t each : minor) cells.push_back(Amount{each, scale_, unit_});
  table_.rows.push_back({kind, level, std::move(cells)});
}

std::vector<std::int64_t> opposite(std::vector<std::int64_t> minor) {
  // -x is ~x + 1: the one number without an opposite is refused.
  for (std::int64_t& each : minor) each = checked_add(~each, 1);
  return minor;
}

std::vector<std::int64_t> sums_of(const std::vector<AccountFigures>& accounts, std::size_t columns) {
  std::vector<std::int64_t> sums(columns, 0);
  for (const AccountFigures& account : accounts) add_figures(sums, account.minor);
  return sums;
}

}  // namespace coop::reports
