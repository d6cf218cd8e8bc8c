#pragma once
#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coop {

/// A row of a table: its cells, and the line of the file on which it begins, from 1.
struct CsvRow {
  int line;
  std::vector<std::string> cells;
};

/// A table that a spreadsheet saved as text.
struct CsvTable {
  std::vector<std::string> header;  ///< in small letters, blanks as _
  std::vector<CsvRow> rows;         ///< without those that are empty
  char separator;                   ///< ';', ',' or tab
  bool was_windows_1252 = false;    ///< it was neither UTF-8 nor UTF-16

  /// The place of a column in each row; nothing where the file has none of this name.
  std::map<std::string, std::size_t, std::less<>> columns() const;
};

/// Reads comma-separated values (RFC 4180) in UTF-8, UTF-16 or Windows-1252 (text_from_bytes); the separator
/// is the one that the header has most of. Throws Refused: import_unreadable naming the line
/// (no header, a column that is not `known` or comes twice, a quotation that does not end, more than
/// `most_rows`).
CsvTable csv_table_from(std::string_view bytes, std::initializer_list<std::string_view> known,
                        std::size_t most_rows);

}  // namespace coop
