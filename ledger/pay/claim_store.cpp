#include "ledger/pay/claim_store.hpp"

namespace coop::pay {

// What was undone is gone from the day on which its reversal is booked, as in the books.
constexpr const char* read_claims_sql = R"sql(
  -- pay.read_claims
  WITH stood AS MATERIALIZED (
    SELECT s.run_number, bool_or(s.step = 'posted') AS posted,
           bool_or(s.step IN ('cancelled', 'undone') AND coalesce(e.booked_on <= $12, true)) AS ended
      FROM pay_run_step s
      LEFT JOIN entry e ON $12::date IS NOT NULL AND s.step = 'undone' AND e.node_id = s.node_id
                       AND e.number = s.first_entry
     WHERE s.node_id = $1 AND ($13::timestamptz IS NULL OR s.recorded_at <= $13)
     GROUP BY s.run_number
  ), settled AS (
    SELECT l.claim_run, l.party_id,
           sum(l.settled_minor) FILTER (WHERE coalesce(t.posted, false) AND r.kind = 'settlement') AS settled,
           sum(l.settled_minor) FILTER (WHERE coalesce(t.posted, false) AND r.kind = 'lapse') AS lapsed,
           sum(l.settled_minor) FILTER (WHERE NOT coalesce(t.posted, false)) AS waiting
      FROM pay_run_lot l
      JOIN pay_run r ON r.node_id = l.node_id AND r.number = l.run_number
      LEFT JOIN stood t ON t.run_number = l.run_number
     WHERE l.node_id = $1 AND NOT coalesce(t.ended, false) AND ($12::date IS NULL OR r.booked_on <= $12)
       AND ($13::timestamptz IS NULL OR r.recorded_at <= $13)
     GROUP BY l.claim_run, l.party_id
  )
  SELECT r.number, s.party_id, p.number, r.to_on, r.deferred_as, u.code, u.scale, s.deferred_minor,
         coalesce(x.settled, 0)::bigint, coalesce(x.lapsed, 0)::bigint, coalesce(x.waiting, 0)::bigint,
         coalesce(a.path, '')
    FROM pay_run r
    JOIN stood t ON t.run_number = r.number AND t.posted AND NOT t.ended
    JOIN pay_run_share s ON s.node_id = r.node_id AND s.run_number = r.number AND s.deferred_minor > 0
    JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
    JOIN unit u ON u.id = r.unit_id
    LEFT JOIN account a ON a.node_id = r.node_id AND a.id = r.deferred_account_id
    LEFT JOIN settled x ON x.claim_run = r.number AND x.party_id = s.party_id
   WHERE r.node_id = $1 AND r.kind IN ('wages', 'opening') AND r.deferred_as <> 'gift'
     AND ($2 = '' OR p.number = $2)
     AND ($3::text IS NULL OR r.deferred_as = $3)
     AND ($4::int IS NULL OR r.unit_id = $4)
     AND ($5::date IS NULL OR r.to_on <= $5)
     AND ($11::date IS NULL OR r.booked_on <= $11) AND ($12::date IS NULL OR r.booked_on <= $12)
     AND (NOT $6::boolean OR s.deferred_minor > coalesce(x.settled, 0) + coalesce(x.lapsed, 0))
     AND ($7::date IS NULL OR (r.to_on, r.number, s.party_id) > ($7::date, $8::int, $9::int))
   ORDER BY r.to_on, r.number, s.party_id
   LIMIT $10::int
)sql";

std::vector<DeferredClaim> read_claims(Tx& tx, NodeId node, const ClaimFilter& filter) {
  const auto as = filter.as ? std::optional{text_of(*filter.as)} : std::nullopt;
  const auto since = filter.after ? std::optional{filter.after->since} : std::nullopt;
  const auto run = filter.after ? std::optional{filter.after->run} : std::nullopt;
  const auto party = filter.after ? std::optional{filter.after->party} : std::nullopt;
  std::vector<DeferredClaim> claims;
  for (const Row row : report_rows(tx, read_claims_sql, node, filter.member, as, filter.unit,
                                   filter.since_until, filter.only_open, since, run, party, filter.most,
                                   filter.booked_until, filter.as_of, filter.known_at))
    claims.push_back({row.id<PayRunNumber>(0), row.id<PartyId>(1), row.string(2), row.day(3),
                      deferred_as_from(row.text(4)), row.string(5), row.integer(6), row.int64(7),
                      row.int64(8), row.int64(9), row.int64(10), row.string(11)});
  return claims;
}

constexpr const char* read_claim_quarters_sql = R"sql(
  -- pay.read_claim_quarters
  WITH live AS MATERIALIZED (
    SELECT r.number, r.kind, r.deferred_as, r.unit_id,
           date_trunc('quarter', CASE WHEN r.kind IN ('wages', 'opening') THEN r.to_on
                                      ELSE r.booked_on END)::date AS quarter
      FROM pay_run r
     WHERE r.node_id = $1 AND r.deferred_as <> 'gift' AND ($2::date IS NULL OR r.booked_on <= $2)
       AND EXISTS (SELECT FROM pay_run_step s
                    WHERE s.node_id = r.node_id AND s.run_number = r.number AND s.step = 'posted'
                      AND ($3::timestamptz IS NULL OR s.recorded_at <= $3))
       AND NOT EXISTS (SELECT FROM pay_run_step s
                         LEFT JOIN entry e ON e.node_id = s.node_id AND e.number = s.first_entry
                        WHERE s.node_id = r.node_id AND s.run_number = r.number
                          AND s.step IN ('cancelled', 'undone') AND coalesce(e.booked_on <= $2, true)
                          AND ($3::timestamptz IS NULL OR s.recorded_at <= $3))
  ), moved AS (
    SELECT v.quarter, v.deferred_as, v.unit_id, v.number AS claim_run, s.party_id,
           s.deferred_minor AS arisen, 0::bigint AS settled, 0::bigint AS lapsed
      FROM live v
      JOIN pay_run_share s ON s.node_id = $1 AND s.run_number = v.number AND s.deferred_minor > 0
     WHERE v.kind IN ('wages', 'opening')
    UNION ALL
    SELECT v.quarter, v.deferred_as, v.unit_id, l.claim_run, l.party_id, 0,
           CASE v.kind WHEN 'settlement' THEN l.settled_minor ELSE 0 END,
           CASE v.kind WHEN 'lapse' THEN l.settled_minor ELSE 0 END
      FROM live v
      JOIN pay_run_lot l ON l.node_id = $1 AND l.run_number = v.number
  ), quarter AS (
    SELECT m.quarter, m.deferred_as, m.unit_id, sum(m.arisen)::bigint AS arisen,
           sum(m.settled)::bigint AS settled, sum(m.lapsed)::bigint AS lapsed
      FROM moved m
     GROUP BY m.quarter, m.deferred_as, m.unit_id
  )
  SELECT q.quarter, q.deferred_as, u.code, u.scale, q.arisen, q.settled, q.lapsed,
         coalesce(o.open, 0)::bigint, coalesce(o.claims, 0)
    FROM quarter q
    JOIN unit u ON u.id = q.unit_id
    LEFT JOIN LATERAL (
         SELECT sum(c.open) AS open, count(*) AS claims
           FROM (SELECT sum(m.arisen - m.settled - m.lapsed) AS open
                   FROM moved m
                  WHERE m.deferred_as = q.deferred_as AND m.unit_id = q.unit_id AND m.quarter <= q.quarter
                  GROUP BY m.claim_run, m.party_id) c
          WHERE c.open > 0) o ON true
   ORDER BY q.quarter, q.deferred_as, u.code
)sql";

std::vector<ClaimQuarter> read_claim_quarters(Tx& tx, NodeId node, std::optional<Day> as_of,
                                              std::optional<Instant> known_at) {
  std::vector<ClaimQuarter> quarters;
  for (const Row row : report_rows(tx, read_claim_quarters_sql, node, as_of, known_at))
    quarters.push_back({row.day(0), deferred_as_from(row.text(1)), row.string(2), row.integer(3),
                        row.int64(4), row.int64(5), row.int64(6), row.int64(7), row.integer(8)});
  return quarters;
}

}  // namespace coop::pay
