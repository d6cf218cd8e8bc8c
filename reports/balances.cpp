#include "reports/balances.hpp"

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reports {

namespace {

// Adds `sign` times the sums of `found` to the balance they belong to and all later ones; with `only`, to
// that one alone.
void add_sums(const Rows& found, int sign, std::optional<std::size_t> only, std::size_t count,
              BalancesByAccount& balances) {
  for (const Row row : found) {
    auto& balance =
        balances.try_emplace(row.id<AccountId>(0), std::vector<std::int64_t>(count, 0)).first->second;
    const std::int64_t sum = sign * sum_of(row, 2);
    const std::size_t first = only.value_or(static_cast<std::size_t>(row.integer(1)));
    const std::size_t end = only ? first + 1 : count;
    for (std::size_t place = first; place < end; ++place) balance[place] = checked_add(balance[place], sum);
  }
}

// The days after each day but the last.
SqlValue next_days_of(std::span<const Day> days) {
  SqlArray array;
  for (const Day day : days.first(days.size() - 1)) array.add(day.plus_days(1));
  return array.value();
}

constexpr const char* years_of_books_sql = R"sql(
  -- reports.years_of_books
  SELECT (SELECT min(year) FROM year_total WHERE node_id = $1),
         (SELECT max(year) FROM year_total WHERE node_id = $1)
)sql";

// How the months up to one are read: whole years before them, or the balance now without the years after
// them; and months of one year, added or taken off. Whichever is less to read, so at most six months.
struct MonthsRead {
  bool backwards;
  int year_sign, first_year, last_year;
  int month_sign, first_month, last_month;
};

MonthsRead months_read_of(int last_whole, int first_year_of_books, int last_year_of_books) {
  const int year = last_whole / 12;
  const bool adds_months = last_whole % 12 < 6;
  const int last_year = adds_months ? year - 1 : year;
  const bool backwards = last_year_of_books - last_year < last_year - first_year_of_books + 1;
  return MonthsRead{backwards,
                    backwards ? -1 : 1,
                    backwards ? last_year + 1 : first_year_of_books,
                    backwards ? last_year_of_books : last_year,
                    adds_months ? 1 : -1,
                    adds_months ? year * 12 : last_whole + 1,
                    adds_months ? last_whole : year * 12 + 11};
}

// The newest month of an account is in its balance row alone: in no year, and not in period_total.
constexpr const char* months_at_day_sql = R"sql(
  -- reports.months_at_day
  SELECT account_id, 0, sum(minor)
    FROM (SELECT account_id, balance_minor AS minor
            FROM account_balance
           WHERE node_id = $1 AND $2::boolean
          UNION ALL
          SELECT account_id, newest_credit_minor - newest_debit_minor
            FROM account_balance
           WHERE node_id = $1 AND $2::boolean AND newest_month > $3
          UNION ALL
          SELECT account_id, newest_debit_minor - newest_credit_minor
            FROM account_balance
           WHERE node_id = $1 AND NOT $2::boolean AND newest_month <= $3
          UNION ALL
          SELECT account_id, $4::int * (debit_minor - credit_minor)
            FROM year_total
           WHERE node_id = $1 AND year BETWEEN $5 AND $6
          UNION ALL
          SELECT account_id, $7::int * (debit_minor - credit_minor)
            FROM period_total
           WHERE node_id = $1 AND month BETWEEN $8 AND $9) part
   WHERE $10::int[] IS NULL OR account_id = ANY ($10)
   GROUP BY account_id
)sql";

void add_months_at_day(Tx& tx, NodeId node, const AccountIds& accounts, int last_whole,
                       BalancesByAccount& balances) {
  const Rows books = rows(tx, years_of_books_sql, node);
  const MonthsRead read = months_read_of(last_whole, static_cast<int>(books[0].maybe_int64(0).value_or(0)),
                                         static_cast<int>(books[0].maybe_int64(1).value_or(0)));
  add_sums(
      report_rows(tx, months_at_day_sql, node, read.backwards, last_whole, read.year_sign, read.first_year,
                  read.last_year, read.month_sign, read.first_month, read.last_month, sql_of(accounts)),
      1, std::nullopt, 1, balances);
}

// PostgreSQL cannot tell how many groups a union has, so it had two processes help with the months of ten
// thousand accounts: starting them and joining their sums took more of the processor than the sums do. Until
// the snapshot ends they are only asked for where they save more than that.
constexpr const char* helpers_cost_more_sql = R"sql(
  -- reports.helpers_cost_more
  SELECT set_config('parallel_setup_cost', '10000', true)
)sql";

void let_helpers_cost_more(Tx& tx) { rows(tx, helpers_cost_more_sql); }

// Month by month up to the last. $2: the first month that is no longer part of the first balance, the second
// …
constexpr const char* months_by_balance_sql = R"sql(
  -- reports.months_by_balance
  SELECT account_id, width_bucket(month, $2::int[]) AS place, sum(debit_minor - credit_minor)
    FROM account_month
   WHERE node_id = $1 AND month <= $3 AND ($4::int[] IS NULL OR account_id = ANY ($4))
   GROUP BY account_id, place
)sql";

// Account by account: a sum of its own costs half of sorting the same postings into groups.
constexpr const char* part_of_month_sql = R"sql(
  -- reports.part_of_month
  SELECT b.account_id, 0,
         coalesce(CASE WHEN b.has_day_totals
                       THEN (SELECT sum(d.debit_minor - d.credit_minor) FROM day_total d
                              WHERE d.node_id = b.node_id AND d.account_id = b.account_id
                                AND d.booked_on BETWEEN $2 AND $3)
                       ELSE (SELECT sum(p.amount_minor) FROM posting p
                              WHERE p.node_id = b.node_id AND p.account_id = b.account_id
                                AND p.booked_on BETWEEN $2 AND $3) END, 0)
    FROM account_balance b
   WHERE b.node_id = $1 AND ($4::int[] IS NULL OR b.account_id = ANY ($4))
)sql";

void add_parts_of_months(Tx& tx, NodeId node, const AccountIds& accounts, std::span<const Day> days,
                         BalancesByAccount& balances) {
  for (std::size_t place = 0; place < days.size(); ++place) {
    const MonthSplit split = month_split_of(days[place]);
    if (!split.first) continue;
    add_sums(report_rows(tx, part_of_month_sql, node, *split.first, *split.last, sql_of(accounts)),
             split.sign, place, days.size(), balances);
  }
}

void add_months_at_days(Tx& tx, NodeId node, const AccountIds& accounts, std::span<const Day> days,
                        BalancesByAccount& balances) {
  SqlArray next_months;
  for (const Day day : days.first(days.size() - 1)) next_months.add(month_split_of(day).last_month + 1);
  add_sums(report_rows(tx, months_by_balance_sql, node, next_months.value(),
                       month_split_of(days.back()).last_month, sql_of(accounts)),
           1, std::nullopt, days.size(), balances);
}

// $2: the first day that is no longer part of the first balance, the second … For one balance the place is
// plainly 0, so that PostgreSQL knows how few groups there are. Entries above $4 and up to $5.
constexpr const char* postings_by_balance_sql = R"sql(
  -- reports.postings_by_balance
  SELECT account_id, CASE WHEN $2::date[] = '{}' THEN 0 ELSE width_bucket(booked_on, $2::date[]) END AS place,
         sum(amount_minor)
    FROM posting
   WHERE node_id = $1 AND booked_on <= $3 AND entry_number > $4::bigint AND entry_number <= $5::bigint
     AND ($6::int[] IS NULL OR account_id = ANY ($6))
   GROUP BY account_id, place
)sql";

void add_postings(Tx& tx, NodeId node, const AccountIds& accounts, std::span<const Day> days,
                  std::int64_t above, std::int64_t up_to, int sign, BalancesByAccount& balances) {
  add_sums(report_rows(tx, postings_by_balance_sql, node, next_days_of(days), days.back(), above, up_to,
                       sql_of(accounts)),
           sign, std::nullopt, days.size(), balances);
}

constexpr const char* postings_about_by_balance_sql = R"sql(
  -- reports.postings_about_by_balance
  SELECT account_id, CASE WHEN $2::date[] = '{}' THEN 0 ELSE width_bucket(booked_on, $2::date[]) END AS place,
         sum(amount_minor)
    FROM posting
   WHERE node_id = $1 AND booked_on <= $3 AND ($4::bigint IS NULL OR entry_number <= $4::bigint)
     AND ($5::int[] IS NULL OR account_id = ANY ($5))
     AND ($6::int IS NULL OR fund_id = $6) AND ($7::int IS NULL OR member_id = $7)
     AND ($8::int IS NULL OR cost_object_id = $8) AND ($9::int IS NULL OR tax_code_id = $9)
   GROUP BY account_id, place
)sql";

void add_postings_about(Tx& tx, NodeId node, const AccountIds& accounts, const About& about,
                        std::span<const Day> days, std::optional<EntryNumber> last,
                        BalancesByAccount& balances) {
  const auto& ids = about.ids;
  add_sums(report_rows(tx, postings_about_by_balance_sql, node, next_days_of(days), days.back(), last,
                       sql_of(accounts), ids[0], ids[1], ids[2], ids[3]),
           1, std::nullopt, days.size(), balances);
}

}  // namespace

SqlValue sql_of(const AccountIds& accounts) {
  if (!accounts) return SqlValue{std::nullopt};
  SqlArray array;
  for (const AccountId account : *accounts) array.add(account);
  return array.value();
}

bool About::all() const {
  return std::none_of(ids.begin(), ids.end(), [](const auto& id) { return id.has_value(); });
}

BalancesByAccount read_balances(Tx& tx, NodeId node, const AccountIds& accounts, const About& about,
                                std::span<const Day> days, std::optional<EntryNumber> last) {
  ensure(!days.empty() && std::adjacent_find(days.begin(), days.end(), std::greater_equal<>{}) == days.end(),
         "balances are read at days that ascend");
  BalancesByAccount balances;
  if (!about.all()) {
    add_postings_about(tx, node, accounts, about, days, last, balances);
    return balances;
  }
  const std::int64_t recorded = last ? read_last_recorded(tx, node).number() : 0;
  if (last && last->number() <= recorded / 2) {
    add_postings(tx, node, accounts, days, 0, last->number(), 1, balances);
    return balances;
  }
  if (!accounts) let_helpers_cost_more(tx);
  if (days.size() == 1) {
    add_months_at_day(tx, node, accounts, month_split_of(days.front()).last_month, balances);
  } else {
    add_months_at_days(tx, node, accounts, days, balances);
  }
  add_parts_of_months(tx, node, accounts, days, balances);
  if (last) add_postings(tx, node, accounts, days, last->number(), recorded, -1, balances);
  return balances;
}

}  // namespace coop::reports
