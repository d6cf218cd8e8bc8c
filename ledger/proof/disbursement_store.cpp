#include "ledger/proof/disbursement_store.hpp"
#include "ledger/proof/fault_store.hpp"

namespace coop::proof {

namespace {

constexpr const char* read_disbursement_faults_sql = R"sql(
  -- proof.read_disbursement_faults
  WITH exported AS (
    SELECT x.disbursement_number AS disbursement, x.file_hash
      FROM disbursement_step x
     WHERE x.node_id = $1 AND x.kind = 'exported'
  )
  SELECT format('disbursement %s has other orders than it was proposed with', d.number)
    FROM disbursement d
   WHERE d.node_id = $1
     AND d.orders <> (SELECT count(*) FROM disbursement_order o
                       WHERE o.node_id = d.node_id AND o.disbursement_number = d.number)
  UNION ALL
  SELECT format('order %s of disbursement %s pays nobody', o.number, o.disbursement_number)
    FROM disbursement_order o
   WHERE o.node_id = $1
     AND NOT EXISTS (SELECT FROM disbursement_payee p
                      WHERE p.node_id = o.node_id AND p.disbursement_number = o.disbursement_number
                        AND p.order_number = o.number AND p.party_id IS NOT DISTINCT FROM o.party_id)
     AND NOT EXISTS (SELECT FROM party_erasure e WHERE e.node_id = o.node_id AND e.party_id = o.party_id)
  UNION ALL
  SELECT format('the file of disbursement %s has other bytes than its hash says', f.disbursement_number)
    FROM disbursement_file f
    LEFT JOIN exported e ON e.disbursement = f.disbursement_number
   WHERE f.node_id = $1 AND e.file_hash IS DISTINCT FROM encode(sha256(f.bytes), 'hex')
  UNION ALL
  SELECT format('the file of disbursement %s is gone', e.disbursement)
    FROM exported e
   WHERE NOT EXISTS (SELECT FROM disbursement_file f
                      WHERE f.node_id = $1 AND f.disbursement_number = e.disbursement)
     AND NOT EXISTS (SELECT FROM disbursement_order o
                       JOIN party_erasure x ON x.node_id = o.node_id AND x.party_id = o.party_id
                      WHERE o.node_id = $1 AND o.disbursement_number = e.disbursement)
   ORDER BY 1
   LIMIT 20
)sql";

void add_transfer_file_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_disbursement_faults_sql, node, faults);
}

// Each step with the approvals that stood before it: whose they were, and whether it was over by then.
constexpr const char* read_step_faults_sql = R"sql(
  -- proof.read_disbursement_step_faults
  WITH step AS (
    SELECT s.disbursement_number AS disbursement, s.number, s.kind, s.order_number, s.recorded_at,
           s.recorded_by,
           row_number() OVER (PARTITION BY s.disbursement_number ORDER BY s.number) AS counted
      FROM disbursement_step s
     WHERE s.node_id = $1
  )
  SELECT format(CASE s.kind WHEN 'exported'
                            THEN 'disbursement %s went to the bank without the approvals that its rules want'
                            ELSE 'step %2$s of disbursement %1$s is by whom or when it may not be' END,
                s.disbursement, s.number)
    FROM step s
    JOIN disbursement d ON d.node_id = $1 AND d.number = s.disbursement
   CROSS JOIN LATERAL (
         SELECT count(DISTINCT a.recorded_by) FILTER (WHERE a.recorded_by IS DISTINCT FROM d.recorded_by)
                  AS approvals,
                coalesce(bool_or(a.recorded_by = s.recorded_by), false) AS own
           FROM disbursement_step a
          WHERE a.node_id = $1 AND a.disbursement_number = s.disbursement AND a.kind = 'approved'
            AND a.number < s.number
            AND NOT EXISTS (SELECT FROM disbursement_step y
                             WHERE y.node_id = $1 AND y.disbursement_number = a.disbursement_number
                               AND y.number > a.number AND y.number < s.number
                               AND (y.kind = 'left_out'
                                    OR y.kind = 'withdrawn' AND y.recorded_by = a.recorded_by))) t
   CROSS JOIN LATERAL (
         SELECT coalesce(bool_or(e.kind = 'exported'), false) AS is_sent, count(*) > 0 AS is_over
           FROM disbursement_step e
          WHERE e.node_id = $1 AND e.disbursement_number = s.disbursement AND e.number < s.number
            AND e.kind IN ('exported', 'cancelled')) o
   WHERE s.number <> s.counted
      OR CASE s.kind
           WHEN 'approved' THEN o.is_over OR t.own OR t.approvals >= d.approvals
             OR s.recorded_by IS NULL OR s.recorded_by = d.recorded_by
             OR EXISTS (SELECT FROM disbursement_order y
                          JOIN party_user u ON u.node_id = y.node_id AND u.party_id = y.party_id
                           AND u.user_id = s.recorded_by
                         WHERE y.node_id = $1 AND y.disbursement_number = s.disbursement
                           AND was_linked(y.node_id, y.party_id, u.user_id, d.recorded_at, s.recorded_at)
                           AND NOT EXISTS (SELECT FROM step z
                                            WHERE z.disbursement = s.disbursement AND z.kind = 'left_out'
                                              AND z.order_number = y.number AND z.number < s.number))
           WHEN 'withdrawn' THEN o.is_over OR NOT t.own
           WHEN 'left_out' THEN o.is_over OR t.approvals >= d.approvals
           WHEN 'exported' THEN o.is_over OR t.approvals < d.approvals
           WHEN 'cancelled' THEN o.is_over
           ELSE NOT o.is_sent END
   ORDER BY 1
   LIMIT 20
)sql";

void add_step_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_step_faults_sql, node, faults);
}

// A file has SEPA characters only, so that its bytes are its text.
constexpr const char* read_file_content_faults_sql = R"sql(
  -- proof.read_disbursement_file_faults
  SELECT format('the file of disbursement %s does not pay what its orders say', f.disbursement_number)
    FROM disbursement_file f
    JOIN disbursement d ON d.node_id = f.node_id AND d.number = f.disbursement_number
   CROSS JOIN LATERAL (SELECT encode(f.bytes, 'escape') AS text) x
   CROSS JOIN LATERAL (
         SELECT sum(o.amount_minor) AS minor,
                bool_and(position('<EndToEndId>' || o.end_to_end_id || '</EndToEndId>' IN x.text) > 0
                         AND (p.iban IS NULL OR position('<IBAN>' || p.iban || '</IBAN>' IN x.text) > 0))
                  AS are_there
           FROM disbursement_order o
           LEFT JOIN disbursement_payee p ON p.node_id = o.node_id AND p.order_number = o.number
                 AND p.disbursement_number = o.disbursement_number
          WHERE o.node_id = f.node_id AND o.disbursement_number = f.disbursement_number
            AND NOT EXISTS (SELECT FROM disbursement_step s
                             WHERE s.node_id = o.node_id AND s.disbursement_number = o.disbursement_number
                               AND s.order_number = o.number AND s.kind = 'left_out')) o
   WHERE f.node_id = $1
     AND (o.are_there AND position('<Dt>' || d.requested_on || '</Dt>' IN x.text) > 0
          AND position('<CtrlSum>' || round(o.minor / 100, 2) || '</CtrlSum>' IN x.text) > 0) IS NOT TRUE
   ORDER BY 1
   LIMIT 20
)sql";

void add_content_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_file_content_faults_sql, node, faults);
}

constexpr const char* read_order_faults_sql = R"sql(
  -- proof.read_order_faults
  WITH part AS (
    SELECT p.disbursement_number AS disbursement, p.order_number, p.made, p.amount_minor, m.live,
           l.bank_account
      FROM bank_match_part p
      JOIN bank_match m ON m.node_id = p.node_id AND m.number = p.match_number
      JOIN bank_line l ON l.node_id = m.node_id AND l.number = m.line_number
     WHERE p.node_id = $1 AND p.disbursement_number IS NOT NULL
  )
  SELECT format('order %s of disbursement %s was matched with another amount or account', p.order_number,
                p.disbursement)
    FROM part p
    LEFT JOIN disbursement d ON d.node_id = $1 AND d.number = p.disbursement
    LEFT JOIN disbursement_order o ON o.node_id = $1 AND o.disbursement_number = p.disbursement
          AND o.number = p.order_number
   WHERE d.bank_account IS DISTINCT FROM p.bank_account
      OR p.amount_minor IS DISTINCT FROM CASE p.made WHEN 'order' THEN -o.amount_minor ELSE o.amount_minor END
  UNION ALL
  SELECT format('order %s of disbursement %s was paid or came back at the wrong time', p.order_number,
                p.disbursement)
    FROM part p
   WHERE p.live
   GROUP BY p.disbursement, p.order_number
  HAVING count(*) FILTER (WHERE p.made = 'order') > 1
      OR count(*) FILTER (WHERE p.made = 'order_return') > count(*) FILTER (WHERE p.made = 'order')
  UNION ALL
  SELECT format('order %s of disbursement %s was paid, but did not go to the bank', p.order_number,
                p.disbursement)
    FROM part p
   WHERE NOT EXISTS (SELECT FROM disbursement_step s WHERE s.node_id = $1
                        AND s.disbursement_number = p.disbursement AND s.kind = 'exported')
      OR EXISTS (SELECT FROM disbursement_step s WHERE s.node_id = $1
                        AND s.disbursement_number = p.disbursement AND s.order_number = p.order_number
                        AND s.kind = 'left_out')
      OR p.live AND is_rejected_order($1::int, p.disbursement, p.order_number)
   ORDER BY 1
   LIMIT 20
)sql";

}  // namespace

std::vector<std::string> read_disbursement_faults(BulkReader& reader, std::int64_t node) {
  std::vector<std::string> faults;
  add_transfer_file_faults(reader, node, faults);
  add_step_faults(reader, node, faults);
  add_content_faults(reader, node, faults);
  add_faults(reader, read_order_faults_sql, node, faults);
  return faults;
}

}  // namespace coop::proof
