#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "ledger/values/wide_integer.hpp"

namespace coop::journals {

/// An exact decimal number as another program wrote it: mantissa / 10^places. Never floating point.
struct Decimal {
  Wider mantissa = 0;
  int places = 0;
};

/// The most decimals a number may have here; hledger itself gives at most 255.
inline constexpr int most_places = 30;

/// Throws Refused: amount_overflow.
Decimal operator+(const Decimal& a, const Decimal& b);
Decimal operator*(const Decimal& a, const Decimal& b);
Decimal operator-(const Decimal& a);
bool is_zero(const Decimal& number);
bool is_same(const Decimal& a, const Decimal& b);
/// How many decimals it needs: trailing zeros left out.
int needed_places(const Decimal& number);
/// The number in minor units of a unit with `scale` decimals; nothing if that is no whole number.
/// Throws Refused: amount_overflow.
std::optional<std::int64_t> whole_minor(const Decimal& number, int scale);
/// True if it is at most half a minor unit away from zero.
bool rounds_to_zero(const Decimal& number, int scale);
/// "-12.50": with as many decimals as it was written.
std::string text_of(const Decimal& number);

}  // namespace coop::journals
