#include "ledger/journals/native_signoff_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_bank_signoff_sql = R"sql(
  -- journals.last_bank_signoff
  SELECT coalesce(max(number), 0)::int FROM bank_signoff WHERE node_id = $1
)sql";

constexpr const char* read_bank_signoff_sql = R"sql(
  -- journals.native_bank_signoff
  SELECT x.number, x.bank_account, x.as_of, x.books_minor, x.uncleared_count, x.uncleared_minor,
         x.unbooked_count, x.unbooked_minor, x.beginning_minor, x.bank_minor, x.difference_minor,
         x.explanation, x.last_entry, x.last_event, x.import_number, x.statement_position, x.statement,
         x.statement_hash, x.live, x.recorded_at, w.name
    FROM bank_signoff x
    JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_bank_signoff_sql = R"sql(
  -- journals.restore_bank_signoff
  INSERT INTO bank_signoff (node_id, number, bank_account, as_of, books_minor, uncleared_count,
    uncleared_minor, unbooked_count, unbooked_minor, beginning_minor, bank_minor, difference_minor,
    explanation, last_entry, last_event, import_number, statement_position, statement, statement_hash, live,
    recorded_at, recorded_by)
  SELECT $1, r.number, r.bank_account, r.as_of, r.books_minor, r.uncleared_count, r.uncleared_minor,
         r.unbooked_count, r.unbooked_minor, r.beginning_minor, r.bank_minor, r.difference_minor,
         r.explanation, r.last_entry, r.last_event, r.import, r.position, r.statement, r.statement_hash,
         r.live, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, bank_account int, as_of date, books_minor bigint,
           uncleared_count bigint, uncleared_minor bigint, unbooked_count bigint, unbooked_minor bigint,
           beginning_minor bigint, bank_minor bigint, difference_minor bigint, explanation text,
           last_entry bigint, last_event bigint, import int, position int, statement text,
           statement_hash text, live boolean, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements signoff_rows{read_bank_signoff_sql, insert_bank_signoff_sql, last_bank_signoff_sql};

constexpr const char* read_bank_countersignature_sql = R"sql(
  -- journals.native_bank_countersignature
  SELECT x.signoff_number, x.recorded_at, w.name
    FROM bank_countersignature x
    JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.signoff_number > $2 AND x.signoff_number <= $3
   ORDER BY x.signoff_number, w.name
)sql";

constexpr const char* insert_bank_countersignature_sql = R"sql(
  -- journals.restore_bank_countersignature
  INSERT INTO bank_countersignature (node_id, signoff_number, recorded_at, recorded_by)
  SELECT $1, r.signoff, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (signoff int, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements countersignature_rows{read_bank_countersignature_sql,
                                              insert_bank_countersignature_sql, last_bank_signoff_sql};

constexpr const char* read_bank_signoff_end_sql = R"sql(
  -- journals.native_bank_signoff_end
  SELECT x.signoff_number, x.reason, x.recorded_at, w.name
    FROM bank_signoff_end x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.signoff_number > $2 AND x.signoff_number <= $3
   ORDER BY x.signoff_number
)sql";

constexpr const char* insert_bank_signoff_end_sql = R"sql(
  -- journals.restore_bank_signoff_end
  INSERT INTO bank_signoff_end (node_id, signoff_number, reason, recorded_at, recorded_by)
  SELECT $1, r.signoff, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (signoff int, reason text, recorded_at timestamptz,
           recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements signoff_end_rows{read_bank_signoff_end_sql, insert_bank_signoff_end_sql,
                                         last_bank_signoff_sql};

constexpr NamedStatements signoff_kinds[] = {{"bank_signoff", signoff_rows},
                                             {"bank_countersignature", countersignature_rows},
                                             {"bank_signoff_end", signoff_end_rows}};

}  // namespace

std::span<const NamedStatements> signoff_statements() { return signoff_kinds; }

}  // namespace coop::journals
