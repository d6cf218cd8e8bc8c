#pragma once
#include <optional>

#include "ledger/database/tx.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::reports {

/// From where the books are looked at: as of an effective day, and as they were known at an instant. Both may
/// be given; without a day everything booked counts, without an instant everything recorded.
struct Viewpoint {
  std::optional<Day> as_of;
  std::optional<Instant> known_at;
};

/// The entries a figure rests on: booked on or before `through`, and numbered up to `last` (numbers follow
/// recording). All of them where empty.
struct Extent {
  std::optional<Day> through;
  std::optional<EntryNumber> last;
};

/// The last entry known at an instant; nothing if all are, or if no instant is given. Entry 0 means that none
/// was.
std::optional<EntryNumber> read_last_known(Tx& tx, NodeId node, std::optional<Instant> known_at);

/// The extent seen from a viewpoint.
Extent read_extent(Tx& tx, NodeId node, const Viewpoint& viewpoint);

/// The number of the last entry recorded, 0 if there is none.
EntryNumber read_last_recorded(Tx& tx, NodeId node);

/// The first day there is.
Day first_of_days();
/// The last day there is: a balance at it counts everything booked.
Day end_of_days();

/// A day's balance is whole months and a part of one. The part is the shorter side of the month: the days up
/// to the day are added to the months before, or the days after it taken off the whole month.
struct MonthSplit {
  int last_month;            ///< months up to this one count whole (year * 12 + month - 1, as in the schema)
  std::optional<Day> first;  ///< the part's days; empty if the months are all
  std::optional<Day> last;
  int sign = 1;  ///< 1: the part is added, -1: it is taken off
};

/// How the days up to `through` are made up of months; without a day, of all months.
MonthSplit month_split_of(std::optional<Day> through);

/// year * 12 + month - 1, as in the schema.
int month_of(Day day);

}  // namespace coop::reports
