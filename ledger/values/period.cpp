#include "ledger/values/period.hpp"

#include <optional>

#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

std::optional<int> number_of(std::string_view digits) {
  int number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return {};
    number = number * 10 + (c - '0');
  }
  return number;
}

Day first_of(date::year year, int month) { return Day{year / month / 1}; }

Period months_from(Day first, int months) {
  return Period{first, first.plus_months(months - 1).last_of_month()};
}

/// "2026", "2026-Q1" or "2026-03".
std::optional<Period> calendar_period(std::string_view text) {
  if (text.size() < 4) return {};
  const std::optional<int> number = number_of(text.substr(0, 4));
  if (!number || *number == 0) return {};
  const date::year year{*number};
  const std::string_view rest = text.substr(4);
  if (rest.empty()) return months_from(first_of(year, 1), 12);
  if (rest.size() != 3 || rest[0] != '-') return {};
  if (rest[1] == 'Q' && rest[2] >= '1' && rest[2] <= '4')
    return months_from(first_of(year, 3 * (rest[2] - '1') + 1), 3);
  const std::optional<int> month = number_of(rest.substr(1));
  if (!month || *month < 1 || *month > 12) return {};
  return months_from(first_of(year, *month), 1);
}

/// The day on which the fiscal year that begins in `year` begins; 29 February is 28 February in common years.
date::sys_days fiscal_start_in(date::year year, FiscalYearStart start) {
  const date::year_month_day day{year, date::month{start.month}, date::day{start.day}};
  return day.ok() ? date::sys_days{day} : date::sys_days{year / date::month{start.month} / date::last};
}

Day day_of(date::sys_days days) { return Day::of_count(days.time_since_epoch().count()); }

}  // namespace

Period::Period(Day first, Day last) : first_{first}, last_{last} {
  if (last < first)
    throw Refused{Refusal::day_malformed,
                  "the period's last day " + last.text() + " is before its first " + first.text()};
}

Period Period::parse(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots != std::string_view::npos)
    return {Day::parse(text.substr(0, dots)), Day::parse(text.substr(dots + 2))};
  if (const std::optional<Period> period = calendar_period(text)) return *period;
  throw Refused{Refusal::day_malformed,
                "\"" + std::string{text.substr(0, 40)} +
                    "\" is not a period such as 2026, 2026-Q1, 2026-03 or 2026-03-01..2026-03-15"};
}

Period Period::month_of(Day day) { return {day.first_of_month(), day.last_of_month()}; }

Period Period::quarter_of(Day day) {
  const int month = static_cast<int>(static_cast<unsigned>(day.ymd().month()));
  return months_from(first_of(day.ymd().year(), month - (month - 1) % 3), 3);
}

Period Period::fiscal_year_of(Day day, FiscalYearStart start) {
  const bool exists = date::month_day{date::month{start.month}, date::day{start.day}}.ok();
  ensure(exists, "a fiscal year starts on a day of the calendar");
  date::year year = day.ymd().year();
  if (date::sys_days{day.ymd()} < fiscal_start_in(year, start)) --year;
  const date::sys_days last = fiscal_start_in(year + date::years{1}, start) - date::days{1};
  return {day_of(fiscal_start_in(year, start)), day_of(last)};
}

}  // namespace coop
