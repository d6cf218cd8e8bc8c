#include "ledger/journals/import_names.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "ledger/journals/account_names.hpp"
#include "ledger/journals/percent_text.hpp"
#include "ledger/values/unit.hpp"

namespace coop::journals {

namespace {

using books::AccountType;

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// What books::require_path refuses at the beginning of a part.
constexpr std::string_view refused_first = "([\";#*!|&";

std::string safe_part(std::string_view part) {
  if (part.empty()) return "_";
  std::string safe;
  for (const char character : part) {
    const auto byte = static_cast<unsigned char>(character);
    const bool second_blank = character == ' ' && !safe.empty() && safe.back() == ' ';
    if (byte < 0x20 || byte == 0x7F || second_blank || (safe.empty() && character == ' ')) {
      safe += percent_encoded(std::string_view{&character, 1}, " ");
    } else {
      safe += character;
    }
  }
  if (safe.back() == ' ') safe.replace(safe.size() - 1, 1, "%20");
  if (refused_first.find(safe.front()) == std::string_view::npos) return safe;
  return percent_encoded(safe.substr(0, 1), refused_first) + safe.substr(1);
}

std::string safe_path(std::string_view name) {
  std::string path;
  while (true) {
    const auto end = name.find(':');
    path += safe_part(name.substr(0, end));
    if (end == std::string_view::npos) return path;
    path += ':';
    name.remove_prefix(end + 1);
  }
}

bool is_unit_code(std::string_view code) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (code.size() < 2 || code.size() > 24 || !is_capital(code.front())) return false;
  if (!is_capital(code.back()) && !is_digit(code.back())) return false;
  return std::all_of(code.begin(), code.end(), [&](char c) {
    return is_capital(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
  });
}

// Signs of one currency each; "$" and "¥" are those of several.
constexpr std::pair<std::string_view, std::string_view> symbols[] = {
    {"€", "EUR"}, {"£", "GBP"}, {"₹", "INR"}, {"₺", "TRY"}, {"₴", "UAH"},
    {"₪", "ILS"}, {"₱", "PHP"}, {"₫", "VND"}, {"₦", "NGN"}, {"zł", "PLN"}};

std::optional<AccountType> type_of_word(std::string_view word) {
  const std::string type = lower(word);
  if (type == "a" || type == "asset" || type == "c" || type == "cash") return AccountType::asset;
  if (type == "l" || type == "liability") return AccountType::liability;
  if (type == "e" || type == "equity" || type == "v" || type == "conversion") return AccountType::equity;
  if (type == "r" || type == "revenue" || type == "income") return AccountType::income;
  if (type == "x" || type == "expense") return AccountType::expense;
  return std::nullopt;
}

std::optional<AccountType> type_of_first_part(std::string_view name) {
  const std::string first = lower(name.substr(0, name.find(':')));
  const std::pair<const char*, AccountType> known[] = {
      {"asset", AccountType::asset},         {"assets", AccountType::asset},
      {"liability", AccountType::liability}, {"liabilities", AccountType::liability},
      {"debt", AccountType::liability},      {"debts", AccountType::liability},
      {"equity", AccountType::equity},       {"income", AccountType::income},
      {"incomes", AccountType::income},      {"revenue", AccountType::income},
      {"revenues", AccountType::income},     {"expense", AccountType::expense},
      {"expenses", AccountType::expense}};
  for (const auto& [word, type] : known) {
    if (first == word) return type;
  }
  return std::nullopt;
}

}  // namespace

std::string path_of_imported(std::string_view name) {
  std::string decoded = path_from_plain_name(name);
  return safe_path(decoded) == decoded ? decoded : safe_path(name);
}

std::optional<std::string> code_of_commodity(std::string_view commodity, const ImportOptions& options) {
  const auto said = options.commodities.find(std::string{commodity});
  if (said != options.commodities.end()) return said->second.code;
  for (const auto& [symbol, known] : symbols) {
    if (commodity == symbol) return std::string{known};
  }
  std::string code{commodity};
  if (is_unit_code(code)) return code;
  code = in_capitals(commodity);
  if (is_unit_code(code)) return code;
  return std::nullopt;
}

std::string in_capitals(std::string_view text) {
  std::string out{text};
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::optional<AccountType> type_of_imported(std::string_view name, const std::optional<std::string>& declared,
                                            const ImportOptions& options) {
  for (std::string_view above = name;; above = above.substr(0, above.rfind(':'))) {
    const auto said = options.account_types.find(std::string{above});
    if (said != options.account_types.end()) return said->second;
    if (above.find(':') == std::string_view::npos) break;
  }
  if (declared) {
    if (const auto type = type_of_word(*declared)) return type;
  }
  return type_of_first_part(name);
}

}  // namespace coop::journals
