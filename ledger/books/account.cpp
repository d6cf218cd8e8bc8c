#include "ledger/books/account.hpp"

#include <array>

#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::books {

namespace {

constexpr std::array<std::string_view, 5> type_texts{"asset", "liability", "equity", "income", "expense"};

void require_part(std::string_view part) {
  const auto refuse = [&](const char* why) {
    throw Refused{Refusal::path_malformed, "the part '" + std::string{part} + "' of an account's path " + why,
                  "/path"};
  };
  if (part.empty()) refuse("is empty");
  if (part.front() == ' ' || part.back() == ' ' || part.find("  ") != std::string_view::npos) {
    refuse("has a blank at an end, or two together");
  }
  if (std::string_view{"([\";#*!|&"}.find(part.front()) != std::string_view::npos) {
    refuse("begins with a sign that plain-text tools read as something else");
  }
  for (const char character : part) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 || byte == 0x7f) refuse("has a control character");
  }
}

}  // namespace

std::string_view text_of(AccountType type) { return type_texts.at(static_cast<std::size_t>(type)); }

AccountType account_type_from(std::string_view text) {
  for (std::size_t i = 0; i < type_texts.size(); ++i) {
    if (type_texts[i] == text) return static_cast<AccountType>(i);
  }
  throw Refused{
      Refusal::field_invalid,
      "an account is of type asset, liability, equity, income or expense, not '" + std::string{text} + "'",
      "/type"};
}

bool is_debit_normal(AccountType type) { return type == AccountType::asset || type == AccountType::expense; }
bool is_result(AccountType type) { return type == AccountType::income || type == AccountType::expense; }

void require_path(std::string_view path) {
  if (path.size() > 255)
    throw Refused{Refusal::path_malformed, "an account's path has at most 255 bytes", "/path"};
  if (!is_storable_text(path)) throw Refused{Refusal::path_malformed, "an account's path is UTF-8", "/path"};
  while (true) {
    const auto end = path.find(':');
    require_part(path.substr(0, end));
    if (end == std::string_view::npos) return;
    path.remove_prefix(end + 1);
  }
}

bool path_holds(std::string_view prefix, std::string_view path) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == ':');
}

}  // namespace coop::books
