#include "ledger/costs/cost_usage_store.hpp"

namespace coop::costs {

constexpr const char* read_cost_usage_sql = R"sql(
  -- costs.read_usage
  SELECT u.number, p.code, u.participant, u.measure, u.from_on, u.until_on, u.value_millionths,
         coalesce(u.source, ''), u.corrects,
         EXISTS (SELECT FROM cost_usage x WHERE x.node_id = u.node_id AND x.corrects = u.number),
         u.recorded_at, w.name,
         (SELECT a.allocation_number
            FROM cost_allocation_usage a
           WHERE a.node_id = u.node_id AND a.usage_number = u.number
             AND is_live_allocation(a.node_id, a.allocation_number))
    FROM cost_usage u
    JOIN cost_pool p ON p.node_id = u.node_id AND p.number = u.pool_number
    LEFT JOIN user_account w ON w.id = u.recorded_by
   WHERE u.node_id = $1 AND ($2::text IS NULL OR p.code = $2) AND ($3::text IS NULL OR u.participant = $3)
     AND ($4::text IS NULL OR u.measure = $4) AND ($5::date IS NULL OR u.until_on >= $5)
     AND ($6::date IS NULL OR u.from_on <= $6) AND ($7::int IS NULL OR u.number >= $7)
     AND ($8::int IS NULL OR u.number > $8)
   ORDER BY u.number
   LIMIT $9
)sql";

std::vector<CostUsage> read_cost_usage(Tx& tx, NodeId node, const CostUsageFilter& filter) {
  std::vector<CostUsage> found;
  for (const Row row :
       report_rows(tx, read_cost_usage_sql, node, filter.pool, filter.participant, filter.measure,
                   filter.from, filter.to, filter.at_least, filter.after, filter.most)) {
    CostUsage usage{
        row.id<CostUsageNumber>(0),
        {row.string(1), row.string(2), row.string(3), row.day(4), row.day(5), row.int64(6), row.string(7)},
        {},
        row.boolean(9),
        row.instant(10),
        row.maybe_string(11),
        {}};
    if (!row.is_null(8)) usage.corrects = row.id<CostUsageNumber>(8);
    if (!row.is_null(12)) usage.allocation = row.id<CostAllocationNumber>(12);
    found.push_back(std::move(usage));
  }
  return found;
}

constexpr const char* find_known_usage_sql = R"sql(
  -- costs.find_known_usage
  SELECT u.number, u.from_on, u.until_on, u.value_millionths
    FROM cost_usage u
   WHERE u.node_id = $1 AND u.pool_number = $2 AND u.participant = $3 AND u.measure = $4
     AND u.from_on <= $6 AND u.until_on >= $5
     AND NOT EXISTS (SELECT FROM cost_usage x WHERE x.node_id = u.node_id AND x.corrects = u.number)
   ORDER BY u.number
   LIMIT 1
)sql";

std::optional<KnownUsage> find_known_usage(Tx& tx, NodeId node, CostPoolNumber pool,
                                           const CostUsageDraft& draft) {
  const Rows found = rows(tx, find_known_usage_sql, node, pool, draft.participant, draft.measure,
                          draft.from_on, draft.until_on);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  return KnownUsage{row.id<CostUsageNumber>(0), row.day(1), row.day(2), row.int64(3)};
}

constexpr const char* insert_cost_usage_sql = R"sql(
  -- costs.insert_usage
  INSERT INTO cost_usage (node_id, number, pool_number, participant, measure, from_on, until_on,
                          value_millionths, corrects, source, recorded_at, recorded_by)
  SELECT $1, coalesce(max(u.number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10, $11
    FROM cost_usage u
   WHERE u.node_id = $1
  RETURNING number
)sql";

CostUsageNumber insert_cost_usage(Tx& tx, NodeId node, CostPoolNumber pool, const CostUsageDraft& draft,
                                  std::optional<CostUsageNumber> corrects, const books::Author& author) {
  return only_row(rows(tx, insert_cost_usage_sql, node, pool, draft.participant, draft.measure, draft.from_on,
                       draft.until_on, draft.millionths, corrects, draft.source, author.now, author.user))
      .id<CostUsageNumber>(0);
}

}  // namespace coop::costs
