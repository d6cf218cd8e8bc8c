#include "ledger/proof/bank_store.hpp"

#include "ledger/proof/fault_store.hpp"
#include "ledger/proof/line_key_store.hpp"
#include "ledger/proof/reconciling_store.hpp"

namespace coop::proof {

namespace {

constexpr const char* read_file_faults_sql = R"sql(
  -- proof.read_bank_file_faults
  SELECT format('file %s of a bank is missing', min(i.counted))
    FROM (SELECT x.number, row_number() OVER (ORDER BY x.number) AS counted FROM bank_import x
           WHERE x.node_id = $1) i
   WHERE i.number <> i.counted
  HAVING count(*) > 0
  UNION ALL
  SELECT format('file %s of a bank is missing', s.import_number)
    FROM (SELECT import_number FROM bank_import_step WHERE node_id = $1
           UNION SELECT import_number FROM bank_statement WHERE node_id = $1) s
   WHERE NOT EXISTS (SELECT FROM bank_import i WHERE i.node_id = $1 AND i.number = s.import_number)
  UNION ALL
  SELECT format('file %s of a bank has other bytes than its hash says', i.number)
    FROM bank_import i
   WHERE i.node_id = $1 AND i.file_hash IS DISTINCT FROM encode(sha256(i.file_bytes), 'hex')
  UNION ALL
  SELECT format('file %s of a bank was %s at the wrong time', s.import_number, replace(s.kind, '_', ' '))
    FROM (SELECT x.import_number, x.number, x.kind,
                 row_number() OVER w AS counted, lag(x.kind) OVER w AS before
            FROM bank_import_step x
           WHERE x.node_id = $1
          WINDOW w AS (PARTITION BY x.import_number ORDER BY x.number)) s
   WHERE s.number <> s.counted
      OR CASE s.kind WHEN 'undone' THEN s.before = 'taken_in'
                     WHEN 'taken_in' THEN s.before = 'read'
                     WHEN 'dropped' THEN s.before = 'read'
                     ELSE s.before IS NULL OR s.before = 'unreadable' END IS NOT TRUE
  UNION ALL
  SELECT format('statement %s of file %s of a bank is of a file that was not read', t.position,
                t.import_number)
    FROM bank_statement t
   WHERE t.node_id = $1
     AND NOT EXISTS (SELECT FROM bank_import_step s WHERE s.node_id = $1
                        AND s.import_number = t.import_number AND s.kind = 'read')
   ORDER BY 1
   LIMIT 20
)sql";

void add_file_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_file_faults_sql, node, faults);
}

constexpr const char* read_statement_faults_sql = R"sql(
  -- proof.read_bank_statement_faults
  WITH statement AS (
    SELECT t.import_number, t.position, t.opening_minor, t.closing_minor, t.line_count, t.sum_minor, t.proof,
           t.difference_minor, t.bank_account,
           format('statement %s of file %s of a bank', t.position, t.import_number) AS name
      FROM bank_statement t
     WHERE t.node_id = $1
  ), booked AS (
    SELECT l.import_number, l.statement_position AS position, count(*) AS lines,
           count(*) FILTER (WHERE l.status = 'booked') AS booked, max(l.position) AS last,
           coalesce(sum(l.amount_minor) FILTER (WHERE l.status = 'booked'), 0) AS minor
      FROM bank_line l
     WHERE l.node_id = $1
     GROUP BY 1, 2
  )
  SELECT format('%s does not add up as it says', s.name)
    FROM statement s
   WHERE (s.difference_minor <> 0) <> (s.proof = 'contradicts')
      OR s.proof <> 'unprovable'
         AND (s.opening_minor::numeric + s.sum_minor + s.difference_minor = s.closing_minor) IS NOT TRUE
  UNION ALL
  SELECT format('the lines of %s are not those that it says', s.name)
    FROM statement s
    LEFT JOIN booked b USING (import_number, position)
   WHERE (coalesce(b.booked, 0), coalesce(b.minor, 0)) <> (s.line_count, s.sum_minor::numeric)
      OR b.lines <> b.last
  UNION ALL
  SELECT format('line %s of a bank stands in no statement of its account', l.number)
    FROM bank_line l
    LEFT JOIN statement s ON s.import_number = l.import_number AND s.position = l.statement_position
   WHERE l.node_id = $1 AND (s.name IS NULL OR s.bank_account IS DISTINCT FROM l.bank_account)
  UNION ALL
  SELECT format('the text of line %s of a bank is not that of its hash', l.number)
    FROM bank_line l
   WHERE l.node_id = $1 AND l.raw_hash <> sha256(convert_to(l.raw, 'UTF8'))
  UNION ALL
  SELECT format('the lines of banks end with %s, and there are %s', max(l.number), count(*))
    FROM bank_line l
   WHERE l.node_id = $1
  HAVING max(l.number) <> count(*)
  UNION ALL
  SELECT format('the payments in line %s of a bank are not those that it had', d.line_number)
    FROM bank_detail d
    LEFT JOIN bank_line l ON l.node_id = d.node_id AND l.number = d.line_number
   WHERE d.node_id = $1
   GROUP BY d.line_number
  HAVING max(d.part) <> count(*) OR count(l.number) = 0
   ORDER BY 1
   LIMIT 20
)sql";

void add_statement_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_statement_faults_sql, node, faults);
}

// A line counts while a file that was taken in holds it; beyond that only if it is, or was, matched.
constexpr const char* read_live_line_faults_sql = R"sql(
  -- proof.read_bank_live_line_faults
  WITH file AS (
    SELECT s.import_number, bool_or(s.kind = 'taken_in') AS was_taken_in,
           bool_or(s.kind = 'taken_in') AND NOT bool_or(s.kind = 'undone') AS counts
      FROM bank_import_step s
     WHERE s.node_id = $1
     GROUP BY s.import_number
  ), booked AS (
    SELECT l.number, l.bank_account, l.key, l.occurrence, f.was_taken_in, f.counts, t.purpose
      FROM bank_line l
      JOIN file f ON f.import_number = l.import_number
      LEFT JOIN bank_statement t ON t.node_id = l.node_id AND t.import_number = l.import_number
            AND t.position = l.statement_position
     WHERE l.node_id = $1 AND l.status = 'booked' AND l.bank_account IS NOT NULL
  ), live AS (
    SELECT v.line_number, v.bank_account, v.key, v.occurrence FROM bank_live_line v WHERE v.node_id = $1
  )
  SELECT format('line %s of a bank should count, and does not', min(b.number))
    FROM booked b
    LEFT JOIN live v USING (bank_account, key, occurrence)
   WHERE b.counts AND b.purpose = 'booked' AND v.line_number IS NULL
   GROUP BY b.bank_account, b.key, b.occurrence
  UNION ALL
  SELECT format('line %s of a bank counts, but was not booked in a file that was taken in', v.line_number)
    FROM live v
    LEFT JOIN booked b ON (b.number, b.bank_account, b.key, b.occurrence)
                        = (v.line_number, v.bank_account, v.key, v.occurrence)
   WHERE (b.was_taken_in AND b.purpose = 'booked') IS NOT TRUE
  UNION ALL
  SELECT format('line %s of a bank counts, but no file holds it any more', v.line_number)
    FROM live v
   WHERE NOT EXISTS (SELECT FROM booked b WHERE b.counts AND b.bank_account = v.bank_account
                        AND b.key = v.key AND b.occurrence = v.occurrence)
     AND NOT EXISTS (SELECT FROM bank_match m WHERE m.node_id = $1 AND m.line_number = v.line_number)
  UNION ALL
  SELECT format('line %s of a bank counts twice', min(v.line_number))
    FROM live v
   GROUP BY v.bank_account, v.key, v.occurrence
  HAVING count(*) > 1
  UNION ALL
  SELECT format('line %s of a bank was %s at the wrong time', s.line_number, s.kind)
    FROM (SELECT x.line_number, x.number, x.kind, row_number() OVER w AS counted,
                 coalesce(lag(x.kind) OVER w, 'reopened') AS before
            FROM bank_line_step x
           WHERE x.node_id = $1
          WINDOW w AS (PARTITION BY x.line_number ORDER BY x.number)) s
   WHERE s.number <> s.counted OR s.kind = s.before
   ORDER BY 1
   LIMIT 20
)sql";

void add_live_line_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_live_line_faults_sql, node, faults);
}

constexpr const char* read_match_faults_sql = R"sql(
  -- proof.read_bank_match_faults
  WITH part AS (
    SELECT p.match_number, p.part, p.entry_number, p.posting_line, p.amount_minor, m.live, m.line_number,
           y.amount_minor AS posted_minor
      FROM bank_match_part p
      LEFT JOIN bank_match m ON m.node_id = p.node_id AND m.number = p.match_number
      LEFT JOIN bank_line l ON l.node_id = p.node_id AND l.number = m.line_number
      LEFT JOIN bank_account a ON a.node_id = p.node_id AND a.number = l.bank_account
      LEFT JOIN posting y ON y.node_id = p.node_id AND y.entry_number = p.entry_number
            AND y.line = p.posting_line AND y.account_id = a.account_id
     WHERE p.node_id = $1
  )
  SELECT format('match %s is missing', min(m.counted))
    FROM (SELECT x.number, row_number() OVER (ORDER BY x.number) AS counted FROM bank_match x
           WHERE x.node_id = $1) m
   WHERE m.number <> m.counted
  HAVING count(*) > 0
  UNION ALL
  SELECT format('match %s is missing', p.match_number)
    FROM part p
   WHERE p.line_number IS NULL
  UNION ALL
  SELECT format('match %s does not come to its line', m.number)
    FROM bank_match m
    LEFT JOIN bank_line l ON l.node_id = m.node_id AND l.number = m.line_number
    LEFT JOIN (SELECT p.match_number, sum(p.amount_minor) AS amount_minor
                 FROM part p
                GROUP BY p.match_number) c ON c.match_number = m.number
   WHERE m.node_id = $1 AND l.amount_minor IS DISTINCT FROM c.amount_minor
  UNION ALL
  SELECT format('match %s counts, and its line does not', m.number)
    FROM bank_match m
   WHERE m.node_id = $1 AND m.live
     AND (NOT EXISTS (SELECT FROM bank_live_line v
                       WHERE v.node_id = m.node_id AND v.line_number = m.line_number)
          OR (SELECT s.kind FROM bank_line_step s
               WHERE s.node_id = m.node_id AND s.line_number = m.line_number
               ORDER BY s.number DESC LIMIT 1) = 'ignored')
  UNION ALL
  SELECT format('match %s counts until it is undone, and does not', m.number)
    FROM bank_match m
   WHERE m.node_id = $1
     AND m.live = EXISTS (SELECT FROM bank_match_end e
                           WHERE e.node_id = m.node_id AND e.match_number = m.number)
  UNION ALL
  SELECT format('match %s is of line %s, which is matched already', max(m.number), m.line_number)
    FROM bank_match m
   WHERE m.node_id = $1 AND m.live
   GROUP BY m.line_number
  HAVING count(*) > 1
  UNION ALL
  SELECT format('match %s was decided by nobody', m.number)
    FROM bank_match m
   WHERE m.node_id = $1 AND NOT m.is_attended
     AND m.method NOT IN ('posting', 'reference', 'own_order', 'rule')
  UNION ALL
  SELECT format('match %s clears posting %s of entry %s, which is not of its account', p.match_number,
                p.posting_line, p.entry_number)
    FROM part p
   WHERE p.posted_minor IS NULL AND p.line_number IS NOT NULL
  UNION ALL
  SELECT format('match %s clears posting %s of entry %s in the other direction', p.match_number,
                p.posting_line, p.entry_number)
    FROM part p
   WHERE sign(p.amount_minor) <> sign(p.posted_minor)
  UNION ALL
  SELECT format('posting %s of entry %s is cleared by more than there is', p.posting_line, p.entry_number)
    FROM part p
   WHERE p.live
   GROUP BY p.entry_number, p.posting_line
  HAVING abs(sum(p.amount_minor)) > abs(max(p.posted_minor))
  UNION ALL
  SELECT format('a payer is known by match %s, which is missing', y.match_number)
    FROM bank_payer y
   WHERE y.node_id = $1
     AND NOT EXISTS (SELECT FROM bank_match m WHERE m.node_id = $1 AND m.number = y.match_number)
   ORDER BY 1
   LIMIT 20
)sql";

void add_match_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_match_faults_sql, node, faults);
}

// What nobody decided rests on a rule that was switched on for that version, after a replay of it.
constexpr const char* read_rule_faults_sql = R"sql(
  -- proof.read_bank_rule_faults
  SELECT format('rule %s of a bank has versions that do not follow on each other', v.rule_number)
    FROM bank_rule_version v
   WHERE v.node_id = $1
   GROUP BY v.rule_number
  HAVING max(v.version) <> count(*)
  UNION ALL
  SELECT format('rule %s of a bank was %s at the wrong time', s.rule_number, s.kind)
    FROM (SELECT x.rule_number, x.number, x.kind, row_number() OVER w AS counted,
                 coalesce(lag(x.kind) OVER w, 'suggesting') AS before
            FROM bank_rule_step x
           WHERE x.node_id = $1
          WINDOW w AS (PARTITION BY x.rule_number ORDER BY x.number)) s
   WHERE s.number <> s.counted OR s.before = 'ended' OR s.kind = 'suggesting' AND s.before <> 'posting'
  UNION ALL
  SELECT format('rule %s of a bank posts without a replay of its version that agrees', s.rule_number)
    FROM bank_rule_step s
    LEFT JOIN bank_rule_replay r ON (r.node_id, r.rule_number, r.number, r.version)
                                  = (s.node_id, s.rule_number, s.replay, s.version)
   WHERE s.node_id = $1 AND s.kind = 'posting'
     AND (r.number IS NULL OR s.reason IS NULL AND (r.differed > 0 OR r.agreed = 0))
  UNION ALL
  SELECT format('match %s was decided by nobody, and by no rule that might', m.number)
    FROM bank_match m
   WHERE m.node_id = $1 AND m.method = 'rule' AND NOT m.is_attended
     AND NOT EXISTS (
         SELECT FROM bank_match_rule u
           JOIN bank_rule_step s ON s.node_id = u.node_id AND s.rule_number = u.rule_number
            AND s.version = u.version AND s.kind = 'posting' AND s.recorded_at <= m.recorded_at
          WHERE u.node_id = m.node_id AND u.match_number = m.number
            AND NOT EXISTS (SELECT FROM bank_rule_step l
                  WHERE l.node_id = s.node_id AND l.rule_number = s.rule_number AND l.number > s.number
                    AND l.recorded_at < m.recorded_at))
  UNION ALL
  SELECT format('a rule or a word is of match %s, which is missing', u.match_number)
    FROM (SELECT x.node_id, x.match_number FROM bank_match_rule x
           UNION SELECT w.node_id, w.match_number FROM bank_match_word w) u
   WHERE u.node_id = $1
     AND NOT EXISTS (SELECT FROM bank_match m WHERE m.node_id = $1 AND m.number = u.match_number)
  UNION ALL
  SELECT format('the outbox told otherwise of replay %s of rule %s of a bank', v.body ->> 'replay',
                v.body ->> 'rule')
    FROM event v
    LEFT JOIN bank_rule_replay r ON r.node_id = v.node_id AND r.rule_number::text = v.body ->> 'rule'
                                AND r.number::text = v.body ->> 'replay'
   WHERE v.node_id = $1 AND v.kind = 'bank_rule_replayed'
     AND EXISTS (SELECT FROM bank_rule_version u WHERE u.node_id = $1)
     AND (r.version::text, r.agreed::text, r.differed::text, r.still_open::text)
         IS DISTINCT FROM
         (v.body ->> 'version', v.body ->> 'agreed', v.body ->> 'differed', v.body ->> 'open')
   ORDER BY 1
   LIMIT 20
)sql";

void add_rule_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_rule_faults_sql, node, faults);
}

}  // namespace

std::vector<std::string> read_bank_faults(BulkReader& reader, std::int64_t node) {
  std::vector<std::string> faults;
  add_file_faults(reader, node, faults);
  add_statement_faults(reader, node, faults);
  add_live_line_faults(reader, node, faults);
  add_match_faults(reader, node, faults);
  for (const std::string& fault : read_line_key_faults(reader, node)) faults.push_back(fault);
  for (const std::string& fault : read_reconciling_faults(reader, node)) faults.push_back(fault);
  add_rule_faults(reader, node, faults);
  return faults;
}

}  // namespace coop::proof
