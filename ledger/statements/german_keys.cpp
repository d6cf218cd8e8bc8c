#include "ledger/statements/german_keys.hpp"

#include <array>
#include <cstddef>
#include <utility>

#include "ledger/statements/placeholder.hpp"
#include "ledger/values/iban.hpp"

namespace coop::statements {

namespace {

constexpr std::size_t longest_identifier = 35;
constexpr std::array<std::string_view, 13> keys{"EREF", "KREF", "MREF", "CRED", "DEBT", "SVWZ", "ABWA",
                                                "ABWE", "COAM", "OAMT", "PURP", "IBAN", "BIC"};

struct Found {
  std::size_t key;    ///< where the key begins
  std::size_t value;  ///< where its value begins
  std::string_view name;
};

bool is_letter_or_digit(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= 'a' && letter <= 'z');
}

// The key that begins the text, or nothing.
std::string_view key_of(std::string_view text) {
  for (const std::string_view key : keys) {
    if (!text.starts_with(key) || text.size() == key.size()) continue;
    const char mark = text[key.size()];
    if (mark == '+' || mark == ':') return key;
  }
  return {};
}

// After a plus a key may follow without a blank, as the pieces of a text were cut; a colon is too common for
// it.
std::vector<Found> keys_of(std::string_view text) {
  std::vector<Found> found;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] < 'A' || text[at] > 'S') continue;
    const std::string_view key = key_of(text.substr(at));
    if (key.empty()) continue;
    const bool is_apart = at == 0 || !is_letter_or_digit(text[at - 1]);
    if (!is_apart && (text[at + key.size()] != '+' || key.size() < 4)) continue;
    found.push_back({at, at + key.size() + 1, key});
    at += key.size();
  }
  return found;
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

bool begins_with_german_key(std::string_view text) { return !key_of(text).empty(); }

GermanKeys german_keys_in(std::string_view text) {
  GermanKeys read;
  const std::vector<Found> found = keys_of(text);
  bool has_text = false;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const bool is_last = i + 1 == found.size();
    const std::size_t end = is_last ? text.size() : found[i + 1].key;
    const std::string_view value = text.substr(found[i].value, end - found[i].value);
    const std::string_view key = found[i].name;
    if (key == "EREF") set(read.end_to_end, identifier_from(value, is_last));
    if (key == "KREF") set(read.customer, identifier_from(value, is_last));
    if (key == "MREF") set(read.mandate, identifier_from(value, is_last));
    if (key == "CRED") set(read.creditor, identifier_from(value, is_last));
    if (key == "IBAN") set(read.account, iban_from(value));
    if (key == "BIC") set(read.bank, bic_from(value));
    if (key == "ABWA" || key == "ABWE") set(read.ultimate, without_placeholder(std::string{value}));
    if (key != "SVWZ" || std::exchange(has_text, true)) continue;
    const std::string before = without_placeholder(std::string{text.substr(0, found.front().key)});
    read.text = without_placeholder(std::string{value});
    if (!before.empty()) read.text = read.text.empty() ? before : before + " " + read.text;
  }
  if (read.text.empty()) read.text = without_placeholder(std::string{text});
  return read;
}

}  // namespace coop::statements
