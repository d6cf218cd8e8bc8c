#include "ledger/journals/native_obligation_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_obligation_sql = R"sql(
  -- journals.last_obligation
  SELECT coalesce(max(number), 0) FROM obligation WHERE node_id = $1
)sql";

constexpr const char* read_obligation_row_sql = R"sql(
  -- journals.native_obligation
  SELECT x.number, x.title, c.code, x.from_on, x.until_on, x.minutes, x.amount_minor, u.code, x.rate_minor,
         x.by_hours, x.by_money, x.by_kind, x.decision, x.recorded_at, w.name
    FROM obligation x
    LEFT JOIN circle c ON c.node_id = x.node_id AND c.id = x.circle_id
    LEFT JOIN unit u ON u.id = x.unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_obligation_row_sql = R"sql(
  -- journals.restore_obligation
  INSERT INTO obligation (node_id, number, title, circle_id, from_on, until_on, minutes, amount_minor,
    unit_id, rate_minor, by_hours, by_money, by_kind, decision, recorded_at, recorded_by)
  SELECT $1, r.number, r.title, c.id, r.from_on, r.until_on, r.minutes, r.amount_minor, u.id, r.rate_minor,
         r.by_hours, r.by_money, r.by_kind, r.decision, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, title text, circle text, from_on date,
           until_on date, minutes int, amount_minor bigint, unit text, rate_minor bigint, by_hours boolean,
           by_money boolean, by_kind boolean, decision text, recorded_at timestamptz, recorded_by text)
    LEFT JOIN circle c ON c.node_id = $1 AND c.code = r.circle
    LEFT JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements obligation_rows{read_obligation_row_sql, insert_obligation_row_sql,
                                        last_obligation_sql};

constexpr const char* read_obligation_member_sql = R"sql(
  -- journals.native_obligation_member
  SELECT x.obligation_number, p.number, x.recorded_at, w.name
    FROM obligation_member x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.obligation_number > $2 AND x.obligation_number <= $3
   ORDER BY x.obligation_number, x.party_id
)sql";

constexpr const char* insert_obligation_member_sql = R"sql(
  -- journals.restore_obligation_member
  INSERT INTO obligation_member (node_id, obligation_number, party_id, recorded_at, recorded_by)
  SELECT $1, r.obligation, p.id, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (obligation int, member text, recorded_at timestamptz,
           recorded_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements obligation_member_rows{read_obligation_member_sql, insert_obligation_member_sql,
                                               last_obligation_sql};

constexpr const char* read_obligation_withdrawal_sql = R"sql(
  -- journals.native_obligation_withdrawal
  SELECT x.obligation_number, x.reason, x.recorded_at, w.name
    FROM obligation_withdrawal x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.obligation_number > $2 AND x.obligation_number <= $3
   ORDER BY x.obligation_number
)sql";

constexpr const char* insert_obligation_withdrawal_sql = R"sql(
  -- journals.restore_obligation_withdrawal
  INSERT INTO obligation_withdrawal (node_id, obligation_number, reason, recorded_at, recorded_by)
  SELECT $1, r.obligation, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (obligation int, reason text, recorded_at timestamptz,
           recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements obligation_withdrawal_rows{read_obligation_withdrawal_sql,
                                                   insert_obligation_withdrawal_sql, last_obligation_sql};

constexpr const char* read_obligation_settlement_sql = R"sql(
  -- journals.native_obligation_settlement
  SELECT x.obligation_number, x.number, x.kind, p.number, x.on_day, x.amount_minor, x.minutes,
         x.entry_number, x.reverses, x.words, x.recorded_at, w.name
    FROM obligation_settlement x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.obligation_number > $2 AND x.obligation_number <= $3
   ORDER BY x.obligation_number, x.number
)sql";

constexpr const char* insert_obligation_settlement_sql = R"sql(
  -- journals.restore_obligation_settlement
  INSERT INTO obligation_settlement (node_id, obligation_number, number, kind, party_id, on_day,
    amount_minor, minutes, entry_number, reverses, words, recorded_at, recorded_by)
  SELECT $1, r.obligation, r.number, r.how, p.id, r.on_day, r.amount_minor, r.minutes, r.entry, r.reverses,
         r.words, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (obligation int, number int, how text, member text, on_day date,
           amount_minor bigint, minutes int, entry bigint, reverses int, words text,
           recorded_at timestamptz, recorded_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
   ORDER BY r.obligation, r.number
)sql";

constexpr RowStatements obligation_settlement_rows{read_obligation_settlement_sql,
                                                   insert_obligation_settlement_sql, last_obligation_sql};

constexpr const char* last_hours_import_sql = R"sql(
  -- journals.last_hours_import
  SELECT coalesce(max(number), 0) FROM hours_import WHERE node_id = $1
)sql";

constexpr const char* read_hours_import_sql = R"sql(
  -- journals.native_hours_import
  SELECT x.number, x.file_hash, x.table_rows, x.recorded, x.known, x.recorded_at, w.name
    FROM hours_import x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_hours_import_sql = R"sql(
  -- journals.restore_hours_import
  INSERT INTO hours_import (node_id, number, file_hash, table_rows, recorded, known, recorded_at,
    recorded_by)
  SELECT $1, r.number, r.file_hash, r.rows, r.recorded, r.known, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, file_hash text, rows int, recorded int, known int,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements hours_import_rows{read_hours_import_sql, insert_hours_import_sql,
                                          last_hours_import_sql};

constexpr const char* read_hours_import_row_sql = R"sql(
  -- journals.native_hours_import_row
  SELECT x.import_number, x.line, x.row_key, x.hours_number
    FROM hours_import_row x
   WHERE x.node_id = $1 AND x.import_number > $2 AND x.import_number <= $3
   ORDER BY x.import_number, x.line
)sql";

constexpr const char* insert_hours_import_row_sql = R"sql(
  -- journals.restore_hours_import_row
  INSERT INTO hours_import_row (node_id, import_number, line, row_key, hours_number)
  SELECT $1, r.import, r.line, r.row_key, r.hours
    FROM jsonb_to_recordset($2::jsonb) AS r (import int, line int, row_key uuid, hours int)
)sql";

constexpr RowStatements hours_import_row_rows{read_hours_import_row_sql, insert_hours_import_row_sql,
                                              last_hours_import_sql};

constexpr NamedStatements obligation_kinds[] = {{"obligation", obligation_rows},
                                                {"obligation_member", obligation_member_rows},
                                                {"obligation_withdrawal", obligation_withdrawal_rows},
                                                {"obligation_settlement", obligation_settlement_rows},
                                                {"hours_import", hours_import_rows},
                                                {"hours_import_row", hours_import_row_rows}};

}  // namespace

std::span<const NamedStatements> obligation_statements() { return obligation_kinds; }

}  // namespace coop::journals
