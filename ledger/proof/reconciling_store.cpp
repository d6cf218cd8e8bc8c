#include "ledger/proof/reconciling_store.hpp"
#include "ledger/proof/fault_store.hpp"

namespace coop::proof {

namespace {

constexpr const char* read_signoff_faults_sql = R"sql(
  -- proof.read_bank_signoff_faults
  WITH told AS MATERIALIZED (
       SELECT v.kind, v.body ->> 'signoff' AS signoff, v.body ->> 'hash' AS hash
         FROM event v
        WHERE v.node_id = $1 AND EXISTS (SELECT FROM bank_account b WHERE b.node_id = $1)
          AND v.kind IN ('reconciliation_signed', 'reconciliation_countersigned',
                         'reconciliation_withdrawn'))
  SELECT format('signature %s is missing', min(s.counted))
    FROM (SELECT x.number, row_number() OVER (ORDER BY x.number) AS counted FROM bank_signoff x
           WHERE x.node_id = $1) s
   WHERE s.number <> s.counted
  HAVING count(*) > 0
  UNION ALL
  SELECT format('signature %s is not under the figures that were signed', s.number)
    FROM bank_signoff s
   WHERE s.node_id = $1
     AND (s.statement_hash <> encode(sha256(convert_to(s.statement, 'UTF8')), 'hex')
          OR s.books_minor::numeric - s.uncleared_minor + s.unbooked_minor - s.beginning_minor
             + s.difference_minor <> s.bank_minor
          OR s.difference_minor <> 0 AND s.explanation IS NULL
          OR says_what_was_signed(s.node_id, s.number) IS NOT TRUE
          OR EXISTS (SELECT FROM told v
                      WHERE v.signoff = s.number::text AND v.kind <> 'reconciliation_withdrawn'
                        AND v.hash <> s.statement_hash))
  UNION ALL
  SELECT format('signature %s, of which the outbox told, is missing', v.signoff)
    FROM told v
   WHERE v.kind = 'reconciliation_signed'
     AND NOT EXISTS (SELECT FROM bank_signoff s WHERE s.node_id = $1 AND s.number::text = v.signoff)
  UNION ALL
  SELECT format('the withdrawal of signature %s, of which the outbox told, is missing', v.signoff)
    FROM told v
   WHERE v.kind = 'reconciliation_withdrawn'
     AND NOT EXISTS (SELECT FROM bank_signoff_end e
                      WHERE e.node_id = $1 AND e.signoff_number::text = v.signoff)
  UNION ALL
  SELECT format('a countersignature of signature %s, of which the outbox told, is missing', v.signoff)
    FROM told v
   WHERE v.kind = 'reconciliation_countersigned'
   GROUP BY v.signoff
  HAVING count(*) > (SELECT count(*) FROM bank_countersignature c
                      WHERE c.node_id = $1 AND c.signoff_number::text = v.signoff)
  UNION ALL
  SELECT format('signature %s counts until it is withdrawn, and does not', s.number)
    FROM bank_signoff s
   WHERE s.node_id = $1
     AND s.live = EXISTS (SELECT FROM bank_signoff_end e
                           WHERE e.node_id = s.node_id AND e.signoff_number = s.number)
  UNION ALL
  SELECT format('signature %s is of a day that is signed already', max(s.number))
    FROM bank_signoff s
   WHERE s.node_id = $1 AND s.live
   GROUP BY s.bank_account, s.as_of
  HAVING count(*) > 1
  UNION ALL
  SELECT format('signature %s was countersigned by who signed it, or is missing', c.signoff_number)
    FROM bank_countersignature c
    LEFT JOIN bank_signoff s ON s.node_id = c.node_id AND s.number = c.signoff_number
   WHERE c.node_id = $1 AND (s.number IS NULL OR s.recorded_by = c.recorded_by)
   ORDER BY 1
   LIMIT 20
)sql";

void add_signoff_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_signoff_faults_sql, node, faults);
}

constexpr const char* read_cash_count_faults_sql = R"sql(
  -- proof.read_cash_count_faults
  SELECT format('cash count %s is missing', min(c.counted))
    FROM (SELECT x.number, row_number() OVER (ORDER BY x.number) AS counted FROM bank_count x
           WHERE x.node_id = $1) c
   WHERE c.number <> c.counted
  HAVING count(*) > 0
  UNION ALL
  SELECT format('cash count %s does not come to its pieces', c.number)
    FROM bank_count c
   WHERE c.node_id = $1
     AND c.total_minor <> coalesce((SELECT sum(p.value_minor::numeric * p.pieces) FROM bank_count_piece p
                                     WHERE p.node_id = c.node_id AND p.count_number = c.number), 0)
  UNION ALL
  SELECT format('cash count %s is of an account that is no cash', c.number)
    FROM bank_count c
    LEFT JOIN bank_account a ON a.node_id = c.node_id AND a.number = c.bank_account
   WHERE c.node_id = $1 AND a.kind IS DISTINCT FROM 'cash'
  UNION ALL
  SELECT format('cash count %s stands until it is withdrawn, and does not', c.number)
    FROM bank_count c
   WHERE c.node_id = $1
     AND c.live = EXISTS (SELECT FROM bank_count_end e
                           WHERE e.node_id = c.node_id AND e.count_number = c.number)
  UNION ALL
  SELECT format('cash count %s is of a day that was counted already', max(c.number))
    FROM bank_count c
   WHERE c.node_id = $1 AND c.live
   GROUP BY c.bank_account, c.counted_on
  HAVING count(*) > 1
  UNION ALL
  SELECT format('cash count %s is of another day than the outbox told', c.number)
    FROM event v
    JOIN bank_count c ON c.node_id = v.node_id AND c.number::text = v.body ->> 'count'
   WHERE v.node_id = $1 AND v.kind = 'cash_counted'
     AND EXISTS (SELECT FROM bank_count x WHERE x.node_id = $1)
     AND to_char(c.counted_on::timestamp, 'YYYY-MM-DD') <> v.body ->> 'counted_on'
  UNION ALL
  SELECT format('cash count %s was witnessed by who counted, or is missing', x.count_number)
    FROM bank_count_witness x
    LEFT JOIN bank_count c ON c.node_id = x.node_id AND c.number = x.count_number
   WHERE x.node_id = $1 AND (c.number IS NULL OR c.recorded_by = x.recorded_by)
  UNION ALL
  SELECT format('entry %s is of no account of cash count %s', x.entry_number, x.count_number)
    FROM bank_count_entry x
   WHERE x.node_id = $1
     AND NOT EXISTS (SELECT FROM bank_count c
                       JOIN bank_account a ON a.node_id = c.node_id AND a.number = c.bank_account
                       JOIN posting p ON p.node_id = a.node_id AND p.account_id = a.account_id
                                     AND p.entry_number = x.entry_number
                      WHERE c.node_id = x.node_id AND c.number = x.count_number)
   ORDER BY 1
   LIMIT 20
)sql";

void add_cash_count_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_cash_count_faults_sql, node, faults);
}

}  // namespace

std::vector<std::string> read_reconciling_faults(BulkReader& reader, std::int64_t node) {
  std::vector<std::string> faults;
  add_signoff_faults(reader, node, faults);
  add_cash_count_faults(reader, node, faults);
  return faults;
}

}  // namespace coop::proof
