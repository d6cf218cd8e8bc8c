#include "ledger/proof/dues_store.hpp"

#include "ledger/proof/fault_store.hpp"

namespace coop::proof {

namespace {

constexpr const char* read_debtors_that_differ_sql = R"sql(
  -- proof.read_debtors_that_differ
  WITH owed AS (
    SELECT c.debtor_id AS party_id, c.unit_id, c.gross_minor - c.waived_minor AS minor
      FROM charge c
      LEFT JOIN charge_reversal v ON v.node_id = c.node_id AND v.charge_number = c.number
     WHERE c.node_id = $1 AND v.charge_number IS NULL
    UNION ALL
    SELECT s.debtor_id, p.unit_id, CASE p.kind WHEN 'refund' THEN s.amount_minor ELSE -s.amount_minor END
      FROM payment_share s
      JOIN payment p ON p.node_id = s.node_id AND p.number = s.payment_number
      LEFT JOIN payment_return v ON v.node_id = p.node_id AND v.payment_number = p.number
     WHERE s.node_id = $1 AND v.payment_number IS NULL
  ), sums AS (
    SELECT party_id, unit_id, sum(minor) AS minor FROM owed GROUP BY party_id, unit_id
  ), kept AS (
    SELECT party_id, unit_id, owed_minor AS minor FROM debtor WHERE node_id = $1
  )
  SELECT DISTINCT party_id::bigint
    FROM sums FULL JOIN kept USING (party_id, unit_id)
   WHERE coalesce(sums.minor, 0) <> coalesce(kept.minor, 0)
   ORDER BY 1
   LIMIT 20
)sql";

}  // namespace

std::vector<std::int64_t> read_debtors_that_differ(BulkReader& reader, std::int64_t node) {
  return reader.read(read_debtors_that_differ_sql, node).numbers();
}

namespace {

constexpr const char* read_charges_booked_otherwise_sql = R"sql(
  -- proof.read_charges_booked_otherwise
  SELECT c.number
    FROM charge c
    LEFT JOIN charge_reversal v ON v.node_id = c.node_id AND v.charge_number = c.number
   WHERE c.node_id = $1 AND c.entry_number IS NOT NULL
     AND (c.gross_minor IS DISTINCT FROM (
            SELECT sum(p.amount_minor)
              FROM posting p
              JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
             WHERE p.node_id = c.node_id AND p.entry_number = c.entry_number AND p.amount_minor > 0
               AND a.unit_id = c.unit_id)
          OR (v.charge_number IS NOT NULL AND NOT EXISTS (
                SELECT FROM entry e WHERE e.node_id = v.node_id AND e.number = v.entry_number
                   AND e.reverses = c.entry_number)))
   ORDER BY c.number
   LIMIT 20
)sql";

}  // namespace

std::vector<std::int64_t> read_charges_booked_otherwise(BulkReader& reader, std::int64_t node) {
  return reader.read(read_charges_booked_otherwise_sql, node).numbers();
}

namespace {

constexpr const char* read_deferrals_booked_otherwise_sql = R"sql(
  -- proof.read_deferrals_booked_otherwise
  SELECT min(d.charge_number)
    FROM deferral d
   WHERE d.node_id = $1
   GROUP BY d.node_id, d.entry_number
  HAVING sum(d.amount_minor) IS DISTINCT FROM (
           SELECT -sum(p.amount_minor)
             FROM posting p
             JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
            WHERE p.node_id = d.node_id AND p.entry_number = d.entry_number AND a.type = 'income')
   ORDER BY 1
   LIMIT 20
)sql";

}  // namespace

std::vector<std::int64_t> read_deferrals_booked_otherwise(BulkReader& reader, std::int64_t node) {
  return reader.read(read_deferrals_booked_otherwise_sql, node).numbers();
}

namespace {

constexpr const char* read_payments_booked_otherwise_sql = R"sql(
  -- proof.read_payments_booked_otherwise
  SELECT y.number
    FROM payment y
    LEFT JOIN payment_return v ON v.node_id = y.node_id AND v.payment_number = y.number
   WHERE y.node_id = $1
     AND (y.amount_minor IS DISTINCT FROM (
            SELECT sum(p.amount_minor)
              FROM posting p
              JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
             WHERE p.node_id = y.node_id AND p.entry_number = y.entry_number AND p.amount_minor > 0
               AND a.unit_id = y.unit_id)
          OR (v.payment_number IS NOT NULL AND NOT EXISTS (
                SELECT FROM entry e WHERE e.node_id = v.node_id AND e.number = v.entry_number
                   AND e.reverses = y.entry_number)))
   ORDER BY y.number
   LIMIT 20
)sql";

}  // namespace

std::vector<std::int64_t> read_payments_booked_otherwise(BulkReader& reader, std::int64_t node) {
  return reader.read(read_payments_booked_otherwise_sql, node).numbers();
}

namespace {

constexpr const char* read_refund_faults_sql = R"sql(
  -- proof.read_refund_faults
  SELECT format('payment %s gives back what was not paid ahead on %s', p.number,
                refund_short_on(p.node_id, p.number))
    FROM payment p
   WHERE p.node_id = $1 AND p.kind = 'refund' AND refund_short_on(p.node_id, p.number) IS NOT NULL
   ORDER BY p.number
   LIMIT 20
)sql";

}  // namespace

std::vector<std::string> read_refund_faults(BulkReader& reader, std::int64_t node) {
  std::vector<std::string> faults;
  add_faults(reader, read_refund_faults_sql, node, faults);
  return faults;
}

}  // namespace coop::proof
