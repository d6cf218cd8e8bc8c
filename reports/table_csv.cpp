#include "ledger/values/money.hpp"
#include "reports/table.hpp"

namespace coop::reports {

namespace {

// https://owasp.org/www-community/attacks/CSV_Injection: what a spreadsheet may take for the beginning of a
// formula.
bool looks_like_formula(std::string_view text) {
  return !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
}

void append_field(std::string& out, std::string_view text) {
  if (text.find_first_of("\",\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char character : text) {
    if (character == '"') out += '"';
    out += character;
  }
  out += '"';
}

// Appends a cell as a field. Only text from people needs guarding: our own numbers and days are safe.
struct CsvCell {
  std::string& out;
  void operator()(std::monostate) const {}
  void operator()(const std::string& text) const {
    append_field(out, looks_like_formula(text) ? "'" + text : text);
  }
  void operator()(std::int64_t number) const { out += std::to_string(number); }
  void operator()(Day day) const { day.append_to(out); }
  void operator()(Instant instant) const { append_instant(out, instant); }
  void operator()(const Amount& amount) const { append_minor(out, amount.minor, amount.scale); }
};

}  // namespace

std::string csv_text(const Table& table, bool with_header) {
  std::string out;
  if (with_header) {
    out += "row,level";
    for (const Column& column : table.columns) {
      out += ',';
      append_field(out, column.name);
    }
    out += "\r\n";
  }
  for (const TableRow& row : table.rows) {
    if (row.kind == RowKind::heading) continue;
    out += text_of(row.kind);
    out += ',';
    out += std::to_string(row.level);
    for (const Cell& cell : row.cells) {
      out += ',';
      std::visit(CsvCell{out}, cell);
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace coop::reports
