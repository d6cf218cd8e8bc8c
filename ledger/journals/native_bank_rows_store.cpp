#include "ledger/journals/native_bank_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_bank_account_sql = R"sql(
  -- journals.last_bank_account
  SELECT coalesce(max(number), 0)::int FROM bank_account WHERE node_id = $1
)sql";

constexpr const char* read_bank_account_sql = R"sql(
  -- journals.native_bank_account
  SELECT x.number, x.kind, a.path, u.code, x.identifier, x.title, x.recorded_at, w.name
    FROM bank_account x
    JOIN account a ON a.node_id = x.node_id AND a.id = x.account_id
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_bank_account_sql = R"sql(
  -- journals.restore_bank_account
  INSERT INTO bank_account (node_id, number, account_id, kind, identifier, title, recorded_at, recorded_by)
  SELECT $1, r.number, a.id, r.keeper, r.identifier, r.title, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, keeper text, account text, unit text,
           identifier text, title text, recorded_at timestamptz, recorded_by text)
    JOIN unit u ON u.code = r.unit
    JOIN account a ON a.node_id = $1 AND a.path = r.account AND a.unit_id = u.id
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements account_rows{read_bank_account_sql, insert_bank_account_sql, last_bank_account_sql};

constexpr const char* read_bank_account_trait_sql = R"sql(
  -- journals.native_bank_account_trait
  SELECT x.bank_account, x.number, x.kind, x.value::text, x.recorded_at, w.name
    FROM bank_account_trait x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.bank_account > $2 AND x.bank_account <= $3
   ORDER BY x.bank_account, x.number
)sql";

constexpr const char* insert_bank_account_trait_sql = R"sql(
  -- journals.restore_bank_account_trait
  INSERT INTO bank_account_trait (node_id, bank_account, number, kind, value, recorded_at, recorded_by)
  SELECT $1, r.bank_account, r.number, r.trait, r.value::jsonb, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (bank_account int, number int, trait text, value text,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements bank_account_trait_rows{read_bank_account_trait_sql, insert_bank_account_trait_sql,
                                                last_bank_account_sql};

constexpr const char* last_bank_import_sql = R"sql(
  -- journals.last_bank_import
  SELECT coalesce(max(number), 0)::int FROM bank_import WHERE node_id = $1
)sql";

// base64 without the line breaks that PostgreSQL sets; parts of a multiple of three bytes, so that only the
// last is padded.
constexpr const char* read_bank_file_part_sql = R"sql(
  -- journals.native_bank_file_part
  SELECT x.number, p.part,
         translate(encode(substring(x.file_bytes FROM (p.part - 1) * 1572864 + 1 FOR 1572864), 'base64'),
                   E'\n', '')
    FROM bank_import x
   CROSS JOIN generate_series(1, (length(x.file_bytes) + 1572863) / 1572864) AS p (part)
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number, p.part
)sql";

constexpr const char* insert_bank_file_part_sql = R"sql(
  -- journals.restore_bank_file_part
  INSERT INTO pg_temp.restored_bank_file (import, part, bytes)
  SELECT r.import, r.part, decode(r.bytes, 'base64')
    FROM jsonb_to_recordset($2::jsonb) AS r (import int, part int, bytes text)
   WHERE $1::int IS NOT NULL
)sql";

constexpr RowStatements file_part_rows{read_bank_file_part_sql, insert_bank_file_part_sql,
                                       last_bank_import_sql};

constexpr const char* read_bank_import_sql = R"sql(
  -- journals.native_bank_import
  SELECT x.number, x.file_name, x.file_hash, length(x.file_bytes), x.bank_account, x.recorded_at, w.name
    FROM bank_import x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_bank_import_sql = R"sql(
  -- journals.restore_bank_import
  INSERT INTO bank_import (node_id, number, file_name, file_hash, file_bytes, bank_account, recorded_at,
    recorded_by)
  SELECT $1, r.number, r.file_name, r.file_hash,
         (SELECT string_agg(f.bytes, ''::bytea ORDER BY f.part) FROM pg_temp.restored_bank_file f
           WHERE f.import = r.number),
         r.bank_account, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, file_name text, file_hash text, bank_account int,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements import_rows{read_bank_import_sql, insert_bank_import_sql, last_bank_import_sql};

constexpr const char* read_bank_import_step_sql = R"sql(
  -- journals.native_bank_import_step
  SELECT x.import_number, x.number, x.kind, x.code, x.words, x.recorded_at, w.name
    FROM bank_import_step x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.import_number > $2 AND x.import_number <= $3
   ORDER BY x.import_number, x.number
)sql";

constexpr const char* insert_bank_import_step_sql = R"sql(
  -- journals.restore_bank_import_step
  INSERT INTO bank_import_step (node_id, import_number, number, kind, code, words, recorded_at, recorded_by)
  SELECT $1, r.import, r.number, r.step, r.code, r.words, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (import int, number int, step text, code text, words text,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements bank_import_step_rows{read_bank_import_step_sql, insert_bank_import_step_sql,
                                              last_bank_import_sql};

constexpr const char* read_bank_statement_sql = R"sql(
  -- journals.native_bank_statement
  SELECT x.import_number, x.position, x.bank_account, x.file_kind, x.purpose, x.account, x.currency,
         x.bank_id, x.sequence, x.opening_minor, x.opening_on, x.closing_minor, x.closing_on, x.first_day,
         x.last_day, x.line_count, x.sum_minor, x.proof, x.difference_minor
    FROM bank_statement x
   WHERE x.node_id = $1 AND x.import_number > $2 AND x.import_number <= $3
   ORDER BY x.import_number, x.position
)sql";

constexpr const char* insert_bank_statement_sql = R"sql(
  -- journals.restore_bank_statement
  INSERT INTO bank_statement (node_id, import_number, position, bank_account, file_kind, purpose, account,
    currency, bank_id, sequence, opening_minor, opening_on, closing_minor, closing_on, first_day, last_day,
    line_count, sum_minor, proof, difference_minor)
  SELECT $1, r.import, r.position, r.bank_account, r.file_kind, r.purpose, r.account, r.currency,
         r.bank_id, r.sequence, r.opening_minor, r.opening_on, r.closing_minor, r.closing_on, r.first_day,
         r.last_day, r.lines, r.sum_minor, r.proof, r.difference_minor
    FROM jsonb_to_recordset($2::jsonb) AS r (import int, position int, bank_account int, file_kind text,
           purpose text, account text, currency text, bank_id text, sequence text, opening_minor bigint,
           opening_on date, closing_minor bigint, closing_on date, first_day date, last_day date,
           lines int, sum_minor bigint, proof text, difference_minor bigint)
)sql";

constexpr RowStatements bank_statement_rows{read_bank_statement_sql, insert_bank_statement_sql,
                                            last_bank_import_sql};

constexpr const char* read_bank_note_sql = R"sql(
  -- journals.native_bank_note
  SELECT x.import_number, x.number, x.code, x.place, x.words
    FROM bank_note x
   WHERE x.node_id = $1 AND x.import_number > $2 AND x.import_number <= $3
   ORDER BY x.import_number, x.number
)sql";

constexpr const char* insert_bank_note_sql = R"sql(
  -- journals.restore_bank_note
  INSERT INTO bank_note (node_id, import_number, number, code, place, words)
  SELECT $1, r.import, r.number, r.code, r.place, r.words
    FROM jsonb_to_recordset($2::jsonb) AS r (import int, number int, code text, place text, words text)
)sql";

constexpr RowStatements bank_note_rows{read_bank_note_sql, insert_bank_note_sql, last_bank_import_sql};

constexpr const char* last_bank_line_sql = R"sql(
  -- journals.last_bank_line
  SELECT coalesce(max(number), 0)::int FROM bank_line WHERE node_id = $1
)sql";

constexpr const char* read_bank_line_sql = R"sql(
  -- journals.native_bank_line
  SELECT x.number, x.import_number, x.statement_position, x.position, x.bank_account, x.status,
         x.booked_on, x.valued_on, x.amount_minor, x.charges_minor, x.is_reversal, x.key, x.occurrence,
         x.bank_id, x.code, x.words, x.place, x.raw, x.batch_message, x.batch_group,
         x.batch_count
    FROM bank_line x
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_bank_line_sql = R"sql(
  -- journals.restore_bank_line
  INSERT INTO bank_line (node_id, number, import_number, statement_position, position, bank_account,
    status, booked_on, valued_on, amount_minor, charges_minor, is_reversal, key, occurrence, bank_id, code,
    words, place, raw, raw_hash, batch_message, batch_group, batch_count)
  SELECT $1, r.number, r.import, r.statement, r.position, r.bank_account, r.status, r.booked_on,
         r.valued_on, r.amount_minor, r.charges_minor, r.is_reversal, r.key, r.occurrence, r.bank_id,
         r.code, r.words, r.place, r.raw, sha256(convert_to(r.raw, 'UTF8')),
         r.batch_message, r.batch_group, r.batch_count
    FROM jsonb_to_recordset($2::jsonb) AS r (number bigint, import int, statement int, position int,
           bank_account int, status text, booked_on date, valued_on date, amount_minor bigint,
           charges_minor bigint, is_reversal boolean, key text, occurrence int, bank_id text, code text,
           words text, place text, raw text, batch_message text, batch_group text,
           batch_count int)
)sql";

constexpr RowStatements bank_line_rows{read_bank_line_sql, insert_bank_line_sql, last_bank_line_sql};

constexpr const char* read_bank_detail_sql = R"sql(
  -- journals.native_bank_detail
  SELECT x.line_number, x.part, x.amount_minor, x.name, x.ultimate_name, x.account, x.bank, x.structured,
         x.end_to_end, x.mandate, x.creditor, x.instruction, x.message, x.payment_group, x.bank_reference,
         x.unique_reference, x.words, x.return_code, x.charges_minor
    FROM bank_detail x
   WHERE x.node_id = $1 AND x.line_number > $2 AND x.line_number <= $3
   ORDER BY x.line_number, x.part
)sql";

constexpr const char* insert_bank_detail_sql = R"sql(
  -- journals.restore_bank_detail
  INSERT INTO bank_detail (node_id, line_number, part, amount_minor, name, ultimate_name, account, bank,
    structured, end_to_end, mandate, creditor, instruction, message, payment_group, bank_reference,
    unique_reference, words, return_code, charges_minor)
  SELECT $1, r.line, r.part, r.amount_minor, r.name, r.ultimate_name, r.account, r.bank, r.structured,
         r.end_to_end, r.mandate, r.creditor, r.instruction, r.message, r.payment_group, r.bank_reference,
         r.unique_reference, r.words, r.return_code, r.charges_minor
    FROM jsonb_to_recordset($2::jsonb) AS r (line bigint, part int, amount_minor bigint, name text,
           ultimate_name text, account text, bank text, structured text, end_to_end text, mandate text,
           creditor text, instruction text, message text, payment_group text, bank_reference text,
           unique_reference text, words text, return_code text, charges_minor bigint)
)sql";

constexpr RowStatements bank_detail_rows{read_bank_detail_sql, insert_bank_detail_sql, last_bank_line_sql};

constexpr NamedStatements bank_kinds[] = {
    {"bank_account", account_rows},
    {"bank_account_trait", bank_account_trait_rows},
    {"bank_file_part", file_part_rows},
    {"bank_import", import_rows},
    {"bank_import_step", bank_import_step_rows},
    {"bank_statement", bank_statement_rows},
    {"bank_note", bank_note_rows},
    {"bank_line", bank_line_rows},
    {"bank_detail", bank_detail_rows},
};

}  // namespace

std::span<const NamedStatements> bank_statements() { return bank_kinds; }

}  // namespace coop::journals
