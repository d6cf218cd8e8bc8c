#include "ledger/values/csv_table.hpp"

#include <algorithm>

#include "ledger/values/charset.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

[[noreturn]] void refuse(int line, const std::string& why) {
  throw Refused{Refusal::import_unreadable, "line " + std::to_string(line) + ": " + why};
}

std::string trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return std::string{text};
}

// Of the first line, outside of quotations.
char separator_of(std::string_view text) {
  std::map<char, int> counts;
  bool is_quoted = false;
  for (const char c : text) {
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == '\n') break;
    if (c == ';' || c == ',' || c == '\t') ++counts[c];
  }
  char best = ',';
  for (const char c : {';', '\t'})
    if (counts[c] > counts[best]) best = c;
  return best;
}

/// Walks through the text row by row.
class Reader {
 public:
  Reader(std::string_view text, char separator) : text_{text}, separator_{separator} {}

  bool next(CsvRow& row) {
    row.cells.clear();
    if (at_ >= text_.size()) return false;
    row.line = line_;
    while (true) {
      row.cells.push_back(cell());
      const char end = at_ < text_.size() ? text_[at_++] : '\n';
      if (end == separator_) continue;
      if (end == '\n') ++line_;
      return true;
    }
  }

 private:
  // Up to the separator or the line's end, which is left.
  std::string cell() {
    std::string out;
    if (at_ < text_.size() && text_[at_] == '"') return quoted();
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n') out += text_[at_++];
    if (!out.empty() && out.back() == '\r') out.pop_back();
    return trimmed(out);
  }

  std::string quoted() {
    const int began = line_;
    std::string out;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != '"') {
        line_ += text_[at_] == '\n' ? 1 : 0;
        if (text_[at_] != '\r') out += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        out += text_[at_++];
      } else {
        ++at_;
        if (at_ < text_.size() && text_[at_] == '\r') ++at_;
        if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n')
          refuse(line_, "something follows the end of a quotation");
        return trimmed(out);
      }
    }
    refuse(began, "a quotation does not end");
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  int line_ = 1;
};

std::string column_name(std::string name) {
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ' || c == '-') c = '_';
  }
  return name;
}

void require_header(const std::vector<std::string>& header, int line,
                    std::initializer_list<std::string_view> known) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (std::ranges::find(known, header[i]) == known.end()) {
      std::string names;
      for (const std::string_view name : known) (names += ' ') += name;
      refuse(line, "the column '" + header[i].substr(0, 60) + "' is not known; columns are" + names);
    }
    if (std::find(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(i), header[i]) !=
        header.begin() + static_cast<std::ptrdiff_t>(i))
      refuse(line, "the column '" + header[i] + "' is there twice");
  }
}

bool is_empty(const CsvRow& row) {
  return std::ranges::all_of(row.cells, [](const std::string& cell) { return cell.empty(); });
}

}  // namespace

std::map<std::string, std::size_t, std::less<>> CsvTable::columns() const {
  std::map<std::string, std::size_t, std::less<>> places;
  for (std::size_t i = 0; i < header.size(); ++i) places.emplace(header[i], i);
  return places;
}

CsvTable csv_table_from(std::string_view bytes, std::initializer_list<std::string_view> known,
                        std::size_t most_rows) {
  CsvTable table{};
  const DecodedText decoded = text_from_bytes(bytes);
  const std::string& text = decoded.text;
  if (decoded.had_nul) refuse(1, "the text holds the character NUL");
  table.was_windows_1252 = decoded.charset == "windows-1252";
  table.separator = separator_of(text);
  Reader reader{text, table.separator};
  CsvRow row{};
  do {
    if (!reader.next(row)) refuse(1, "there is no header: a line with the columns' names");
  } while (is_empty(row));
  for (const std::string& cell : row.cells) table.header.push_back(column_name(cell));
  require_header(table.header, row.line, known);
  while (reader.next(row)) {
    if (is_empty(row)) continue;
    if (table.rows.size() >= most_rows)
      refuse(row.line, "more than " + std::to_string(most_rows) + " rows; import the file in parts");
    table.rows.push_back(row);
  }
  return table;
}

}  // namespace coop
