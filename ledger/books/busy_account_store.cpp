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

}  // namespace coop::books
