#pragma once
#include "reports/account_tree.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// Writes the rows of a sheet: headings, trees of accounts and totals, with one column of amounts a figure.
/// Its columns are "account" (shown by label), "path", "section", "title", "unit", then the figures.
class SheetRows {
 public:
  SheetRows(Table& table, std::string unit, int scale)
      : table_{table}, unit_{std::move(unit)}, scale_{scale} {}

  /// The columns in front of the figures.
  static std::vector<Column> columns();

  void heading(int level, const std::string& words);
  /// Rows from here on belong to this section ("assets").
  void section(const std::string& name) { section_ = name; }
  void tree(int level, const std::vector<TreeRow>& rows);
  void words(RowKind kind, int level, const std::string& words, const std::vector<std::int64_t>& minor);

 private:
  void append(RowKind kind, int level, std::vector<Cell> cells, const std::vector<std::int64_t>& minor);

  Table& table_;
  std::string unit_;
  std::string section_;
  int scale_;
};

/// The opposite of each figure: credit positive where it was debit positive.
std::vector<std::int64_t> opposite(std::vector<std::int64_t> minor);
/// The sums of the figures of accounts, column by column, in `columns` columns.
std::vector<std::int64_t> sums_of(const std::vector<AccountFigures>& accounts, std::size_t columns);

}  // namespace coop::reports
