#include "ledger/values/structured_reference.hpp"

#include <algorithm>
#include <array>

#include "ledger/values/code_text.hpp"
#include "ledger/values/mod97.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

constexpr std::string_view wrong_check_digits =
    "its check digits are wrong: a character is mistyped, or two are swapped";

std::string with_zeros(std::string_view digits, std::size_t length) {
  return std::string(length - digits.size(), '0') + std::string{digits};
}

std::string as_it_is(std::string_view text) { return std::string{text}; }

// ---- ISO 11649: RF, two check digits, 1 to 21 characters ----

bool claims_creditor(std::string_view text) { return text.starts_with("RF"); }

std::string complete_creditor(std::string_view body) {
  return "RF" + check_digits_97(std::string{body} + "RF") + std::string{body};
}

std::string fault_of_creditor(std::string_view text) {
  if (text.size() < 5 || text.size() > 25)
    return "a creditor reference is RF, two digits, and 1 to 21 letters and digits";
  if (!is_capitals_or_digits(text)) return "a creditor reference has letters and digits only";
  if (text != complete_creditor(text.substr(4))) return std::string{wrong_check_digits};
  return {};
}

std::string print_creditor(std::string_view text) { return in_blocks(text, 4); }

// ---- Belgium: ten digits and their remainder by 97, which is written 97 when it is 0 ----

std::string without_marks(std::string_view text) {
  std::string digits;
  for (const char letter : text) {
    if (letter != '+' && letter != '*' && letter != '/') digits += letter;
  }
  return digits;
}

bool claims_belgian(std::string_view text) {
  return text.starts_with("+++") || text.starts_with("***") || (text.size() == 12 && is_digits(text)) ||
         (text.size() == 14 && text[3] == '/' && text[8] == '/');
}

std::string complete_belgian(std::string_view body) {
  const std::string digits = with_zeros(body, 10);
  const int remainder = remainder_by_97(digits);
  const int check = remainder == 0 ? 97 : remainder;
  return digits + with_zeros(std::to_string(check), 2);
}

std::string fault_of_belgian(std::string_view text) {
  if (text.size() != 12 || !is_digits(text)) return "a structured communication has twelve digits";
  if (text != complete_belgian(text.substr(0, 10))) return std::string{wrong_check_digits};
  return {};
}

std::string print_belgian(std::string_view text) {
  const std::string digits{text};
  return "+++" + digits.substr(0, 3) + "/" + digits.substr(3, 4) + "/" + digits.substr(7) + "+++";
}

// ---- Switzerland: 26 digits and a check digit, modulo 10, recursive ----

bool claims_swiss(std::string_view text) { return text.size() == 27 && is_digits(text); }

std::string complete_swiss(std::string_view body) {
  static constexpr std::array<int, 10> table{0, 9, 4, 6, 8, 2, 7, 1, 3, 5};
  const std::string digits = with_zeros(body, 26);
  int carry = 0;
  for (const char digit : digits) carry = table[static_cast<std::size_t>((carry + (digit - '0')) % 10)];
  return digits + static_cast<char>('0' + (10 - carry) % 10);
}

std::string fault_of_swiss(std::string_view text) {
  if (text.size() != 27 || !is_digits(text)) return "a QR reference has 27 digits";
  if (text.find_first_not_of('0') == std::string_view::npos) return "a QR reference is not all zeros";
  if (text != complete_swiss(text.substr(0, 26))) return std::string{wrong_check_digits};
  return {};
}

std::string print_swiss(std::string_view text) {
  return std::string{text.substr(0, 2)} + " " + in_blocks(text.substr(2), 5);
}

constexpr ReferenceForm forms[] = {
    {ReferenceKind::creditor, "rf", "creditor reference (ISO 11649)", 21, false, claims_creditor, as_it_is,
     complete_creditor, fault_of_creditor, print_creditor},
    {ReferenceKind::belgian, "ogm", "Belgian structured communication", 10, true, claims_belgian,
     without_marks, complete_belgian, fault_of_belgian, print_belgian},
    {ReferenceKind::swiss, "qrr", "Swiss QR reference", 26, true, claims_swiss, as_it_is, complete_swiss,
     fault_of_swiss, print_swiss},
};

[[noreturn]] void refuse(const std::string& detail) { throw Refused{Refusal::reference_malformed, detail}; }

}  // namespace

std::span<const ReferenceForm> reference_forms() { return forms; }

const ReferenceForm& reference_form(ReferenceKind kind) {
  const ReferenceForm& form = std::span{forms}[static_cast<std::size_t>(kind)];
  ensure(form.kind == kind, "the forms stand in the order of the enumeration");
  return form;
}

const ReferenceForm& reference_form(std::string_view code) {
  for (const ReferenceForm& form : forms) {
    if (form.code == code) return form;
  }
  refuse("kinds of references are rf, ogm and qrr");
}

StructuredReference StructuredReference::parse(std::string_view typed) {
  std::string text = compact_code(typed);
  for (const ReferenceForm& form : forms) {
    if (!form.claims(text)) continue;
    text = form.bare(text);
    if (const std::string fault = form.fault(text); !fault.empty()) refuse(fault);
    return StructuredReference{form.kind, std::move(text)};
  }
  refuse(
      "a reference is RF with check digits, a structured communication of twelve digits, or a QR reference "
      "of "
      "27 digits");
}

StructuredReference StructuredReference::of(ReferenceKind kind, std::string_view body) {
  const ReferenceForm& form = reference_form(kind);
  const std::string title{form.title};
  if (form.digits_only ? !is_digits(body) : !is_capitals_or_digits(body))
    refuse("a " + title + " is made of " + (form.digits_only ? "digits" : "digits and capital letters"));
  if (body.size() > form.most_body)
    refuse("a " + title + " has room for " + std::to_string(form.most_body) + " characters");
  std::string text = form.complete(body);
  if (const std::string fault = form.fault(text); !fault.empty()) refuse(fault);
  return StructuredReference{kind, std::move(text)};
}

std::string StructuredReference::printed() const { return reference_form(kind_).printed(text_); }

}  // namespace coop
