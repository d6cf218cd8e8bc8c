#include "ledger/journals/native_disbursement_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_disbursement_sql = R"sql(
  -- journals.last_disbursement
  SELECT coalesce(max(number), 0) FROM disbursement WHERE node_id = $1
)sql";

constexpr const char* read_disbursement_sql = R"sql(
  -- journals.native_disbursement
  SELECT x.number, x.bank_account, x.requested_on, x.title, x.debtor_name, x.bic, x.message_id, x.orders,
         x.recorded_at, w.name, x.rules, x.approvals, x.ruled_on, x.counts_together
    FROM disbursement x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_disbursement_sql = R"sql(
  -- journals.restore_disbursement
  INSERT INTO disbursement (node_id, number, bank_account, requested_on, title, debtor_name, bic, message_id,
    orders, recorded_at, recorded_by, rules, approvals, ruled_on, counts_together)
  SELECT $1, r.number, r.bank_account, r.requested_on, r.title, r.account_holder, r.bic, r.message, r.orders,
         r.recorded_at, w.id, coalesce(r.rules, 0), coalesce(r.approvals, 2), r.ruled_on,
         coalesce(r.counts_together, false)
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, bank_account int, requested_on date, title text,
           account_holder text, bic text, message text, orders int, recorded_at timestamptz, recorded_by text,
           rules int, approvals int, ruled_on date, counts_together boolean)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements disbursement_rows{read_disbursement_sql, insert_disbursement_sql,
                                          last_disbursement_sql};

constexpr const char* read_disbursement_order_sql = R"sql(
  -- journals.native_disbursement_order
  SELECT x.disbursement_number, x.number, x.amount_minor, x.purpose, a.path, p.number, x.source, x.fund,
         x.cost_object, x.tax_code, x.end_to_end_id
    FROM disbursement_order x
    JOIN account a ON a.node_id = x.node_id AND a.id = x.account_id
    LEFT JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
   WHERE x.node_id = $1 AND x.disbursement_number > $2 AND x.disbursement_number <= $3
   ORDER BY x.disbursement_number, x.number
)sql";

constexpr const char* insert_disbursement_order_sql = R"sql(
  -- journals.restore_disbursement_order
  INSERT INTO disbursement_order (node_id, disbursement_number, number, amount_minor, purpose, account_id,
    party_id, source, fund, cost_object, tax_code, end_to_end_id)
  SELECT $1, r.disbursement, r.number, r.amount_minor, r.purpose, a.id, p.id, r.source, r.fund, r.cost_object,
         r.tax_code, r.end_to_end
    FROM jsonb_to_recordset($2::jsonb) AS r (disbursement int, number int, amount_minor bigint, purpose text,
           account text, member text, source text, fund text, cost_object text, tax_code text,
           end_to_end text)
    JOIN unit u ON u.code = 'EUR'
    JOIN account a ON a.node_id = $1 AND a.path = r.account AND a.unit_id = u.id
    LEFT JOIN party p ON p.node_id = $1 AND p.number = r.member
)sql";

constexpr RowStatements disbursement_order_rows{read_disbursement_order_sql, insert_disbursement_order_sql,
                                                last_disbursement_sql};

constexpr const char* read_disbursement_payee_sql = R"sql(
  -- journals.native_disbursement_payee
  SELECT x.disbursement_number, x.order_number, x.name, x.iban, x.bic, x.street, x.building, x.post_code,
         x.town, x.country, x.remittance, x.reference
    FROM disbursement_payee x
   WHERE x.node_id = $1 AND x.disbursement_number > $2 AND x.disbursement_number <= $3
   ORDER BY x.disbursement_number, x.order_number
)sql";

constexpr const char* insert_disbursement_payee_sql = R"sql(
  -- journals.restore_disbursement_payee
  INSERT INTO disbursement_payee (node_id, disbursement_number, order_number, party_id, name, iban, bic,
    street, building, post_code, town, country, remittance, reference)
  SELECT $1, r.disbursement, r."order", o.party_id, r.name, r.iban, r.bic, r.street, r.building, r.post_code,
         r.town, r.country, r.text, r.reference
    FROM jsonb_to_recordset($2::jsonb) AS r (disbursement int, "order" int, name text, iban text, bic text,
           street text, building text, post_code text, town text, country text, text text, reference text)
    JOIN disbursement_order o ON o.node_id = $1 AND o.disbursement_number = r.disbursement
     AND o.number = r."order"
)sql";

constexpr RowStatements disbursement_payee_rows{read_disbursement_payee_sql, insert_disbursement_payee_sql,
                                                last_disbursement_sql};

constexpr const char* read_disbursement_step_sql = R"sql(
  -- journals.native_disbursement_step
  SELECT x.disbursement_number, x.number, x.kind, x.order_number, x.reason, x.file_hash, x.recorded_at, w.name
    FROM disbursement_step x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.disbursement_number > $2 AND x.disbursement_number <= $3
   ORDER BY x.disbursement_number, x.number
)sql";

constexpr const char* insert_disbursement_step_sql = R"sql(
  -- journals.restore_disbursement_step
  INSERT INTO disbursement_step (node_id, disbursement_number, number, kind, order_number, reason, file_hash,
    recorded_at, recorded_by)
  SELECT $1, r.disbursement, r.number, r.step, r."order", r.reason, r.file_hash, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (disbursement int, number int, step text, "order" int,
           reason text, file_hash text, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements disbursement_step_rows{read_disbursement_step_sql, insert_disbursement_step_sql,
                                               last_disbursement_sql};

constexpr const char* read_disbursement_file_sql = R"sql(
  -- journals.native_disbursement_file
  SELECT x.disbursement_number, translate(encode(x.bytes, 'base64'), E'\n', '')
    FROM disbursement_file x
   WHERE x.node_id = $1 AND x.disbursement_number > $2 AND x.disbursement_number <= $3
   ORDER BY x.disbursement_number
)sql";

constexpr const char* insert_disbursement_file_sql = R"sql(
  -- journals.restore_disbursement_file
  INSERT INTO disbursement_file (node_id, disbursement_number, bytes)
  SELECT $1, r.disbursement, decode(r.bytes, 'base64')
    FROM jsonb_to_recordset($2::jsonb) AS r (disbursement int, bytes text)
)sql";

constexpr RowStatements disbursement_file_rows{read_disbursement_file_sql, insert_disbursement_file_sql,
                                               last_disbursement_sql};

constexpr NamedStatements disbursement_kinds[] = {
    {"disbursement", disbursement_rows},
    {"disbursement_order", disbursement_order_rows},
    {"disbursement_payee", disbursement_payee_rows},
    {"disbursement_step", disbursement_step_rows},
    {"disbursement_file", disbursement_file_rows},
};

}  // namespace

std::span<const NamedStatements> disbursement_statements() { return disbursement_kinds; }

}  // namespace coop::journals
