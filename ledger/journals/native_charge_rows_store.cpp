#include "ledger/journals/native_charge_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* read_charge_run_sql = R"sql(
  -- journals.native_charge_run
  SELECT x.number, x.period_first, x.period_last, x.corrections_from, x.recorded_at, w.name
    FROM charge_run x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_charge_run_sql = R"sql(
  -- journals.restore_charge_run
  INSERT INTO charge_run (node_id, number, period_first, period_last, corrections_from, recorded_at,
    recorded_by)
  SELECT $1, r.number, r.first, r.last, r.corrections_from, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, "first" date, "last" date, corrections_from date,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements charge_run_rows{read_charge_run_sql, insert_charge_run_sql};

constexpr const char* read_charge_sql = R"sql(
  -- journals.native_charge
  SELECT c.number, c.run_number, c.kind, c.membership_id, m.number, d.number, u.code, c.period_first,
         c.period_last, c.due_on, c.part, c.parts, c.version,
         round(c.gross_minor / power(10::numeric, u.scale), u.scale),
         round(c.waived_minor / power(10::numeric, u.scale), u.scale),
         round(c.prepaid_minor / power(10::numeric, u.scale), u.scale), c.why, c.entry_number,
         c.recorded_at, w.name
    FROM charge c
    JOIN party m ON m.node_id = c.node_id AND m.id = c.member_id
    JOIN party d ON d.node_id = c.node_id AND d.id = c.debtor_id
    JOIN unit u ON u.id = c.unit_id
    LEFT JOIN user_account w ON w.id = c.recorded_by
   WHERE c.node_id = $1 AND c.number > $2 AND c.number <= $3
   ORDER BY c.number
)sql";

constexpr const char* insert_charge_sql = R"sql(
  -- journals.restore_charge
  INSERT INTO charge (node_id, number, run_number, kind, membership_id, member_id, debtor_id, unit_id,
    period_first, period_last, due_on, part, parts, version, gross_minor, waived_minor, prepaid_minor, why,
    entry_number, recorded_at, recorded_by)
  SELECT $1, r.number, r.run, r.charge, r.membership, m.id, d.id, u.id, r.first, r.last, r.due_on, r.part,
         r.parts, r.version, (r.gross * power(10::numeric, u.scale))::bigint,
         (r.waived * power(10::numeric, u.scale))::bigint,
         (r.prepaid * power(10::numeric, u.scale))::bigint, r.why, r.entry, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number bigint, run int, charge text, membership int, member text,
           debtor text, unit text, "first" date, "last" date, due_on date, part int, parts int, version int,
           gross numeric, waived numeric, prepaid numeric, why text, entry int, recorded_at timestamptz,
           recorded_by text)
    JOIN party m ON m.node_id = $1 AND m.number = r.member
    JOIN party d ON d.node_id = $1 AND d.number = r.debtor
    JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements charge_rows{read_charge_sql, insert_charge_sql};

constexpr const char* read_charge_reversal_sql = R"sql(
  -- journals.native_charge_reversal
  SELECT x.charge_number, x.run_number, x.reversed_on, x.reason, x.entry_number, x.recorded_at, w.name
    FROM charge_reversal x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.charge_number > $2 AND x.charge_number <= $3
   ORDER BY x.charge_number
)sql";

constexpr const char* insert_charge_reversal_sql = R"sql(
  -- journals.restore_charge_reversal
  INSERT INTO charge_reversal (node_id, charge_number, run_number, reversed_on, reason, entry_number,
    recorded_at, recorded_by)
  SELECT $1, r.charge, r.run, r.reversed_on, r.reason, r.entry, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (charge bigint, run int, reversed_on date, reason text, entry int,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements charge_reversal_rows{read_charge_reversal_sql, insert_charge_reversal_sql};

constexpr const char* read_payment_sql = R"sql(
  -- journals.native_payment
  SELECT x.number, x.kind, p.number, u.code, round(x.amount_minor / power(10::numeric, u.scale), u.scale),
         x.received_on, x.account, x.reference, x.note, x.entry_number, x.recorded_at, w.name,
         round(x.given_minor / power(10::numeric, g.scale), g.scale), g.code
    FROM payment x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.payer_id
    JOIN unit u ON u.id = x.unit_id
    LEFT JOIN unit g ON g.id = x.given_unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_payment_sql = R"sql(
  -- journals.restore_payment
  INSERT INTO payment (node_id, number, kind, payer_id, unit_id, amount_minor, received_on, account,
    reference, note, entry_number, recorded_at, recorded_by, given_minor, given_unit_id)
  SELECT $1, r.number, r.payment, p.id, u.id, (r.amount * power(10::numeric, u.scale))::bigint, r.received_on,
         r.account, r.reference, r.note, r.entry, r.recorded_at, w.id,
         (r.given * power(10::numeric, g.scale))::bigint, g.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number bigint, payment text, payer text, unit text,
           amount numeric, received_on date, account text, reference text, note text, entry int,
           recorded_at timestamptz, recorded_by text, given numeric, given_unit text)
    JOIN party p ON p.node_id = $1 AND p.number = r.payer
    JOIN unit u ON u.code = r.unit
    LEFT JOIN unit g ON g.code = r.given_unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements payment_rows{read_payment_sql, insert_payment_sql};

constexpr const char* read_payment_share_sql = R"sql(
  -- journals.native_payment_share
  SELECT s.payment_number, s.line, d.number, round(s.amount_minor / power(10::numeric, u.scale), u.scale),
         round(s.prepaid_minor / power(10::numeric, u.scale), u.scale), s.charge_number
    FROM payment_share s
    JOIN payment x ON x.node_id = s.node_id AND x.number = s.payment_number
    JOIN party d ON d.node_id = s.node_id AND d.id = s.debtor_id
    JOIN unit u ON u.id = x.unit_id
   WHERE s.node_id = $1 AND s.payment_number > $2 AND s.payment_number <= $3
   ORDER BY s.payment_number, s.line
)sql";

constexpr const char* insert_payment_share_sql = R"sql(
  -- journals.restore_payment_share
  INSERT INTO payment_share (node_id, payment_number, line, debtor_id, amount_minor, prepaid_minor,
    charge_number)
  SELECT $1, r.payment, r.line, d.id, (r.amount * power(10::numeric, u.scale))::bigint,
         (r.prepaid * power(10::numeric, u.scale))::bigint, r.charge
    FROM jsonb_to_recordset($2::jsonb) AS r (payment bigint, line smallint, debtor text, amount numeric,
           prepaid numeric, charge bigint)
    JOIN payment x ON x.node_id = $1 AND x.number = r.payment
    JOIN party d ON d.node_id = $1 AND d.number = r.debtor
    JOIN unit u ON u.id = x.unit_id
)sql";

constexpr RowStatements payment_share_rows{read_payment_share_sql, insert_payment_share_sql};

constexpr const char* read_payment_return_sql = R"sql(
  -- journals.native_payment_return
  SELECT x.payment_number, x.returned_on, x.reason, x.entry_number, x.recorded_at, w.name
    FROM payment_return x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.payment_number > $2 AND x.payment_number <= $3
   ORDER BY x.payment_number
)sql";

constexpr const char* insert_payment_return_sql = R"sql(
  -- journals.restore_payment_return
  INSERT INTO payment_return (node_id, payment_number, returned_on, reason, entry_number, recorded_at,
    recorded_by)
  SELECT $1, r.payment, r.returned_on, r.reason, r.entry, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (payment bigint, returned_on date, reason text, entry int,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements payment_return_rows{read_payment_return_sql, insert_payment_return_sql};

constexpr const char* read_deferral_sql = R"sql(
  -- journals.native_deferral
  SELECT x.charge_number, x.on_day, x.number, round(x.amount_minor / power(10::numeric, u.scale), u.scale),
         x.run_number, x.entry_number, x.recorded_at, w.name
    FROM deferral x
    JOIN charge c ON c.node_id = x.node_id AND c.number = x.charge_number
    JOIN unit u ON u.id = c.unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.charge_number > $2 AND x.charge_number <= $3
   ORDER BY x.charge_number, x.on_day, x.number
)sql";

constexpr const char* insert_deferral_sql = R"sql(
  -- journals.restore_deferral
  INSERT INTO deferral (node_id, charge_number, on_day, number, amount_minor, run_number, entry_number,
    recorded_at, recorded_by)
  SELECT $1, r.charge, r."on", r.number, (r.amount * power(10::numeric, u.scale))::bigint, r.run, r.entry,
         r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (charge bigint, "on" date, number int, amount numeric, run int,
           entry int, recorded_at timestamptz, recorded_by text)
    JOIN charge c ON c.node_id = $1 AND c.number = r.charge
    JOIN unit u ON u.id = c.unit_id
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements deferral_rows{read_deferral_sql, insert_deferral_sql};

constexpr NamedStatements charge_kinds[] = {
    {"charge_run", charge_run_rows},
    {"charge", charge_rows},
    {"charge_reversal", charge_reversal_rows},
    {"payment", payment_rows},
    {"payment_share", payment_share_rows},
    {"payment_return", payment_return_rows},
    {"deferral", deferral_rows},
};

}  // namespace

std::span<const NamedStatements> charge_statements() { return charge_kinds; }

}  // namespace coop::journals
