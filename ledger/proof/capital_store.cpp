#include "ledger/proof/capital_store.hpp"

#include "ledger/proof/division_store.hpp"
#include "ledger/proof/fault_store.hpp"

namespace coop::proof {

namespace {

// The functions are those by which the schema judges each row when it comes; their text is judged as well.
constexpr const char* read_share_faults_sql = R"sql(
  -- proof.read_share_faults
  SELECT format('movement %s of shares: %s', m.number, x.fault)
    FROM share_movement m
   CROSS JOIN LATERAL (
         SELECT CASE WHEN c.code IS NULL OR p.id IS NULL THEN 'its class or member is gone'
                     ELSE share_movement_fault(m.node_id, m.number) END AS fault
           FROM (VALUES (1)) AS one (row)
           LEFT JOIN share_class c ON c.node_id = m.node_id AND c.code = m.class_code
                 AND c.number = m.class_version
           LEFT JOIN party p ON p.node_id = m.node_id AND p.id = m.party_id) x
   WHERE m.node_id = $1 AND x.fault IS NOT NULL
   ORDER BY m.number
   LIMIT 20
)sql";

void add_share_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_share_faults_sql, node, faults);
}

constexpr const char* read_surplus_faults_sql = R"sql(
  -- proof.read_surplus_faults
  SELECT format('run %s of a surplus: %s', r.number, x.fault)
    FROM surplus_run r
   CROSS JOIN LATERAL (
         SELECT CASE WHEN NOT EXISTS (SELECT FROM surplus_rule u
                            WHERE u.node_id = r.node_id AND u.number = r.rule_number)
                     THEN 'its rule is gone'
                     ELSE coalesce(surplus_run_fault(r.node_id, r.number),
                                   surplus_step_fault(r.node_id, r.number)) END AS fault) x
   WHERE r.node_id = $1 AND x.fault IS NOT NULL
   ORDER BY r.number
   LIMIT 20
)sql";

void add_surplus_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_surplus_faults_sql, node, faults);
}

// Withdrawals of a fiscal year, judged with the last of them; rules for surplus; days that are not those of
// the entries; what is booked on accounts of shares since there is a class, and by no register: then what a
// member holds and owes is not what the books say; the first day on which a member has less than nothing of a
// class.
constexpr const char* read_share_sum_faults_sql = R"sql(
  -- proof.read_share_sum_faults
  WITH kept AS (
    SELECT a.id, a.path, min(c.recorded_at) AS since
      FROM share_class c
      JOIN account a ON a.node_id = c.node_id AND a.id IN (c.capital_account_id, c.receivable_account_id)
     WHERE c.node_id = $1
     GROUP BY a.id, a.path
  ), drifted AS (
    SELECT k.path, coalesce(d.code, 'nobody') AS member
      FROM kept k
      JOIN posting g ON g.node_id = $1 AND g.account_id = k.id
      JOIN entry e ON e.node_id = $1 AND e.number = g.entry_number AND e.recorded_at >= k.since
      LEFT JOIN dimension d ON d.node_id = $1 AND d.id = g.member_id
     WHERE keeper_of_entry($1, e.number) IS NULL
     GROUP BY k.id, k.path, d.code
    HAVING sum(g.amount_minor) <> 0
  )
  SELECT x.fault
    FROM (SELECT 0 AS part, m.number, format('movement %s of shares: %s', m.number,
                 share_withdrawal_fault(m.node_id, m.number)) AS fault
            FROM share_movement m
           WHERE m.node_id = $1 AND m.movement = 'withdraw'
             AND share_withdrawal_fault(m.node_id, m.number) IS NOT NULL
          UNION ALL
          SELECT 1, u.number, format('rule %s for surplus: %s', u.number, surplus_rule_fault(u.node_id,
                 u.number))
            FROM surplus_rule u
           WHERE u.node_id = $1 AND surplus_rule_fault(u.node_id, u.number) IS NOT NULL
          UNION ALL
          SELECT 2, m.number, format('movement %s of shares is of another day than its entry', m.number)
            FROM share_movement m
            JOIN entry e ON e.node_id = m.node_id AND e.number = m.entry_number AND e.booked_on <> m.moved_on
           WHERE m.node_id = $1
          UNION ALL
          SELECT 3, r.number, format('run %s of a surplus is of another day than its entries', r.number)
            FROM surplus_run r
            JOIN surplus_step s ON s.node_id = r.node_id AND s.run_number = r.number AND s.step = 'booked'
           WHERE r.node_id = $1
             AND EXISTS (SELECT FROM entry e
                   WHERE e.node_id = $1 AND e.booked_on <> r.booked_on
                     AND e.number BETWEEN s.entry_number AND s.entry_number + coalesce(s.entries, 1) - 1)
          UNION ALL
          SELECT 4, 0, format('shares of %s: the books of %s are not what the register says', t.member,
                 t.path)
            FROM drifted t
          UNION ALL
          SELECT 5, 0, s.fault
            FROM (SELECT DISTINCT ON (h.class_code, h.party_id)
                         format('shares of %s: on %s %s', p.number, h.day, r.fault) AS fault
                    FROM share_holdings($1) h
                   CROSS JOIN LATERAL share_room(h.holding, h.unpaid, h.waiting, h.asked, h.reserve) r
                    LEFT JOIN party p ON p.node_id = $1 AND p.id = h.party_id
                   WHERE r.minor < 0
                   ORDER BY h.class_code, h.party_id, h.day, r.place) s) x
   ORDER BY x.part, x.number, x.fault
   LIMIT 20
)sql";

}  // namespace

std::vector<std::string> read_capital_faults(BulkReader& reader, std::int64_t node) {
  std::vector<std::string> faults;
  add_share_faults(reader, node, faults);
  add_faults(reader, read_share_sum_faults_sql, node, faults);
  add_surplus_faults(reader, node, faults);
  for (const KeptDivision& kept : read_kept_divisions(reader, node))
    if (const auto fault = fault_of(kept)) faults.push_back(*fault);
  return faults;
}

}  // namespace coop::proof
