#include "ledger/proof/sharing_store.hpp"

#include "ledger/proof/fault_store.hpp"

namespace coop::proof {

constexpr const char* read_sharing_faults_sql = R"sql(
  -- proof.read_sharing_faults
  WITH version AS (
    SELECT v.number, v.code, v.version, v.valid_from, v.rule, v.rule_hash, v.decision,
           row_number() OVER (ORDER BY v.number) AS counted,
           row_number() OVER by_code AS counted_of_code,
           lag(v.valid_from) OVER by_code AS before
      FROM sharing_version v
     WHERE v.node_id = $1
    WINDOW by_code AS (PARTITION BY v.code ORDER BY v.version)
  )
  SELECT format('version %s of rule %s does not follow the one before it', v.version, v.code)
    FROM version v
   WHERE v.number <> v.counted OR v.version <> v.counted_of_code OR v.before >= v.valid_from
      OR (v.version = 1 AND v.rule IS NULL)
  UNION ALL
  SELECT format('version %s of rule %s is not that of its hash, or has no decision', v.version, v.code)
    FROM version v
   WHERE v.rule_hash IS DISTINCT FROM encode(sha256(convert_to(v.rule, 'UTF8')), 'hex')
      OR v.decision !~ '[^[:space:]]'
  UNION ALL
  SELECT format('value %s of a place is not numbered as it was counted, or below zero', p.number)
    FROM (SELECT x.number, x.numerator, x.denominator, row_number() OVER (ORDER BY x.number) AS counted
            FROM place_value x
           WHERE x.node_id = $1) p
   WHERE p.number <> p.counted OR p.numerator < 0 OR p.denominator <= 0
   ORDER BY 1
   LIMIT 20
)sql";

std::vector<std::string> read_sharing_faults(BulkReader& reader, std::int64_t node) {
  std::vector<std::string> faults;
  add_faults(reader, read_sharing_faults_sql, node, faults);
  return faults;
}

}  // namespace coop::proof
