#include "ledger/journals/account_names.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "ledger/journals/percent_text.hpp"

namespace coop::journals {

namespace {

// At the beginning of a name (or a part) one of hledger and ledger reads these as a mark of their own.
constexpr std::string_view unsafe_first = "([\";#*!|&<>@={}~'`+?,.-/\\^$";
constexpr std::string_view unsafe_anywhere = ";\"";

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = path.find(':');
    parts.push_back(path.substr(0, end));
    if (end == std::string_view::npos) return parts;
    path.remove_prefix(end + 1);
  }
}

bool is_digit(char32_t point) { return point >= U'0' && point <= U'9'; }
bool is_lower(char32_t point) { return point >= U'a' && point <= U'z'; }
bool is_upper(char32_t point) { return point >= U'A' && point <= U'Z'; }

// The code points of UTF-8 text; a byte that is none stands for itself.
std::vector<char32_t> points_of(std::string_view text) {
  std::vector<char32_t> points;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
    if (at + more >= text.size()) {
      points.push_back(lead);
      ++at;
      continue;
    }
    char32_t point = more == 3 ? lead & 0x07u : more == 2 ? lead & 0x0Fu : more == 1 ? lead & 0x1Fu : lead;
    for (std::size_t i = 1; i <= more; ++i)
      point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
    points.push_back(point);
    at += more + 1;
  }
  return points;
}

void append_utf8(std::string& out, char32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else {  // only letters below U+0800 come here
    out += static_cast<char>(0xC0u | point >> 6);
    out += static_cast<char>(0x80u | (point & 0x3Fu));
  }
}

// Letters beyond ASCII that beancount takes for letters whatever its version: Latin, Greek, Cyrillic.
bool is_known_letter(char32_t point) {
  const bool latin = point >= 0xC0 && point <= 0x17F && point != 0xD7 && point != 0xF7;
  const bool greek =
      (point >= 0x391 && point <= 0x3A9 && point != 0x3A2) || (point >= 0x3AC && point <= 0x3CE);
  const bool cyrillic = point >= 0x400 && point <= 0x45F;
  return latin || greek || cyrillic;
}

bool is_latin1_capital(char32_t point) { return point >= 0xC0 && point <= 0xDE && point != 0xD7; }
bool is_latin1_small(char32_t point) { return point >= 0xE0 && point <= 0xFE && point != 0xF7; }

void append_code(std::string& out, char32_t point) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string hex;
  for (; point > 0; point >>= 4) hex += digits[point & 15];
  while (hex.size() < 2) hex += '0';
  std::reverse(hex.begin(), hex.end());
  out += 'C';
  out += hex;
}

void append_first(std::string& out, char32_t point) {
  if (is_upper(point) || is_digit(point)) {
    append_utf8(out, point);
  } else if (is_lower(point)) {
    append_utf8(out, point - U'a' + U'A');
  } else if (is_latin1_capital(point)) {
    append_utf8(out, point);
  } else if (is_latin1_small(point)) {
    append_utf8(out, point - 0x20);
  } else {
    append_code(out, point);
  }
}

std::string beancount_part(std::string_view part) {
  std::string out;
  for (const char32_t point : points_of(part)) {
    if (out.empty()) {
      append_first(out, point);
    } else if (is_upper(point) || is_lower(point) || is_digit(point) || point == U'-' ||
               is_known_letter(point)) {
      append_utf8(out, point);
    } else if (point == U' ') {
      out += '-';
    } else {
      append_code(out, point);
    }
  }
  return out.empty() ? "C00" : out;
}

struct Root {
  std::string_view name;
  std::array<std::string_view, 4> words;  ///< first parts that say the same, in lower case
};

constexpr std::array<Root, 5> roots{
    Root{"Assets", {"asset", "assets", "", ""}}, Root{"Liabilities", {"liability", "liabilities", "", ""}},
    Root{"Equity", {"equity", "", "", ""}}, Root{"Income", {"income", "incomes", "revenue", "revenues"}},
    Root{"Expenses", {"expense", "expenses", "", ""}}};

bool says_the_same(const Root& root, std::string_view part) {
  std::string lower{part};
  for (char& character : lower) {
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
  }
  return std::find(root.words.begin(), root.words.end(), lower) != root.words.end();
}

std::string beancount_name(std::string_view path, books::AccountType type) {
  const Root& root = roots.at(static_cast<std::size_t>(type));
  const auto parts = parts_of(path);
  std::string name{root.name};
  const std::size_t first = says_the_same(root, parts.front()) ? 1 : 0;
  for (std::size_t i = first; i < parts.size(); ++i) name += ':' + beancount_part(parts[i]);
  if (first == parts.size()) name += ':' + std::string{root.name};
  return name;
}

}  // namespace

std::string plain_name_of(std::string_view path) {
  std::string name;
  for (const std::string_view part : parts_of(path)) {
    if (!name.empty() || part.data() != path.data()) name += ':';
    std::string encoded = percent_encoded(part, unsafe_anywhere);
    if (!part.empty() && encoded.front() == part.front() &&
        unsafe_first.find(part.front()) != std::string_view::npos) {
      constexpr char digits[] = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(part.front());
      encoded = std::string{'%', digits[byte >> 4], digits[byte & 15]} + encoded.substr(1);
    }
    name += encoded;
  }
  return name;
}

std::string path_from_plain_name(std::string_view name) {
  std::string path = percent_decoded(name);
  return plain_name_of(path) == name ? path : std::string{name};
}

const std::string& BeancountNames::name_of(std::string_view path, books::AccountType type) {
  auto [place, is_new] = names_.try_emplace({std::string{path}, type});
  if (!is_new) return place->second;
  const std::string plain = beancount_name(path, type);
  std::string name = plain;
  for (int copy = 2; !used_.insert(name).second; ++copy) name = plain + '-' + std::to_string(copy);
  place->second = std::move(name);
  return place->second;
}

std::string plain_commodity_of(std::string_view code) {
  const bool letters = std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return letters ? std::string{code} : '"' + std::string{code} + '"';
}

std::string beancount_commodity_of(std::string_view code) {
  const bool reserved = code == "TRUE" || code == "FALSE" || code == "NULL";
  return reserved ? std::string{code} + "'U" : std::string{code};
}

}  // namespace coop::journals
