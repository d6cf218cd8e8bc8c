#include "ledger/journals/native_roll_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* read_roll_classes_sql = R"sql(
  -- journals.native_roll_classes
  SELECT x.roll_number, c.code, x.title, x.rule_number, x.weight_numerator || '/' || x.weight_denominator,
         x.one_vote, x.words, x.registered, x.paid_up, x.eligible, x.votes
    FROM roll_class x
    JOIN member_class c ON c.node_id = x.node_id AND c.id = x.class_id
   WHERE x.node_id = $1 AND x.roll_number > $2 AND x.roll_number <= $3
   ORDER BY x.roll_number, x.class_id
)sql";

constexpr const char* insert_roll_classes_sql = R"sql(
  -- journals.restore_roll_classes
  INSERT INTO roll_class (node_id, roll_number, class_id, title, rule_number, weight_numerator,
    weight_denominator, one_vote, words, registered, paid_up, eligible, votes)
  SELECT $1, r.roll, c.id, r.title, r.rule, split_part(r.weight, '/', 1)::bigint,
         split_part(r.weight, '/', 2)::bigint, r.one_vote, r.words, r.registered, r.paid_up, r.eligible,
         r.votes
    FROM jsonb_to_recordset($2::jsonb) AS r (roll int, class text, title text, rule int, weight text,
           one_vote text, words text, registered bigint, paid_up bigint, eligible bigint, votes bigint)
    JOIN member_class c ON c.node_id = $1 AND c.code = r.class
)sql";

constexpr RowStatements roll_classes{read_roll_classes_sql, insert_roll_classes_sql};

constexpr const char* read_lines_of_rolls_sql = R"sql(
  -- journals.native_roll_lines
  SELECT x.roll_number, x.line, x.membership_id, x.member, c.code, x.standing, x.is_registered, x.is_paid_up,
         x.is_waived, x.votes, x.excluded
    FROM roll_line x
    JOIN member_class c ON c.node_id = x.node_id AND c.id = x.class_id
   WHERE x.node_id = $1 AND x.roll_number > $2 AND x.roll_number <= $3
   ORDER BY x.roll_number, x.line
)sql";

constexpr const char* insert_lines_of_rolls_sql = R"sql(
  -- journals.restore_roll_lines
  INSERT INTO roll_line (node_id, roll_number, line, membership_id, member, class_id, standing,
    is_registered, is_paid_up, is_waived, votes, excluded)
  SELECT $1, r.roll, r.line, r.membership, r.member, c.id, r.standing, r.registered, r.paid_up, r.waived,
         r.votes, r.excluded
    FROM jsonb_to_recordset($2::jsonb) AS r (roll int, line int, membership int, member text, class text,
           standing text, registered boolean, paid_up boolean, waived boolean, votes bigint, excluded text)
    JOIN member_class c ON c.node_id = $1 AND c.code = r.class
)sql";

constexpr RowStatements roll_lines{read_lines_of_rolls_sql, insert_lines_of_rolls_sql};

constexpr const char* read_rolls_sql = R"sql(
  -- journals.native_rolls
  SELECT x.number, x.title, x.as_of, x.known_at, x.lines, encode(x.hash, 'hex'), x.recorded_at, w.name
    FROM roll x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_rolls_sql = R"sql(
  -- journals.restore_rolls
  INSERT INTO roll (node_id, number, title, as_of, known_at, lines, hash, recorded_at, recorded_by)
  SELECT $1, r.number, r.title, r.as_of, r.known_at, r.lines, decode(r.hash, 'hex'), r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, title text, as_of date, known_at timestamptz,
           lines int, hash text, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements all_rolls{read_rolls_sql, insert_rolls_sql};

constexpr const char* read_votes_sql = R"sql(
  -- journals.native_votes
  SELECT x.number, x.roll_number, x.title, x.link, x.held_on,
         x.quorum_numerator || '/' || x.quorum_denominator, x.decision, x.supersedes, x.reason,
         x.recorded_at, w.name
    FROM vote x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_votes_sql = R"sql(
  -- journals.restore_votes
  INSERT INTO vote (node_id, number, roll_number, title, link, held_on, quorum_numerator, quorum_denominator,
    decision, supersedes, reason, recorded_at, recorded_by)
  SELECT $1, r.number, r.roll, r.title, r.link, r.held_on, split_part(r.quorum, '/', 1)::bigint,
         split_part(r.quorum, '/', 2)::bigint, r.decision, r.supersedes, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, roll int, title text, link text, held_on date,
           quorum text, decision text, supersedes int, reason text, recorded_at timestamptz,
           recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
   ORDER BY r.number
)sql";

constexpr RowStatements votes{read_votes_sql, insert_votes_sql};

constexpr const char* read_vote_tallies_sql = R"sql(
  -- journals.native_vote_tallies
  SELECT x.vote_number, c.code, x.votes_for, x.votes_against, x.abstained
    FROM vote_tally x
    JOIN member_class c ON c.node_id = x.node_id AND c.id = x.class_id
   WHERE x.node_id = $1 AND x.vote_number > $2 AND x.vote_number <= $3
   ORDER BY x.vote_number, x.class_id
)sql";

constexpr const char* insert_vote_tallies_sql = R"sql(
  -- journals.restore_vote_tallies
  INSERT INTO vote_tally (node_id, vote_number, roll_number, class_id, votes_for, votes_against, abstained)
  SELECT $1, r.vote, v.roll_number, c.id, r."for", r.against, r.abstain
    FROM jsonb_to_recordset($2::jsonb) AS r (vote int, class text, "for" bigint, against bigint,
           abstain bigint)
    JOIN vote v ON v.node_id = $1 AND v.number = r.vote
    JOIN member_class c ON c.node_id = $1 AND c.code = r.class
)sql";

constexpr RowStatements vote_tallies{read_vote_tallies_sql, insert_vote_tallies_sql};

constexpr NamedStatements roll_kinds[] = {
    {"roll_class", roll_classes}, {"roll_line", roll_lines}, {"roll", all_rolls}, {"vote", votes},
    {"vote_tally", vote_tallies},
};

}  // namespace

std::span<const NamedStatements> roll_statements() { return roll_kinds; }

}  // namespace coop::journals
