#pragma once
#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/values/ids.hpp"

namespace coop {

/// An exact amount: a whole number of minor units of one unit of account (cents of EUR, minutes of HOUR).
/// Never a floating-point number, never an amount without its unit. Positive is debit.
class Money {
 public:
  static constexpr Money of_minor(std::int64_t minor, UnitId unit) noexcept { return Money{minor, unit}; }

  constexpr std::int64_t minor() const noexcept { return minor_; }
  constexpr UnitId unit() const noexcept { return unit_; }

  /// Throws Refused: unit_mismatch, amount_overflow.
  friend Money operator+(Money a, Money b);
  /// Throws Refused: unit_mismatch, amount_overflow.
  friend Money operator-(Money a, Money b);
  /// Throws Refused: amount_overflow (of the one value that has no opposite).
  Money operator-() const;
  /// Compares amounts of one unit. Throws Refused: unit_mismatch.
  friend std::strong_ordering operator<=>(Money a, Money b);
  friend bool operator==(Money a, Money b) noexcept = default;

 private:
  constexpr Money(std::int64_t minor, UnitId unit) noexcept : minor_{minor}, unit_{unit} {}
  std::int64_t minor_;
  UnitId unit_;
};

/// a + b. Throws Refused: amount_overflow.
std::int64_t checked_add(std::int64_t a, std::int64_t b);

/// Reads decimal text as minor units of a unit with `scale` decimals: "-12.5" at scale 2 is -1250.
/// Digits with at most one dot between them and an optional leading minus; no plus, exponent, group marks or
/// blanks. Throws Refused: amount_malformed, amount_too_precise (more decimals than the unit has),
/// amount_overflow.
std::int64_t minor_from_text(std::string_view text, int scale);

/// Writes minor units as decimal text with exactly `scale` decimals: -1250 at scale 2 is "-12.50".
std::string text_from_minor(std::int64_t minor, int scale);
/// Appends what text_from_minor returns.
void append_minor(std::string& out, std::int64_t minor, int scale);

}  // namespace coop
