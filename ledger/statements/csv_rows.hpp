#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coop::statements {

/// The most rows, columns of a row, cells of a file and bytes of a cell that are read.
inline constexpr std::size_t most_csv_rows = 500'000;
/// See most_csv_rows.
inline constexpr std::size_t most_csv_columns = 256;
/// See most_csv_rows.
inline constexpr std::size_t most_csv_cells = 6'000'000;
/// See most_csv_rows.
inline constexpr std::size_t longest_csv_cell = std::size_t{64} << 10;

/// A row of a file, its cells without quotation marks and blanks around them.
struct SourceRow {
  std::size_t line = 0;  ///< the line of the file on which it begins, from 1
  std::string raw;       ///< as it stands in the file, in UTF-8, without its end
  std::vector<std::string> cells;
};

/// The rows of a file of comma-separated values, without those that are blank.
struct SourceTable {
  char separator = ',';
  std::vector<SourceRow> rows;
};

/// Reads comma-separated values (RFC 4180) in any character set of text_from_bytes; lines end in CR LF, LF or
/// CR. The separator is `separator`, else what a first row "sep=;" says, else the one of ; tab | and comma
/// that cuts most rows into the same number of cells. A quotation mark within a quotation may stand alone, if
/// the cell has no line break. What spreadsheets put before text that looks like a formula goes: '-12 and
/// ="0042". Throws Refused: statement_unreadable, naming the line, if a quotation does not end or something
/// is larger than the limits above.
SourceTable csv_rows(std::string_view bytes, std::optional<char> separator = {});

/// The first rows of a file, at most `most`, for a look at what it may be; never refuses.
SourceTable first_csv_rows(std::string_view bytes, std::size_t most, std::optional<char> separator = {});

}  // namespace coop::statements
