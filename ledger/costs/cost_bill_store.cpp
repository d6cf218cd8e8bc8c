#include "ledger/costs/cost_bill_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::costs {

constexpr const char* read_cost_bills_sql = R"sql(
  -- costs.read_bills
  SELECT x.number, x.pool, x.kind, x.billed_on, x.amount_minor, x.unit, x.scale, x.payer_kind, x.payer_code,
         x.title, x.document, x.entry_number, x.recorded_at, x.recorded_by, x.state, x.allocation, x.reason
    FROM (SELECT b.number, p.code AS pool, b.kind, b.billed_on, b.amount_minor, u.code AS unit, u.scale,
                 b.payer_kind, b.payer_code, b.title, coalesce(b.document, '') AS document, b.entry_number,
                 b.recorded_at, w.name AS recorded_by,
                 CASE WHEN e.bill_number IS NOT NULL THEN 'withdrawn' WHEN t.number IS NULL THEN 'open'
                      WHEN t.posted THEN 'divided' ELSE 'proposed' END AS state,
                 t.number AS allocation, coalesce(e.reason, '') AS reason
            FROM cost_bill b
            JOIN cost_pool p ON p.node_id = b.node_id AND p.number = b.pool_number
            JOIN unit u ON u.id = p.unit_id
            LEFT JOIN cost_bill_end e ON e.node_id = b.node_id AND e.bill_number = b.number
                                    AND ($12::timestamptz IS NULL OR e.recorded_at <= $12)
            LEFT JOIN user_account w ON w.id = b.recorded_by
            LEFT JOIN LATERAL (
                 SELECT a.allocation_number AS number,
                        EXISTS (SELECT FROM cost_step s
                                 WHERE s.node_id = a.node_id AND s.allocation_number = a.allocation_number
                                   AND s.kind = 'posted'
                                   AND ($12::timestamptz IS NULL OR s.recorded_at <= $12)) AS posted
                   FROM cost_allocation_bill a
                   JOIN cost_allocation c ON c.node_id = a.node_id AND c.number = a.allocation_number
                                         AND ($12::timestamptz IS NULL OR c.recorded_at <= $12)
                  WHERE a.node_id = b.node_id AND a.bill_number = b.number
                    AND NOT EXISTS (SELECT FROM cost_step s
                                     WHERE s.node_id = a.node_id AND s.allocation_number = a.allocation_number
                                       AND s.kind IN ('cancelled', 'reversed')
                                       AND ($12::timestamptz IS NULL OR s.recorded_at <= $12))) t ON true
           WHERE b.node_id = $1 AND ($2::int IS NULL OR b.number = $2) AND ($3::text IS NULL OR p.code = $3)
             AND ($4::text IS NULL OR b.payer_code = $4) AND ($5::text IS NULL OR b.kind = $5)
             AND ($6::date IS NULL OR b.billed_on >= $6) AND ($7::date IS NULL OR b.billed_on <= $7)
             AND ($8::int IS NULL OR b.number > $8)
             AND ($12::timestamptz IS NULL OR b.recorded_at <= $12)
             AND ($9::int IS NULL OR EXISTS (SELECT FROM cost_allocation_bill y
                   WHERE (y.node_id, y.allocation_number, y.bill_number) = ($1, $9, b.number)))) x
   WHERE $10::text IS NULL OR x.state = $10
   ORDER BY x.number
   LIMIT $11
)sql";

std::vector<CostBill> read_cost_bills(Tx& tx, NodeId node, const CostBillFilter& filter) {
  const auto kind = filter.kind ? std::optional{text_of(*filter.kind)} : std::nullopt;
  const auto state = filter.state ? std::optional{text_of(*filter.state)} : std::nullopt;
  std::vector<CostBill> bills;
  for (const Row row :
       report_rows(tx, read_cost_bills_sql, node, filter.number, filter.pool, filter.payer, kind, filter.from,
                   filter.to, filter.after, filter.allocation, state, filter.most, filter.known_at)) {
    CostBill bill{row.id<CostBillNumber>(0),
                  row.string(1),
                  cost_bill_kind_from(row.text(2)),
                  row.day(3),
                  row.int64(4),
                  row.string(5),
                  row.integer(6),
                  {cost_party_kind_from(row.text(7)), row.string(8)},
                  row.string(9),
                  row.string(10),
                  {},
                  row.instant(12),
                  row.maybe_string(13),
                  cost_bill_state_from(row.text(14)),
                  {},
                  row.string(16)};
    if (!row.is_null(11)) bill.entry = row.id<EntryNumber>(11);
    if (!row.is_null(15)) bill.allocation = row.id<CostAllocationNumber>(15);
    bills.push_back(std::move(bill));
  }
  return bills;
}

CostBill read_cost_bill(Tx& tx, NodeId node, CostBillNumber number) {
  auto found = read_cost_bills(tx, node, {.number = number});
  if (found.empty())
    throw Refused{Refusal::cost_bill_unknown, "there is no bill " + std::to_string(number.number())};
  return std::move(found.front());
}

constexpr const char* insert_cost_bill_sql = R"sql(
  -- costs.insert_bill
  INSERT INTO cost_bill (node_id, number, pool_number, kind, billed_on, amount_minor, payer_kind, payer_code,
                         title, document, entry_number, recorded_at, recorded_by)
  SELECT $1, coalesce(max(b.number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10, $11, $12
    FROM cost_bill b
   WHERE b.node_id = $1
  RETURNING number
)sql";

CostBillNumber insert_cost_bill(Tx& tx, NodeId node, CostPoolNumber pool, const CostBillDraft& draft,
                                const books::Author& author) {
  return only_row(rows(tx, insert_cost_bill_sql, node, pool, text_of(draft.kind), draft.billed_on,
                       draft.minor, text_of(draft.payer.kind), draft.payer.code, draft.title, draft.document,
                       draft.entry, author.now, author.user))
      .id<CostBillNumber>(0);
}

constexpr const char* insert_cost_bill_end_sql = R"sql(
  -- costs.insert_bill_end
  INSERT INTO cost_bill_end (node_id, bill_number, reason, recorded_at, recorded_by)
  VALUES ($1, $2, $3, $4, $5)
)sql";

void insert_cost_bill_end(Tx& tx, NodeId node, CostBillNumber bill, const std::string& reason,
                          const books::Author& author) {
  rows(tx, insert_cost_bill_end_sql, node, bill, reason, author.now, author.user);
}

constexpr const char* find_cost_cover_sql = R"sql(
  -- costs.find_cover
  SELECT e.reverses IS NOT NULL
         OR EXISTS (SELECT FROM entry r WHERE r.node_id = e.node_id AND r.reverses = e.number),
         (SELECT coalesce(sum(g.amount_minor), 0)::bigint
            FROM posting g
            JOIN account a ON a.node_id = g.node_id AND a.id = g.account_id
           WHERE g.node_id = e.node_id AND g.entry_number = e.number AND a.path = $3 AND a.unit_id = $4),
         (SELECT coalesce(sum(b.amount_minor), 0)::bigint
            FROM cost_bill b
            JOIN cost_pool p ON p.node_id = b.node_id AND p.number = b.pool_number
            JOIN account a ON a.node_id = p.node_id AND a.id = p.expense_account_id AND a.path = $3
             AND a.unit_id = $4
           WHERE b.node_id = e.node_id AND b.entry_number = e.number
             AND NOT EXISTS (SELECT FROM cost_bill_end x
                              WHERE x.node_id = b.node_id AND x.bill_number = b.number))
    FROM entry e
   WHERE e.node_id = $1 AND e.number = $2
)sql";

std::optional<CostCover> find_cost_cover(Tx& tx, NodeId node, const CostPool& pool, EntryNumber entry) {
  const Rows found = rows(tx, find_cost_cover_sql, node, entry, pool.expense, pool.unit_id);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  return CostCover{row.boolean(0), row.int64(1), row.int64(2)};
}

}  // namespace coop::costs
