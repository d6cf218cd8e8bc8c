#include "ledger/proof/dues_store.hpp"

#include <algorithm>

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

// Both, in order, each once.
std::vector<std::int64_t> together(std::vector<std::int64_t> numbers, const std::vector<std::int64_t>& more) {
  numbers.insert(numbers.end(), more.begin(), more.end());
  std::ranges::sort(numbers);
  numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
  return numbers;
}

}  // namespace

namespace {

// These ask of each row by subqueries over its own keys: as joins they go through whole tables for each row
// while nobody has counted these.

// A charge's days, why it is owed, by whom and for whom stand in its entry; when it is due follows from the
// terms by which a run raised it: those of a tier of the membership.
constexpr const char* read_charges_told_otherwise_sql = R"sql(
  -- proof.read_charges_told_otherwise
  SELECT c.number
    FROM charge c
   WHERE c.node_id = $1
     AND (c.entry_number IS NOT NULL
          AND ((SELECT e.number FROM entry e
                 WHERE e.node_id = c.node_id AND e.number = c.entry_number
                   AND coalesce(e.document_on, e.booked_on)
                       = (c.period_first + make_interval(months => c.part - 1))::date
                   AND strpos(e.description,
                              format(' %s, %s', days_in_words(c.period_first, c.period_last), c.why)) > 0)
                 IS NULL
               OR c.gross_minor - c.waived_minor - c.prepaid_minor <> 0
                  AND (SELECT p.line FROM posting p
                        WHERE p.node_id = c.node_id AND p.entry_number = c.entry_number
                          AND p.member_id = (SELECT d.dimension_id FROM party d
                                              WHERE d.node_id = c.node_id AND d.id = c.debtor_id)
                          AND p.amount_minor = c.gross_minor - c.waived_minor - c.prepaid_minor
                        LIMIT 1) IS NULL
               OR (SELECT p.line FROM posting p
                    WHERE p.node_id = c.node_id AND p.entry_number = c.entry_number
                      AND p.member_id = (SELECT m.dimension_id FROM party m
                                          WHERE m.node_id = c.node_id AND m.id = c.member_id)
                      AND p.amount_minor = -c.gross_minor
                    LIMIT 1) IS NULL)
          OR c.run_number IS NULL AND c.kind NOT IN ('obligation', 'other')
          OR c.run_number IS NOT NULL
             AND CASE c.kind WHEN 'obligation' THEN c.due_on <> c.period_first
                   ELSE NOT EXISTS (SELECT FROM subscription s
                          JOIN tier t ON t.node_id = s.node_id AND t.id = s.tier_id
                         WHERE s.node_id = c.node_id AND s.membership_id = c.membership_id
                           AND s.from_on <= c.period_first
                           AND c.due_on = (c.period_first + t.due_after_days
                                           + make_interval(months => c.part - 1))::date) END)
   ORDER BY c.number
   LIMIT 20
)sql";

std::vector<std::int64_t> read_charges_told_otherwise(BulkReader& reader, std::int64_t node) {
  return reader.read(read_charges_told_otherwise_sql, node).numbers();
}

}  // namespace

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
             WHERE p.node_id = c.node_id AND p.entry_number = c.entry_number AND p.amount_minor > 0
               AND (SELECT a.unit_id FROM account a
                     WHERE a.node_id = p.node_id AND a.id = p.account_id) = c.unit_id)
          OR (v.charge_number IS NOT NULL AND NOT EXISTS (
                SELECT FROM entry e WHERE e.node_id = v.node_id AND e.number = v.entry_number
                   AND e.reverses = c.entry_number AND e.booked_on = v.reversed_on)))
   ORDER BY c.number
   LIMIT 20
)sql";

}  // namespace

std::vector<std::int64_t> read_charges_booked_otherwise(BulkReader& reader, std::int64_t node) {
  return together(reader.read(read_charges_booked_otherwise_sql, node).numbers(),
                  read_charges_told_otherwise(reader, node));
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
            WHERE p.node_id = d.node_id AND p.entry_number = d.entry_number
              AND (SELECT a.type FROM account a
                    WHERE a.node_id = p.node_id AND a.id = p.account_id) = 'income')
   ORDER BY 1
   LIMIT 20
)sql";

}  // namespace

std::vector<std::int64_t> read_deferrals_booked_otherwise(BulkReader& reader, std::int64_t node) {
  return reader.read(read_deferrals_booked_otherwise_sql, node).numbers();
}

namespace {

// The day, the account and the payer of a payment stand in its entry, and each share with its debtor.
constexpr const char* read_payments_told_otherwise_sql = R"sql(
  -- proof.read_payments_told_otherwise
  SELECT y.number
    FROM payment y
   WHERE y.node_id = $1
     AND ((SELECT p.line FROM posting p
            WHERE p.node_id = y.node_id AND p.entry_number = y.entry_number
              AND p.member_id = (SELECT w.dimension_id FROM party w
                                  WHERE w.node_id = y.node_id AND w.id = y.payer_id)
              AND p.amount_minor = CASE y.kind WHEN 'refund' THEN -y.amount_minor ELSE y.amount_minor END
              AND (SELECT a.path = y.account AND a.unit_id = y.unit_id FROM account a
                    WHERE a.node_id = p.node_id AND a.id = p.account_id)
              AND (SELECT e.booked_on = y.received_on FROM entry e
                    WHERE e.node_id = p.node_id AND e.number = p.entry_number)
            LIMIT 1) IS NULL
          OR (SELECT s.payment_number
                FROM payment_share s
               CROSS JOIN LATERAL (VALUES (s.amount_minor - s.prepaid_minor), (s.prepaid_minor)) AS x (minor)
               WHERE s.node_id = y.node_id AND s.payment_number = y.number AND x.minor <> 0
                 AND (SELECT p.line FROM posting p
                       WHERE p.node_id = y.node_id AND p.entry_number = y.entry_number
                         AND p.member_id = (SELECT d.dimension_id FROM party d
                                             WHERE d.node_id = s.node_id AND d.id = s.debtor_id)
                         AND p.amount_minor = CASE y.kind WHEN 'refund' THEN x.minor ELSE -x.minor END
                       LIMIT 1) IS NULL
               LIMIT 1) IS NOT NULL
          OR (SELECT s.payment_number FROM payment_share s
               WHERE s.node_id = y.node_id AND s.payment_number = y.number AND s.charge_number IS NOT NULL
                 AND (SELECT (c.debtor_id, c.unit_id) IS NOT DISTINCT FROM (s.debtor_id, y.unit_id)
                        FROM charge c
                       WHERE c.node_id = s.node_id AND c.number = s.charge_number) IS NOT TRUE
               LIMIT 1) IS NOT NULL)
   ORDER BY y.number
   LIMIT 20
)sql";

std::vector<std::int64_t> read_payments_told_otherwise(BulkReader& reader, std::int64_t node) {
  return reader.read(read_payments_told_otherwise_sql, node).numbers();
}

}  // namespace

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
             WHERE p.node_id = y.node_id AND p.entry_number = y.entry_number AND p.amount_minor > 0
               AND (SELECT a.unit_id FROM account a
                     WHERE a.node_id = p.node_id AND a.id = p.account_id) = y.unit_id)
          OR (v.payment_number IS NOT NULL AND NOT EXISTS (
                SELECT FROM entry e WHERE e.node_id = v.node_id AND e.number = v.entry_number
                   AND e.reverses = y.entry_number AND e.booked_on = v.returned_on)))
   ORDER BY y.number
   LIMIT 20
)sql";

}  // namespace

std::vector<std::int64_t> read_payments_booked_otherwise(BulkReader& reader, std::int64_t node) {
  return together(reader.read(read_payments_booked_otherwise_sql, node).numbers(),
                  read_payments_told_otherwise(reader, node));
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
