#include "ledger/bank/bank_account_store.hpp"

namespace coop::bank {

constexpr const char* read_bank_accounts_sql = R"sql(
  -- bank.read_accounts
  SELECT b.number, b.account_id, a.path, a.unit_id, b.kind, coalesce(b.identifier, ''), b.title,
         (SELECT t.value::text FROM bank_account_trait t
           WHERE t.node_id = b.node_id AND t.bank_account = b.number AND t.kind = 'flips_reversals'
             AND ($6::timestamptz IS NULL OR t.recorded_at <= $6)
           ORDER BY t.number DESC LIMIT 1),
         coalesce((SELECT t.value::text FROM bank_account_trait t
           WHERE t.node_id = b.node_id AND t.bank_account = b.number AND t.kind = 'closed'
             AND ($6::timestamptz IS NULL OR t.recorded_at <= $6)
           ORDER BY t.number DESC LIMIT 1), 'false') = 'true', b.recorded_at,
         coalesce((SELECT t.value #>> '{}' FROM bank_account_trait t
           WHERE t.node_id = b.node_id AND t.bank_account = b.number AND t.kind = 'suspense'
             AND ($6::timestamptz IS NULL OR t.recorded_at <= $6)
           ORDER BY t.number DESC LIMIT 1), '')
    FROM bank_account b
    JOIN account a ON a.node_id = b.node_id AND a.id = b.account_id
   WHERE b.node_id = $1 AND ($2::int IS NULL OR b.number = $2) AND ($3::text IS NULL OR b.identifier = $3)
     AND ($4::int IS NULL OR a.unit_id = $4) AND ($5::int IS NULL OR b.account_id = $5)
     AND ($6::timestamptz IS NULL OR b.recorded_at <= $6)
   ORDER BY b.number
)sql";

std::vector<BankAccount> read_bank_accounts(Tx& tx, NodeId node, const BankAccountFilter& filter) {
  std::vector<BankAccount> accounts;
  for (const Row row : rows(tx, read_bank_accounts_sql, node, filter.number, filter.identifier, filter.unit,
                            filter.account, filter.known_at))
    accounts.push_back({row.id<BankAccountNumber>(0), row.id<AccountId>(1), row.string(2), row.id<UnitId>(3),
                        bank_account_kind_from(row.text(4)), row.string(5), row.string(6),
                        row.is_null(7) ? std::nullopt : std::optional{row.text(7) == "true"}, row.boolean(8),
                        row.instant(9), row.string(10)});
  return accounts;
}

constexpr const char* insert_bank_account_sql = R"sql(
  -- bank.insert_account
  INSERT INTO bank_account (node_id, number, account_id, kind, identifier, title, recorded_at, recorded_by)
  SELECT $1, (SELECT coalesce(max(b.number), 0) + 1 FROM bank_account b WHERE b.node_id = $1), $2, $3,
         nullif($4, ''), $5, $6, $7
  RETURNING number
)sql";

BankAccountNumber insert_bank_account(Tx& tx, NodeId node, AccountId account, const BankAccountDraft& draft,
                                      const books::Author& author) {
  return only_row(rows(tx, insert_bank_account_sql, node, account, text_of(draft.kind), draft.identifier,
                       draft.title, author.now, author.user))
      .id<BankAccountNumber>(0);
}

constexpr const char* insert_bank_account_trait_sql = R"sql(
  -- bank.insert_account_trait
  INSERT INTO bank_account_trait (node_id, bank_account, number, kind, value, recorded_at, recorded_by)
  SELECT $1, $2, (SELECT coalesce(max(t.number), 0) + 1 FROM bank_account_trait t
                   WHERE t.node_id = $1 AND t.bank_account = $2), $3, $4, $5, $6
)sql";

void insert_bank_account_trait(Tx& tx, NodeId node, BankAccountNumber number, std::string_view kind,
                               const std::string& value_json, const books::Author& author) {
  rows(tx, insert_bank_account_trait_sql, node, number, kind, value_json, author.now, author.user);
}

}  // namespace coop::bank
