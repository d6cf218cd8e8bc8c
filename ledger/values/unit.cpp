#include "ledger/values/unit.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }
bool is_code_character(char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; }

}  // namespace

void require_unit_code(std::string_view code) {
  constexpr std::size_t longest = 24;
  if (code.size() >= 2 && code.size() <= longest && is_letter(code.front()) &&
      is_letter_or_digit(code.back()) && std::all_of(code.begin(), code.end(), is_code_character))
    return;
  throw Refused{Refusal::name_malformed,
                "unit code \"" + std::string{code.substr(0, 2 * longest)} +
                    "\": 2 to 24 of A-Z 0-9 . _ - are allowed, from a letter to a letter or digit"};
}

}  // namespace coop
