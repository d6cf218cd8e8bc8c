#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/csv_table.hpp"
#include "ledger/values/day.hpp"

namespace coop::intake {

/// At most so many rows come in at once.
inline constexpr std::size_t most_rows = 20'000;

/// Something in a row that cannot be recorded as it stands, or that is read in a certain way.
struct IntakeDoubt {
  int line;
  std::string column;  ///< or empty: the row as a whole
  std::string text;
  std::optional<std::string> taken = {};  ///< as what it is read; nothing: the row is left out
};

/// What became of a file, or would.
struct IntakeReport {
  std::int64_t rows = 0;
  std::int64_t recorded = 0;        ///< rows that were, or would be, recorded
  std::int64_t known = 0;           ///< rows that were on record before
  std::vector<IntakeDoubt> doubts;  ///< of rows that are left out
  std::vector<IntakeDoubt> notes;   ///< of rows that are read in a certain way
  bool is_complete = true;          ///< false: doubtful rows, so nothing at all is recorded
};

/// Whether doubtful rows are left out; else they stop everything.
enum class Doubtful { stop, skip };

/// A row with its columns by name.
class IntakeRow {
 public:
  using Columns = std::map<std::string, std::size_t, std::less<>>;
  IntakeRow(const CsvRow& row, const Columns& columns) : row_{&row}, columns_{&columns} {}
  int line() const { return row_->line; }
  /// The cell, or nothing if it is empty or there is no such column.
  std::optional<std::string> find(std::string_view column) const;
  /// Throws Refused: field_missing, naming the column.
  std::string require(std::string_view column) const;
  /// Runs `read` on a cell that is not empty; what it refuses is refused naming the column.
  template <class Read>
  auto parsed(std::string_view column, Read&& read) const
      -> std::optional<std::invoke_result_t<Read, std::string_view>> {
    std::optional<std::invoke_result_t<Read, std::string_view>> value;
    const auto text = find(column);
    if (text) in_column(column, [&] { value.emplace(read(std::string_view{*text})); });
    return value;
  }

 private:
  static void in_column(std::string_view column, const std::function<void()>& read);
  const CsvRow* row_;
  const Columns* columns_;
};

/// A day as spreadsheets write it: 2026-01-31 or 31.01.2026. Throws Refused: day_malformed, also of days with
/// strokes, which mean different days in different countries.
Day day_from_cell(std::string_view text);
/// Minor units of an amount as spreadsheets write it: 1234.50, 1,234.50, 1.234,50, 1234,50. Throws Refused:
/// amount_malformed, also of "1.234", which could be either, amount_too_precise, amount_overflow.
std::int64_t minor_from_cell(std::string_view text, int scale);

}  // namespace coop::intake
