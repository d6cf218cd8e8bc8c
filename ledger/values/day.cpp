#include "ledger/values/day.hpp"

#include <array>

#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

constexpr date::sys_days first_day{date::year{1} / date::January / 1};
constexpr date::sys_days last_day{date::year{9999} / date::December / 31};

[[noreturn]] void refuse_day(const std::string& what) {
  throw Refused{Refusal::day_malformed, what + " is not a day between 0001-01-01 and 9999-12-31"};
}

std::string quoted_day(std::string_view text) { return "\"" + std::string{text.substr(0, 40)} + "\""; }

/// The number of `count` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int number = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

char* write_digits(char* out, unsigned number, int count) {
  for (int i = count - 1; i >= 0; --i, number /= 10) out[i] = static_cast<char>('0' + number % 10);
  return out + count;
}

}  // namespace

Day::Day(date::year_month_day ymd) : days_{} {
  const int year = static_cast<int>(ymd.year());
  if (!ymd.ok() || year < 1 || year > 9999) refuse_day("the given date");
  days_ = date::sys_days{ymd};
}

Day Day::of_count(std::int32_t days_since_1970) {
  const date::sys_days days{date::days{days_since_1970}};
  if (days < first_day || days > last_day)
    refuse_day("day " + std::to_string(days_since_1970) + " since 1970");
  return Day{days};
}

std::optional<date::sys_days> find_day(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (year < 1 || month < 1 || day < 1) return {};
  const date::year_month_day ymd{date::year{year}, date::month{static_cast<unsigned>(month)},
                                 date::day{static_cast<unsigned>(day)}};
  return ymd.ok() ? std::optional{date::sys_days{ymd}} : std::nullopt;
}

Day Day::parse(std::string_view text) {
  if (const std::optional<date::sys_days> days = find_day(text)) return Day{*days};
  refuse_day(quoted_day(text));
}

std::string Day::text() const {
  std::string out;
  append_to(out);
  return out;
}

void Day::append_to(std::string& out) const {
  const date::year_month_day date = ymd();
  std::array<char, 10> buffer{};
  char* at = write_digits(buffer.data(), static_cast<unsigned>(static_cast<int>(date.year())), 4);
  *at++ = '-';
  at = write_digits(at, static_cast<unsigned>(date.month()), 2);
  *at++ = '-';
  write_digits(at, static_cast<unsigned>(date.day()), 2);
  out.append(buffer.data(), buffer.size());
}

Day Day::plus_days(int days) const {
  std::int32_t sum = 0;
  if (__builtin_add_overflow(count(), days, &sum)) refuse_day("a day that far away");
  return of_count(sum);
}

Day Day::plus_months(int months) const {
  constexpr int most = 12 * 10'000;
  if (months < -most || months > most) refuse_day("a day that far away");
  const date::year_month_day later = ymd() + date::months{months};
  return Day{later.ok() ? later : date::year_month_day{later.year() / later.month() / date::last}};
}

Day Day::first_of_month() const {
  const date::year_month_day date = ymd();
  return Day{date.year() / date.month() / 1};
}

Day Day::last_of_month() const {
  const date::year_month_day date = ymd();
  return Day{date::year_month_day{date.year() / date.month() / date::last}};
}

}  // namespace coop
