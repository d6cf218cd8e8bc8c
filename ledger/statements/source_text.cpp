#include "ledger/statements/source_text.hpp"

#include <algorithm>
#include <utility>

#include "ledger/statements/placeholder.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::statements {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// True if every blank is a single space.
bool has_single_blanks(std::string_view text) {
  char before = 'a';
  for (const char c : text) {
    // Beyond the blank there are none; most characters are there.
    const bool may_be_blank = static_cast<unsigned char>(c) <= ' ';
    if (may_be_blank && is_blank(c) && (c != ' ' || before == ' ')) return false;
    before = c;
  }
  return true;
}

}  // namespace

std::vector<SourceLine> source_lines(std::string_view text) {
  std::vector<SourceLine> lines;
  constexpr std::size_t likely_line_bytes = 32;
  lines.reserve(std::min(text.size() / likely_line_bytes + 1, most_source_lines));
  std::size_t line_feed = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    if (line_feed <= begin) line_feed = std::min(text.find('\n', begin), text.size());
    const std::size_t in_line = text.substr(begin, line_feed - begin).find('\r');
    const std::size_t end = in_line == std::string_view::npos ? line_feed : begin + in_line;
    if (lines.size() == most_source_lines)
      refuse_unreadable(place_of(lines.size()), "the file has more lines than are read at once");
    lines.push_back({lines.size() + 1, text.substr(begin, end - begin)});
    begin = end + 1 == line_feed ? end + 2 : end + 1;
  }
  return lines;
}

void require_readable_size(std::string_view bytes) {
  if (bytes.size() > most_file_bytes)
    refuse_unreadable("the file", "more than " + std::to_string(most_file_bytes >> 20) + " MiB");
}

void refuse_unreadable(const std::string& place, const std::string& why) {
  throw Refused{Refusal::statement_unreadable, place + ": " + why};
}

std::string place_of(std::size_t line) { return "line " + std::to_string(line); }

void refuse_contradiction(const CellPlace& one, const CellPlace& other, const std::string& what) {
  const CellPlace& later = one.line < other.line ? other : one;
  const std::size_t earlier = std::min(one.line, other.line);
  refuse_unreadable(place_of(later.line) + (later.field.empty() ? "" : ", ") + later.field,
                    what + " is another than in " + place_of(earlier));
}

void keep_first(CellPlace& place, std::size_t line, std::string_view field) {
  if (place.line == 0) place = {line, std::string{field}};
}

std::string cited(std::string_view text) {
  constexpr std::size_t most = 40;
  std::size_t end = std::min(text.size(), most);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return "'" + std::string{text.substr(0, end)} + (end < text.size() ? "…'" : "'");
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string one_line(std::string_view text) {
  text = trimmed(text);
  if (has_single_blanks(text)) return std::string{text};
  std::string line;
  line.reserve(text.size());
  bool is_between = false;
  for (const char c : text) {
    if (is_blank(c)) {
      is_between = true;
      continue;
    }
    if (is_between) line += ' ';
    is_between = false;
    line += c;
  }
  return line;
}

std::string said(std::string_view text) {
  std::string line = one_line(text);
  if (is_placeholder(line)) line.clear();
  return line;
}

std::string compared_code(std::string_view text) {
  std::string code = in_capitals(said(text));
  std::erase(code, ' ');
  return code;
}

std::string currency_code(std::string_view text) {
  std::string code = in_capitals(trimmed(text));
  const bool is_letters = std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
  return code.size() == 3 && is_letters ? code : std::string{};
}

std::string in_capitals(std::string_view text) {
  std::string capitals{text};
  for (char& c : capitals)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return capitals;
}

bool is_number(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return is_digit(c); });
}

void add_words(std::string& text, std::string_view piece) { add_line(text, one_line(piece)); }

void add_line(std::string& text, std::string&& line) {
  if (text.empty()) {
    text = std::move(line);
  } else if (!line.empty()) {
    (text += ' ') += line;
  }
}

}  // namespace coop::statements
