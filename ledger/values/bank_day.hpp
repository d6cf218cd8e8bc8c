#pragma once
#include "ledger/values/day.hpp"

namespace coop {

/// True if banks settle payments in euro on that day: Monday to Friday without the closing days of T2 (New
/// Year, Good Friday, Easter Monday, 1 May, 25 and 26 December; European Central Bank).
bool is_bank_day(Day day);

/// The day itself, or the first after it on which banks settle. Throws Refused: day_malformed, if there is
/// none within the calendar.
Day bank_day_from(Day day);

/// Easter Sunday of a year of the Gregorian calendar. Throws Refused: day_malformed, outside years 1 to 9999.
Day easter_sunday(int year);

}  // namespace coop
