#include "ledger/disbursements/order_list_store.hpp"

namespace coop::disbursements {

// The states follow from steps and live matches as state_of() says.
constexpr const char* list_disbursements_sql = R"sql(
  -- disbursements.list_disbursements
  WITH listed AS (
    SELECT d.number, d.requested_on, d.title, a.path, d.message_id, d.recorded_at, e.file_hash, o.orders,
           o.minor,
           CASE WHEN EXISTS (SELECT FROM disbursement_step x WHERE x.node_id = d.node_id
                                AND x.disbursement_number = d.number AND x.kind = 'cancelled')
                THEN 'cancelled'
                WHEN e.file_hash IS NOT NULL THEN CASE WHEN o.waiting = 0 THEN 'done' ELSE 'exported' END
                WHEN (SELECT count(DISTINCT x.recorded_by)
                        FROM disbursement_step x
                       WHERE x.node_id = d.node_id AND x.disbursement_number = d.number
                         AND x.kind = 'approved' AND NOT EXISTS (
                             SELECT FROM disbursement_step y
                              WHERE y.node_id = x.node_id AND y.disbursement_number = x.disbursement_number
                                AND y.number > x.number
                                AND (y.kind = 'left_out'
                                     OR y.kind = 'withdrawn' AND y.recorded_by = x.recorded_by)))
                     >= d.approvals
                THEN 'approved' ELSE 'proposed' END AS state
      FROM disbursement d
      JOIN bank_account b ON b.node_id = d.node_id AND b.number = d.bank_account
      JOIN account a ON a.node_id = b.node_id AND a.id = b.account_id
      LEFT JOIN disbursement_step e ON e.node_id = d.node_id AND e.disbursement_number = d.number
            AND e.kind = 'exported'
     CROSS JOIN LATERAL (
           SELECT count(*) AS orders, coalesce(sum(x.amount_minor), 0) AS minor,
                  count(*) FILTER (
                    WHERE NOT EXISTS (
                          SELECT FROM bank_match_part p
                            JOIN bank_match m ON m.node_id = p.node_id AND m.number = p.match_number
                                             AND m.live
                           WHERE p.node_id = x.node_id AND p.disbursement_number = x.disbursement_number
                             AND p.order_number = x.number)
                      AND NOT is_rejected_order(x.node_id, x.disbursement_number, x.number)
                  ) AS waiting
             FROM disbursement_order x
            WHERE x.node_id = d.node_id AND x.disbursement_number = d.number
              AND NOT EXISTS (SELECT FROM disbursement_step s
                               WHERE s.node_id = x.node_id AND s.disbursement_number = x.disbursement_number
                                 AND s.order_number = x.number AND s.kind = 'left_out')) o
     WHERE d.node_id = $1 AND ($3::int IS NULL OR d.number < $3)
  )
  SELECT l.number, l.state, l.requested_on, l.title, l.path, l.message_id, l.orders, l.minor,
         coalesce(l.file_hash, ''), l.recorded_at
    FROM listed l
   WHERE $2::text IS NULL OR l.state = $2
   ORDER BY l.number DESC
   LIMIT $4
)sql";

std::vector<DisbursementSummary> list_disbursements(Tx& tx, NodeId node,
                                                    std::optional<DisbursementState> state,
                                                    std::optional<DisbursementNumber> before, int limit) {
  const auto wanted = state ? std::optional{text_of(*state)} : std::nullopt;
  std::vector<DisbursementSummary> listed;
  for (const Row row : report_rows(tx, list_disbursements_sql, node, wanted, before, limit))
    listed.push_back({row.id<DisbursementNumber>(0), disbursement_state_from(row.text(1)), row.day(2),
                      row.string(3), row.string(4), row.string(5), row.int64(6), row.int64(7), row.string(8),
                      row.instant(9)});
  return listed;
}

constexpr const char* list_orders_sql = R"sql(
  -- disbursements.list_orders
  SELECT o.disbursement_number, o.number, s.state, d.requested_on, d.title, d.bank_account, o.amount_minor,
         o.purpose, a.path, coalesce(y.number, ''), coalesce(o.source, ''), o.end_to_end_id,
         coalesce(w.return_code, ''), p.name, p.iban
    FROM disbursement_order o
    JOIN disbursement d ON d.node_id = o.node_id AND d.number = o.disbursement_number
    JOIN account a ON a.node_id = o.node_id AND a.id = o.account_id
    LEFT JOIN party y ON y.node_id = o.node_id AND y.id = o.party_id
    LEFT JOIN disbursement_payee p ON p.node_id = o.node_id AND p.order_number = o.number
          AND p.disbursement_number = o.disbursement_number
   CROSS JOIN LATERAL (
         SELECT bool_or(x.made = 'order') AS is_paid, max(x.return_code) AS return_code
           FROM bank_match_part x
           JOIN bank_match m ON m.node_id = x.node_id AND m.number = x.match_number AND m.live
          WHERE x.node_id = o.node_id AND x.disbursement_number = o.disbursement_number
            AND x.order_number = o.number) w
   CROSS JOIN LATERAL (
         SELECT bool_or(x.kind = 'left_out' AND x.order_number = o.number) AS left_out,
                bool_or(x.kind = 'cancelled') AS cancelled, bool_or(x.kind = 'exported') AS exported,
                count(DISTINCT x.recorded_by) FILTER (WHERE x.kind = 'not_taken'
                  AND coalesce(x.order_number, o.number) = o.number) AS not_taken,
                count(DISTINCT x.recorded_by) FILTER (WHERE x.kind = 'approved' AND NOT EXISTS (
                  SELECT FROM disbursement_step z
                   WHERE z.node_id = x.node_id AND z.disbursement_number = x.disbursement_number
                     AND z.number > x.number
                     AND (z.kind = 'left_out' OR z.kind = 'withdrawn' AND z.recorded_by = x.recorded_by)))
                  AS approvals
           FROM disbursement_step x
          WHERE x.node_id = o.node_id AND x.disbursement_number = o.disbursement_number) t
   CROSS JOIN LATERAL (
         SELECT CASE WHEN t.left_out THEN 'left_out' WHEN w.return_code IS NOT NULL THEN 'returned'
                     WHEN w.is_paid THEN 'executed' WHEN t.not_taken > 1 THEN 'rejected'
                     WHEN t.cancelled THEN 'cancelled' WHEN t.exported THEN 'exported'
                     WHEN t.approvals >= d.approvals THEN 'approved' ELSE 'proposed' END AS state) s
   WHERE o.node_id = $1 AND ($2::text IS NULL OR s.state = $2)
     AND ($3::date IS NULL OR d.requested_on >= $3) AND ($4::date IS NULL OR d.requested_on <= $4)
     AND ($5::int IS NULL OR d.bank_account = $5)
     AND ($6::text IS NULL OR a.path = $6 OR starts_with(a.path, $6 || ':'))
     AND ($7::text IS NULL OR position(lower($7) IN lower(concat_ws(' ', d.title, o.source, o.end_to_end_id,
           y.number, CASE WHEN NOT $8 THEN concat_ws(' ', p.name, p.iban, p.remittance, p.reference) END)))
           > 0)
     AND ($9::int IS NULL OR o.disbursement_number < $9
          OR o.disbursement_number = $9 AND o.number > $10::int)
   ORDER BY o.disbursement_number DESC, o.number
   LIMIT $11
)sql";

std::vector<ListedOrder> list_orders(Tx& tx, NodeId node, const OrderFilter& filter,
                                     std::optional<OrderAfter> after, int limit) {
  const auto wanted = filter.state ? std::optional{text_of(*filter.state)} : std::nullopt;
  const auto last = after ? std::optional{after->disbursement} : std::nullopt;
  const auto last_order = after ? std::optional{after->order} : std::nullopt;
  std::vector<ListedOrder> listed;
  for (const Row row :
       report_rows(tx, list_orders_sql, node, wanted, filter.from, filter.to, filter.bank_account,
                   filter.account, filter.words, filter.names_are_hidden, last, last_order, limit))
    listed.push_back({row.id<DisbursementNumber>(0), row.integer(1), order_state_from(row.text(2)),
                      row.day(3), row.string(4), row.integer(5), row.int64(6),
                      order_purpose_from(row.text(7)), row.string(8), row.string(9), row.string(10),
                      row.string(11), row.string(12), row.maybe_string(13), row.maybe_string(14)});
  return listed;
}

// An order waits until it is left out, cancelled, not taken by the bank, or told of by a line of it. What is
// owed and what waits is added up once, however many members are paid: for each, and for the whole account.
constexpr const char* read_over_ordered_sql = R"sql(
  -- disbursements.read_over_ordered
  WITH debt AS (
    SELECT DISTINCT o.account_id, a.path, coalesce(p.number, '') AS member
      FROM disbursement_order o
      JOIN account a ON a.node_id = o.node_id AND a.id = o.account_id AND a.type = 'liability'
      LEFT JOIN party p ON p.node_id = o.node_id AND p.id = o.party_id
     WHERE o.node_id = $1 AND o.disbursement_number = $2
       AND NOT EXISTS (SELECT FROM disbursement_step s
             WHERE s.node_id = o.node_id AND s.disbursement_number = o.disbursement_number
               AND s.kind = 'left_out' AND s.order_number = o.number)
  ), owed AS (
    SELECT g.account_id, coalesce(m.code, '') AS member, grouping(m.code) = 1 AS is_all,
           sum(-g.amount_minor)::bigint AS minor
      FROM posting g
      LEFT JOIN dimension m ON m.node_id = g.node_id AND m.id = g.member_id
     WHERE g.node_id = $1 AND g.account_id IN (SELECT d.account_id FROM debt d)
     GROUP BY GROUPING SETS ((g.account_id, m.code), (g.account_id))
  ), ordered AS (
    SELECT o.account_id, coalesce(p.number, '') AS member, grouping(p.number) = 1 AS is_all,
           sum(o.amount_minor)::bigint AS minor
      FROM disbursement_order o
      LEFT JOIN party p ON p.node_id = o.node_id AND p.id = o.party_id
     WHERE o.node_id = $1 AND o.account_id IN (SELECT d.account_id FROM debt d)
       AND NOT EXISTS (SELECT FROM bank_match_part b
             JOIN bank_match m ON m.node_id = b.node_id AND m.number = b.match_number AND m.live
            WHERE b.node_id = o.node_id AND b.disbursement_number = o.disbursement_number
              AND b.order_number = o.number)
       AND NOT EXISTS (SELECT FROM disbursement_step s
             WHERE s.node_id = o.node_id AND s.disbursement_number = o.disbursement_number
               AND (s.kind = 'cancelled' OR s.kind = 'left_out' AND s.order_number = o.number))
       AND NOT is_rejected_order(o.node_id, o.disbursement_number, o.number)
     GROUP BY GROUPING SETS ((o.account_id, p.number), (o.account_id))
  )
  SELECT d.path, d.member, coalesce(x.minor, 0), w.minor
    FROM debt d
    JOIN ordered w ON w.account_id = d.account_id AND w.member = d.member AND w.is_all = (d.member = '')
    LEFT JOIN owed x ON x.account_id = d.account_id AND x.member = d.member AND x.is_all = (d.member = '')
   WHERE w.minor > coalesce(x.minor, 0)
   ORDER BY 1, 2
)sql";

std::vector<OverOrdered> read_over_ordered(Tx& tx, NodeId node, DisbursementNumber number) {
  std::vector<OverOrdered> debts;
  for (const Row row : report_rows(tx, read_over_ordered_sql, node, number))
    debts.push_back({row.string(0), row.string(1), row.int64(2), row.int64(3)});
  return debts;
}

}  // namespace coop::disbursements
