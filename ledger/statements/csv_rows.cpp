#include "ledger/statements/csv_rows.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "ledger/statements/source_text.hpp"
#include "ledger/values/charset.hpp"

namespace coop::statements {

namespace {

// In the order in which they are taken where two cut equally well.
constexpr std::array<char, 4> separators{';', '\t', '|', ','};
constexpr std::size_t looked_at_bytes = std::size_t{64} << 10;

/// What stops the reading, and where.
struct RowFault {
  std::size_t line;
  std::string why;
};

/// Walks through a text row by row.
class RowWalker {
 public:
  RowWalker(std::string_view text, char separator) : text_{text}, separator_{separator} {}

  /// Reads the next row that is not blank; false at the end, or if there is a fault.
  bool next(SourceRow& row) {
    while (at_ < text_.size() && !fault_) {
      const std::size_t begin = at_;
      row.line = line_;
      row.cells.clear();
      while (cut_cell(row)) {
      }
      row.raw.assign(text_.substr(begin, end_ - begin));
      const bool is_blank =
          std::ranges::all_of(row.cells, [](const std::string& cell) { return cell.empty(); });
      if (!fault_ && !is_blank) return true;
    }
    return false;
  }

  const std::optional<RowFault>& fault() const { return fault_; }

 private:
  bool is_at_line_end() const { return at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r'); }

  void pass_line_end() {
    at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1;
    ++line_;
  }

  // True if another cell follows in the row.
  bool cut_cell(SourceRow& row) {
    if (row.cells.size() == most_csv_columns) return fail(row.line, "the row has too many cells");
    std::size_t begin = at_;
    while (begin < text_.size() && text_[begin] == ' ' && separator_ != ' ') ++begin;
    const bool is_quoted = begin < text_.size() && text_[begin] == '"';
    if (is_quoted) at_ = begin;
    row.cells.push_back(is_quoted ? quoted() : bare());
    if (fault_) return false;
    end_ = at_;
    if (at_ >= text_.size()) return false;
    if (is_at_line_end()) {
      pass_line_end();
      return false;
    }
    ++at_;
    // The last cell of the file may be empty.
    if (at_ >= text_.size()) {
      row.cells.emplace_back();
      end_ = at_;
    }
    return at_ < text_.size();
  }

  std::string bare() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && !is_at_line_end()) ++at_;
    if (at_ - begin > longest_csv_cell) fail(line_, "the cell is too long");
    return without_formula(trimmed(text_.substr(begin, fault_ ? 0 : at_ - begin)));
  }

  // True if nothing but blanks stands before the cell's end; moves there.
  bool ends_cell() {
    std::size_t end = at_;
    while (end < text_.size() && text_[end] == ' ') ++end;
    const bool ends =
        end >= text_.size() || text_[end] == separator_ || text_[end] == '\n' || text_[end] == '\r';
    if (ends) at_ = end;
    return ends;
  }

  std::string quoted() {
    const std::size_t began = line_;
    std::string cell;
    bool has_lone_mark = false;
    for (++at_; at_ < text_.size();) {
      if (cell.size() > longest_csv_cell) break;
      if (is_at_line_end()) {
        cell += '\n';
        pass_line_end();
      } else if (text_[at_] != '"') {
        cell += text_[at_++];
      } else if (++at_; at_ < text_.size() && text_[at_] == '"') {
        cell += text_[at_++];
      } else if (ends_cell()) {
        if (has_lone_mark && line_ != began) break;
        return without_formula(trimmed(cell));
      } else {
        cell += '"';
        has_lone_mark = true;
      }
    }
    fail(began, "a quotation does not end");
    return {};
  }

  static std::string without_formula(std::string_view cell) {
    if (cell.size() >= 3 && cell.starts_with("=\"") && cell.ends_with('"'))
      return std::string{cell.substr(2, cell.size() - 3)};
    if (cell.size() > 1 && cell[0] == '\'' && std::string_view{"=+-@"}.find(cell[1]) < 4)
      cell.remove_prefix(1);
    return std::string{cell};
  }

  bool fail(std::size_t line, const char* why) {
    if (!fault_) fault_ = RowFault{line, why};
    return false;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;  ///< of the row, without what ends the line
  std::size_t line_ = 1;
  std::optional<RowFault> fault_;
};

// How many cells stand below each other if this is the separator.
std::size_t aligned_cells(std::string_view text, char separator) {
  std::map<std::size_t, std::size_t> rows_by_width;
  RowWalker walker{text, separator};
  SourceRow row;
  for (std::size_t count = 0; count < most_csv_rows && walker.next(row); ++count)
    ++rows_by_width[row.cells.size()];
  std::size_t best = 0;
  for (const auto& [width, rows] : rows_by_width) best = std::max(best, rows * (width - 1));
  return best;
}

char separator_of(std::string_view text) {
  char best = ',';
  std::size_t most = 0;
  for (const char separator : separators) {
    if (text.find(separator) == std::string_view::npos) continue;
    const std::size_t aligned = aligned_cells(text, separator);
    if (aligned > most) best = separator;
    most = std::max(most, aligned);
  }
  return best;
}

// "sep=;" as the first row, which spreadsheets understand; the row goes.
std::optional<char> cut_told_separator(std::string& text) {
  const std::string begin = in_capitals(std::string_view{text}.substr(0, 8));
  const std::size_t at = begin.starts_with("\"SEP=") ? 5 : begin.starts_with("SEP=") ? 4 : 0;
  if (at == 0 || at >= text.size()) return std::nullopt;
  const auto found = std::ranges::find(separators, text[at]);
  if (found == separators.end()) return std::nullopt;
  // The line's end stays, so that lines are counted right.
  text.replace(0, std::min(text.find_first_of("\r\n"), text.size()), "");
  return *found;
}

}  // namespace

SourceTable csv_rows(std::string_view bytes, std::optional<char> separator) {
  require_readable_size(bytes);
  DecodedText decoded = text_from_bytes(bytes);
  if (decoded.had_nul) refuse_unreadable("the file", "it holds the character NUL");
  const std::optional<char> told = cut_told_separator(decoded.text);
  if (!separator) separator = told ? *told : separator_of(decoded.text);
  SourceTable table{*separator, {}};
  RowWalker walker{decoded.text, *separator};
  std::size_t cells = 0;
  for (SourceRow row; walker.next(row);) {
    cells += row.cells.size();
    if (table.rows.size() == most_csv_rows || cells > most_csv_cells)
      refuse_unreadable(place_of(row.line), "the file has more rows than are read at once");
    table.rows.push_back(std::move(row));
    row = {};
  }
  if (const auto& fault = walker.fault()) refuse_unreadable(place_of(fault->line), fault->why);
  return table;
}

SourceTable first_csv_rows(std::string_view bytes, std::size_t most, std::optional<char> separator) {
  DecodedText decoded = text_from_bytes(bytes.substr(0, looked_at_bytes));
  SourceTable table;
  if (decoded.had_nul) return table;
  const std::optional<char> told = cut_told_separator(decoded.text);
  if (!separator) separator = told ? *told : separator_of(decoded.text);
  table.separator = *separator;
  RowWalker walker{decoded.text, table.separator};
  for (SourceRow row; table.rows.size() < most && walker.next(row); row = {})
    table.rows.push_back(std::move(row));
  return table;
}

}  // namespace coop::statements
