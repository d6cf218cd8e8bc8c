#include "ledger/journals/native_collection_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* read_collection_sql = R"sql(
  -- journals.native_collection
  SELECT x.number, x.due_on, x.creditor_number, x.message_id, x.recorded_at, w.name
    FROM collection x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_collection_sql = R"sql(
  -- journals.restore_collection
  INSERT INTO collection (node_id, number, due_on, creditor_number, message_id, recorded_at, recorded_by)
  SELECT $1, r.number, r.due_on, r.creditor, r.message, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, due_on date, creditor int, message text,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements collection_rows{read_collection_sql, insert_collection_sql};

constexpr const char* read_collection_skip_sql = R"sql(
  -- journals.native_collection_skip
  SELECT x.collection_number, p.number, x.reason, x.words
    FROM collection_skip x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
   WHERE x.node_id = $1 AND x.collection_number > $2 AND x.collection_number <= $3
   ORDER BY x.collection_number, x.party_id
)sql";

constexpr const char* insert_collection_skip_sql = R"sql(
  -- journals.restore_collection_skip
  INSERT INTO collection_skip (node_id, collection_number, party_id, reason, words)
  SELECT $1, r.collection, p.id, r.reason, r.words
    FROM jsonb_to_recordset($2::jsonb) AS r (collection int, member text, reason text, words text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
)sql";

constexpr RowStatements collection_skip_rows{read_collection_skip_sql, insert_collection_skip_sql};

constexpr const char* read_collection_line_sql = R"sql(
  -- journals.native_collection_line
  SELECT x.collection_number, x.line, x.mandate_id, x.account_number, round(x.amount_minor / 100::numeric, 2),
         x.sequence, x.account_changed, x.end_to_end_id
    FROM collection_line x
   WHERE x.node_id = $1 AND x.collection_number > $2 AND x.collection_number <= $3
   ORDER BY x.collection_number, x.line
)sql";

constexpr const char* insert_collection_line_sql = R"sql(
  -- journals.restore_collection_line
  INSERT INTO collection_line (node_id, collection_number, line, mandate_id, party_id, account_number,
    amount_minor, sequence, account_changed, end_to_end_id)
  SELECT $1, r.collection, r.line, r.mandate, m.party_id, r.account_number, (r.amount * 100)::bigint,
         r.sequence, r.account_changed, r.end_to_end
    FROM jsonb_to_recordset($2::jsonb) AS r (collection int, line int, mandate int, account_number int,
           amount numeric, sequence text, account_changed boolean, end_to_end text)
    JOIN mandate m ON m.node_id = $1 AND m.id = r.mandate
)sql";

constexpr RowStatements collection_line_rows{read_collection_line_sql, insert_collection_line_sql};

constexpr const char* read_collection_charge_sql = R"sql(
  -- journals.native_collection_charge
  SELECT x.collection_number, x.line, x.charge_number, round(x.amount_minor / 100::numeric, 2), x.live
    FROM collection_charge x
   WHERE x.node_id = $1 AND x.collection_number > $2 AND x.collection_number <= $3
   ORDER BY x.collection_number, x.line, x.charge_number
)sql";

constexpr const char* insert_collection_charge_sql = R"sql(
  -- journals.restore_collection_charge
  INSERT INTO collection_charge (node_id, collection_number, line, charge_number, amount_minor, live)
  SELECT $1, r.collection, r.line, r.charge, (r.amount * 100)::bigint, r.live
    FROM jsonb_to_recordset($2::jsonb) AS r (collection int, line int, charge bigint, amount numeric,
           live boolean)
)sql";

constexpr RowStatements collection_charge_rows{read_collection_charge_sql, insert_collection_charge_sql};

constexpr const char* read_collection_step_sql = R"sql(
  -- journals.native_collection_step
  SELECT x.collection_number, x.number, x.kind, x.line, x.on_day, x.reason, x.code, x.fee_charge, x.file_hash,
         x.recorded_at, w.name
    FROM collection_step x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.collection_number > $2 AND x.collection_number <= $3
   ORDER BY x.collection_number, x.number
)sql";

constexpr const char* insert_collection_step_sql = R"sql(
  -- journals.restore_collection_step
  INSERT INTO collection_step (node_id, collection_number, number, kind, line, on_day, reason, code,
    fee_charge, file_hash, recorded_at, recorded_by)
  SELECT $1, r.collection, r.number, r.step, r.line, r.on_day, r.reason, r.code, r.fee_charge, r.file_hash,
         r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (collection int, number int, step text, line int,
           on_day date, reason text, code text, fee_charge bigint, file_hash text, recorded_at timestamptz,
           recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements collection_step_rows{read_collection_step_sql, insert_collection_step_sql};

constexpr const char* read_collection_payment_sql = R"sql(
  -- journals.native_collection_payment
  SELECT x.collection_number, x.line, x.payment_number
    FROM collection_payment x
   WHERE x.node_id = $1 AND x.collection_number > $2 AND x.collection_number <= $3
   ORDER BY x.collection_number, x.line
)sql";

constexpr const char* insert_collection_payment_sql = R"sql(
  -- journals.restore_collection_payment
  INSERT INTO collection_payment (node_id, collection_number, line, payment_number)
  SELECT $1, r.collection, r.line, r.payment
    FROM jsonb_to_recordset($2::jsonb) AS r (collection int, line int, payment bigint)
)sql";

constexpr RowStatements collection_payment_rows{read_collection_payment_sql, insert_collection_payment_sql};

constexpr NamedStatements collection_kinds[] = {
    {"collection", collection_rows},           {"collection_skip", collection_skip_rows},
    {"collection_line", collection_line_rows}, {"collection_charge", collection_charge_rows},
    {"collection_step", collection_step_rows}, {"collection_payment", collection_payment_rows},
};

}  // namespace

std::span<const NamedStatements> collection_statements() { return collection_kinds; }

}  // namespace coop::journals
