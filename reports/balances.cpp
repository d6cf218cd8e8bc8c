#include "reports/balances.hpp"

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reports {

namespace {

// A node's tables of accounts are small, but each of their rows leads to many: let PostgreSQL share them out.
void share_out(Tx& tx) { tx.run_script("SET LOCAL min_parallel_table_scan_size = 0"); }

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

constexpr const char* months_of_books_sql = R"sql(
  -- reports.months_of_books
  SELECT coalesce(min(month), 0), coalesce(max(month), 0) FROM account_month WHERE node_id = $1
)sql";

// One pass: the balance now less later months, or the months so far, whichever is less to read ($2 to $5),
// and a part of a month ($6 to $8), from totals by day where an account has them.
constexpr const char* balances_at_day_sql = R"sql(
  -- reports.balances_at_day
  SELECT account_id, 0, sum(minor)
    FROM (SELECT account_id, balance_minor AS minor
            FROM account_balance
           WHERE node_id = $1 AND $2::boolean
          UNION ALL
          SELECT account_id, $3::int * (debit_minor - credit_minor)
            FROM account_month
           WHERE node_id = $1 AND month BETWEEN $4 AND $5
          UNION ALL
          SELECT account_id, $8::int * p.amount_minor
            FROM account_balance b
            JOIN posting p USING (node_id, account_id)
           WHERE b.node_id = $1 AND p.booked_on BETWEEN $6 AND $7 AND NOT b.has_day_totals
          UNION ALL
          SELECT account_id, $8::int * (d.debit_minor - d.credit_minor)
            FROM account_balance b
            JOIN day_total d USING (node_id, account_id)
           WHERE b.node_id = $1 AND d.booked_on BETWEEN $6 AND $7 AND b.has_day_totals) part
   WHERE $9::int[] IS NULL OR account_id = ANY ($9)
   GROUP BY account_id
)sql";

void add_balances_at_day(Tx& tx, NodeId node, const AccountIds& accounts, Day day,
                         BalancesByAccount& balances) {
  const MonthSplit split = month_split_of(day);
  const Rows books = rows(tx, months_of_books_sql, node);
  const int first_month = books[0].integer(0);
  const int last_month = books[0].integer(1);
  const bool backwards = last_month - split.last_month < split.last_month - first_month;
  add_sums(
      report_rows(tx, balances_at_day_sql, node, backwards, backwards ? -1 : 1,
                  backwards ? split.last_month + 1 : first_month, backwards ? last_month : split.last_month,
                  split.first, split.last, split.sign, sql_of(accounts)),
      1, std::nullopt, 1, balances);
}

// Month by month up to the last. $2: the first month that is no longer part of the first balance, the second
// …
constexpr const char* months_by_balance_sql = R"sql(
  -- reports.months_by_balance
  SELECT account_id, width_bucket(month, $2::int[]) AS place, sum(debit_minor - credit_minor)
    FROM account_month
   WHERE node_id = $1 AND month <= $3 AND ($4::int[] IS NULL OR account_id = ANY ($4))
   GROUP BY account_id, place
)sql";

constexpr const char* part_of_month_sql = R"sql(
  -- reports.part_of_month
  SELECT account_id, 0, sum(minor)
    FROM (SELECT account_id, p.amount_minor AS minor
            FROM account_balance b
            JOIN posting p USING (node_id, account_id)
           WHERE b.node_id = $1 AND p.booked_on BETWEEN $2 AND $3 AND NOT b.has_day_totals
          UNION ALL
          SELECT account_id, d.debit_minor - d.credit_minor
            FROM account_balance b
            JOIN day_total d USING (node_id, account_id)
           WHERE b.node_id = $1 AND d.booked_on BETWEEN $2 AND $3 AND b.has_day_totals) part
   WHERE $4::int[] IS NULL OR account_id = ANY ($4)
   GROUP BY account_id
)sql";

void add_balances_at_days(Tx& tx, NodeId node, const AccountIds& accounts, std::span<const Day> days,
                          BalancesByAccount& balances) {
  SqlArray next_months;
  for (const Day day : days.first(days.size() - 1)) next_months.add(month_split_of(day).last_month + 1);
  add_sums(report_rows(tx, months_by_balance_sql, node, next_months.value(),
                       month_split_of(days.back()).last_month, sql_of(accounts)),
           1, std::nullopt, days.size(), balances);
  for (std::size_t place = 0; place < days.size(); ++place) {
    const MonthSplit split = month_split_of(days[place]);
    if (!split.first) continue;
    add_sums(report_rows(tx, part_of_month_sql, node, *split.first, *split.last, sql_of(accounts)),
             split.sign, place, days.size(), balances);
  }
}

// $2: the first day that is no longer part of the first balance, the second … Entries above $4 and up to $5.
constexpr const char* postings_by_balance_sql = R"sql(
  -- reports.postings_by_balance
  SELECT account_id, width_bucket(booked_on, $2::date[]) AS place, sum(amount_minor)
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
  SELECT account_id, width_bucket(booked_on, $2::date[]) AS place, sum(amount_minor)
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
  share_out(tx);
  const std::int64_t recorded = last ? read_last_recorded(tx, node).number() : 0;
  if (last && last->number() <= recorded / 2) {
    add_postings(tx, node, accounts, days, 0, last->number(), 1, balances);
    return balances;
  }
  if (days.size() == 1) add_balances_at_day(tx, node, accounts, days.front(), balances);
  else add_balances_at_days(tx, node, accounts, days, balances);
  if (last) add_postings(tx, node, accounts, days, last->number(), recorded, -1, balances);
  return balances;
}

}  // namespace coop::reports
