#include "ledger/statements/source_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "ledger/statements/placeholder.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::statements {

namespace {

// True if the text, which begins with no blank, is one line already; no for control characters as well.
bool is_one_line(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    // Beyond the blank there is none; most characters are there.
    if (static_cast<unsigned char>(text[i]) > ' ') continue;
    if (text[i] != ' ' || text[i - 1] == ' ') return false;
  }
  return true;
}

void append(std::string& text, std::string_view line) {
  if (!text.empty() && !line.empty()) text += ' ';
  text += line;
}

}  // namespace

std::vector<SourceLine> source_lines(std::string_view text) {
  std::vector<SourceLine> lines;
  constexpr std::size_t likely_line_bytes = 32;
  lines.reserve(std::min(text.size() / likely_line_bytes + 1, most_source_lines));
  std::size_t line_feed = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    if (line_feed <= begin) line_feed = std::min(text.find('\n', begin), text.size());
    const std::size_t in_line = between(text, begin, line_feed).find('\r');
    const std::size_t end = in_line == std::string_view::npos ? line_feed : begin + in_line;
    if (lines.size() == most_source_lines)
      refuse_unreadable(place_of(lines.size()), "the file has more lines than are read at once");
    lines.emplace_back(lines.size() + 1, between(text, begin, end));
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

std::string place_of(std::size_t line) {
  std::array<char, 32> text{'l', 'i', 'n', 'e', ' '};
  const auto [end, fault] = std::to_chars(text.data() + 5, text.data() + text.size(), line);
  return {text.data(), end};
}

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

std::string_view without_gaps(std::string_view text) noexcept {
  while (!text.empty() && is_gap(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_gap(text.back())) text.remove_suffix(1);
  return text;
}

std::string one_line(std::string_view text) {
  text = trimmed(text);
  if (is_one_line(text)) return std::string{text};
  std::string line;
  line.reserve(text.size());
  bool is_between = false;
  for (const char c : text) {
    if (is_gap(c)) {
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
  text = trimmed(text);
  if (is_one_line(text)) return is_placeholder(text) ? std::string{} : std::string{text};
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

void add_words(std::string& text, std::string_view piece) {
  piece = trimmed(piece);
  if (!is_one_line(piece)) return add_line(text, one_line(piece));
  append(text, piece);
}

void add_said(std::string& text, std::string_view piece) {
  piece = trimmed(piece);
  if (!is_one_line(piece)) return add_line(text, said(piece));
  if (!is_placeholder(piece)) append(text, piece);
}

void add_line(std::string& text, std::string&& line) {
  if (text.empty()) text = std::move(line);
  else append(text, line);
}

}  // namespace coop::statements
