#include "ledger/journals/native_row_store.hpp"

#include <map>

#include "ledger/journals/json_text.hpp"
#include "ledger/journals/native_allocation_rows_store.hpp"
#include "ledger/journals/native_bank_rows_store.hpp"
#include "ledger/journals/native_budget_rows_store.hpp"
#include "ledger/journals/native_capital_rows_store.hpp"
#include "ledger/journals/native_charge_rows_store.hpp"
#include "ledger/journals/native_collection_rows_store.hpp"
#include "ledger/journals/native_cost_rows_store.hpp"
#include "ledger/journals/native_count_rows_store.hpp"
#include "ledger/journals/native_disbursement_rows_store.hpp"
#include "ledger/journals/native_fund_rows_store.hpp"
#include "ledger/journals/native_mandate_rows_store.hpp"
#include "ledger/journals/native_match_rows_store.hpp"
#include "ledger/journals/native_member_rows_store.hpp"
#include "ledger/journals/native_message_rows_store.hpp"
#include "ledger/journals/native_obligation_rows_store.hpp"
#include "ledger/journals/native_pay_rows_store.hpp"
#include "ledger/journals/native_price_rows_store.hpp"
#include "ledger/journals/native_roll_rows_store.hpp"
#include "ledger/journals/native_rule_rows_store.hpp"
#include "ledger/journals/native_sharing_rows_store.hpp"
#include "ledger/journals/native_signoff_rows_store.hpp"
#include "ledger/journals/native_work_rows_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

void write_cell(JsonObject& object, const RowField& field, const Row& row, int column) {
  if (row.is_null(column)) return;
  switch (field.type) {
    case FieldType::text:
    case FieldType::user:
    case FieldType::day:
      object.text(field.name, row.text(column));
      return;
    case FieldType::number:
      object.number(field.name, row.int64(column));
      return;
    case FieldType::instant:
      object.text(field.name, coop::text_of(row.instant(column)));
      return;
    case FieldType::truth:
      object.raw(field.name, row.boolean(column) ? "true" : "false");
      return;
  }
}

const RowStatements& statements_of(const RowKind& kind) {
  for (const auto of_room :
       {member_statements(),       price_statements(),      charge_statements(),     roll_statements(),
        mandate_statements(),      collection_statements(), message_statements(),    bank_statements(),
        disbursement_statements(), match_statements(),      signoff_statements(),    count_statements(),
        rule_statements(),         work_statements(),       obligation_statements(), fund_statements(),
        budget_statements(),       allocation_statements(), capital_statements(),    sharing_statements(),
        pay_statements(),          cost_statements()})
    for (const NamedStatements& one : of_room)
      if (one.kind == kind.kind) return one.statements;
  throw InvariantBroken{"every kind of row has its statements"};
}

}  // namespace

void read_native_rows(Tx& tx, NodeId node, const RowKind& kind, int after, int through,
                      const std::function<void(const NativeRow&)>& take) {
  for (const Row row : rows(tx, statements_of(kind).read, node, after, through)) {
    NativeRow line{&kind, {}};
    JsonObject object{line.json};
    for (std::size_t i = 0; i < kind.fields.size(); ++i)
      write_cell(object, kind.fields[i], row, static_cast<int>(i));
    object.end();
    take(line);
  }
}

constexpr const char* last_of_native_rows_sql = R"sql(
  -- journals.last_of_native_rows
  SELECT coalesce(greatest((SELECT max(id) FROM party WHERE node_id = $1),
                           (SELECT max(id) FROM member_class WHERE node_id = $1),
                           (SELECT max(id) FROM membership WHERE node_id = $1),
                           (SELECT max(id) FROM meeting WHERE node_id = $1),
                           (SELECT max(id) FROM tier WHERE node_id = $1),
                           (SELECT max(number) FROM unit_rate WHERE node_id = $1),
                           (SELECT max(number) FROM charge_run WHERE node_id = $1),
                           (SELECT max(number) FROM charge WHERE node_id = $1)::int,
                           (SELECT max(number) FROM payment WHERE node_id = $1)::int,
                           (SELECT max(number) FROM roll WHERE node_id = $1),
                           (SELECT max(number) FROM vote WHERE node_id = $1),
                           (SELECT max(number) FROM creditor WHERE node_id = $1),
                           (SELECT max(id) FROM mandate WHERE node_id = $1),
                           (SELECT max(number) FROM collection WHERE node_id = $1),
                           (SELECT 1 FROM dues_accounts WHERE node_id = $1),
                           (SELECT 1 FROM dues_payee WHERE node_id = $1),
                           (SELECT 1 FROM reminder_setting WHERE node_id = $1),
                           (SELECT max(level) FROM reminder_level WHERE node_id = $1),
                           (SELECT max(number) FROM noticed_payment WHERE node_id = $1),
                           (SELECT max(number) FROM message WHERE node_id = $1)), 0)
)sql";

int last_of_native_rows(Tx& tx, NodeId node, const RowKind& kind) {
  const char* own = statements_of(kind).last;
  return only_row(rows(tx, own != nullptr ? own : last_of_native_rows_sql, node)).integer(0);
}

constexpr const char* begin_restored_files_sql = R"sql(
  -- journals.begin_restored_files
  CREATE TEMPORARY TABLE restored_bank_file (import int, part int, bytes bytea, PRIMARY KEY (import, part))
  ON COMMIT DROP
)sql";

void begin_restored_files(Tx& tx) { rows(tx, begin_restored_files_sql); }

void insert_restored_rows(Tx& tx, NodeId node, const RowKind& kind, const std::vector<NativeRow>& lines) {
  std::string list{'['};
  for (const NativeRow& line : lines) {
    if (list.size() > 1) list += ',';
    list += line.json;
  }
  rows(tx, statements_of(kind).insert, node, list + ']');
}

constexpr const char* insert_restored_debtors_sql = R"sql(
  -- journals.restore_debtors
  INSERT INTO debtor (node_id, party_id, unit_id, owed_minor)
  SELECT $1, o.party_id, o.unit_id, sum(o.minor)
    FROM (SELECT c.debtor_id AS party_id, c.unit_id, c.gross_minor - c.waived_minor AS minor
            FROM charge c
            LEFT JOIN charge_reversal v ON v.node_id = c.node_id AND v.charge_number = c.number
           WHERE c.node_id = $1 AND v.charge_number IS NULL
          UNION ALL
          SELECT s.debtor_id, p.unit_id,
                 CASE p.kind WHEN 'refund' THEN s.amount_minor ELSE -s.amount_minor END
            FROM payment_share s
            JOIN payment p ON p.node_id = s.node_id AND p.number = s.payment_number
            LEFT JOIN payment_return v ON v.node_id = p.node_id AND v.payment_number = p.number
           WHERE s.node_id = $1 AND v.payment_number IS NULL) o
   GROUP BY o.party_id, o.unit_id
)sql";

void insert_restored_debtors(Tx& tx, NodeId node) { rows(tx, insert_restored_debtors_sql, node); }

}  // namespace coop::journals
