#include "ledger/statements/source_text.hpp"

#include <algorithm>
#include <array>

#include "ledger/statements/placeholder.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::statements {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

std::vector<SourceLine> source_lines(std::string_view text) {
  std::vector<SourceLine> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && text[end] != '\r' && text[end] != '\n') ++end;
    if (lines.size() == most_source_lines)
      refuse_unreadable(place_of(lines.size()), "the file has more lines than are read at once");
    lines.push_back({lines.size() + 1, text.substr(begin, end - begin)});
    begin = text.substr(end).starts_with("\r\n") ? end + 2 : end + 1;
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
  std::string line;
  line.reserve(text.size());
  bool is_between = false;
  for (const char c : trimmed(text)) {
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
  const std::string line = one_line(text);
  return is_placeholder(line) ? std::string{} : line;
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

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_number(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return is_digit(c); });
}

void add_words(std::string& text, std::string_view piece) {
  const std::string line = one_line(piece);
  if (line.empty()) return;
  if (!text.empty()) text += ' ';
  text += line;
}

}  // namespace coop::statements
