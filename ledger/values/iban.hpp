#pragma once
#include <compare>
#include <span>
#include <string>
#include <string_view>

namespace coop {

/// What a payment to or from a country's accounts needs: within the European Economic Area the IBAN is
/// enough, in the other countries of the SEPA schemes the BIC (and, for direct debits, the debtor's address)
/// too.
enum class PaymentZone { eea, sepa, elsewhere };

/// A country of the IBAN registry (ISO 13616, kept by SWIFT).
struct IbanCountry {
  std::string_view code;       ///< ISO 3166, two letters
  std::string_view structure;  ///< what follows the check digits: n digits, a letters, c either ("a4n10")
  PaymentZone zone;
};

/// Every country of the registry, in the order of their codes.
std::span<const IbanCountry> iban_countries();

/// How many characters the IBANs of `country` have, country code and check digits included.
int iban_length(const IbanCountry& country);

/// An international bank account number (ISO 13616) whose country, length, structure and check digits are
/// right. Whether the account exists only the bank knows.
class Iban {
 public:
  /// Reads an IBAN as people type it, blanks anywhere, small or capital letters.
  /// Throws Refused: iban_malformed, with what is wrong in plain words.
  static Iban parse(std::string_view typed);

  /// Without blanks, in capitals: as it is stored and transmitted.
  const std::string& text() const noexcept { return text_; }
  /// In blocks of four: as it is printed.
  std::string printed() const;
  /// Country and last four characters, the rest hidden by bullets, in blocks of four: for pages on which
  /// somebody should recognise an account without reading it.
  std::string masked() const;
  const IbanCountry& country() const;

  friend auto operator<=>(const Iban&, const Iban&) = default;

 private:
  explicit Iban(std::string text) : text_{std::move(text)} {}
  std::string text_;
};

/// What is wrong with an IBAN without blanks and in capitals, in plain words; empty if nothing is.
std::string iban_fault(std::string_view text);

}  // namespace coop
