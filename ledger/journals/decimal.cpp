#include "ledger/journals/decimal.hpp"

#include <algorithm>

namespace coop::journals {

namespace {

Wider power_of_ten(int exponent) {
  Wider power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

// Products and sums are kept far below the 256 bits in which they are made.
void require_bounded(const Wider& mantissa) {
  static const Wider bound = power_of_ten(66);
  if (mantissa > bound || mantissa < -bound) {
    throw Refused{Refusal::amount_overflow, "an amount or a sum of the file has too many digits"};
  }
}

Decimal with_places(const Decimal& number, int places) {
  Decimal result{number.mantissa * power_of_ten(places - number.places), places};
  require_bounded(result.mantissa);
  return result;
}

}  // namespace

Decimal operator+(const Decimal& a, const Decimal& b) {
  const int places = std::max(a.places, b.places);
  Decimal sum{with_places(a, places).mantissa + with_places(b, places).mantissa, places};
  require_bounded(sum.mantissa);
  return sum;
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  Decimal product{a.mantissa * b.mantissa, a.places + b.places};
  require_bounded(product.mantissa);
  return product;
}

Decimal operator-(const Decimal& a) { return {-a.mantissa, a.places}; }

bool is_zero(const Decimal& number) { return number.mantissa == 0; }

bool is_same(const Decimal& a, const Decimal& b) { return is_zero(a + -b); }

int needed_places(const Decimal& number) {
  Wider mantissa = number.mantissa;
  int places = number.places;
  if (mantissa == 0) return 0;
  while (places > 0 && mantissa % 10 == 0) {
    mantissa /= 10;
    --places;
  }
  return places;
}

std::optional<std::int64_t> whole_minor(const Decimal& number, int scale) {
  if (number.places <= scale) return narrowed(with_places(number, scale).mantissa);
  const Wider divisor = power_of_ten(number.places - scale);
  if (number.mantissa % divisor != 0) return std::nullopt;
  const Wider whole = number.mantissa / divisor;
  return narrowed(whole);
}

bool rounds_to_zero(const Decimal& number, int scale) {
  const Wider magnitude = number.mantissa < 0 ? Wider{-number.mantissa} : number.mantissa;
  if (number.places <= scale) return magnitude == 0;
  return magnitude * 2 <= power_of_ten(number.places - scale);
}

std::string text_of(const Decimal& number) {
  const bool is_negative = number.mantissa < 0;
  const Wider magnitude = is_negative ? Wider{-number.mantissa} : number.mantissa;
  std::string digits = magnitude.str();
  const auto places = static_cast<std::size_t>(number.places);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, ".");
  return (is_negative ? "-" : "") + digits;
}

}  // namespace coop::journals
