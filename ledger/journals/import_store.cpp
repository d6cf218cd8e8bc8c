#include "ledger/journals/import_store.hpp"

namespace coop::journals {

constexpr const char* read_existing_accounts_sql = R"sql(
  -- journals.existing_accounts
  SELECT a.path, u.code, a.type, a.opened_on, a.closed_on
    FROM account a
    JOIN unit u ON u.id = a.unit_id
   WHERE a.node_id = $1
)sql";

std::map<std::pair<std::string, std::string>, ExistingAccount> read_existing_accounts(Tx& tx, NodeId node) {
  std::map<std::pair<std::string, std::string>, ExistingAccount> accounts;
  for (const Row row : rows(tx, read_existing_accounts_sql, node)) {
    accounts.emplace(std::pair{row.string(0), row.string(1)},
                     ExistingAccount{books::account_type_from(row.text(2)), row.day(3), row.maybe_day(4)});
  }
  return accounts;
}

constexpr const char* read_closed_through_sql = R"sql(
  -- journals.closed_through
  SELECT locked_through($1)
)sql";

std::optional<Day> read_closed_through(Tx& tx, NodeId node) {
  return only_row(rows(tx, read_closed_through_sql, node)).maybe_day(0);
}

constexpr const char* count_on_record_sql = R"sql(
  -- journals.count_on_record
  SELECT count(*)
    FROM unnest($2::uuid[]) AS asked (request_key)
   WHERE EXISTS (SELECT FROM entry e WHERE e.node_id = $1 AND e.request_key = asked.request_key)
)sql";

std::int64_t count_on_record(Tx& tx, NodeId node, const std::vector<books::Fingerprint>& keys) {
  SqlArray asked;
  for (const books::Fingerprint& key : keys) asked.add_bare(books::uuid_text_of(key));
  return only_row(rows(tx, count_on_record_sql, node, asked.value())).int64(0);
}

}  // namespace coop::journals
