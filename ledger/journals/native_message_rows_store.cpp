#include "ledger/journals/native_message_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* read_reminder_setting_sql = R"sql(
  -- journals.native_reminder_setting
  SELECT x.sends, round(x.minimum_minor / power(10::numeric, u.scale), u.scale), x.reply_to, x.language
    FROM reminder_setting x
    JOIN node n ON n.id = x.node_id
    JOIN unit u ON u.id = n.base_unit_id
   WHERE x.node_id = $1 AND $2::int = 0 AND $3::int > 0
)sql";

// Sending is switched on again by somebody who looked at what waits: a restore may be a rehearsal.
constexpr const char* insert_reminder_setting_sql = R"sql(
  -- journals.restore_reminder_setting
  INSERT INTO reminder_setting (node_id, sends, minimum_minor, reply_to, language)
  SELECT $1, false, (r.minimum * power(10::numeric, u.scale))::bigint, r.reply_to, r.language
    FROM jsonb_to_recordset($2::jsonb) AS r (minimum numeric, reply_to text, language text)
    JOIN node n ON n.id = $1
    JOIN unit u ON u.id = n.base_unit_id
)sql";

constexpr RowStatements reminder_setting_rows{read_reminder_setting_sql, insert_reminder_setting_sql};

constexpr const char* read_reminder_level_sql = R"sql(
  -- journals.native_reminder_level
  SELECT x.level, x.number, x.from_on, x.closed, x.after_days,
         round(x.fee_minor / power(10::numeric, u.scale), u.scale),
         u.code, x.charges_fee, x.decision, x.recorded_at, w.name
    FROM reminder_level x
    LEFT JOIN unit u ON u.id = x.fee_unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.level > $2 AND x.level <= $3
   ORDER BY x.level, x.number
)sql";

constexpr const char* insert_reminder_level_sql = R"sql(
  -- journals.restore_reminder_level
  INSERT INTO reminder_level (node_id, level, number, from_on, closed, after_days, fee_minor, fee_unit_id,
    charges_fee, decision, recorded_at, recorded_by)
  SELECT $1, r.level, r.number, r.from_on, r.closed, r.after_days,
         (r.fee * power(10::numeric, u.scale))::bigint, u.id, r.charges_fee, r.decision, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (level int, number int, from_on date, closed boolean,
           after_days int, fee numeric, unit text, charges_fee boolean, decision text,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements reminder_level_rows{read_reminder_level_sql, insert_reminder_level_sql};

constexpr const char* read_reminder_text_sql = R"sql(
  -- journals.native_reminder_text
  SELECT x.level, x.number, x.language, x.subject, x.body
    FROM reminder_text x
   WHERE x.node_id = $1 AND x.level > $2 AND x.level <= $3
   ORDER BY x.level, x.number, x.language
)sql";

constexpr const char* insert_reminder_text_sql = R"sql(
  -- journals.restore_reminder_text
  INSERT INTO reminder_text (node_id, level, number, language, subject, body)
  SELECT $1, r.level, r.number, r.language, r.subject, r.body
    FROM jsonb_to_recordset($2::jsonb) AS r (level int, number int, language text, subject text, body text)
)sql";

constexpr RowStatements reminder_text_rows{read_reminder_text_sql, insert_reminder_text_sql};

constexpr const char* read_reminder_pause_sql = R"sql(
  -- journals.native_reminder_pause
  SELECT p.number, x.number, x.from_on, x.until_on, x.reason, x.recorded_at, w.name
    FROM reminder_pause x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.party_id > $2 AND x.party_id <= $3
   ORDER BY x.party_id, x.number
)sql";

constexpr const char* insert_reminder_pause_sql = R"sql(
  -- journals.restore_reminder_pause
  INSERT INTO reminder_pause (node_id, party_id, number, from_on, until_on, reason, recorded_at, recorded_by)
  SELECT $1, p.id, r.number, r.from_on, r.until_on, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (member text, number int, from_on date, until_on date,
           reason text, recorded_at timestamptz, recorded_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements reminder_pause_rows{read_reminder_pause_sql, insert_reminder_pause_sql};

constexpr const char* read_reminder_pause_end_sql = R"sql(
  -- journals.native_reminder_pause_end
  SELECT p.number, x.pause_number, x.last_on, x.reason, x.recorded_at, w.name
    FROM reminder_pause_end x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.party_id > $2 AND x.party_id <= $3
   ORDER BY x.party_id, x.pause_number
)sql";

constexpr const char* insert_reminder_pause_end_sql = R"sql(
  -- journals.restore_reminder_pause_end
  INSERT INTO reminder_pause_end (node_id, party_id, pause_number, last_on, reason, recorded_at, recorded_by)
  SELECT $1, p.id, r.pause, r.last_on, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (member text, pause int, last_on date, reason text,
           recorded_at timestamptz, recorded_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements reminder_pause_end_rows{read_reminder_pause_end_sql, insert_reminder_pause_end_sql};

constexpr const char* read_noticed_payment_sql = R"sql(
  -- journals.native_noticed_payment
  SELECT x.number, p.number, u.code,
         round(x.amount_minor / power(10::numeric, u.scale), u.scale), x.noticed_on,
         x.reference, x.recorded_at, w.name
    FROM noticed_payment x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.payer_id
    JOIN unit u ON u.id = x.unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_noticed_payment_sql = R"sql(
  -- journals.restore_noticed_payment
  INSERT INTO noticed_payment (node_id, number, payer_id, unit_id, amount_minor, noticed_on, reference,
    recorded_at, recorded_by)
  SELECT $1, r.number, p.id, u.id, (r.amount * power(10::numeric, u.scale))::bigint, r.noticed_on,
         r.reference, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, payer text, unit text, amount numeric,
           noticed_on date, reference text, recorded_at timestamptz, recorded_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.payer
    JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements noticed_payment_rows{read_noticed_payment_sql, insert_noticed_payment_sql};

constexpr const char* read_noticed_payment_end_sql = R"sql(
  -- journals.native_noticed_payment_end
  SELECT x.noticed_number, x.payment_number, x.reason, x.recorded_at, w.name
    FROM noticed_payment_end x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.noticed_number > $2 AND x.noticed_number <= $3
   ORDER BY x.noticed_number
)sql";

constexpr const char* insert_noticed_payment_end_sql = R"sql(
  -- journals.restore_noticed_payment_end
  INSERT INTO noticed_payment_end (node_id, noticed_number, payment_number, reason, recorded_at, recorded_by)
  SELECT $1, r.noticed, r.payment, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (noticed int, payment bigint, reason text,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements noticed_payment_end_rows{read_noticed_payment_end_sql,
                                                 insert_noticed_payment_end_sql};

constexpr const char* read_message_sql = R"sql(
  -- journals.native_message
  SELECT x.number, p.number, u.code, x.level, x.level_number, x.as_of,
         round(x.owed_minor / power(10::numeric, u.scale), u.scale), x.fee_charge, x.made_at, w.name
    FROM message x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    JOIN unit u ON u.id = x.unit_id
    LEFT JOIN user_account w ON w.id = x.made_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_message_sql = R"sql(
  -- journals.restore_message
  INSERT INTO message (node_id, number, party_id, unit_id, level, level_number, as_of, owed_minor, fee_charge,
    made_at, made_by)
  SELECT $1, r.number, p.id, u.id, r.level, r.level_number, r.as_of,
         (r.owed * power(10::numeric, u.scale))::bigint, r.fee_charge, r.made_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, member text, unit text, level int, level_number int,
           as_of date, owed numeric, fee_charge bigint, made_at timestamptz, made_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.made_by
)sql";

constexpr RowStatements message_rows{read_message_sql, insert_message_sql};

constexpr const char* read_message_charge_sql = R"sql(
  -- journals.native_message_charge
  SELECT x.message_number, x.charge_number, round(x.open_minor / power(10::numeric, u.scale), u.scale)
    FROM message_charge x
    JOIN message m ON m.node_id = x.node_id AND m.number = x.message_number
    JOIN unit u ON u.id = m.unit_id
   WHERE x.node_id = $1 AND x.message_number > $2 AND x.message_number <= $3
   ORDER BY x.message_number, x.charge_number
)sql";

constexpr const char* insert_message_charge_sql = R"sql(
  -- journals.restore_message_charge
  INSERT INTO message_charge (node_id, message_number, charge_number, open_minor)
  SELECT $1, r.message, r.charge, (r.open * power(10::numeric, u.scale))::bigint
    FROM jsonb_to_recordset($2::jsonb) AS r (message int, charge bigint, open numeric)
    JOIN message m ON m.node_id = $1 AND m.number = r.message
    JOIN unit u ON u.id = m.unit_id
)sql";

constexpr RowStatements message_charge_rows{read_message_charge_sql, insert_message_charge_sql};

constexpr const char* read_message_end_sql = R"sql(
  -- journals.native_message_end
  SELECT x.message_number, x.outcome, x.reason, x.ended_at, w.name
    FROM message_end x
    LEFT JOIN user_account w ON w.id = x.ended_by
   WHERE x.node_id = $1 AND x.message_number > $2 AND x.message_number <= $3
   ORDER BY x.message_number
)sql";

constexpr const char* insert_message_end_sql = R"sql(
  -- journals.restore_message_end
  INSERT INTO message_end (node_id, message_number, outcome, reason, ended_at, ended_by)
  SELECT $1, r.message, r.outcome, r.reason, r.ended_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (message int, outcome text, reason text, ended_at timestamptz,
           ended_by text)
    LEFT JOIN user_account w ON w.name = r.ended_by
)sql";

constexpr RowStatements message_end_rows{read_message_end_sql, insert_message_end_sql};

constexpr const char* read_payment_row_sql = R"sql(
  -- journals.native_payment_row
  SELECT x.payment_number, x.row_hash, x.recorded_at, w.name
    FROM payment_row x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.payment_number > $2 AND x.payment_number <= $3
   ORDER BY x.payment_number
)sql";

constexpr const char* insert_payment_row_sql = R"sql(
  -- journals.restore_payment_row
  INSERT INTO payment_row (node_id, payment_number, row_hash, recorded_at, recorded_by)
  SELECT $1, r.payment, r.row_hash, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (payment bigint, row_hash uuid, recorded_at timestamptz,
           recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements payment_row_rows{read_payment_row_sql, insert_payment_row_sql};

constexpr NamedStatements message_kinds[] = {
    {"reminder_setting", reminder_setting_rows},
    {"reminder_level", reminder_level_rows},
    {"reminder_text", reminder_text_rows},
    {"reminder_pause", reminder_pause_rows},
    {"reminder_pause_end", reminder_pause_end_rows},
    {"noticed_payment", noticed_payment_rows},
    {"noticed_payment_end", noticed_payment_end_rows},
    {"message", message_rows},
    {"message_charge", message_charge_rows},
    {"message_end", message_end_rows},
    {"payment_row", payment_row_rows},
};

}  // namespace

std::span<const NamedStatements> message_statements() { return message_kinds; }

constexpr const char* insert_restored_deliveries_sql = R"sql(
  -- journals.restore_deliveries
  INSERT INTO message_delivery (node_id, message_number, next_attempt_at)
  SELECT m.node_id, m.number, m.made_at
    FROM message m
   WHERE m.node_id = $1 AND NOT EXISTS (SELECT FROM message_end e
                                         WHERE e.node_id = m.node_id AND e.message_number = m.number)
)sql";

void insert_restored_deliveries(Tx& tx, NodeId node) { rows(tx, insert_restored_deliveries_sql, node); }

}  // namespace coop::journals
