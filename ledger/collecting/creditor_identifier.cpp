#include "ledger/collecting/creditor_identifier.hpp"

#include "ledger/values/code_text.hpp"
#include "ledger/values/mod97.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::collecting {

namespace {

bool is_letter(char letter) { return letter >= 'A' && letter <= 'Z'; }

std::string fault_of(std::string_view text) {
  if (text.size() < 8 || text.size() > 35) return "a creditor identifier has 8 to 35 letters and digits";
  if (!is_capitals_or_digits(text)) return "a creditor identifier has letters and digits only";
  if (!is_letter(text[0]) || !is_letter(text[1]))
    return "a creditor identifier begins with its country's two letters";
  // The business code does not count: it may change while the identifier stays the same.
  const std::string counted = std::string{text.substr(7)} + std::string{text.substr(0, 2)};
  if (check_digits_97(counted) != text.substr(2, 2))
    return "its check digits are wrong: a character is mistyped, or two are swapped";
  return {};
}

}  // namespace

CreditorIdentifier CreditorIdentifier::parse(std::string_view typed) {
  std::string text = compact_code(typed);
  if (const std::string fault = fault_of(text); !fault.empty())
    throw Refused{Refusal::creditor_identifier_malformed, fault};
  return CreditorIdentifier{std::move(text)};
}

}  // namespace coop::collecting
