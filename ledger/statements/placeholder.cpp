#include "ledger/statements/placeholder.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace coop::statements {

namespace {

constexpr std::size_t longest_placeholder = 40;
// What placeholders begin with, and what may stand in front of it. Most texts begin otherwise.
constexpr std::array<bool, 256> may_begin_one = [] {
  std::array<bool, 256> table{};
  for (const char sign : std::string_view{"NUKEnuke0/*?-._ \t\n\r\x1a"})
    table[static_cast<unsigned char>(sign)] = true;
  return table;
}();
// In capitals and without blanks, hyphens, dots and underscores.
constexpr std::array<std::string_view, 23> placeholders{"NOTPROVIDED",
                                                        "NOTPROVIDE",
                                                        "NONREF",
                                                        "NOREF",
                                                        "NOTAVAILABLE",
                                                        "NOTAPPLICABLE",
                                                        "NOTAVAIL",
                                                        "NONE",
                                                        "NOINFORMATION",
                                                        "UNKNOWN",
                                                        "UNBEKANNT",
                                                        "N/A",
                                                        "NA",
                                                        "NULL",
                                                        "KREF+",
                                                        "EREF+",
                                                        "KEINEREF",
                                                        "KEINEREFERENZ",
                                                        "NICHTANGEGEBEN",
                                                        "KEINEANGABE",
                                                        "KEINEANGABEN",
                                                        "KEINEINFORMATION",
                                                        "KEINEINFORMATIONVORHANDEN"};

char capital(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

bool is_blank(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\x1a';
}

}  // namespace

bool is_placeholder(std::string_view text) {
  if (text.empty() || text == "NONREF") return true;  // the most frequent
  if (text.size() > longest_placeholder || !may_begin_one[static_cast<unsigned char>(text.front())])
    return false;
  std::array<char, longest_placeholder> letters{};
  std::size_t size = 0;
  for (const char letter : text)
    if (!is_blank(letter) && letter != '-' && letter != '.' && letter != '_')
      letters[size++] = capital(letter);
  const std::string_view bare{letters.data(), size};
  if (bare.find_first_not_of("0/*?") == std::string_view::npos) return true;
  return std::ranges::find(placeholders, bare) != placeholders.end();
}

std::string without_placeholder(std::string text) {
  while (!text.empty() && is_blank(text.back())) text.pop_back();
  if (!text.empty() && is_blank(text.front()))
    text.erase(0, static_cast<std::size_t>(std::ranges::find_if_not(text, is_blank) - text.begin()));
  if (is_placeholder(text)) text.clear();
  return text;
}

std::string account_text(std::string text) {
  if (text.empty()) return text;
  text = without_placeholder(std::move(text));
  std::erase_if(text, is_blank);
  std::ranges::transform(text, text.begin(), capital);
  return text;
}

}  // namespace coop::statements
