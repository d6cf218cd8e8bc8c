#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/statements/written_day.hpp"
#include "ledger/values/day.hpp"

namespace coop::statements {

/// Something in a row that cannot be read.
struct HourFault {
  std::string column;  ///< "worked_on", "minutes", "member"
  std::string why;
};

/// What somebody worked, as a time tracker exports it. Cells are what they say in one line.
struct HourRow {
  std::size_t line;         ///< of the file, from 1
  std::optional<Day> day;   ///< nothing: a fault says why
  std::int64_t minutes;     ///< 0: a fault says why
  std::string member;       ///< who worked, as the tracker names them
  std::string circle;       ///< the project, unless a column names the circle
  std::string work;         ///< the activity, unless a column names the kind of work
  std::string intent;       ///< what it is for; empty where the file has no such column
  std::string cost_object;  ///< the same
  std::string task;         ///< the same
  std::string note;         ///< the description
  std::string id;           ///< what tells rows apart that say the same otherwise
  std::vector<HourFault> faults = {};
};

/// The names of columns where a file names them otherwise than is usual. Empty: as usual.
struct HourColumns {
  std::string worked_on = {};
  std::string minutes = {};
  std::string member = {};
  std::string circle = {};
  std::string work = {};
  std::string intent = {};
  std::string cost_object = {};
  std::string task = {};
  std::string note = {};
  std::string id = {};
};

/// Reads the CSV that Kimai exports (Date, Duration, User, Project, Activity, Description; in English,
/// German, French, Spanish, Italian or Dutch), and tables with the names that our own exports use; other
/// columns are passed over. The duration is hours and minutes with a colon ("1:30", "01:30:00"), hours with
/// decimals ("1.50"), or, under a name that says minutes, whole minutes; the same in all rows, and it comes
/// to whole minutes: nothing is rounded. The order of day and month is the one that all rows prove, else
/// `order`. Throws Refused: statement_format_unknown (no row names day, duration and user, or one that
/// `columns` names); statement_undecided (day_order; or a duration that may be hours, minutes or seconds);
/// statement_unreadable (days or durations of a file that contradict each other). What is wrong with one row
/// is told with it.
std::vector<HourRow> hour_rows_from(std::string_view bytes, const HourColumns& columns = {},
                                    std::optional<DayOrder> order = {});

}  // namespace coop::statements
