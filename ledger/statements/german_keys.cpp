#include "ledger/statements/german_keys.hpp"

#include <cstddef>
#include <utility>

#include "ledger/statements/mt940_pieces.hpp"
#include "ledger/statements/placeholder.hpp"
#include "ledger/values/iban.hpp"

namespace coop::statements {

namespace {

constexpr std::size_t longest_identifier = 35;
constexpr std::size_t longest_label = 5;  // with its mark

bool is_letter_or_digit(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= 'a' && letter <= 'z');
}

std::string first_word(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \n");
  if (from == std::string_view::npos) return {};
  return std::string{text.substr(from, text.find_first_of(" \n", from) - from)};
}

// Between two keys an identifier may have blanks; where free text may follow it, it ends at the first.
std::string identifier_from(std::string_view value, bool is_last) {
  std::string whole = without_placeholder(std::string{value});
  if (is_last || whole.size() > longest_identifier) whole = without_placeholder(first_word(value));
  return whole;
}

std::string iban_from(std::string_view value) {
  const std::string text = account_text(std::string{value.substr(0, 60)});
  for (const IbanCountry& country : iban_countries()) {
    if (!text.starts_with(country.code)) continue;
    std::string iban = text.substr(0, static_cast<std::size_t>(iban_length(country)));
    return iban_fault(iban).empty() ? iban : std::string{};
  }
  return {};
}

std::string bic_from(std::string_view value) {
  std::string bic = account_text(first_word(value));
  for (const char letter : bic)
    if (!is_letter_or_digit(letter)) return {};
  return bic.size() == 8 || bic.size() == 11 ? bic : std::string{};
}

void set(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

}  // namespace

bool begins_with_german_key(std::string_view text) {
  const LabelledText split = sepa_labels(text.substr(0, longest_label), {});
  return split.before.empty() && !split.values.empty();
}

GermanKeys german_keys_in(std::string text) {
  GermanKeys read;
  if (!may_have_sepa_labels(text)) {
    read.text = without_placeholder(std::move(text));
    return read;
  }
  const LabelledText split = sepa_labels(text, {});
  bool has_text = false;
  for (std::size_t i = 0; i < split.values.size(); ++i) {
    const bool is_last = i + 1 == split.values.size();
    const auto& [key, value] = split.values[i];
    if (key == "EREF") set(read.end_to_end, identifier_from(value, is_last));
    if (key == "KREF") set(read.customer, identifier_from(value, is_last));
    if (key == "MREF") set(read.mandate, identifier_from(value, is_last));
    if (key == "CRED") set(read.creditor, identifier_from(value, is_last));
    if (key == "IBAN") set(read.account, iban_from(value));
    if (key == "BIC") set(read.bank, bic_from(value));
    if (key == "ABWA" || key == "ABWE") set(read.ultimate, without_placeholder(std::string{value}));
    if (key != "SVWZ" || std::exchange(has_text, true)) continue;
    const std::string before = without_placeholder(std::string{split.before});
    read.text = without_placeholder(std::string{value});
    if (!before.empty()) read.text = read.text.empty() ? before : before + " " + read.text;
  }
  if (read.text.empty()) read.text = without_placeholder(text);
  return read;
}

}  // namespace coop::statements
