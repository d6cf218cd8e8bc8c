#include "ledger/journals/native_match_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_matched_line_sql = R"sql(
  -- journals.last_matched_line
  SELECT coalesce(max(number), 0)::int FROM bank_line WHERE node_id = $1
)sql";

constexpr const char* last_bank_match_sql = R"sql(
  -- journals.last_bank_match
  SELECT coalesce(max(number), 0)::int FROM bank_match WHERE node_id = $1
)sql";

constexpr const char* read_bank_live_line_sql = R"sql(
  -- journals.native_bank_live_line
  SELECT x.line_number
    FROM bank_live_line x
   WHERE x.node_id = $1 AND x.line_number > $2 AND x.line_number <= $3
   ORDER BY x.line_number
)sql";

constexpr const char* insert_bank_live_line_sql = R"sql(
  -- journals.restore_bank_live_line
  INSERT INTO bank_live_line (node_id, bank_account, key, occurrence, line_number)
  SELECT $1, l.bank_account, l.key, l.occurrence, l.number
    FROM jsonb_to_recordset($2::jsonb) AS r (line bigint)
    JOIN bank_line l ON l.node_id = $1 AND l.number = r.line
)sql";

constexpr RowStatements bank_live_line_rows{read_bank_live_line_sql, insert_bank_live_line_sql,
                                            last_matched_line_sql};

constexpr const char* read_bank_line_step_sql = R"sql(
  -- journals.native_bank_line_step
  SELECT x.line_number, x.number, x.kind, x.reason, x.recorded_at, w.name
    FROM bank_line_step x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.line_number > $2 AND x.line_number <= $3
   ORDER BY x.line_number, x.number
)sql";

constexpr const char* insert_bank_line_step_sql = R"sql(
  -- journals.restore_bank_line_step
  INSERT INTO bank_line_step (node_id, line_number, number, kind, reason, recorded_at, recorded_by)
  SELECT $1, r.line, r.number, r.step, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (line bigint, number int, step text, reason text,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements bank_line_step_rows{read_bank_line_step_sql, insert_bank_line_step_sql,
                                            last_matched_line_sql};

constexpr const char* read_bank_match_sql = R"sql(
  -- journals.native_bank_match
  SELECT x.number, x.line_number, x.method, x.is_attended, x.reasons::text, x.live, x.recorded_at, w.name
    FROM bank_match x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_bank_match_sql = R"sql(
  -- journals.restore_bank_match
  INSERT INTO bank_match (node_id, number, line_number, method, is_attended, reasons, live, recorded_at,
    recorded_by)
  SELECT $1, r.number, r.line, r.method, r.is_attended, r.reasons::jsonb, r.live, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, line bigint, method text, is_attended boolean,
           reasons text, live boolean, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements bank_match_rows{read_bank_match_sql, insert_bank_match_sql, last_bank_match_sql};

constexpr const char* read_bank_match_part_sql = R"sql(
  -- journals.native_bank_match_part
  SELECT x.match_number, x.part, x.entry_number, x.posting_line, x.amount_minor, x.made, x.payment_number,
         x.collection_number, x.collection_line, x.disbursement_number, x.order_number, x.return_code
    FROM bank_match_part x
   WHERE x.node_id = $1 AND x.match_number > $2 AND x.match_number <= $3
   ORDER BY x.match_number, x.part
)sql";

constexpr const char* insert_bank_match_part_sql = R"sql(
  -- journals.restore_bank_match_part
  INSERT INTO bank_match_part (node_id, match_number, part, entry_number, posting_line, amount_minor, made,
    payment_number, collection_number, collection_line, disbursement_number, order_number, return_code)
  SELECT $1, r.match, r.part, r.entry, r.posting_line, r.amount_minor, r.made, r.payment, r.collection,
         r.collection_line, r.disbursement, r."order", r.return_code
    FROM jsonb_to_recordset($2::jsonb) AS r (match int, part int, entry int, posting_line smallint,
           amount_minor bigint, made text, payment bigint, collection int, collection_line int,
           disbursement int, "order" int, return_code text)
)sql";

constexpr RowStatements bank_match_part_rows{read_bank_match_part_sql, insert_bank_match_part_sql,
                                             last_bank_match_sql};

constexpr const char* read_bank_match_end_sql = R"sql(
  -- journals.native_bank_match_end
  SELECT x.match_number, x.reason, x.recorded_at, w.name
    FROM bank_match_end x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.match_number > $2 AND x.match_number <= $3
   ORDER BY x.match_number
)sql";

constexpr const char* insert_bank_match_end_sql = R"sql(
  -- journals.restore_bank_match_end
  INSERT INTO bank_match_end (node_id, match_number, reason, recorded_at, recorded_by)
  SELECT $1, r.match, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (match int, reason text, recorded_at timestamptz,
           recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements bank_match_end_rows{read_bank_match_end_sql, insert_bank_match_end_sql,
                                            last_bank_match_sql};

constexpr const char* read_bank_payer_sql = R"sql(
  -- journals.native_bank_payer
  SELECT x.account_hash, p.number, x.match_number, x.recorded_at
    FROM bank_payer x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
   WHERE x.node_id = $1 AND x.match_number > $2 AND x.match_number <= $3
   ORDER BY x.match_number, x.account_hash, x.party_id
)sql";

constexpr const char* insert_bank_payer_sql = R"sql(
  -- journals.restore_bank_payer
  INSERT INTO bank_payer (node_id, account_hash, party_id, match_number, recorded_at)
  SELECT $1, r.account_hash, p.id, r.match, r.recorded_at
    FROM jsonb_to_recordset($2::jsonb) AS r (account_hash text, member text, match int,
           recorded_at timestamptz)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
)sql";

constexpr RowStatements bank_payer_rows{read_bank_payer_sql, insert_bank_payer_sql, last_bank_match_sql};

constexpr NamedStatements match_kinds[] = {
    {"bank_live_line", bank_live_line_rows}, {"bank_line_step", bank_line_step_rows},
    {"bank_match", bank_match_rows},         {"bank_match_part", bank_match_part_rows},
    {"bank_match_end", bank_match_end_rows}, {"bank_payer", bank_payer_rows},
};

}  // namespace

std::span<const NamedStatements> match_statements() { return match_kinds; }

}  // namespace coop::journals
