#pragma once
#include <compare>
#include <string>
#include <string_view>

namespace coop::collecting {

/// The identifier under which a co-operative collects by SEPA direct debit (EPC262-08): its country's two
/// letters, two check digits, a business code of three (ZZZ unless the bank agreed on another), and the
/// national identifier: "DE98ZZZ09999999999".
class CreditorIdentifier {
 public:
  /// Reads it with or without blanks, small or capital letters.
  /// Throws Refused: creditor_identifier_malformed.
  static CreditorIdentifier parse(std::string_view typed);

  const std::string& text() const noexcept { return text_; }

  friend auto operator<=>(const CreditorIdentifier&, const CreditorIdentifier&) = default;

 private:
  explicit CreditorIdentifier(std::string text) : text_{std::move(text)} {}
  std::string text_;
};

}  // namespace coop::collecting
