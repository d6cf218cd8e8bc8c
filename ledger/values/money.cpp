#include "ledger/values/money.hpp"

#include <array>
#include <limits>

#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

constexpr int largest_scale = 18;

void require_same_unit(Money a, Money b) {
  if (a.unit() == b.unit()) return;
  throw Refused{Refusal::unit_mismatch, "unit " + std::to_string(a.unit().number()) + " and unit " +
                                            std::to_string(b.unit().number()) + " do not mix"};
}

[[noreturn]] void refuse_overflow(const std::string& what) {
  throw Refused{Refusal::amount_overflow, what + " is beyond 64-bit minor units"};
}

std::int64_t checked_subtract(std::int64_t a, std::int64_t b) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a, b, &difference))
    refuse_overflow("the difference of " + std::to_string(a) + " and " + std::to_string(b));
  return difference;
}

/// Amounts come from strangers: what is repeated to them, and written to the log, is kept short.
std::string quoted(std::string_view text) {
  constexpr std::size_t most = 60;
  return "\"" + std::string{text.substr(0, most)} + (text.size() > most ? "…\"" : "\"");
}

/// The digits before and after the dot.
struct DecimalText {
  bool negative;
  std::string_view whole;
  std::string_view decimals;
};

DecimalText decimal_text_of(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  const std::string_view rest = text.substr(negative ? 1 : 0);
  std::size_t whole = 0;
  while (whole < rest.size() && is_digit(rest[whole])) ++whole;
  std::size_t end = whole;
  if (end < rest.size() && rest[end] == '.')
    for (++end; end < rest.size() && is_digit(rest[end]);) ++end;
  const bool bare_dot = end == whole + 1;
  if (whole == 0 || bare_dot || end != rest.size())
    throw Refused{Refusal::amount_malformed, quoted(text) + " is not a decimal amount such as \"-12.50\""};
  return {negative, rest.substr(0, whole), end == whole ? std::string_view{} : rest.substr(whole + 1)};
}

}  // namespace

Money operator+(Money a, Money b) {
  require_same_unit(a, b);
  return Money{checked_add(a.minor_, b.minor_), a.unit_};
}

Money operator-(Money a, Money b) {
  require_same_unit(a, b);
  return Money{checked_subtract(a.minor_, b.minor_), a.unit_};
}

Money Money::operator-() const { return Money{checked_subtract(0, minor_), unit_}; }

std::strong_ordering operator<=>(Money a, Money b) {
  require_same_unit(a, b);
  return a.minor_ <=> b.minor_;
}

std::int64_t checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum))
    refuse_overflow("the sum of " + std::to_string(a) + " and " + std::to_string(b));
  return sum;
}

std::int64_t minor_from_text(std::string_view text, int scale) {
  ensure(scale >= 0 && scale <= largest_scale, "a unit's scale is between 0 and 18");
  const DecimalText parts = decimal_text_of(text);
  const auto decimals = static_cast<std::size_t>(scale);
  if (parts.decimals.size() > decimals)
    throw Refused{Refusal::amount_too_precise,
                  quoted(text) + " has more than the " + std::to_string(scale) + " decimals of its unit"};
  // Counted downwards, because the lowest 64-bit number has no positive opposite.
  std::int64_t minus = 0;
  const auto take = [&](int digit) {
    if (__builtin_mul_overflow(minus, std::int64_t{10}, &minus) ||
        __builtin_sub_overflow(minus, std::int64_t{digit}, &minus))
      refuse_overflow(quoted(text));
  };
  for (const char c : parts.whole) take(c - '0');
  for (const char c : parts.decimals) take(c - '0');
  for (std::size_t i = parts.decimals.size(); i < decimals; ++i) take(0);
  if (parts.negative) return minus;
  if (minus == std::numeric_limits<std::int64_t>::min()) refuse_overflow(quoted(text));
  return -minus;
}

void append_minor(std::string& out, std::int64_t minor, int scale) {
  ensure(scale >= 0 && scale <= largest_scale, "a unit's scale is between 0 and 18");
  const bool negative = minor < 0;
  // Unsigned arithmetic gives the lowest number's magnitude too.
  std::uint64_t magnitude =
      negative ? 0 - static_cast<std::uint64_t>(minor) : static_cast<std::uint64_t>(minor);
  std::array<char, 24> buffer{};
  char* const end = buffer.data() + buffer.size();
  char* first = end;
  for (int written = 0; magnitude != 0 || written <= scale; ++written) {
    if (written == scale && scale > 0) *--first = '.';
    *--first = static_cast<char>('0' + magnitude % 10);
    magnitude /= 10;
  }
  if (negative) *--first = '-';
  out.append(first, end);
}

std::string text_from_minor(std::int64_t minor, int scale) {
  std::string text;
  append_minor(text, minor, scale);
  return text;
}

}  // namespace coop
