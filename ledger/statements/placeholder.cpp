#include "ledger/statements/placeholder.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace coop::statements {

namespace {

constexpr std::size_t longest_placeholder = 26;
constexpr std::array<std::string_view, 15> placeholders{
    "NOTPROVIDED",   "NOTPROVIDE",    "NONREF",        "NOREF",          "NOTAVAILABLE",
    "NOTAPPLICABLE", "NOTAVAIL",      "NOINFORMATION", "UNKNOWN",        "N/A",
    "NONE",          "KEINEREFERENZ", "KEINEREF",      "NICHTANGEGEBEN", "KEINEINFORMATIONVORHANDEN"};

char capital(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

bool is_blank(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\x1a';
}

bool is_placeholder(std::string_view text) {
  std::string letters;
  for (const char letter : text) {
    if (is_blank(letter) || letter == '_') continue;
    const bool is_digit = letter >= '0' && letter <= '9';
    if (is_digit || letters.size() == longest_placeholder) return false;
    letters += capital(letter);
  }
  if (letters.find_first_not_of("-./*?") == std::string::npos) return true;
  return std::ranges::find(placeholders, letters) != placeholders.end();
}

}  // namespace

std::string without_placeholder(std::string text) {
  while (!text.empty() && is_blank(text.back())) text.pop_back();
  text.erase(0, static_cast<std::size_t>(std::ranges::find_if_not(text, is_blank) - text.begin()));
  if (is_placeholder(text)) text.clear();
  return text;
}

std::string account_text(std::string text) {
  text = without_placeholder(std::move(text));
  std::erase_if(text, is_blank);
  std::ranges::transform(text, text.begin(), capital);
  return text;
}

}  // namespace coop::statements
