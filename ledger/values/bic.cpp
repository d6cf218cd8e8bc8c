#include "ledger/values/bic.hpp"

#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

Bic Bic::parse(std::string_view typed) {
  std::string text = compact_code(typed);
  const auto is_letter = [&](std::size_t at) { return text[at] >= 'A' && text[at] <= 'Z'; };
  if ((text.size() != 8 && text.size() != 11) || !is_capitals_or_digits(text))
    throw Refused{Refusal::bic_malformed, "a BIC has 8 or 11 letters and digits"};
  if (!is_letter(4) || !is_letter(5))
    throw Refused{Refusal::bic_malformed, "characters 5 and 6 of a BIC are its country's two letters"};
  return Bic{std::move(text)};
}

}  // namespace coop
