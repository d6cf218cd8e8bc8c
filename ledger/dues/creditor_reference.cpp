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

/// Whether a member's number, and so many signs more, can stand in a kind of letters and digits.
bool fits(const ReferenceForm& form, std::string_view member_number, std::size_t more) {
  const std::string body = compact_code(member_number);
  return is_capitals_or_digits(body) && body.size() + more <= form.most_body;
}

/// Whether a member's number ends in digits for which a kind of digits has room.
bool ends_in_digits(const ReferenceForm& form, std::string_view member_number) {
  const std::size_t last_other = member_number.find_last_not_of("0123456789");
  const std::string_view digits =
      member_number.substr(last_other == std::string_view::npos ? 0 : last_other + 1);
  const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size());
  return !digits.empty() && digits.size() - zeros + 1 <= form.most_body;
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

std::optional<StructuredReference> maybe_reference_of_member(ReferenceKind kind,
                                                             std::string_view member_number) {
  const ReferenceForm& form = reference_form(kind);
  if (form.digits_only ? !ends_in_digits(form, member_number) : !fits(form, member_number, 0))
    return std::nullopt;
  return reference_of_member(kind, member_number);
}

std::optional<StructuredReference> maybe_reference_of_charge(ReferenceKind kind,
                                                             std::string_view member_number,
                                                             ChargeNumber charge) {
  const ReferenceForm& form = reference_form(kind);
  const std::size_t digits = std::to_string(charge.number()).size();
  if (form.digits_only ? digits + 1 > form.most_body : !fits(form, member_number, digits + 1))
    return std::nullopt;
  return reference_of_charge(kind, member_number, charge);
}

}  // namespace coop::dues
