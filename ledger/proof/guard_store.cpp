#include "ledger/proof/guard_store.hpp"

namespace coop::proof {

namespace {

// A guard that is gone, and any trigger or constraint of ours that is switched off.
constexpr const char* read_missing_guards_sql = R"sql(
  -- proof.read_missing_guards
  WITH wanted_trigger (relation, name) AS (
    VALUES ('entry', 'append_only'), ('posting', 'append_only'), ('hold', 'append_only'),
           ('hold_posting', 'append_only'), ('hold_end', 'append_only'), ('event', 'append_only'),
           ('period_lock', 'append_only'), ('period_unlock', 'append_only'), ('account_mark', 'append_only'),
           ('checkpoint', 'append_only'), ('request_answer', 'append_only'), ('unit', 'append_only'),
           ('entry', 'check_added'), ('posting', 'check_added'), ('period_unlock', 'only_soft'),
           ('account', 'keep_identity'), ('dimension', 'keep_identity'), ('account', 'never_deleted'),
           ('dimension', 'never_deleted'), ('node', 'never_deleted'), ('node', 'keep_name')
  ), wanted_index (name) AS (
    VALUES ('entry_pkey'), ('entry_node_id_request_key_key'), ('entry_reverses'), ('posting_pkey'),
           ('hold_pkey'), ('hold_node_id_request_key_key'), ('hold_end_pkey'), ('event_pkey'),
           ('account_pkey'), ('account_node_id_path_unit_id_key'), ('account_balance_pkey'),
           ('period_total_pkey'),
           ('checkpoint_pkey')
  ), ours AS (
    SELECT c.oid, c.relname
      FROM pg_class c
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
  )
  SELECT format('the trigger %s of %s is gone', w.name, w.relation)
    FROM wanted_trigger w
   WHERE NOT EXISTS (SELECT FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid
                      WHERE o.relname = w.relation AND t.tgname = w.name)
  UNION ALL
  SELECT format('a trigger of %s is switched off (%s)', o.relname, t.tgname)
    FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid
   WHERE t.tgenabled NOT IN ('O', 'A')
  UNION ALL
  SELECT format('the unique index %s is gone or not valid', w.name)
    FROM wanted_index w
   WHERE NOT EXISTS (SELECT FROM pg_index i
                       JOIN pg_class c ON c.oid = i.indexrelid
                       JOIN ours o ON o.oid = i.indrelid
                      WHERE c.relname = w.name AND i.indisunique AND i.indisvalid AND i.indisready)
  UNION ALL
  SELECT format('the constraint %s of account_balance is gone', w.name)
    FROM (VALUES ('within_lower_limit'), ('within_upper_limit')) AS w (name)
   WHERE NOT EXISTS (SELECT FROM pg_constraint k JOIN ours o ON o.oid = k.conrelid
                      WHERE o.relname = 'account_balance' AND k.conname = w.name AND k.convalidated)
  UNION ALL
  SELECT format('the service may %s %s', lower(p.privilege), o.relname)
    FROM ours o
    JOIN pg_roles r ON r.rolname = 'coopledger_service' AND NOT r.rolsuper
   CROSS JOIN (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS p (privilege)
   WHERE o.relname IN ('entry', 'posting', 'hold', 'hold_posting', 'hold_end', 'event', 'period_lock',
                       'period_unlock', 'account_mark', 'checkpoint', 'request_answer', 'unit')
     AND has_table_privilege(r.oid, o.oid, p.privilege)
  ORDER BY 1
)sql";

}  // namespace

std::vector<std::string> read_missing_guards(BulkReader& reader) {
  const BulkRows rows = reader.read(read_missing_guards_sql);
  std::vector<std::string> missing;
  for (int row = 0; row < rows.size(); ++row) missing.emplace_back(rows.bytes(row, 0));
  return missing;
}

namespace {

constexpr const char* find_request_index_sql = R"sql(
  -- proof.find_request_index
  SELECT count(*)
    FROM pg_index i
   WHERE i.indexrelid = to_regclass('entry_node_id_request_key_key')
     AND i.indisunique AND i.indisvalid AND i.indisready
)sql";

}  // namespace

bool has_request_index(BulkReader& reader) { return reader.read(find_request_index_sql).number(0, 0) == 1; }

}  // namespace coop::proof
