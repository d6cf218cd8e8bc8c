#pragma once
#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coop {

/// A whole number of any size.
using Digits = boost::multiprecision::cpp_int;

/// An exact decimal number as another program wrote it: mantissa / 10^places. Never floating point.
struct Decimal {
  Digits mantissa = 0;
  int places = 0;
};

/// The most decimals a number may have here, as in hledger; and the most digits.
inline constexpr int most_places = 255;
inline constexpr int most_digits = 400;

/// Reads a whole number as JSON writes it: "-120", or with an exponent that leaves it whole: "1.25e4".
/// Nothing if it is no such number, or has more than most_digits.
std::optional<Digits> digits_from(std::string_view text);

/// Reads a decimal number: a sign or none, digits, and after `mark` more digits: "12.50", "-7", "380115,".
/// Leading zeros are allowed, grouping marks are not. Nothing if it is anything else, or too long.
std::optional<Decimal> find_decimal(std::string_view text, char mark = '.');

/// Sums and products are exact, with as many decimals as they take.
Decimal operator+(const Decimal& a, const Decimal& b);
/// See operator+.
Decimal operator*(const Decimal& a, const Decimal& b);
/// The same with the other sign.
Decimal operator-(const Decimal& a);
/// True for nothing, however many decimals it is written with.
bool is_zero(const Decimal& number);
/// True for the same amount, however many decimals it is written with.
bool is_same(const Decimal& a, const Decimal& b);
/// The number times 10^exponent.
Decimal shifted(const Decimal& number, int exponent);
/// How many decimals it needs: trailing zeros left out.
int needed_places(const Decimal& number);
/// The number in minor units of a unit with `scale` decimals; nothing if that is no whole number.
std::optional<Digits> whole_minor(const Decimal& number, int scale);
/// The number in minor units, half a unit rounded to the even one.
Digits rounded_minor(const Decimal& number, int scale);
/// As 64 bits; nothing if they do not hold it.
std::optional<std::int64_t> find_int64(const Digits& number);
/// True if it is at most half a minor unit away from zero.
bool rounds_to_zero(const Decimal& number, int scale);
/// "-12.50": with as many decimals as it was written.
std::string text_of(const Decimal& number);

}  // namespace coop
