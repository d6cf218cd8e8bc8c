#include "ledger/proof/fund_store.hpp"

#include "ledger/proof/fault_store.hpp"

namespace coop::proof {

namespace {

constexpr const char* read_fund_term_faults_sql = R"sql(
  -- proof.read_fund_term_faults
  SELECT format('terms %s of the fund %s are not as they came', t.number, coalesce(d.code, t.fund_id::text))
    FROM fund_term t
    LEFT JOIN dimension d ON d.node_id = t.node_id AND d.id = t.fund_id AND d.kind = 'fund'
   WHERE t.node_id = $1
     AND (d.code IS NULL
          OR t.buffers <> (SELECT count(*) FROM fund_buffer b WHERE b.node_id = t.node_id
                             AND b.fund_id = t.fund_id AND b.term = t.number
                             AND (b.amount_minor >= 0 OR b.flow IS NOT NULL))
          OR t.accounts <> (SELECT count(*) FROM fund_account b
                              JOIN account a ON a.node_id = b.node_id AND a.id = b.account_id
                             WHERE b.node_id = t.node_id AND b.fund_id = t.fund_id AND b.term = t.number
                               AND a.type = 'asset' AND a.unit_id = t.unit_id))
  UNION ALL
  SELECT format('the fund %s has terms with a gap, in two units, or becomes money of others', d.code)
    FROM fund_term t
    JOIN dimension d ON d.node_id = t.node_id AND d.id = t.fund_id
   WHERE t.node_id = $1
   GROUP BY t.fund_id, d.code
  HAVING count(*) <> max(t.number) OR min(t.unit_id) <> max(t.unit_id)
      OR bool_or(t.purpose = 'held') <> bool_and(t.purpose = 'held')
      OR bool_or(t.indivisible AND t.purpose IN ('held', 'grant'))
   ORDER BY 1
   LIMIT 20
)sql";

void add_term_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_fund_term_faults_sql, node, faults);
}

// Each draw with how it ended, and the running sums of its mandate by the order of the steps. Steps are of
// the day on which they are recorded (a day more or less, wherever the node is), draws of one that has come.
constexpr const char* read_spending_faults_sql = R"sql(
  -- proof.read_spending_faults
  WITH step AS (
    SELECT s.mandate_number AS mandate, s.number, s.kind, s.on_day, s.draw, s.entry_number AS entry,
           d.kind AS kind_of_draw, d.entry_number AS entry_of_draw,
           CASE s.kind WHEN 'drawn' THEN s.amount_minor WHEN 'taken_back' THEN -d.amount_minor ELSE 0 END
             AS minor,
           CASE s.kind WHEN 'drawn' THEN coalesce(s.minutes, 0)
                       WHEN 'taken_back' THEN -coalesce(d.minutes, 0) ELSE 0 END AS minutes,
           s.minutes IS NOT NULL AS has_minutes, s.recorded_by
      FROM spending_step s
      LEFT JOIN spending_step d ON d.node_id = s.node_id AND d.mandate_number = s.mandate_number
            AND d.number = s.draw
     WHERE s.node_id = $1
  ), running AS (
    SELECT x.mandate, x.number, x.kind, x.on_day, x.draw, x.entry, x.kind_of_draw, x.entry_of_draw,
           x.has_minutes, x.recorded_by, sum(x.minor) OVER so_far AS drawn,
           sum(x.minutes) OVER so_far AS minutes,
           count(*) OVER so_far AS counted,
           count(*) FILTER (WHERE x.kind = 'recalled') OVER so_far AS recalls,
           count(*) FILTER (WHERE x.kind = 'approved') OVER so_far AS approvals
      FROM step x
    WINDOW so_far AS (PARTITION BY x.mandate ORDER BY x.number)
  )
  SELECT format('step %s of spending mandate %s is not as it may be', r.number, r.mandate)
    FROM running r
    JOIN spending_mandate m ON m.node_id = $1 AND m.number = r.mandate
   WHERE r.counted <> r.number OR r.drawn > m.amount_minor OR r.drawn < 0
      OR r.minutes > m.minutes_a_month::bigint * m.months
      OR r.kind = 'approved' AND (r.recalls > 0 OR r.approvals > m.approvals OR r.recorded_by IS NULL
                                  OR r.recorded_by = m.recorded_by)
      OR r.kind = 'drawn' AND (r.recalls > 0 OR r.approvals < m.approvals
                               OR r.on_day NOT BETWEEN m.from_on AND m.until_on
                               OR r.has_minutes <> (m.months IS NOT NULL))
      OR r.kind = 'recalled' AND r.recalls > 1
      OR r.draw IS NOT NULL AND (r.kind_of_draw IS DISTINCT FROM 'drawn' OR r.draw >= r.number)
      OR r.kind = 'paid' AND r.entry_of_draw IS NOT NULL
      OR r.kind IN ('paid', 'taken_back') AND EXISTS (
           SELECT FROM spending_step o
            WHERE o.node_id = $1 AND o.mandate_number = r.mandate AND o.draw = r.draw AND o.number < r.number
              AND (o.kind = r.kind OR o.kind = 'taken_back'))
  UNION ALL
  SELECT format('step %s of spending mandate %s pays whoever recorded it', s.number, s.mandate_number)
    FROM spending_step s
    JOIN spending_mandate m ON m.node_id = s.node_id AND m.number = s.mandate_number
   WHERE s.node_id = $1 AND s.party_id IS NOT NULL
     AND was_linked(s.node_id, s.party_id, s.recorded_by, m.recorded_at, s.recorded_at)
  UNION ALL
  SELECT format('step %s of spending mandate %s pays a member out of an indivisible fund', s.number, m.number)
    FROM spending_step s
    JOIN spending_mandate m ON m.node_id = s.node_id AND m.number = s.mandate_number
   WHERE s.node_id = $1 AND s.party_id IS NOT NULL
     AND is_indivisible_fund(s.node_id, m.fund_id, s.on_day, s.recorded_at)
  UNION ALL
  SELECT format('step %s of spending mandate %s names an entry of a day on which it does not last', s.number,
                s.mandate_number)
    FROM spending_step s
   WHERE s.node_id = $1 AND s.entry_number IS NOT NULL
     AND NOT spends_in_time(s.node_id, s.mandate_number, s.number)
  UNION ALL
  SELECT format('step %s of spending mandate %s is of another day than it was recorded', s.number,
                s.mandate_number)
    FROM spending_step s
   CROSS JOIN LATERAL (SELECT s.on_day - (s.recorded_at AT TIME ZONE 'UTC')::date AS days) x
   WHERE s.node_id = $1 AND (x.days > 1 OR s.kind <> 'drawn' AND x.days < -1)
   ORDER BY 1
   LIMIT 20
)sql";

void add_step_of_mandate_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_spending_faults_sql, node, faults);
}

constexpr const char* read_mandate_faults_sql = R"sql(
  -- proof.read_spending_mandate_faults
  WITH held AS (
    SELECT DISTINCT t.fund_id FROM fund_term t WHERE t.node_id = $1 AND t.purpose = 'held'
  ), draw AS (
    SELECT m.fund_id, m.unit_id, m.cost_object_id, coalesce(d.entry_number, p.entry_number) AS entry,
           d.amount_minor AS minor
      FROM spending_mandate m
      JOIN spending_step d ON d.node_id = m.node_id AND d.mandate_number = m.number AND d.kind = 'drawn'
      LEFT JOIN spending_step p ON p.node_id = d.node_id AND p.mandate_number = d.mandate_number
            AND p.draw = d.number AND p.kind = 'paid'
      LEFT JOIN spending_step b ON b.node_id = d.node_id AND b.mandate_number = d.mandate_number
            AND b.draw = d.number AND b.kind = 'taken_back'
     WHERE m.node_id = $1 AND b.number IS NULL
  ), used AS (
    SELECT w.entry, w.fund_id, w.unit_id, sum(w.minor) AS minor FROM draw w
     WHERE w.entry IS NOT NULL GROUP BY w.entry, w.fund_id, w.unit_id
  )
  SELECT format('spending mandate %s is not as it was granted', m.number)
    FROM (SELECT x.number, x.fund_id, x.unit_id, x.amount_minor, x.minutes_a_month, x.rate_minor, x.months,
                 row_number() OVER (ORDER BY x.number) AS counted
            FROM spending_mandate x WHERE x.node_id = $1) m
   WHERE m.counted <> m.number
      OR m.minutes_a_month::numeric * m.rate_minor * m.months <> m.amount_minor::numeric * 60
      OR NOT EXISTS (SELECT FROM fund_term t WHERE t.node_id = $1 AND t.fund_id = m.fund_id
                        AND t.unit_id = m.unit_id)
  UNION ALL
  SELECT format('entry %s spends less of a fund than is drawn of it', u.entry)
    FROM used u
   WHERE u.minor > coalesce((SELECT sum(p.amount_minor)
           FROM posting p
           JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id AND a.unit_id = u.unit_id
          WHERE p.node_id = $1 AND p.entry_number = u.entry AND p.fund_id = u.fund_id
            AND a.type <> 'asset' AND (a.type <> 'liability' OR u.fund_id IN (SELECT h.fund_id FROM held h))),
         0)
   ORDER BY 1
   LIMIT 20
)sql";

void add_spending_mandate_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_mandate_faults_sql, node, faults);
}

constexpr const char* read_rule_faults_sql = R"sql(
  -- proof.read_spending_rule_faults
  WITH known AS (
    SELECT count(*) AS rules, coalesce(max(r.number), 0) AS last FROM spending_rule r WHERE r.node_id = $1
  )
  SELECT 'the rules of spending are numbered with a gap' FROM known k WHERE k.rules <> k.last
  UNION ALL
  SELECT format('disbursement %s is not approved or mandated as its rules say', d.number)
    FROM disbursement d, known k
   WHERE d.node_id = $1
     AND (d.rules > k.rules OR d.approvals <> approvals_of_proposal(d.node_id, d.number)
          OR order_without_mandate(d.node_id, d.number) IS NOT NULL
          OR counts_apart_again(d.node_id, d.number))
  UNION ALL
  SELECT format('disbursement %s pays a member out of an indivisible fund', d.number)
    FROM disbursement d
   WHERE d.node_id = $1 AND order_of_indivisible_fund(d.node_id, d.number) IS NOT NULL
  UNION ALL
  SELECT format('spending mandate %s is not granted or approved as its rules say', m.number)
    FROM spending_mandate m, known k
   WHERE m.node_id = $1
     AND (m.rules > k.rules OR m.approvals <> approvals_of_mandate(m.node_id, m.number)
          OR exceeds_authority(m.node_id, m.number))
  UNION ALL
  SELECT format('more is drawn and ordered of spending mandate %s than it grants', m.number)
    FROM spending_mandate m
   WHERE m.node_id = $1 AND NOT is_within_mandate(m.node_id, m.number)
  UNION ALL
  SELECT format('order %s of disbursement %s spends a mandate that does not bear it', x.order_number,
                x.disbursement_number)
    FROM order_mandate x
    JOIN disbursement_order o ON o.node_id = x.node_id AND o.disbursement_number = x.disbursement_number
     AND o.number = x.order_number
    JOIN disbursement d ON d.node_id = x.node_id AND d.number = x.disbursement_number
    JOIN account a ON a.node_id = o.node_id AND a.id = o.account_id
    JOIN spending_mandate m ON m.node_id = x.node_id AND m.number = x.mandate_number
    JOIN dimension f ON f.node_id = x.node_id AND f.id = m.fund_id
    LEFT JOIN dimension c ON c.node_id = x.node_id AND c.id = m.cost_object_id
   WHERE x.node_id = $1
     AND (a.unit_id <> m.unit_id OR o.fund IS DISTINCT FROM f.code
          OR c.code IS NOT NULL AND o.cost_object IS DISTINCT FROM c.code
          OR d.requested_on NOT BETWEEN m.from_on AND m.until_on OR (x.minutes IS NULL) <> (m.months IS NULL))
   ORDER BY 1
   LIMIT 20
)sql";

void add_spending_rule_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_rule_faults_sql, node, faults);
}

constexpr const char* read_budget_faults_sql = R"sql(
  -- proof.read_budget_faults
  SELECT format('budget %s is not as it was adopted', b.number)
    FROM (SELECT x.number, row_number() OVER (ORDER BY x.number) AS counted
            FROM budget x WHERE x.node_id = $1) b
    LEFT JOIN LATERAL (SELECT count(*) AS revisions, coalesce(max(r.number), 0) AS last
                         FROM budget_revision r WHERE r.node_id = $1 AND r.budget = b.number) r ON true
   WHERE b.counted <> b.number OR r.revisions = 0 OR r.revisions <> r.last
  UNION ALL
  SELECT format('revision %s of budget %s has other lines than it came with', r.number, r.budget)
    FROM budget_revision r
   WHERE r.node_id = $1
     AND (SELECT count(*) <> r.lines OR max(l.line) IS DISTINCT FROM r.lines
                 OR NOT coalesce(bool_and(l.amount_minor >= 0
                                          AND num_nonnulls(l.fund_id, l.cost_object_id) > 0), false)
            FROM budget_line l
           WHERE l.node_id = r.node_id AND l.budget = r.budget AND l.revision = r.number)
   ORDER BY 1
   LIMIT 20
)sql";

void add_budget_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_budget_faults_sql, node, faults);
}

constexpr const char* read_round_faults_sql = R"sql(
  -- proof.read_round_faults
  SELECT format('round %s is not as it began', r.number)
    FROM (SELECT x.number, x.pot_minor, x.participants, row_number() OVER (ORDER BY x.number) AS counted
            FROM allocation_round x WHERE x.node_id = $1) r
    LEFT JOIN LATERAL (
         SELECT count(*) AS shares, sum(s.amount_minor) AS minor,
                max(s.amount_minor) - min(s.amount_minor) AS apart
           FROM allocation_share s WHERE s.node_id = $1 AND s.round = r.number) s ON true
   WHERE r.counted <> r.number OR s.shares <> r.participants OR s.minor IS DISTINCT FROM r.pot_minor
      OR s.apart > 1
  UNION ALL
  SELECT format('round %s: %s', r.number, allocation_fault(r.node_id, r.number))
    FROM allocation_round r
   WHERE r.node_id = $1 AND allocation_fault(r.node_id, r.number) IS NOT NULL
   ORDER BY 1
   LIMIT 20
)sql";

void add_round_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_round_faults_sql, node, faults);
}

}  // namespace

std::vector<std::string> read_fund_faults(BulkReader& reader, std::int64_t node) {
  std::vector<std::string> faults;
  add_term_faults(reader, node, faults);
  add_step_of_mandate_faults(reader, node, faults);
  add_spending_mandate_faults(reader, node, faults);
  add_spending_rule_faults(reader, node, faults);
  add_budget_faults(reader, node, faults);
  add_round_faults(reader, node, faults);
  return faults;
}

}  // namespace coop::proof
