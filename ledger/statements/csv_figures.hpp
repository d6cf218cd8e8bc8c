#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ledger/statements/csv_profile.hpp"
#include "ledger/statements/csv_rows.hpp"
#include "ledger/statements/statement.hpp"

namespace coop::statements {

/// How far down a file the header may stand.
inline constexpr std::size_t most_preamble_rows = 200;

/// A table below its header.
struct CsvBody {
  const SourceTable* table;
  std::vector<std::string> header;  ///< as many cells as there are columns, empty without a header
  std::size_t first_row;            ///< of table->rows
};

/// A row of the table whose day and figures are read.
struct FiguredRow {
  const SourceRow* row;
  Day day;
  std::optional<Day> valued_on;
  std::optional<Decimal> amount;   ///< nothing: the row only states a balance
  std::optional<Decimal> balance;  ///< after the row
  std::string account;             ///< whose row it is; empty where the file does not say
  std::string currency;
  LineStatus status;
};

/// What stops the reading of a table.
struct CsvFault {
  std::string place;
  std::string why;
};

/// The rows of a table in the order of the file, up to its first fault.
struct FiguredRows {
  std::vector<FiguredRow> rows;
  std::vector<Note> notes;
  std::optional<CsvFault> fault;
};

/// Reads days and figures of the rows by a profile. Rows that have neither a day nor an amount, and totals,
/// are passed over. Notes: rows_passed_over, day_clamped. Faults: a day, amount, flag or currency that cannot
/// be read, a row with both debit and credit, with more cells than the header, or that ends early.
FiguredRows figured_rows(const CsvBody& body, const CsvProfile& profile);

/// The cell of a column by its place; empty where the row has none.
const std::string& cell_at(const SourceRow& row, std::optional<std::size_t> column);

}  // namespace coop::statements
