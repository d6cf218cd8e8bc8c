#pragma once
#include <boost/multiprecision/cpp_int.hpp>
#include <compare>
#include <string>

#include "ledger/values/ratio.hpp"

namespace coop {

/// An exact fraction of any size, in lowest terms, denominator positive. A Ratio is for what people write and
/// the schema keeps; this is for what is computed of many of them, whose common denominator may be beyond 64
/// bits.
class Fraction {
 public:
  /// A whole number of any size.
  using Whole = boost::multiprecision::cpp_int;

  /// Throws InvariantBroken if the denominator is zero.
  Fraction(Whole numerator, Whole denominator);
  explicit Fraction(Ratio ratio) : Fraction{ratio.numerator(), ratio.denominator()} {}
  explicit Fraction(std::int64_t whole) : Fraction{whole, 1} {}

  const Whole& numerator() const noexcept { return numerator_; }
  const Whole& denominator() const noexcept { return denominator_; }
  /// "31/40", or "12" where the denominator is one.
  std::string text() const;
  /// The fraction in per cent with so many decimals, a half rounded away from zero: "77.5" of 31/40. For
  /// people; nothing is computed from it.
  std::string percent_text(int decimals) const;
  /// The least whole number that is not below it.
  Whole rounded_up() const;
  /// The nearest whole number, a half rounded away from zero.
  Whole rounded_half_up() const;
  /// "22.5" where decimals end, with at least so many of them; else "2/3". At most 18 decimals are looked
  /// for.
  std::string decimal_text(int at_least = 0) const;
  /// The same for people: where decimals do not end, what is whole stands apart: "2 1/3", "-16 2/3", "2/3".
  std::string mixed_text(int at_least = 0) const;

  friend Fraction operator+(const Fraction& a, const Fraction& b);
  friend Fraction operator-(const Fraction& a, const Fraction& b);
  friend Fraction operator*(const Fraction& a, const Fraction& b);
  /// Throws InvariantBroken if `b` is zero.
  friend Fraction operator/(const Fraction& a, const Fraction& b);
  friend bool operator==(const Fraction& a, const Fraction& b) = default;
  friend std::strong_ordering operator<=>(const Fraction& a, const Fraction& b);

 private:
  Whole numerator_;
  Whole denominator_;
};

}  // namespace coop
