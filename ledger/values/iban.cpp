#include "ledger/values/iban.hpp"

#include <algorithm>
#include <iterator>

#include "ledger/values/code_text.hpp"
#include "ledger/values/mod97.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

// The IBAN registry, with the countries of the SEPA schemes as of 2026.
constexpr IbanCountry countries[] = {
    {"AD", "n8c12", PaymentZone::sepa},        {"AE", "n19", PaymentZone::elsewhere},
    {"AL", "n8c16", PaymentZone::sepa},        {"AT", "n16", PaymentZone::eea},
    {"AZ", "a4c20", PaymentZone::elsewhere},   {"BA", "n16", PaymentZone::elsewhere},
    {"BE", "n12", PaymentZone::eea},           {"BG", "a4n6c8", PaymentZone::eea},
    {"BH", "a4c14", PaymentZone::elsewhere},   {"BI", "n23", PaymentZone::elsewhere},
    {"BR", "n23a1c1", PaymentZone::elsewhere}, {"BY", "c4n4c16", PaymentZone::elsewhere},
    {"CH", "n5c12", PaymentZone::sepa},        {"CR", "n18", PaymentZone::elsewhere},
    {"CY", "n8c16", PaymentZone::eea},         {"CZ", "n20", PaymentZone::eea},
    {"DE", "n18", PaymentZone::eea},           {"DJ", "n23", PaymentZone::elsewhere},
    {"DK", "n14", PaymentZone::eea},           {"DO", "c4n20", PaymentZone::elsewhere},
    {"EE", "n16", PaymentZone::eea},           {"EG", "n25", PaymentZone::elsewhere},
    {"ES", "n20", PaymentZone::eea},           {"FI", "n14", PaymentZone::eea},
    {"FK", "a2n12", PaymentZone::elsewhere},   {"FO", "n14", PaymentZone::elsewhere},
    {"FR", "n10c11n2", PaymentZone::eea},      {"GB", "a4n14", PaymentZone::sepa},
    {"GE", "a2n16", PaymentZone::elsewhere},   {"GI", "a4c15", PaymentZone::sepa},
    {"GL", "n14", PaymentZone::elsewhere},     {"GR", "n7c16", PaymentZone::eea},
    {"GT", "c24", PaymentZone::elsewhere},     {"HN", "a4n20", PaymentZone::elsewhere},
    {"HR", "n17", PaymentZone::eea},           {"HU", "n24", PaymentZone::eea},
    {"IE", "a4n14", PaymentZone::eea},         {"IL", "n19", PaymentZone::elsewhere},
    {"IQ", "a4n15", PaymentZone::elsewhere},   {"IS", "n22", PaymentZone::eea},
    {"IT", "a1n10c12", PaymentZone::eea},      {"JO", "a4n4c18", PaymentZone::elsewhere},
    {"KW", "a4c22", PaymentZone::elsewhere},   {"KZ", "n3c13", PaymentZone::elsewhere},
    {"LB", "n4c20", PaymentZone::elsewhere},   {"LC", "a4c24", PaymentZone::elsewhere},
    {"LI", "n5c12", PaymentZone::eea},         {"LT", "n16", PaymentZone::eea},
    {"LU", "n3c13", PaymentZone::eea},         {"LV", "a4c13", PaymentZone::eea},
    {"LY", "n21", PaymentZone::elsewhere},     {"MC", "n10c11n2", PaymentZone::sepa},
    {"MD", "c20", PaymentZone::sepa},          {"ME", "n18", PaymentZone::sepa},
    {"MK", "n3c10n2", PaymentZone::sepa},      {"MN", "n16", PaymentZone::elsewhere},
    {"MR", "n23", PaymentZone::elsewhere},     {"MT", "a4n5c18", PaymentZone::eea},
    {"MU", "a4n19a3", PaymentZone::elsewhere}, {"NI", "a4n20", PaymentZone::elsewhere},
    {"NL", "a4n10", PaymentZone::eea},         {"NO", "n11", PaymentZone::eea},
    {"OM", "n3c16", PaymentZone::elsewhere},   {"PK", "a4c16", PaymentZone::elsewhere},
    {"PL", "n24", PaymentZone::eea},           {"PS", "a4c21", PaymentZone::elsewhere},
    {"PT", "n21", PaymentZone::eea},           {"QA", "a4c21", PaymentZone::elsewhere},
    {"RO", "a4c16", PaymentZone::eea},         {"RS", "n18", PaymentZone::sepa},
    {"RU", "n14c15", PaymentZone::elsewhere},  {"SA", "n2c18", PaymentZone::elsewhere},
    {"SC", "a4n20a3", PaymentZone::elsewhere}, {"SD", "n14", PaymentZone::elsewhere},
    {"SE", "n20", PaymentZone::eea},           {"SI", "n15", PaymentZone::eea},
    {"SK", "n20", PaymentZone::eea},           {"SM", "a1n10c12", PaymentZone::sepa},
    {"SO", "n19", PaymentZone::elsewhere},     {"ST", "n21", PaymentZone::elsewhere},
    {"SV", "a4n20", PaymentZone::elsewhere},   {"TL", "n19", PaymentZone::elsewhere},
    {"TN", "n20", PaymentZone::elsewhere},     {"TR", "n6c16", PaymentZone::elsewhere},
    {"UA", "n6c19", PaymentZone::elsewhere},   {"VA", "n18", PaymentZone::sepa},
    {"VG", "a4n16", PaymentZone::elsewhere},   {"XK", "n16", PaymentZone::elsewhere},
    {"YE", "a4n4c18", PaymentZone::elsewhere},
};

const IbanCountry* find_country(std::string_view code) {
  const auto* found =
      std::lower_bound(std::begin(countries), std::end(countries), code,
                       [](const IbanCountry& row, std::string_view c) { return row.code < c; });
  return found != std::end(countries) && found->code == code ? found : nullptr;
}

/// One run of a structure, and what is left of it: "a4n10" is four letters, then "n10".
struct Run {
  char kind;
  std::size_t length;
  std::string_view rest;
};

Run first_run(std::string_view structure) {
  Run run{structure.front(), 0, structure.substr(1)};
  while (!run.rest.empty() && run.rest.front() >= '0' && run.rest.front() <= '9') {
    run.length = run.length * 10 + static_cast<std::size_t>(run.rest.front() - '0');
    run.rest.remove_prefix(1);
  }
  return run;
}

bool fits(char kind, char letter) {
  const bool digit = letter >= '0' && letter <= '9';
  return kind == 'c' || (kind == 'n') == digit;
}

/// The first character of an account number that its country does not have there, counted from 1 in the whole
/// IBAN; 0 if all fit.
std::size_t misfit(std::string_view text, std::string_view structure) {
  std::size_t at = 4;
  while (!structure.empty()) {
    const Run run = first_run(structure);
    for (const std::size_t end = at + run.length; at < end; ++at) {
      if (!fits(run.kind, text[at])) return at + 1;
    }
    structure = run.rest;
  }
  return 0;
}

}  // namespace

std::span<const IbanCountry> iban_countries() { return countries; }

int iban_length(const IbanCountry& country) {
  std::size_t length = 4;
  for (std::string_view structure = country.structure; !structure.empty();) {
    const Run run = first_run(structure);
    length += run.length;
    structure = run.rest;
  }
  return static_cast<int>(length);
}

std::string iban_fault(std::string_view text) {
  if (!is_capitals_or_digits(text)) return "an IBAN has letters and digits only";
  if (text.size() < 4) return "an IBAN begins with its country's two letters and two check digits";
  const std::string country_code{text.substr(0, 2)};
  const IbanCountry* country = find_country(country_code);
  if (country == nullptr) return "no country of the IBAN registry begins with " + country_code;
  if (text.size() != static_cast<std::size_t>(iban_length(*country))) {
    return "an IBAN of " + country_code + " has " + std::to_string(iban_length(*country)) +
           " characters, and this one has " + std::to_string(text.size());
  }
  if (!is_digits(text.substr(2, 2))) return "an IBAN has two digits after the country's letters";
  if (const std::size_t place = misfit(text, country->structure); place > 0) {
    return "character " + std::to_string(place) + " of an IBAN of " + country_code + " is not a " +
           (text[place - 1] >= 'A' ? "digit" : "letter");
  }
  // 00, 01 and 99 leave the right remainder as well, and are never given out.
  const std::string moved = std::string{text.substr(4)} + country_code;
  if (check_digits_97(moved) != text.substr(2, 2))
    return "its check digits are wrong: a character is mistyped, or two are swapped";
  return {};
}

Iban Iban::parse(std::string_view typed) {
  std::string text = compact_code(typed);
  if (const std::string fault = iban_fault(text); !fault.empty())
    throw Refused{Refusal::iban_malformed, fault};
  return Iban{std::move(text)};
}

std::string Iban::printed() const { return in_blocks(text_, 4); }

std::string Iban::masked() const {
  std::string masked;
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (at > 0 && at % 4 == 0) masked += ' ';
    if (at < 2 || at + 4 >= text_.size()) masked += text_[at];
    else masked += "\u2022";
  }
  return masked;
}

const IbanCountry& Iban::country() const {
  const IbanCountry* country = find_country(std::string_view{text_}.substr(0, 2));
  ensure(country != nullptr, "an IBAN in hand is of a country of the registry");
  return *country;
}

}  // namespace coop
