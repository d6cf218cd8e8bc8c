#include "ledger/values/ratio.hpp"

#include <optional>

#include "ledger/values/wide_integer.hpp"

namespace coop {

namespace {

struct Reduced {
  std::int64_t numerator;
  std::int64_t denominator;
};

Reduced reduced(Wide numerator, Wide denominator) {
  if (denominator == 0) throw Refused{Refusal::field_invalid, "a ratio's denominator is not zero"};
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  const Wide divisor = boost::multiprecision::gcd(numerator, denominator);
  return {narrowed(Wide{numerator / divisor}), narrowed(Wide{denominator / divisor})};
}

Ratio ratio_of(const Wide& numerator, const Wide& denominator) {
  const Reduced lowest = reduced(numerator, denominator);
  return {lowest.numerator, lowest.denominator};
}

[[noreturn]] void refuse_ratio(std::string_view text) {
  throw Refused{Refusal::field_invalid,
                "\"" + std::string{text.substr(0, 60)} +
                    "\" is not a ratio such as \"3/4\", \"0.8642\", \"12\" or \"5%\""};
}

/// Appends the digits at the front of `rest` to `number`, taking them off; returns how many there were.
int take_digits(std::string_view& rest, Wide& number, std::string_view text) {
  constexpr int most = 36;  // 10^36 leaves room in 128 bits for one more digit and a "%"
  static const Wide limit = boost::multiprecision::pow(Wide{10}, most);
  int count = 0;
  for (; !rest.empty() && rest.front() >= '0' && rest.front() <= '9'; rest.remove_prefix(1), ++count) {
    if (count == most || number >= limit)
      throw Refused{Refusal::amount_overflow,
                    "\"" + std::string{text.substr(0, 60)} + "\" has too many digits"};
    number = number * 10 + (rest.front() - '0');
  }
  return count;
}

Wide wide_power_of_ten(int exponent) {
  return boost::multiprecision::pow(Wide{10}, static_cast<unsigned>(exponent));
}

/// dividend / divisor, a half rounded away from zero. `divisor` is positive.
Wider divided_half_up(const Wider& dividend, const Wider& divisor) {
  const Wider magnitude = (boost::multiprecision::abs(dividend) * 2 + divisor) / (divisor * 2);
  return dividend < 0 ? Wider{-magnitude} : magnitude;
}

}  // namespace

Ratio::Ratio(std::int64_t numerator, std::int64_t denominator) : numerator_{}, denominator_{} {
  const Reduced lowest = reduced(numerator, denominator);
  numerator_ = lowest.numerator;
  denominator_ = lowest.denominator;
}

Ratio Ratio::parse(std::string_view text) {
  std::string_view rest = text;
  const bool negative = !rest.empty() && rest.front() == '-';
  if (negative) rest.remove_prefix(1);
  Wide numerator = 0;
  Wide denominator = 1;
  if (take_digits(rest, numerator, text) == 0) refuse_ratio(text);
  if (!rest.empty() && rest.front() == '/') {
    rest.remove_prefix(1);
    denominator = 0;
    if (take_digits(rest, denominator, text) == 0) refuse_ratio(text);
  } else {
    if (!rest.empty() && rest.front() == '.') {
      rest.remove_prefix(1);
      const int decimals = take_digits(rest, numerator, text);
      if (decimals == 0) refuse_ratio(text);
      denominator = wide_power_of_ten(decimals);
    }
    if (rest == "%") {
      rest.remove_prefix(1);
      denominator *= 100;
    }
  }
  if (!rest.empty()) refuse_ratio(text);
  return ratio_of(negative ? Wide{-numerator} : numerator, denominator);
}

std::string Ratio::text() const {
  std::string text = std::to_string(numerator_);
  if (denominator_ != 1) text += "/" + std::to_string(denominator_);
  return text;
}

Ratio operator*(Ratio a, Ratio b) {
  return ratio_of(Wide{a.numerator_} * b.numerator_, Wide{a.denominator_} * b.denominator_);
}

std::int64_t times_half_up(std::int64_t minor, Ratio ratio) { return converted_half_up(minor, 0, ratio, 0); }

std::int64_t converted_half_up(std::int64_t minor, int from_scale, Ratio rate, int to_scale) {
  const auto in_range = [](int scale) { return scale >= 0 && scale <= 18; };
  ensure(in_range(from_scale) && in_range(to_scale), "a unit's scale is between 0 and 18");
  Wider dividend = Wider{minor} * rate.numerator();
  Wider divisor = rate.denominator();
  if (to_scale > from_scale) dividend *= wide_power_of_ten(to_scale - from_scale);
  else divisor *= wide_power_of_ten(from_scale - to_scale);
  return narrowed(divided_half_up(dividend, divisor));
}

}  // namespace coop
