#include "ledger/values/bank_day.hpp"

namespace coop {

Day easter_sunday(int year) {
  // The computus of Meeus, Jones and Butcher, which holds for every Gregorian year.
  const int golden = year % 19;
  const int century = year / 100;
  const int rest = year % 100;
  const int epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
  const int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
  const int late = (golden + 11 * epact + 22 * weekday) / 451;
  const int days = epact + weekday - 7 * late + 114;
  return Day{date::year{year} / date::month{static_cast<unsigned>(days / 31)} /
             date::day{static_cast<unsigned>(days % 31 + 1)}};
}

bool is_bank_day(Day day) {
  const date::weekday weekday{date::sys_days{date::days{day.count()}}};
  if (weekday == date::Saturday || weekday == date::Sunday) return false;
  const date::year_month_day ymd = day.ymd();
  const date::month_day within_year{ymd.month(), ymd.day()};
  for (const date::month_day& closed :
       {date::January / 1, date::May / 1, date::December / 25, date::December / 26}) {
    if (within_year == closed) return false;
  }
  const int from_easter = day.count() - easter_sunday(static_cast<int>(ymd.year())).count();
  return from_easter != -2 && from_easter != 1;
}

Day bank_day_from(Day day) {
  while (!is_bank_day(day)) day = day.plus_days(1);
  return day;
}

}  // namespace coop
