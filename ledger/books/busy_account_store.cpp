#include "ledger/books/posting_store.hpp"

namespace coop::books {

namespace {

constexpr const char* mark_accounts_sql = R"sql(
  -- accounts.mark
  INSERT INTO account_mark (node_id, account_id, entry_number, month, debit_minor, credit_minor)
  SELECT node_id, account_id, $3, month, debit_minor, credit_minor
    FROM account_month
   WHERE node_id = $1 AND account_id = ANY ($2::int[])
)sql";

constexpr const char* start_day_totals_sql = R"sql(
  -- accounts.start_day_totals
  WITH started AS (
    INSERT INTO day_total (node_id, account_id, booked_on, debit_minor, credit_minor)
    SELECT node_id, account_id, booked_on, coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0),
           coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0)
      FROM posting
     WHERE node_id = $1 AND account_id = ANY ($2::int[])
     GROUP BY node_id, account_id, booked_on
  )
  UPDATE account_balance SET has_day_totals = true WHERE node_id = $1 AND account_id = ANY ($2::int[])
)sql";

// Entries between two marks make an interval, counted by the multiple of $3 that the account had passed
// before; an interval that another one follows ends with a mark, which has the totals of all months so far.
constexpr const char* start_marks_sql = R"sql(
  -- accounts.start_marks
  WITH counted AS (
    SELECT account_id, entry_number, month_of(booked_on) AS month, greatest(amount_minor, 0) AS debit,
           -least(amount_minor, 0) AS credit,
           row_number() OVER (PARTITION BY account_id ORDER BY entry_number, line) AS n
      FROM posting
     WHERE node_id = $1 AND account_id = ANY ($2::int[])
  ), placed AS (
    SELECT account_id, entry_number, month, debit, credit,
           (min(n) OVER of_entry - 1) / $3::bigint AS interval, max(n) OVER of_entry / $3::bigint AS reached
      FROM counted
    WINDOW of_entry AS (PARTITION BY account_id, entry_number)
  ), mark AS (
    SELECT account_id, interval, max(entry_number) AS entry_number, max(reached) > interval AS complete
      FROM placed GROUP BY account_id, interval
  ), total AS (
    SELECT account_id, interval, month, sum(debit) AS debit, sum(credit) AS credit
      FROM placed GROUP BY account_id, interval, month
  ), grown AS (
    SELECT m.account_id, m.entry_number, m.complete, c.month,
           sum(t.debit) OVER so_far AS debit, sum(t.credit) OVER so_far AS credit
      FROM mark m
      JOIN (SELECT DISTINCT account_id, month FROM total) c ON c.account_id = m.account_id
      LEFT JOIN total t ON t.account_id = m.account_id AND t.interval = m.interval AND t.month = c.month
    WINDOW so_far AS (PARTITION BY m.account_id, c.month ORDER BY m.interval)
  )
  INSERT INTO account_mark (node_id, account_id, entry_number, month, debit_minor, credit_minor)
  SELECT $1, account_id, entry_number, month, debit, credit
    FROM grown
   WHERE complete AND debit IS NOT NULL
)sql";

SqlValue array_of(const std::vector<AccountId>& accounts) {
  SqlArray array;
  for (const AccountId account : accounts) array.add(account);
  return array.value();
}

}  // namespace

void mark_accounts(Tx& tx, NodeId node, EntryNumber last, const std::vector<AccountId>& accounts) {
  if (!accounts.empty()) rows(tx, mark_accounts_sql, node, array_of(accounts), last);
}

void start_day_totals(Tx& tx, NodeId node, const std::vector<AccountId>& accounts) {
  if (!accounts.empty()) rows(tx, start_day_totals_sql, node, array_of(accounts));
}

void start_marks(Tx& tx, NodeId node, const std::vector<AccountId>& accounts) {
  if (!accounts.empty()) rows(tx, start_marks_sql, node, array_of(accounts), mark_step);
}

}  // namespace coop::books
