#include "ledger/proof/collecting_store.hpp"

namespace coop::proof {

namespace {

constexpr const char* read_collecting_faults_sql = R"sql(
  -- proof.read_collecting_faults
  WITH line AS (
    SELECT l.collection_number AS collection, l.line, l.party_id, l.mandate_id, l.amount_minor,
           ending.number AS ended_at, handed.number AS handed_at, settled.number AS settled_at,
           paid.payment_number, p.payer_id, p.amount_minor AS paid_minor
      FROM collection_line l
      LEFT JOIN collection_step ending ON ending.node_id = l.node_id
            AND ending.collection_number = l.collection_number AND ending.line = l.line
      LEFT JOIN collection_step handed ON handed.node_id = l.node_id
            AND handed.collection_number = l.collection_number AND handed.kind = 'handed_in'
      LEFT JOIN collection_step settled ON settled.node_id = l.node_id
            AND settled.collection_number = l.collection_number AND settled.kind = 'settled'
      LEFT JOIN collection_payment paid ON paid.node_id = l.node_id
            AND paid.collection_number = l.collection_number AND paid.line = l.line
      LEFT JOIN payment p ON p.node_id = paid.node_id AND p.number = paid.payment_number
     WHERE l.node_id = $1
  )
  SELECT format('line %s of collection %s was settled without its payment', line, collection)
    FROM line
   WHERE settled_at IS NOT NULL AND payment_number IS NULL AND (ended_at IS NULL OR ended_at > settled_at)
  UNION ALL
  SELECT format('line %s of collection %s became payment %s, which is not its own', line, collection,
                payment_number)
    FROM line
   WHERE payment_number IS NOT NULL
     AND (settled_at IS NULL OR payer_id IS DISTINCT FROM party_id
          OR paid_minor IS DISTINCT FROM amount_minor)
  UNION ALL
  SELECT format('the charges of line %s of collection %s do not add up to it', line, collection)
    FROM line
   WHERE amount_minor IS DISTINCT FROM (SELECT sum(c.amount_minor) FROM collection_charge c
           WHERE c.node_id = $1 AND c.collection_number = collection AND c.line = line.line)
  UNION ALL
  SELECT format('line %s of collection %s went to the bank, but its mandate was not used', line, collection)
    FROM line
   WHERE handed_at IS NOT NULL AND (ended_at IS NULL OR ended_at > handed_at)
     AND NOT EXISTS (SELECT FROM mandate_change m WHERE m.node_id = $1 AND m.mandate_id = line.mandate_id
                        AND m.kind = 'collected' AND m.collection_number = collection AND m.line = line.line)
  UNION ALL
  SELECT format('charge %s is in more than one collection', charge_number)
    FROM collection_charge
   WHERE node_id = $1 AND live
   GROUP BY charge_number
  HAVING count(*) > 1
  UNION ALL
  SELECT format('collection %s went to the bank without two people''s approval', h.collection_number)
    FROM collection_step h
   WHERE h.node_id = $1 AND h.kind = 'handed_in'
     AND (SELECT count(DISTINCT a.recorded_by) FROM collection_step a
           WHERE a.node_id = h.node_id AND a.collection_number = h.collection_number
             AND a.kind = 'approved') < 2
   ORDER BY 1
   LIMIT 20
)sql";

}  // namespace

std::vector<std::string> read_collecting_faults(BulkReader& reader, std::int64_t node) {
  const BulkRows rows = reader.read(read_collecting_faults_sql, node);
  std::vector<std::string> faults;
  for (int row = 0; row < rows.size(); ++row) faults.emplace_back(rows.bytes(row, 0));
  return faults;
}

}  // namespace coop::proof
