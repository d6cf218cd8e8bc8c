#include "ledger/access/user.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop::access {

namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }
bool is_name_character(char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

void require_user_name(std::string_view name) {
  if (name.size() >= 2 && name.size() <= 40 && is_letter(name.front()) && is_letter_or_digit(name.back()) &&
      std::all_of(name.begin(), name.end(), is_name_character))
    return;
  throw Refused{Refusal::name_malformed,
                "user name \"" + std::string{name.substr(0, 60)} +
                    "\": 2 to 40 of a-z 0-9 . _ - are allowed, from a letter to a letter or digit",
                "/name"};
}

void require_user_title(std::string_view title) {
  if (title.size() <= 200 && std::none_of(title.begin(), title.end(), is_control)) return;
  throw Refused{Refusal::field_invalid, "a title is at most 200 bytes long, without control characters",
                "/title"};
}

}  // namespace coop::access
