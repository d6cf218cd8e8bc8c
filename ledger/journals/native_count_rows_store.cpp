#include "ledger/journals/native_count_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_bank_count_sql = R"sql(
  -- journals.last_bank_count
  SELECT coalesce(max(number), 0)::int FROM bank_count WHERE node_id = $1
)sql";

constexpr const char* read_bank_count_sql = R"sql(
  -- journals.native_bank_count
  SELECT x.number, x.bank_account, x.counted_on, x.total_minor, x.live, x.recorded_at, w.name
    FROM bank_count x
    JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_bank_count_sql = R"sql(
  -- journals.restore_bank_count
  INSERT INTO bank_count (node_id, number, bank_account, counted_on, total_minor, live, recorded_at,
    recorded_by)
  SELECT $1, r.number, r.bank_account, r.counted_on, r.total_minor, r.live, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, bank_account int, counted_on date,
           total_minor bigint, live boolean, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements count_rows{read_bank_count_sql, insert_bank_count_sql, last_bank_count_sql};

constexpr const char* read_bank_count_piece_sql = R"sql(
  -- journals.native_bank_count_piece
  SELECT x.count_number, x.value_minor, x.pieces
    FROM bank_count_piece x
   WHERE x.node_id = $1 AND x.count_number > $2 AND x.count_number <= $3
   ORDER BY x.count_number, x.value_minor
)sql";

constexpr const char* insert_bank_count_piece_sql = R"sql(
  -- journals.restore_bank_count_piece
  INSERT INTO bank_count_piece (node_id, count_number, value_minor, pieces)
  SELECT $1, r.count, r.value_minor, r.pieces
    FROM jsonb_to_recordset($2::jsonb) AS r (count int, value_minor bigint, pieces bigint)
)sql";

constexpr RowStatements count_piece_rows{read_bank_count_piece_sql, insert_bank_count_piece_sql,
                                         last_bank_count_sql};

constexpr const char* read_bank_count_witness_sql = R"sql(
  -- journals.native_bank_count_witness
  SELECT x.count_number, x.recorded_at, w.name
    FROM bank_count_witness x
    JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.count_number > $2 AND x.count_number <= $3
   ORDER BY x.count_number, w.name
)sql";

constexpr const char* insert_bank_count_witness_sql = R"sql(
  -- journals.restore_bank_count_witness
  INSERT INTO bank_count_witness (node_id, count_number, recorded_at, recorded_by)
  SELECT $1, r.count, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (count int, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements count_witness_rows{read_bank_count_witness_sql, insert_bank_count_witness_sql,
                                           last_bank_count_sql};

constexpr const char* read_bank_count_entry_sql = R"sql(
  -- journals.native_bank_count_entry
  SELECT x.count_number, x.entry_number, x.recorded_at, w.name
    FROM bank_count_entry x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.count_number > $2 AND x.count_number <= $3
   ORDER BY x.count_number, x.entry_number
)sql";

constexpr const char* insert_bank_count_entry_sql = R"sql(
  -- journals.restore_bank_count_entry
  INSERT INTO bank_count_entry (node_id, count_number, entry_number, recorded_at, recorded_by)
  SELECT $1, r.count, r.entry, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (count int, entry bigint, recorded_at timestamptz,
           recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements count_entry_rows{read_bank_count_entry_sql, insert_bank_count_entry_sql,
                                         last_bank_count_sql};

constexpr const char* read_bank_count_end_sql = R"sql(
  -- journals.native_bank_count_end
  SELECT x.count_number, x.reason, x.recorded_at, w.name
    FROM bank_count_end x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.count_number > $2 AND x.count_number <= $3
   ORDER BY x.count_number
)sql";

constexpr const char* insert_bank_count_end_sql = R"sql(
  -- journals.restore_bank_count_end
  INSERT INTO bank_count_end (node_id, count_number, reason, recorded_at, recorded_by)
  SELECT $1, r.count, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (count int, reason text, recorded_at timestamptz,
           recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements count_end_rows{read_bank_count_end_sql, insert_bank_count_end_sql,
                                       last_bank_count_sql};

constexpr NamedStatements count_kinds[] = {{"bank_count", count_rows},
                                           {"bank_count_piece", count_piece_rows},
                                           {"bank_count_witness", count_witness_rows},
                                           {"bank_count_entry", count_entry_rows},
                                           {"bank_count_end", count_end_rows}};

}  // namespace

std::span<const NamedStatements> count_statements() { return count_kinds; }

}  // namespace coop::journals
