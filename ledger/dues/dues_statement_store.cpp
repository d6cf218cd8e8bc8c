#include "ledger/dues/dues_statement_store.hpp"

namespace coop::dues {

constexpr const char* statement_lines_sql = R"sql(
  -- dues.statement_lines
  SELECT l.unit_id, l.on_day, l.what, l.number, l.words, l.minor, l.first, l.last
    FROM (SELECT c.unit_id, (c.period_first + make_interval(months => c.part - 1))::date AS on_day, 0 AS what,
                 c.number, c.why AS words, c.gross_minor - c.waived_minor AS minor, c.recorded_at,
                 c.period_first AS first, c.period_last AS last
            FROM charge c
           WHERE c.node_id = $1 AND c.debtor_id = $2
          UNION ALL
          SELECT c.unit_id, r.reversed_on, 1, c.number, r.reason, c.waived_minor - c.gross_minor,
                 r.recorded_at, c.period_first, c.period_last
            FROM charge c
            JOIN charge_reversal r ON r.node_id = c.node_id AND r.charge_number = c.number
           WHERE c.node_id = $1 AND c.debtor_id = $2
          UNION ALL
          SELECT p.unit_id, p.received_on, CASE p.kind WHEN 'refund' THEN 4 ELSE 2 END, p.number,
                 coalesce(p.note, p.reference, ''),
                 CASE p.kind WHEN 'refund' THEN s.amount_minor ELSE -s.amount_minor END, p.recorded_at,
                 NULL, NULL
            FROM payment_share s
            JOIN payment p ON p.node_id = s.node_id AND p.number = s.payment_number
           WHERE s.node_id = $1 AND s.debtor_id = $2
          UNION ALL
          SELECT p.unit_id, r.returned_on, CASE p.kind WHEN 'refund' THEN 5 ELSE 3 END, p.number, r.reason,
                 CASE p.kind WHEN 'refund' THEN -s.amount_minor ELSE s.amount_minor END, r.recorded_at,
                 NULL, NULL
            FROM payment_share s
            JOIN payment p ON p.node_id = s.node_id AND p.number = s.payment_number
            JOIN payment_return r ON r.node_id = p.node_id AND r.payment_number = p.number
           WHERE s.node_id = $1 AND s.debtor_id = $2) l
   WHERE l.on_day <= $3 AND ($4::timestamptz IS NULL OR l.recorded_at <= $4)
   ORDER BY l.unit_id, l.on_day, l.recorded_at, l.what, l.number
)sql";

std::vector<StatementLine> read_statement_lines(Tx& tx, NodeId node, PartyId debtor,
                                                const DuesMoment& moment) {
  constexpr std::array kinds{StatementKind::charge,  StatementKind::charge_reversed,
                             StatementKind::payment, StatementKind::payment_returned,
                             StatementKind::refund,  StatementKind::refund_returned};
  std::vector<StatementLine> lines;
  for (const Row row : report_rows(tx, statement_lines_sql, node, debtor, moment.as_of, moment.known_at))
    lines.push_back({row.day(1), row.id<UnitId>(0), kinds.at(static_cast<std::size_t>(row.integer(2))),
                     row.int64(3), row.string(4),
                     row.is_null(6) ? std::nullopt : std::optional{Period{row.day(6), row.day(7)}},
                     row.int64(5)});
  return lines;
}

}  // namespace coop::dues
