#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace coop {

/// An exact fraction (a rate, share or weight), in lowest terms, denominator positive. Never floating point.
class Ratio {
 public:
  /// Throws Refused: field_invalid (denominator zero), amount_overflow.
  Ratio(std::int64_t numerator, std::int64_t denominator);
  /// Reads "3/4", "0.8642", "12" or "5%". Throws Refused: field_invalid, amount_overflow.
  static Ratio parse(std::string_view text);

  std::int64_t numerator() const noexcept { return numerator_; }
  std::int64_t denominator() const noexcept { return denominator_; }
  /// "3/4", or "12" where the denominator is one.
  std::string text() const;

  /// Throws Refused: amount_overflow.
  friend Ratio operator*(Ratio a, Ratio b);
  friend bool operator==(Ratio, Ratio) noexcept = default;

 private:
  std::int64_t numerator_;
  std::int64_t denominator_;
};

/// `minor` times `ratio`, a half rounded away from zero ("half up" on magnitudes).
/// Throws Refused: amount_overflow.
std::int64_t times_half_up(std::int64_t minor, Ratio ratio);
/// The same amount expressed in another unit at `rate` (units of `to` for one unit of `from`), half up.
/// Throws Refused: amount_overflow.
std::int64_t converted_half_up(std::int64_t minor, int from_scale, Ratio rate, int to_scale);

}  // namespace coop
