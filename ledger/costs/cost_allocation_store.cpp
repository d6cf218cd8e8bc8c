#include "ledger/costs/cost_allocation_store.hpp"

#include "ledger/costs/cost_pool_store.hpp"
#include "ledger/sharing/figures_text.hpp"
#include "ledger/sharing/rule_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::costs {

constexpr const char* read_open_cost_bills_sql = R"sql(
  -- costs.read_open_bills
  SELECT b.number, b.kind, b.payer_kind, b.payer_code, b.amount_minor,
         EXISTS (SELECT FROM entry r WHERE r.node_id = b.node_id AND r.reverses = b.entry_number)
    FROM cost_bill b
   WHERE b.node_id = $1 AND b.pool_number = $2 AND b.billed_on <= $3
     AND NOT EXISTS (SELECT FROM cost_bill_end e WHERE e.node_id = b.node_id AND e.bill_number = b.number)
     AND NOT EXISTS (SELECT FROM cost_allocation_bill x
                      WHERE x.node_id = b.node_id AND x.bill_number = b.number
                        AND is_live_allocation(x.node_id, x.allocation_number))
   ORDER BY b.number
)sql";

std::vector<OpenCostBill> read_open_cost_bills(Tx& tx, NodeId node, CostPoolNumber pool, Day through) {
  std::vector<OpenCostBill> bills;
  for (const Row row : report_rows(tx, read_open_cost_bills_sql, node, pool, through))
    bills.push_back({row.id<CostBillNumber>(0),
                     cost_bill_kind_from(row.text(1)),
                     {cost_party_kind_from(row.text(2)), row.string(3)},
                     row.int64(4),
                     row.boolean(5)});
  return bills;
}

constexpr const char* read_open_cost_usage_sql = R"sql(
  -- costs.read_open_usage
  SELECT u.number, u.participant, u.measure, u.value_millionths - coalesce(c.value_millionths, 0)
    FROM cost_usage u
    LEFT JOIN cost_usage c ON c.node_id = u.node_id AND c.number = u.corrects
   WHERE u.node_id = $1 AND u.pool_number = $2 AND u.until_on <= $4
     AND EXISTS (SELECT FROM cost_participant p
                  WHERE (p.node_id, p.pool_number, p.term, p.code) = (u.node_id, $2, $3, u.participant))
     AND NOT EXISTS (SELECT FROM cost_allocation_usage x
                      WHERE x.node_id = u.node_id AND x.usage_number = u.number
                        AND is_live_allocation(x.node_id, x.allocation_number))
   ORDER BY u.number
)sql";

OpenCostUsage read_open_cost_usage(Tx& tx, NodeId node, CostPoolNumber pool, int term, Day through) {
  OpenCostUsage usage;
  for (const Row row : report_rows(tx, read_open_cost_usage_sql, node, pool, term, through)) {
    usage.numbers.push_back(row.int64(0));
    usage.sums[row.string(1)][row.string(2)] += row.int64(3);
  }
  return usage;
}

constexpr const char* read_allocated_usage_sql = R"sql(
  -- costs.read_allocated_usage
  SELECT u.participant, u.measure, sum(u.value_millionths - coalesce(c.value_millionths, 0))::bigint
    FROM cost_allocation_usage a
    JOIN cost_usage u ON u.node_id = a.node_id AND u.number = a.usage_number
    LEFT JOIN cost_usage c ON c.node_id = u.node_id AND c.number = u.corrects
   WHERE a.node_id = $1 AND a.allocation_number = $2
   GROUP BY u.participant, u.measure
)sql";

UsageSums read_allocated_usage(Tx& tx, NodeId node, CostAllocationNumber number) {
  UsageSums sums;
  for (const Row row : rows(tx, read_allocated_usage_sql, node, number))
    sums[row.string(0)][row.string(1)] = row.int64(2);
  return sums;
}

namespace {

constexpr const char* insert_cost_parts_sql = R"sql(
  -- costs.insert_parts
  WITH bill AS (
    INSERT INTO cost_allocation_bill (node_id, allocation_number, bill_number)
    SELECT $1, $2, b.number FROM unnest($3::int[]) AS b (number)
  ), usage AS (
    INSERT INTO cost_allocation_usage (node_id, allocation_number, usage_number)
    SELECT $1, $2, u.number FROM unnest($4::int[]) AS u (number)
  )
  INSERT INTO cost_share (node_id, allocation_number, place, kind, code, takes_part, share_minor, paid_minor,
                          given_minor)
  SELECT $1, $2, s.place, s.kind, s.code, s.takes_part, s.share, s.paid, s.given
    FROM unnest($5::text[], $6::text[], $7::boolean[], $8::bigint[], $9::bigint[], $10::bigint[])
         WITH ORDINALITY AS s (kind, code, takes_part, share, paid, given, place)
)sql";

SqlArray array_of(const std::vector<std::int64_t>& numbers) {
  SqlArray array;
  for (const std::int64_t number : numbers) array.add(number);
  return array;
}

void insert_parts(Tx& tx, NodeId node, CostAllocationNumber number, const NewCostAllocation& allocation) {
  SqlArray kind, code, takes_part, share, paid, given;
  for (const CostShare& one : allocation.shares) {
    kind.add(text_of(one.who.kind));
    code.add(one.who.code);
    takes_part.add(one.takes_part);
    share.add(one.share);
    paid.add(one.paid);
    given.add(one.given);
  }
  rows(tx, insert_cost_parts_sql, node, number, array_of(allocation.bills).value(),
       array_of(allocation.usages).value(), kind.value(), code.value(), takes_part.value(), share.value(),
       paid.value(), given.value());
}

constexpr const char* insert_cost_allocation_sql = R"sql(
  -- costs.insert_allocation
  INSERT INTO cost_allocation (node_id, number, pool_number, term, rule_version, from_on, to_on, booked_on,
                               amount_minor, given_minor, values_known, figures, bills, usages, shares,
                               recorded_at, recorded_by)
  SELECT $1, coalesce(max(a.number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
    FROM cost_allocation a
   WHERE a.node_id = $1
  RETURNING number
)sql";

}  // namespace

CostAllocationNumber insert_cost_allocation(Tx& tx, NodeId node, const NewCostAllocation& allocation,
                                            const books::Author& author) {
  const auto number =
      only_row(rows(tx, insert_cost_allocation_sql, node, allocation.pool.number, allocation.term,
                    allocation.rule, allocation.from_on, allocation.to_on, allocation.booked_on,
                    allocation.minor, allocation.given, allocation.values_known,
                    sharing::figures_text(allocation.figures), static_cast<int>(allocation.bills.size()),
                    static_cast<int>(allocation.usages.size()), static_cast<int>(allocation.shares.size()),
                    author.now, author.user))
          .id<CostAllocationNumber>(0);
  insert_parts(tx, node, number, allocation);
  return number;
}

constexpr const char* insert_cost_step_sql = R"sql(
  -- costs.insert_step
  INSERT INTO cost_step (node_id, allocation_number, number, kind, entry_number, reason, recorded_at,
                         recorded_by)
  SELECT $1, $2, coalesce(max(s.number), 0) + 1, $3, $4, nullif($5, ''), $6, $7
    FROM cost_step s
   WHERE s.node_id = $1 AND s.allocation_number = $2
)sql";

void insert_cost_step(Tx& tx, NodeId node, CostAllocationNumber allocation, CostStepKind kind,
                      std::optional<EntryNumber> entry, const std::string& reason,
                      const books::Author& author) {
  rows(tx, insert_cost_step_sql, node, allocation, text_of(kind), entry, reason, author.now, author.user);
}

namespace {

constexpr const char* read_cost_shares_sql = R"sql(
  -- costs.read_shares
  SELECT s.kind, s.code, s.takes_part, s.share_minor, s.paid_minor, s.given_minor
    FROM cost_share s
   WHERE s.node_id = $1 AND s.allocation_number = $2
   ORDER BY s.place
)sql";

std::vector<CostShare> read_shares(Tx& tx, NodeId node, CostAllocationNumber number) {
  std::vector<CostShare> shares;
  for (const Row row : rows(tx, read_cost_shares_sql, node, number))
    shares.push_back({{cost_party_kind_from(row.text(0)), row.string(1)},
                      row.boolean(2),
                      row.int64(3),
                      row.int64(4),
                      row.int64(5)});
  return shares;
}

constexpr const char* read_cost_steps_sql = R"sql(
  -- costs.read_steps
  SELECT s.kind, s.entry_number, coalesce(s.reason, ''), s.recorded_at, s.recorded_by, w.name
    FROM cost_step s
    LEFT JOIN user_account w ON w.id = s.recorded_by
   WHERE s.node_id = $1 AND s.allocation_number = $2
   ORDER BY s.number
)sql";

std::vector<CostStep> read_steps(Tx& tx, NodeId node, CostAllocationNumber number) {
  std::vector<CostStep> steps;
  for (const Row row : rows(tx, read_cost_steps_sql, node, number)) {
    CostStep step{
        cost_step_kind_from(row.text(0)), {}, row.string(2), row.instant(3), {}, row.maybe_string(5)};
    if (!row.is_null(1)) step.entry = row.id<EntryNumber>(1);
    if (!row.is_null(4)) step.recorded_by = row.id<UserId>(4);
    steps.push_back(std::move(step));
  }
  return steps;
}

constexpr const char* find_cost_allocation_sql = R"sql(
  -- costs.find_allocation
  SELECT a.pool_number, a.term, v.code, v.version, a.from_on, a.to_on, a.booked_on, a.amount_minor,
         a.given_minor, a.bills, a.usages, a.recorded_at, a.recorded_by, w.name, a.values_known, a.figures
    FROM cost_allocation a
    JOIN sharing_version v ON v.node_id = a.node_id AND v.number = a.rule_version
    LEFT JOIN user_account w ON w.id = a.recorded_by
   WHERE a.node_id = $1 AND a.number = $2
)sql";

}  // namespace

CostAllocation read_cost_allocation(Tx& tx, NodeId node, CostAllocationNumber number) {
  const Rows found = rows(tx, find_cost_allocation_sql, node, number);
  if (found.empty())
    throw Refused{Refusal::cost_allocation_unknown,
                  "there is no division " + std::to_string(number.number())};
  const Row row = found[0];
  CostAllocation allocation{
      number,
      read_cost_pools(tx, node, {.number = row.id<CostPoolNumber>(0)}).at(0),
      row.integer(1),
      sharing::read_versions(tx, node, {.code = row.string(2), .version = row.integer(3)}).at(0),
      row.day(4),
      row.day(5),
      row.day(6),
      row.int64(7),
      row.int64(8),
      row.integer(14),
      sharing::figures_from_text(row.text(15)),
      read_shares(tx, node, number),
      row.integer(9),
      row.integer(10),
      row.instant(11),
      {},
      row.maybe_string(13),
      read_steps(tx, node, number)};
  if (!row.is_null(12)) allocation.recorded_by = row.id<UserId>(12);
  return allocation;
}

constexpr const char* find_reversed_bill_sql = R"sql(
  -- costs.find_reversed_bill
  SELECT b.number
    FROM cost_allocation_bill x
    JOIN cost_bill b ON b.node_id = x.node_id AND b.number = x.bill_number
    JOIN entry r ON r.node_id = b.node_id AND r.reverses = b.entry_number
   WHERE x.node_id = $1 AND x.allocation_number = $2
   ORDER BY b.number
   LIMIT 1
)sql";

std::optional<CostBillNumber> find_reversed_bill(Tx& tx, NodeId node, CostAllocationNumber number) {
  const Rows found = rows(tx, find_reversed_bill_sql, node, number);
  if (found.empty()) return std::nullopt;
  return found[0].id<CostBillNumber>(0);
}

constexpr const char* list_cost_allocations_sql = R"sql(
  -- costs.list_allocations
  SELECT x.number, x.pool, x.state, x.from_on, x.to_on, x.unit, x.scale, x.amount_minor, x.given_minor,
         x.bills, x.shares, x.recorded_at
    FROM (SELECT a.number, p.code AS pool, a.from_on, a.to_on, u.code AS unit, u.scale, a.amount_minor,
                 a.given_minor, a.bills, a.shares, a.recorded_at,
                 coalesce((SELECT s.kind
                             FROM cost_step s
                            WHERE s.node_id = a.node_id AND s.allocation_number = a.number
                            ORDER BY s.number DESC
                            LIMIT 1), 'proposed') AS state
            FROM cost_allocation a
            JOIN cost_pool p ON p.node_id = a.node_id AND p.number = a.pool_number
            JOIN unit u ON u.id = p.unit_id
           WHERE a.node_id = $1 AND ($2::text IS NULL OR p.code = $2)
             AND ($4::date IS NULL OR a.to_on >= $4) AND ($5::date IS NULL OR a.to_on <= $5)
             AND ($6::int IS NULL OR a.number < $6)) x
   WHERE $3::text IS NULL OR x.state = $3
   ORDER BY x.number DESC
   LIMIT $7
)sql";

std::vector<CostAllocationSummary> list_cost_allocations(Tx& tx, NodeId node,
                                                         const CostAllocationFilter& filter, int limit) {
  std::vector<CostAllocationSummary> listed;
  for (const Row row : report_rows(tx, list_cost_allocations_sql, node, filter.pool, filter.state,
                                   filter.from, filter.to, filter.before, limit))
    listed.push_back({row.id<CostAllocationNumber>(0), row.string(1), row.string(2), row.day(3), row.day(4),
                      row.string(5), row.integer(6), row.int64(7), row.int64(8), row.integer(9),
                      row.integer(10), row.instant(11)});
  return listed;
}

}  // namespace coop::costs
