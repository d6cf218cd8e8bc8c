#include "ledger/proof/rolls_store.hpp"

namespace coop::proof {

namespace {

// The text of a roll (docs/formats/roll.md), written anew from its rows.
constexpr const char* read_rolls_that_differ_sql = R"sql(
  -- proof.read_rolls_that_differ
  WITH numbers AS (
    SELECT n AS number
      FROM generate_series(1, (SELECT greatest((SELECT max(number) FROM roll WHERE node_id = $1),
                                               (SELECT max(roll_number) FROM roll_line WHERE node_id = $1),
                                               (SELECT max(roll_number) FROM roll_class
                                                 WHERE node_id = $1)))) n
  )
  SELECT s.number::bigint
    FROM numbers s
    LEFT JOIN roll r ON r.node_id = $1 AND r.number = s.number
    LEFT JOIN node n ON n.id = r.node_id
    LEFT JOIN LATERAL (
      SELECT string_agg(format(E'class %s rule=%s weight=%s one_vote=%s registered=%s paid_up=%s eligible=%s '
                               'votes=%s words=%s\n', k.code, coalesce(c.rule_number::text, '-'),
                               CASE WHEN c.weight_numerator IS NULL THEN '-'
                                    WHEN c.weight_denominator = 1 THEN c.weight_numerator::text
                                    ELSE c.weight_numerator || '/' || c.weight_denominator END,
                               c.one_vote, c.registered, c.paid_up, c.eligible, c.votes,
                               to_json(c.words)), '' ORDER BY k.code COLLATE "C") AS text,
             sum(c.registered) AS registered, sum(c.eligible) AS eligible, sum(c.votes) AS votes
        FROM roll_class c
        JOIN member_class k ON k.node_id = c.node_id AND k.id = c.class_id
       WHERE c.node_id = r.node_id AND c.roll_number = r.number) c ON true
    LEFT JOIN LATERAL (
      SELECT string_agg(format(E'member %s class=%s membership=%s standing=%s registered=%s paid_up=%s '
                               'waived=%s votes=%s excluded=%s\n', l.member, k.code, l.membership_id,
                               l.standing, CASE WHEN l.is_registered THEN 'yes' ELSE 'no' END,
                               CASE WHEN l.is_paid_up THEN 'yes' ELSE 'no' END,
                               CASE WHEN l.is_waived THEN 'yes' ELSE 'no' END, l.votes,
                               to_json(l.excluded)), '' ORDER BY l.line) AS text,
             count(*) AS lines, count(*) FILTER (WHERE l.is_registered) AS registered,
             count(*) FILTER (WHERE l.excluded = '') AS eligible, sum(l.votes) AS votes
        FROM roll_line l
        JOIN member_class k ON k.node_id = l.node_id AND k.id = l.class_id
       WHERE l.node_id = r.node_id AND l.roll_number = r.number) l ON true
   WHERE r.number IS NULL OR l.lines <> r.lines
      OR (coalesce(c.registered, 0), coalesce(c.eligible, 0), coalesce(c.votes, 0))
         <> (l.registered, l.eligible, coalesce(l.votes, 0))
      OR r.hash <> sha256(convert_to(format(E'coopledger-roll-1\nnode %s\nnumber %s\ntitle %s\nas_of %s\n'
                                            'known_at %s\n', n.name, r.number, to_json(r.title), r.as_of,
                                            to_char(r.known_at AT TIME ZONE 'UTC',
                                                    'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
                                     || coalesce(c.text, '') || coalesce(l.text, ''), 'UTF8'))
   ORDER BY 1
   LIMIT 20
)sql";

}  // namespace

std::vector<std::int64_t> read_rolls_that_differ(BulkReader& reader, std::int64_t node) {
  return reader.read(read_rolls_that_differ_sql, node).numbers();
}

namespace {

constexpr const char* read_votes_that_differ_sql = R"sql(
  -- proof.read_votes_that_differ
  SELECT s.number::bigint
    FROM generate_series(1, (SELECT max(number) FROM vote WHERE node_id = $1)) AS s (number)
    LEFT JOIN vote v ON v.node_id = $1 AND v.number = s.number
   WHERE v.number IS NULL
      OR NOT EXISTS (SELECT FROM vote_tally t WHERE t.node_id = $1 AND t.vote_number = v.number)
      OR EXISTS (SELECT FROM vote_tally t
                   LEFT JOIN roll_class c ON c.node_id = t.node_id AND c.roll_number = v.roll_number
                                         AND c.class_id = t.class_id AND c.weight_numerator IS NOT NULL
                  WHERE t.node_id = $1 AND t.vote_number = v.number
                    AND (c.votes IS NULL OR t.roll_number <> v.roll_number
                         OR t.votes_for::numeric + t.votes_against + t.abstained > c.votes))
   ORDER BY 1
   LIMIT 20
)sql";

}  // namespace

std::vector<std::int64_t> read_votes_that_differ(BulkReader& reader, std::int64_t node) {
  return reader.read(read_votes_that_differ_sql, node).numbers();
}

}  // namespace coop::proof
