#include "ledger/values/mod97.hpp"

#include "ledger/values/refusal.hpp"

namespace coop {

int remainder_by_97(std::string_view text) {
  int remainder = 0;
  for (const char letter : text) {
    if (letter >= '0' && letter <= '9') {
      remainder = (remainder * 10 + (letter - '0')) % 97;
      continue;
    }
    ensure(letter >= 'A' && letter <= 'Z', "only digits and capital letters have a remainder by 97");
    remainder = (remainder * 100 + (letter - 'A' + 10)) % 97;
  }
  return remainder;
}

std::string check_digits_97(std::string_view body) {
  const int check = 98 - remainder_by_97(std::string{body} + "00");
  return {static_cast<char>('0' + check / 10), static_cast<char>('0' + check % 10)};
}

}  // namespace coop
