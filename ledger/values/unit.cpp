#include "ledger/values/unit.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_code_character(char c) {
  return is_upper(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

}  // namespace

void require_unit_code(std::string_view code) {
  constexpr std::size_t longest = 24;
  if (!code.empty() && code.size() <= longest && is_upper(code.front()) &&
      std::all_of(code.begin(), code.end(), is_code_character))
    return;
  throw Refused{Refusal::name_malformed,
                "unit code \"" + std::string{code.substr(0, 2 * longest)} +
                    "\": 1 to 24 of A-Z 0-9 . _ - are allowed, starting with a letter"};
}

}  // namespace coop
