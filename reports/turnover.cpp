#include "reports/turnover.hpp"

#include <charconv>
#include <limits>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reports {

namespace {

Turnover turnover_from(const Rows& found) {
  const Row row = only_row(found);
  return Turnover{sum_of(row, 0), sum_of(row, 1)};
}

constexpr const char* marks_around_sql = R"sql(
  -- reports.marks_around
  SELECT h.last_number, b.posting_count,
         (SELECT max(m.entry_number) FROM account_mark m
           WHERE m.node_id = $1 AND m.account_id = $2 AND m.entry_number <= $3::bigint),
         (SELECT min(m.entry_number) FROM account_mark m
           WHERE m.node_id = $1 AND m.account_id = $2 AND m.entry_number >= $3::bigint),
         b.has_day_totals
    FROM book_head h
    JOIN account_balance b ON b.node_id = h.node_id AND b.account_id = $2
   WHERE h.node_id = $1
)sql";

Rows marks_around(Tx& tx, NodeId node, AccountId account, EntryNumber last) {
  Rows marks = rows(tx, marks_around_sql, node, account, last);
  ensure(marks.size() == 1, "an account that is read exists");
  return marks;
}

// All of the account's postings, from its index alone: best for accounts with few.
constexpr const char* turnover_of_all_sql = R"sql(
  -- reports.turnover_of_all
  SELECT coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0),
         coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0)
    FROM posting
   WHERE node_id = $1 AND account_id = $2 AND booked_on <= $3 AND entry_number <= $4::bigint
)sql";

Turnover turnover_of_all(Tx& tx, NodeId node, AccountId account, std::optional<Day> through,
                         EntryNumber last) {
  return turnover_from(rows(tx, turnover_of_all_sql, node, account, through.value_or(end_of_days()), last));
}

// $3: the mark, NULL for the totals as they are now. $5 and $6: the entries between it and the last one that
// counts, to be added or taken off ($7); they are sought in the order of recording, which "+ 0" tells the
// planner. Of them count those booked before $8, which is no month's number, because to work that out took
// longer than to find them. $9 to $11: the part of a month, day by day: totals by day ($12) and, added or
// taken off ($15), postings of the entries above $13 and up to $14.
constexpr const char* turnover_from_mark_sql = R"sql(
  -- reports.turnover_from_mark
  SELECT coalesce(sum(debit), 0), coalesce(sum(credit), 0)
    FROM (SELECT sum(debit_minor) AS debit, sum(credit_minor) AS credit
            FROM account_mark
           WHERE node_id = $1 AND account_id = $2 AND entry_number = $3::bigint AND month <= $4
          UNION ALL
          SELECT sum(debit_minor), sum(credit_minor)
            FROM account_month
           WHERE node_id = $1 AND account_id = $2 AND month <= $4 AND $3::bigint IS NULL
          UNION ALL
          SELECT $7::int * sum(amount_minor) FILTER (WHERE amount_minor > 0),
                 - $7::int * sum(amount_minor) FILTER (WHERE amount_minor < 0)
            FROM posting
           WHERE node_id = $1 AND entry_number > $5::bigint AND entry_number <= $6::bigint
             AND account_id + 0 = $2
             AND ($8::date IS NULL OR booked_on < $8)
          UNION ALL
          SELECT $11::int * sum(debit_minor), $11::int * sum(credit_minor)
            FROM day_total
           WHERE node_id = $1 AND account_id = $2 AND booked_on BETWEEN $9 AND $10 AND $12::boolean
          UNION ALL
          SELECT $15::int * sum(p.amount_minor) FILTER (WHERE p.amount_minor > 0),
                 - $15::int * sum(p.amount_minor) FILTER (WHERE p.amount_minor < 0)
            FROM generate_series(0, $10::date - $9::date) AS day (number)
           CROSS JOIN LATERAL
                 (SELECT amount_minor
                    FROM posting
                   WHERE node_id = $1 AND account_id = $2 AND booked_on = $9::date + day.number
                     AND entry_number > $13::bigint AND entry_number <= $14::bigint) p) part
)sql";

// Where to start from when only entries up to `last` count.
struct Start {
  std::optional<std::int64_t> mark;  ///< totals as they were after this entry; empty: as they are now
  std::int64_t gap_from;             ///< entries above this one …
  std::int64_t gap_to;               ///< … up to this one separate the start from what counts
  int gap_sign;                      ///< 1: they are added, -1: taken off
};

Start nearest_start(const Row& marks, std::int64_t last) {
  const std::int64_t below = marks.maybe_int64(2).value_or(0);
  const std::optional<std::int64_t> above_mark = marks.maybe_int64(3);
  const std::int64_t above = above_mark.value_or(marks.int64(0));
  if (last - below <= above - last) return Start{below, below, last, 1};
  return Start{above_mark, last, above, -1};
}

// The first day that belongs to no whole month of the split; nothing where all days do.
std::optional<Day> first_day_behind(const MonthSplit& split, std::optional<Day> through) {
  if (split.first && split.sign == 1) return split.first;
  const Day last = split.last.value_or(through.value_or(end_of_days()));
  if (last == end_of_days()) return std::nullopt;
  return last.plus_days(1);
}

Turnover read_known_turnover(Tx& tx, NodeId node, AccountId account, std::optional<Day> through,
                             EntryNumber last) {
  // An entry has two postings or more, and a row of the table costs about half again what a row of the index
  // does.
  constexpr std::int64_t cost_of_entry = 3;
  constexpr std::int64_t every_entry = std::numeric_limits<std::int64_t>::max();
  const Rows marks = marks_around(tx, node, account, last);
  const Start start = nearest_start(marks[0], last.number());
  if (marks[0].int64(1) <= (start.gap_to - start.gap_from) * cost_of_entry)
    return turnover_of_all(tx, node, account, through, last);
  // The part of a month is what was booked on its days by entries up to the last one, or, where most entries
  // are such, all that was booked on them without the later ones.
  const bool by_later = marks[0].boolean(4) && last.number() > marks[0].int64(0) / 2;
  const MonthSplit split = month_split_of(through);
  return turnover_from(rows(tx, turnover_from_mark_sql, node, account, start.mark, split.last_month,
                            start.gap_from, start.gap_to, start.gap_sign, first_day_behind(split, through),
                            split.first, split.last, split.sign, by_later, by_later ? last.number() : 0,
                            by_later ? every_entry : last.number(), by_later ? -split.sign : split.sign));
}

// Totals by day stand in for the postings of a busy account's part of a month.
constexpr const char* turnover_sql = R"sql(
  -- reports.turnover
  WITH busy AS MATERIALIZED (
    SELECT has_day_totals AS yes FROM account_balance WHERE node_id = $1 AND account_id = $2
  )
  SELECT coalesce(sum(debit), 0), coalesce(sum(credit), 0)
    FROM (SELECT sum(debit_minor) AS debit, sum(credit_minor) AS credit
            FROM account_month
           WHERE node_id = $1 AND account_id = $2 AND month <= $3
          UNION ALL
          SELECT $6::int * sum(debit_minor), $6::int * sum(credit_minor)
            FROM day_total
           WHERE node_id = $1 AND account_id = $2 AND booked_on BETWEEN $4 AND $5 AND (SELECT yes FROM busy)
          UNION ALL
          SELECT $6::int * sum(amount_minor) FILTER (WHERE amount_minor > 0),
                 - $6::int * sum(amount_minor) FILTER (WHERE amount_minor < 0)
            FROM posting
           WHERE node_id = $1 AND account_id = $2 AND booked_on BETWEEN $4 AND $5
             AND NOT (SELECT yes FROM busy)) part
)sql";

Turnover read_whole_turnover(Tx& tx, NodeId node, AccountId account, std::optional<Day> through) {
  const MonthSplit split = month_split_of(through);
  return turnover_from(
      rows(tx, turnover_sql, node, account, split.last_month, split.first, split.last, split.sign));
}

}  // namespace

std::int64_t Turnover::balance_minor() const { return checked_add(debit_minor, -credit_minor); }

Turnover operator+(Turnover a, Turnover b) {
  return {checked_add(a.debit_minor, b.debit_minor), checked_add(a.credit_minor, b.credit_minor)};
}

Turnover operator-(Turnover a, Turnover b) {
  return {checked_add(a.debit_minor, -b.debit_minor), checked_add(a.credit_minor, -b.credit_minor)};
}

std::int64_t sum_of(const Row& row, int column) {
  const std::string_view text = row.text(column);
  std::int64_t sum = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), sum);
  if (error == std::errc::result_out_of_range) {
    throw Refused{Refusal::amount_overflow,
                  "a turnover of " + std::string{text} + " minor units is beyond 64 bits"};
  }
  ensure(error == std::errc{} && end == text.data() + text.size(), "a sum column holds a whole number");
  return sum;
}

Turnover read_turnover(Tx& tx, NodeId node, AccountId account, const Extent& extent) {
  if (extent.last) return read_known_turnover(tx, node, account, extent.through, *extent.last);
  return read_whole_turnover(tx, node, account, extent.through);
}

}  // namespace coop::reports
