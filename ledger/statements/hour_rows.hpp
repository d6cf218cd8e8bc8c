#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/statements/written_day.hpp"
#include "ledger/values/day.hpp"

namespace coop::statements {

/// What somebody worked, as a time tracker exports it.
struct HourRow {
  std::string place;  ///< "line 12"
  Day day;
  std::string member;  ///< who worked, as the tracker names them
  std::int64_t minutes;
  std::string activity;
  std::string project;
  std::string words;
};

/// Reads the CSV that Kimai exports (Date, Duration, User, Project, Activity, Description; in English,
/// German, French, Spanish, Italian or Dutch; other columns are passed over). The duration is hours and
/// minutes with a colon ("1:30", "01:30:00") or hours with decimals ("1.50"), the same in all rows, and comes
/// to whole minutes: nothing is rounded. The order of day and month is the one that all rows prove, else
/// `order`. Throws Refused: statement_format_unknown (no row names day, duration and user);
/// statement_undecided (day_order; or a duration that may be hours, minutes or seconds);
/// statement_unreadable, naming the line.
std::vector<HourRow> hour_rows_from(std::string_view bytes, std::optional<DayOrder> order = {});

}  // namespace coop::statements
