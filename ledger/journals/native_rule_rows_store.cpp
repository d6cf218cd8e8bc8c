#include "ledger/journals/native_rule_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_bank_rule_sql = R"sql(
  -- journals.last_bank_rule
  SELECT coalesce(max(rule_number), 0)::int FROM bank_rule_version WHERE node_id = $1
)sql";

constexpr const char* last_bank_rule_order_sql = R"sql(
  -- journals.last_bank_rule_order
  SELECT coalesce(max(number), 0)::int FROM bank_rule_order WHERE node_id = $1
)sql";

constexpr const char* read_bank_rule_version_sql = R"sql(
  -- journals.native_bank_rule_version
  SELECT x.rule_number, x.version, x.name, x.note, u.code, x.bank_account, x.is_credit, x.least_minor,
         x.most_minor, x.counterparty, x.words, x.reference, x.code, x.first_day, x.last_day,
         x.counterparty_hash, x.parts::text, y.number, x.to_account, x.recorded_at, w.name
    FROM bank_rule_version x
    JOIN unit u ON u.id = x.unit_id
    LEFT JOIN party y ON y.node_id = x.node_id AND y.id = x.party_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.rule_number > $2 AND x.rule_number <= $3
   ORDER BY x.rule_number, x.version
)sql";

constexpr const char* insert_bank_rule_version_sql = R"sql(
  -- journals.restore_bank_rule_version
  INSERT INTO bank_rule_version (node_id, rule_number, version, name, note, unit_id, bank_account, is_credit,
    least_minor, most_minor, counterparty, words, reference, code, first_day, last_day, counterparty_hash,
    parts, party_id, to_account, recorded_at, recorded_by)
  SELECT $1, r.rule, r.version, r.name, r.note, u.id, r.bank_account, r.is_credit, r.least_minor,
         r.most_minor, r.counterparty, r.words, r.reference, r.code, r.first_day, r.last_day,
         r.counterparty_hash, r.parts::jsonb, y.id, r.to_account, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (rule int, version int, name text, note text, unit text,
           bank_account int, is_credit boolean, least_minor bigint, most_minor bigint, counterparty text,
           words text, reference text, code text, first_day int, last_day int, counterparty_hash text,
           parts text, member text, to_account int, recorded_at timestamptz, recorded_by text)
    JOIN unit u ON u.code = r.unit
    LEFT JOIN party y ON y.node_id = $1 AND y.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements bank_rule_version_rows{read_bank_rule_version_sql, insert_bank_rule_version_sql,
                                               last_bank_rule_sql};

constexpr const char* read_bank_rule_order_sql = R"sql(
  -- journals.native_bank_rule_order
  SELECT x.number, array_to_string(x.rules, ','), x.recorded_at, w.name
    FROM bank_rule_order x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_bank_rule_order_sql = R"sql(
  -- journals.restore_bank_rule_order
  INSERT INTO bank_rule_order (node_id, number, rules, recorded_at, recorded_by)
  SELECT $1, r.number, string_to_array(r.rules, ',')::int[], r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, rules text, recorded_at timestamptz,
           recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements bank_rule_order_rows{read_bank_rule_order_sql, insert_bank_rule_order_sql,
                                             last_bank_rule_order_sql};

constexpr const char* read_bank_rule_replay_sql = R"sql(
  -- journals.native_bank_rule_replay
  SELECT x.rule_number, x.number, x.version, x.bank_account, x.from_on, x.to_on, x.last_line, x.looked_at,
         x.agreed, x.differed, x.still_open, x.taken_before, x.recorded_at, w.name
    FROM bank_rule_replay x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.rule_number > $2 AND x.rule_number <= $3
   ORDER BY x.rule_number, x.number
)sql";

constexpr const char* insert_bank_rule_replay_sql = R"sql(
  -- journals.restore_bank_rule_replay
  INSERT INTO bank_rule_replay (node_id, rule_number, number, version, bank_account, from_on, to_on,
    last_line, looked_at, agreed, differed, still_open, taken_before, recorded_at, recorded_by)
  SELECT $1, r.rule, r.number, r.version, r.bank_account, r.from_on, r.to_on, r.last_line, r.looked_at,
         r.agreed, r.differed, r.still_open, r.taken_before, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (rule int, number int, version int, bank_account int,
           from_on date, to_on date, last_line bigint, looked_at bigint, agreed bigint, differed bigint,
           still_open bigint, taken_before bigint, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements bank_rule_replay_rows{read_bank_rule_replay_sql, insert_bank_rule_replay_sql,
                                              last_bank_rule_sql};

constexpr const char* read_bank_rule_step_sql = R"sql(
  -- journals.native_bank_rule_step
  SELECT x.rule_number, x.number, x.kind, x.version, x.replay, x.reason, x.recorded_at, w.name
    FROM bank_rule_step x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.rule_number > $2 AND x.rule_number <= $3
   ORDER BY x.rule_number, x.number
)sql";

constexpr const char* insert_bank_rule_step_sql = R"sql(
  -- journals.restore_bank_rule_step
  INSERT INTO bank_rule_step (node_id, rule_number, number, kind, version, replay, reason, recorded_at,
    recorded_by)
  SELECT $1, r.rule, r.number, r.step, r.version, r.replay, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (rule int, number int, step text, version int, replay int,
           reason text, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements bank_rule_step_rows{read_bank_rule_step_sql, insert_bank_rule_step_sql,
                                            last_bank_rule_sql};

constexpr const char* last_ruled_match_sql = R"sql(
  -- journals.last_ruled_match
  SELECT coalesce(max(number), 0)::int FROM bank_match WHERE node_id = $1
)sql";

constexpr const char* read_bank_match_rule_sql = R"sql(
  -- journals.native_bank_match_rule
  SELECT x.match_number, x.rule_number, x.version
    FROM bank_match_rule x
   WHERE x.node_id = $1 AND x.match_number > $2 AND x.match_number <= $3
   ORDER BY x.match_number
)sql";

constexpr const char* insert_bank_match_rule_sql = R"sql(
  -- journals.restore_bank_match_rule
  INSERT INTO bank_match_rule (node_id, match_number, rule_number, version)
  SELECT $1, r.match, r.rule, r.version
    FROM jsonb_to_recordset($2::jsonb) AS r (match int, rule int, version int)
)sql";

constexpr RowStatements bank_match_rule_rows{read_bank_match_rule_sql, insert_bank_match_rule_sql,
                                             last_ruled_match_sql};

constexpr const char* read_bank_match_word_sql = R"sql(
  -- journals.native_bank_match_word
  SELECT x.match_number, x.word_hash, x.is_credit, a.path, u.code, y.number
    FROM bank_match_word x
    LEFT JOIN account a ON a.node_id = x.node_id AND a.id = x.account_id
    LEFT JOIN unit u ON u.id = a.unit_id
    LEFT JOIN party y ON y.node_id = x.node_id AND y.id = x.party_id
   WHERE x.node_id = $1 AND x.match_number > $2 AND x.match_number <= $3
   ORDER BY x.match_number, x.word_hash
)sql";

constexpr const char* insert_bank_match_word_sql = R"sql(
  -- journals.restore_bank_match_word
  INSERT INTO bank_match_word (node_id, word_hash, is_credit, match_number, account_id, party_id)
  SELECT $1, r.word_hash, r.is_credit, r.match, a.id, y.id
    FROM jsonb_to_recordset($2::jsonb) AS r (match int, word_hash text, is_credit boolean, account text,
           unit text, member text)
    LEFT JOIN unit u ON u.code = r.unit
    LEFT JOIN account a ON a.node_id = $1 AND a.path = r.account AND a.unit_id = u.id
    LEFT JOIN party y ON y.node_id = $1 AND y.number = r.member
)sql";

constexpr RowStatements bank_match_word_rows{read_bank_match_word_sql, insert_bank_match_word_sql,
                                             last_ruled_match_sql};

constexpr NamedStatements rule_kinds[] = {
    {"bank_rule_version", bank_rule_version_rows}, {"bank_rule_order", bank_rule_order_rows},
    {"bank_rule_replay", bank_rule_replay_rows},   {"bank_rule_step", bank_rule_step_rows},
    {"bank_match_rule", bank_match_rule_rows},     {"bank_match_word", bank_match_word_rows},
};

}  // namespace

std::span<const NamedStatements> rule_statements() { return rule_kinds; }

}  // namespace coop::journals
