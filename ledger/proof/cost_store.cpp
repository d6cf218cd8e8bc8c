#include "ledger/proof/cost_store.hpp"

#include "ledger/proof/cost_check.hpp"
#include "ledger/proof/fault_store.hpp"

namespace coop::proof {

namespace {

// The functions are those by which the schema judges each row when it comes; their text is judged as well.
constexpr const char* read_cost_faults_sql = R"sql(
  -- proof.read_cost_faults
  SELECT x.words
    FROM (SELECT format('cost pool %s: %s', p.number, cost_pool_fault(p.node_id, p.number)) AS words,
                 cost_pool_fault(p.node_id, p.number) AS fault
            FROM cost_pool p
           WHERE p.node_id = $1
          UNION ALL
          SELECT format('bill %s of shared costs: %s', b.number, cost_bill_fault(b.node_id, b.number)),
                 cost_bill_fault(b.node_id, b.number)
            FROM cost_bill b
           WHERE b.node_id = $1 AND NOT EXISTS (SELECT FROM cost_bill_end e
                  WHERE e.node_id = b.node_id AND e.bill_number = b.number)
          UNION ALL
          SELECT format('usage %s of shared costs: %s', u.number, cost_usage_fault(u.node_id, u.number)),
                 cost_usage_fault(u.node_id, u.number)
            FROM cost_usage u
           WHERE u.node_id = $1
          UNION ALL
          SELECT format('division %s of shared costs: %s', a.number, f.fault), f.fault
            FROM cost_allocation a
           CROSS JOIN LATERAL (
                 SELECT coalesce(cost_allocation_fault(a.node_id, a.number),
                                 cost_step_fault(a.node_id, a.number)) AS fault) f
           WHERE a.node_id = $1
          UNION ALL
          SELECT format('division %s of shared costs is of another day than its entry', a.number), 'day'
            FROM cost_allocation a
            JOIN cost_step s ON s.node_id = a.node_id AND s.allocation_number = a.number AND s.kind = 'posted'
            JOIN entry e ON e.node_id = a.node_id AND e.number = s.entry_number AND e.booked_on <> a.booked_on
           WHERE a.node_id = $1) x
   WHERE x.fault IS NOT NULL
   ORDER BY 1
   LIMIT 20
)sql";

void add_kept_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_cost_faults_sql, node, faults);
}

// A division with all that it was made of, a row each: the rule, the sum, who shares with their measures, and
// the values of places that were known. Numbers are text, so that nothing is rounded on the way.
constexpr const char* read_cost_divisions_sql = R"sql(
  -- proof.read_cost_divisions
  SELECT a.number, v.rule, a.amount_minor, u.code, u.scale::int, to_char(a.to_on, 'YYYY-MM-DD'),
         (SELECT jsonb_agg(jsonb_build_object('id', c.code, 'weight', c.weight_millionths::text,
                             'fixed', c.fixed_minor::text, 'share', coalesce(s.share_minor::text, 'none'),
                             'used', (SELECT jsonb_agg(jsonb_build_object('name', m.measure,
                                                         'millionths', m.millionths::text))
                                        FROM (SELECT x.measure, sum(x.value_millionths
                                                       - coalesce(b.value_millionths, 0)) AS millionths
                                                FROM cost_allocation_usage t
                                                JOIN cost_usage x ON x.node_id = t.node_id
                                                 AND x.number = t.usage_number AND x.participant = c.code
                                                LEFT JOIN cost_usage b ON b.node_id = x.node_id
                                                      AND b.number = x.corrects
                                               WHERE t.node_id = a.node_id AND t.allocation_number = a.number
                                               GROUP BY x.measure) m)))::text
            FROM cost_participant c
            LEFT JOIN cost_share s ON s.node_id = a.node_id AND s.allocation_number = a.number
                  AND s.kind = c.kind AND s.code = c.code
           WHERE c.node_id = a.node_id AND c.pool_number = a.pool_number AND c.term = a.term),
         a.figures,
         (SELECT jsonb_agg(jsonb_build_object('name', y.name, 'place', y.place,
                             'from', to_char(y.valid_from, 'YYYY-MM-DD'), 'numerator', y.numerator::text,
                             'denominator', y.denominator::text) ORDER BY y.number)::text
            FROM place_value y
           WHERE y.node_id = a.node_id AND y.number <= a.values_known)
    FROM cost_allocation a
    JOIN cost_pool p ON p.node_id = a.node_id AND p.number = a.pool_number
    JOIN unit u ON u.id = p.unit_id
    JOIN sharing_version v ON v.node_id = a.node_id AND v.number = a.rule_version AND v.rule IS NOT NULL
   WHERE a.node_id = $1
   ORDER BY a.number
)sql";

void add_divided_otherwise(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  const BulkRows rows = reader.read(read_cost_divisions_sql, node);
  for (int row = 0; row < rows.size() && faults.size() < 40; ++row) {
    const FoundCostDivision found{rows.number(row, 0),
                                  std::string{rows.bytes(row, 1)},
                                  rows.number(row, 2),
                                  std::string{rows.bytes(row, 3)},
                                  static_cast<int>(rows.number(row, 4)),
                                  std::string{rows.bytes(row, 5)},
                                  std::string{rows.bytes(row, 6)},
                                  std::string{rows.bytes(row, 7)},
                                  std::string{rows.bytes(row, 8)}};
    if (!comes_out_again(found))
      faults.push_back("division " + std::to_string(found.number) +
                       " of shared costs is not what its rule gives");
  }
}

}  // namespace

std::vector<std::string> read_cost_faults(BulkReader& reader, std::int64_t node) {
  std::vector<std::string> faults;
  add_kept_faults(reader, node, faults);
  add_divided_otherwise(reader, node, faults);
  return faults;
}

}  // namespace coop::proof
