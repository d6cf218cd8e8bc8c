#include "reports/extent.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::reports {

namespace {

constexpr const char* last_known_sql = R"sql(
  -- reports.last_known
  SELECT last_number, last_known_entry($1, $2) FROM book_head WHERE node_id = $1
)sql";

constexpr const char* last_recorded_sql = R"sql(
  -- reports.last_recorded
  SELECT last_number FROM book_head WHERE node_id = $1
)sql";

}  // namespace

std::optional<EntryNumber> read_last_known(Tx& tx, NodeId node, std::optional<Instant> known_at) {
  if (!known_at) return std::nullopt;
  const Rows found = rows(tx, last_known_sql, node, *known_at);
  const Row row = only_row(found);
  if (row.int64(0) == row.int64(1)) return std::nullopt;
  return row.id<EntryNumber>(1);
}

Extent read_extent(Tx& tx, NodeId node, const Viewpoint& viewpoint) {
  return Extent{viewpoint.as_of, read_last_known(tx, node, viewpoint.known_at)};
}

EntryNumber read_last_recorded(Tx& tx, NodeId node) {
  const Rows found = rows(tx, last_recorded_sql, node);
  return only_row(found).id<EntryNumber>(0);
}

Day first_of_days() { return Day::parse("0001-01-01"); }

Day end_of_days() { return Day::parse("9999-12-31"); }

int month_of(Day day) {
  const auto ymd = day.ymd();
  return static_cast<int>(ymd.year()) * 12 + static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
}

MonthSplit month_split_of(std::optional<Day> through) {
  const Day day = through.value_or(end_of_days());
  const Day month_end = day.last_of_month();
  if (day == month_end) return MonthSplit{month_of(day), std::nullopt, std::nullopt, 1};
  const Day month_start = day.first_of_month();
  const int before = day.count() - month_start.count() + 1;
  const int after = month_end.count() - day.count();
  if (before <= after) return MonthSplit{month_of(day) - 1, month_start, day, 1};
  return MonthSplit{month_of(day), day.plus_days(1), month_end, -1};
}

}  // namespace coop::reports
