#pragma once
#include <date/date.h>

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace coop {

/// A calendar day of the Gregorian calendar, years 1 to 9999. No time, no zone.
class Day {
 public:
  /// Throws Refused: day_malformed, if there is no such day.
  explicit Day(date::year_month_day ymd);
  /// Throws Refused: day_malformed, if outside years 1 to 9999.
  static Day of_count(std::int32_t days_since_1970);
  /// Reads exactly "YYYY-MM-DD". Throws Refused: day_malformed.
  static Day parse(std::string_view text);

  date::year_month_day ymd() const noexcept { return date::year_month_day{days_}; }
  /// Days since 1970-01-01.
  std::int32_t count() const noexcept { return days_.time_since_epoch().count(); }
  /// "YYYY-MM-DD"
  std::string text() const;
  /// Appends text().
  void append_to(std::string& out) const;

  Day plus_days(int days) const;
  /// The same day of a later month, or the month's last day where it has no such day
  /// (31 January + 1 = 28 February).
  Day plus_months(int months) const;
  Day first_of_month() const;
  Day last_of_month() const;

  friend auto operator<=>(Day, Day) noexcept = default;

 private:
  explicit Day(date::sys_days days) noexcept : days_{days} {}
  date::sys_days days_;
};

/// The day in "YYYY-MM-DD", or nothing if `text` is anything else.
std::optional<date::sys_days> find_day(std::string_view text) noexcept;

/// A moment, in microseconds of UTC.
using Instant = date::sys_time<std::chrono::microseconds>;

/// Reads RFC 3339 with any offset and up to six decimals. Throws Refused: instant_malformed.
Instant instant_from_text(std::string_view text);
/// "2026-01-31T09:05:00.123456Z", always six decimals.
std::string text_of(Instant instant);
/// Appends what text_of returns.
void append_instant(std::string& out, Instant instant);
/// The day it is at `instant` in an IANA time zone. Throws Refused: name_malformed, if the zone is unknown.
Day day_in_zone(Instant instant, const std::string& zone);

/// Where the time comes from: the real clock in the program, a fixed one in tests.
using Clock = std::function<Instant()>;
/// The machine's clock.
Clock system_clock();

}  // namespace coop
