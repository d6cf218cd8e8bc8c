#include "ledger/dues/creditor_reference.hpp"

#include <string>

#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

/// A first digit that tells members' references from charges', then the number with zeros in front.
StructuredReference of_digits(const ReferenceForm& form, char first, const std::string& number) {
  if (number.size() + 1 > form.most_body) {
    throw Refused{Refusal::reference_malformed,
                  "a " + std::string{form.title} + " has room for " + std::to_string(form.most_body - 1) +
                      " digits of a number, and this one has " + std::to_string(number.size())};
  }
  return StructuredReference::of(form.kind,
                                 first + std::string(form.most_body - 1 - number.size(), '0') + number);
}

/// The digits at the end of a member's number: 0042 of M0042.
std::string digits_of(std::string_view member_number) {
  const std::size_t last_other = member_number.find_last_not_of("0123456789");
  std::string digits{member_number.substr(last_other == std::string_view::npos ? 0 : last_other + 1)};
  if (!is_digits(digits))
    throw Refused{Refusal::reference_malformed,
                  "the member number " + std::string{member_number} + " does not end in digits"};
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return digits;
}

}  // namespace

StructuredReference reference_of_member(ReferenceKind kind, std::string_view member_number) {
  const ReferenceForm& form = reference_form(kind);
  if (form.digits_only) return of_digits(form, '0', digits_of(member_number));
  return StructuredReference::of(kind, compact_code(member_number));
}

StructuredReference reference_of_charge(ReferenceKind kind, std::string_view member_number,
                                        ChargeNumber charge) {
  ensure(charge.number() >= 1, "charges are counted from 1");
  const ReferenceForm& form = reference_form(kind);
  const std::string number = std::to_string(charge.number());
  if (form.digits_only) return of_digits(form, '1', number);
  return StructuredReference::of(kind, compact_code(member_number) + "C" + number);
}

}  // namespace coop::dues
