#include "ledger/values/fraction.hpp"

#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

using Whole = Fraction::Whole;

/// dividend / divisor, a half rounded away from zero. `divisor` is positive.
Whole divided_half_up(const Whole& dividend, const Whole& divisor) {
  const Whole magnitude = (abs(dividend) * 2 + divisor) / (divisor * 2);
  return dividend < 0 ? Whole{-magnitude} : magnitude;
}

}  // namespace

Fraction::Fraction(Whole numerator, Whole denominator)
    : numerator_{std::move(numerator)}, denominator_{std::move(denominator)} {
  ensure(denominator_ != 0, "a fraction's denominator is not zero");
  if (denominator_ < 0) {
    numerator_ = -numerator_;
    denominator_ = -denominator_;
  }
  if (denominator_ == 1) return;
  const Whole divisor = gcd(numerator_, denominator_);
  if (divisor == 1) return;
  numerator_ /= divisor;
  denominator_ /= divisor;
}

std::string Fraction::text() const {
  std::string text = numerator_.str();
  if (denominator_ != 1) text += "/" + denominator_.str();
  return text;
}

std::string Fraction::percent_text(int decimals) const {
  ensure(decimals >= 0 && decimals <= 18, "per cent has 0 to 18 decimals");
  const Whole scaled = divided_half_up(
      numerator_ * 100 * boost::multiprecision::pow(Whole{10}, static_cast<unsigned>(decimals)),
      denominator_);
  std::string digits = Whole{abs(scaled)}.str();
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, ".");
  return scaled < 0 ? "-" + digits : digits;
}

Whole Fraction::rounded_up() const {
  const Whole down = numerator_ / denominator_;  // towards zero
  return numerator_ > 0 && down * denominator_ != numerator_ ? Whole{down + 1} : down;
}

Whole Fraction::rounded_half_up() const { return divided_half_up(numerator_, denominator_); }

std::string Fraction::decimal_text(int at_least) const {
  constexpr int most = 18;
  ensure(at_least >= 0 && at_least <= most, "a number is written with 0 to 18 decimals");
  int places = 0;
  Whole scale = 1;
  while (places < most && (numerator_ * scale) % denominator_ != 0) {
    scale *= 10;
    ++places;
  }
  if ((numerator_ * scale) % denominator_ != 0) return text();
  for (; places < at_least; ++places) scale *= 10;
  const Whole scaled = numerator_ * scale / denominator_;
  std::string digits = Whole{abs(scaled)}.str();
  const auto decimals = static_cast<std::size_t>(places);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (decimals > 0) digits.insert(digits.size() - decimals, ".");
  return scaled < 0 ? "-" + digits : digits;
}

std::string Fraction::mixed_text(int at_least) const {
  std::string text = decimal_text(at_least);
  const Whole whole = numerator_ / denominator_;
  if (whole == 0 || text.find('/') == std::string::npos) return text;
  return whole.str() + " " + Fraction{Whole{abs(numerator_ % denominator_)}, denominator_}.text();
}

Fraction operator+(const Fraction& a, const Fraction& b) {
  if (a.denominator_ == b.denominator_) return {Whole{a.numerator_ + b.numerator_}, Whole{a.denominator_}};
  return {Whole{a.numerator_ * b.denominator_ + b.numerator_ * a.denominator_},
          Whole{a.denominator_ * b.denominator_}};
}

Fraction operator-(const Fraction& a, const Fraction& b) {
  return {Whole{a.numerator_ * b.denominator_ - b.numerator_ * a.denominator_},
          Whole{a.denominator_ * b.denominator_}};
}

Fraction operator*(const Fraction& a, const Fraction& b) {
  return {Whole{a.numerator_ * b.numerator_}, Whole{a.denominator_ * b.denominator_}};
}

Fraction operator/(const Fraction& a, const Fraction& b) {
  return {Whole{a.numerator_ * b.denominator_}, Whole{a.denominator_ * b.numerator_}};
}

std::strong_ordering operator<=>(const Fraction& a, const Fraction& b) {
  const int order = Whole{a.numerator_ * b.denominator_}.compare(Whole{b.numerator_ * a.denominator_});
  return order <=> 0;
}

}  // namespace coop
