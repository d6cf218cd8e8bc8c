#include "ledger/values/code_text.hpp"

#include <algorithm>

namespace coop {

namespace {

constexpr bool is_capital(char letter) { return letter >= 'A' && letter <= 'Z'; }

// No-break blank, figure blank, narrow no-break blank, thin blank.
constexpr std::string_view wide_blanks[] = {"\u00A0", "\u2007", "\u202F", "\u2009"};

/// How many bytes the blank at the beginning of `text` takes; 0 if there is none.
std::size_t blank_at(std::string_view text) {
  if (text.front() == ' ' || text.front() == '\t') return 1;
  for (const std::string_view blank : wide_blanks) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

}  // namespace

std::string compact_code(std::string_view typed) {
  std::string code;
  while (!typed.empty()) {
    const std::size_t blank = blank_at(typed);
    if (blank == 0) {
      const char letter = typed.front();
      code += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    typed.remove_prefix(std::max<std::size_t>(blank, 1));
  }
  return code;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_capitals_or_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || is_capital(c); });
}

std::string in_blocks(std::string_view text, std::size_t size) {
  std::string blocks;
  for (std::size_t at = 0; at < text.size(); at += size) {
    if (at > 0) blocks += ' ';
    blocks += text.substr(at, size);
  }
  return blocks;
}

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace coop
