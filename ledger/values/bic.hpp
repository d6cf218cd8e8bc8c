#pragma once
#include <compare>
#include <string>
#include <string_view>

namespace coop {

/// A business identifier code of a bank (ISO 9362): four letters or digits, a country's two letters, two
/// letters or digits, and three more for a branch.
class Bic {
 public:
  /// Reads a BIC with or without blanks, small or capital letters. Throws Refused: bic_malformed.
  static Bic parse(std::string_view typed);

  /// 8 or 11 capital letters and digits.
  const std::string& text() const noexcept { return text_; }

  friend auto operator<=>(const Bic&, const Bic&) = default;

 private:
  explicit Bic(std::string text) : text_{std::move(text)} {}
  std::string text_;
};

}  // namespace coop
