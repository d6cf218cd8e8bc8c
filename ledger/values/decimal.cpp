#include "ledger/values/decimal.hpp"
#include "ledger/values/code_text.hpp"

#include <algorithm>
#include <limits>

namespace coop {

namespace {

Digits power_of_ten(int exponent) {
  return boost::multiprecision::pow(Digits{10}, static_cast<unsigned>(std::max(exponent, 0)));
}

Digits magnitude_of(const Digits& number) { return number < 0 ? Digits{-number} : number; }

Digits with_places(const Decimal& number, int places) {
  if (places == number.places) return number.mantissa;
  return number.mantissa * power_of_ten(places - number.places);
}

/// The digits at the front of a text, cut off it.
std::string_view cut_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

bool cut(std::string_view& text, char mark) {
  if (!text.starts_with(mark)) return false;
  text.remove_prefix(1);
  return true;
}

// So many digits fit into 64 bits.
constexpr std::size_t short_digits = 18;

Digits number_of(std::string digits) {
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return Digits{digits};
}

}  // namespace

std::optional<Decimal> find_decimal(std::string_view text, char mark) {
  if (text.size() > most_digits) return std::nullopt;
  const bool negative = cut(text, '-');
  if (!negative) cut(text, '+');
  std::uint64_t number = 0;  // counts for nothing beyond short_digits
  std::size_t marked_at = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_digit(text[i])) number = number * 10 + static_cast<std::uint64_t>(text[i] - '0');
    else if (text[i] == mark && marked_at == text.size()) marked_at = i;
    else return std::nullopt;
  }
  const std::size_t marks = marked_at == text.size() ? 0 : 1;
  const std::size_t digits = text.size() - marks;
  const std::size_t decimals = digits - marked_at;
  if (digits == 0 || decimals > most_places) return std::nullopt;
  std::optional<Decimal> found{std::in_place};
  if (digits <= short_digits) found->mantissa = number;
  else found->mantissa = number_of(std::string{text.substr(0, marked_at)} += text.substr(marked_at + marks));
  if (negative) found->mantissa = -found->mantissa;
  found->places = static_cast<int>(decimals);
  return found;
}

std::optional<Digits> digits_from(std::string_view text) {
  const bool is_negative = cut(text, '-');
  std::string digits{cut_digits(text)};
  const std::string_view after_point = cut(text, '.') ? cut_digits(text) : std::string_view{};
  std::size_t exponent = 0;
  if (cut(text, 'e') || cut(text, 'E')) {
    cut(text, '+');
    const std::string written{cut_digits(text)};
    if (written.empty() || written.size() > 4) return std::nullopt;
    exponent = std::stoul(written);
  }
  if (!text.empty() || digits.empty() || after_point.size() > exponent) return std::nullopt;
  if (digits.size() + exponent > static_cast<std::size_t>(most_digits)) return std::nullopt;
  digits += after_point;
  digits.append(exponent - after_point.size(), '0');
  const Digits number = number_of(digits);
  return is_negative ? Digits{-number} : number;
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  if (a.places == b.places) return {a.mantissa + b.mantissa, a.places};
  const int places = std::max(a.places, b.places);
  return {with_places(a, places) + with_places(b, places), places};
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  return {a.mantissa * b.mantissa, a.places + b.places};
}

Decimal operator-(const Decimal& a) { return {-a.mantissa, a.places}; }

bool is_zero(const Decimal& number) { return number.mantissa == 0; }

bool is_same(const Decimal& a, const Decimal& b) { return is_zero(a + -b); }

Decimal shifted(const Decimal& number, int exponent) {
  if (exponent <= number.places) return {number.mantissa, number.places - exponent};
  return {with_places(number, exponent), 0};
}

int needed_places(const Decimal& number) {
  Digits mantissa = number.mantissa;
  int places = number.places;
  if (mantissa == 0) return 0;
  while (places > 0 && mantissa % 10 == 0) {
    mantissa /= 10;
    --places;
  }
  return places;
}

std::optional<Digits> whole_minor(const Decimal& number, int scale) {
  if (number.places <= scale) return with_places(number, scale);
  const Digits divisor = power_of_ten(number.places - scale);
  if (number.mantissa % divisor != 0) return std::nullopt;
  return Digits{number.mantissa / divisor};
}

Digits rounded_minor(const Decimal& number, int scale) {
  if (number.places <= scale) return with_places(number, scale);
  const Digits divisor = power_of_ten(number.places - scale);
  const Digits magnitude = magnitude_of(number.mantissa);
  Digits whole = magnitude / divisor;
  const Digits rest_twice = magnitude % divisor * 2;
  if (rest_twice > divisor || (rest_twice == divisor && whole % 2 != 0)) ++whole;
  return number.mantissa < 0 ? Digits{-whole} : whole;
}

std::optional<std::int64_t> find_int64(const Digits& number) {
  using Limits = std::numeric_limits<std::int64_t>;
  if (number < Limits::min() || number > Limits::max()) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

bool rounds_to_zero(const Decimal& number, int scale) {
  if (number.places <= scale) return number.mantissa == 0;
  return magnitude_of(number.mantissa) * 2 <= power_of_ten(number.places - scale);
}

std::string text_of(const Decimal& number) {
  std::string digits = magnitude_of(number.mantissa).str();
  const auto places = static_cast<std::size_t>(number.places);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, ".");
  return (number.mantissa < 0 ? "-" : "") + digits;
}

}  // namespace coop
