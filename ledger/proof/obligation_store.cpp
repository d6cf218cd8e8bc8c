#include "ledger/proof/obligation_store.hpp"

#include "ledger/proof/fault_store.hpp"

namespace coop::proof {

namespace {

constexpr const char* read_owed_faults_sql = R"sql(
  -- proof.read_obligation_faults
  SELECT format('obligation %s is not as it was recorded', o.number)
    FROM (SELECT x.number, x.minutes, x.amount_minor, x.unit_id, x.rate_minor, x.by_hours, x.by_money,
                 x.by_kind, x.from_on, x.until_on, row_number() OVER (ORDER BY x.number) AS counted
            FROM obligation x WHERE x.node_id = $1) o
   WHERE o.counted <> o.number OR o.until_on < o.from_on OR num_nonnulls(o.minutes, o.amount_minor) <> 1
      OR NOT (o.by_hours OR o.by_money OR o.by_kind)
      OR (o.unit_id IS NULL) <> (num_nonnulls(o.amount_minor, o.rate_minor) = 0)
      OR o.rate_minor IS NULL AND CASE WHEN o.minutes IS NULL THEN o.by_hours
                                       ELSE o.by_money OR o.by_kind END
  UNION ALL
  SELECT format('hours of member %s count toward obligations %s and %s', p.number, o.number, b.number)
    FROM obligation o
    JOIN obligation_member m ON m.node_id = o.node_id AND m.obligation_number = o.number
    JOIN obligation_member n ON n.node_id = m.node_id AND n.party_id = m.party_id
     AND n.obligation_number > m.obligation_number
    JOIN obligation b ON b.node_id = n.node_id AND b.number = n.obligation_number
    JOIN party p ON p.node_id = m.node_id AND p.id = m.party_id
   WHERE o.node_id = $1 AND o.by_hours AND b.by_hours AND o.circle_id IS NOT DISTINCT FROM b.circle_id
     AND o.from_on <= b.until_on AND b.from_on <= o.until_on
     AND NOT EXISTS (SELECT FROM obligation_withdrawal w
                      WHERE w.node_id = o.node_id AND w.obligation_number IN (o.number, b.number))
   ORDER BY 1
   LIMIT 20
)sql";

void add_owed_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_owed_faults_sql, node, faults);
}

constexpr const char* read_settlement_faults_sql = R"sql(
  -- proof.read_settlement_faults
  WITH settlement AS (
    SELECT s.obligation_number, s.number, s.kind, s.party_id, s.amount_minor, s.minutes, s.entry_number,
           s.reverses, s.recorded_at, s.recorded_by, o.recorded_at AS owed_at, o.unit_id,
           o.minutes AS minutes_owed, o.by_money, o.by_kind,
           coalesce(s.amount_minor::numeric * 60, s.minutes::numeric * coalesce(o.rate_minor, 1)) AS worth,
           coalesce(o.minutes::numeric * coalesce(o.rate_minor, 1), o.amount_minor::numeric * 60) AS owed,
           r.number AS reversed_by
      FROM obligation_settlement s
      JOIN obligation o ON o.node_id = s.node_id AND o.number = s.obligation_number
      LEFT JOIN obligation_settlement r ON r.node_id = s.node_id
       AND r.obligation_number = s.obligation_number AND r.reverses = s.number
     WHERE s.node_id = $1
  ), live AS (
    SELECT s.obligation_number, s.party_id, s.entry_number, s.unit_id, s.amount_minor, s.worth, s.owed,
           EXISTS (SELECT FROM entry e WHERE e.node_id = $1 AND e.reverses = s.entry_number) AS is_undone
      FROM settlement s
     WHERE s.kind <> 'reversed' AND s.reversed_by IS NULL
  )
  SELECT format('settlement %s of obligation %s is not as it may be', s.number, s.obligation_number)
    FROM (SELECT x.number, x.obligation_number, x.kind, x.party_id, x.amount_minor, x.minutes,
                 x.minutes_owed, x.by_money, x.by_kind, x.reverses, x.recorded_at, x.recorded_by,
                 row_number() OVER (PARTITION BY x.obligation_number ORDER BY x.number) AS counted
            FROM settlement x) s
    LEFT JOIN settlement b ON b.obligation_number = s.obligation_number AND b.number = s.reverses
   WHERE s.counted <> s.number OR s.kind = 'money' AND NOT s.by_money OR s.kind = 'kind' AND NOT s.by_kind
      OR s.kind = 'waived' AND (s.minutes IS NULL) <> (s.minutes_owed IS NULL)
      OR s.kind <> 'reversed' AND num_nonnulls(s.amount_minor, s.minutes) <> 1
      OR s.kind = 'kind' AND s.recorded_by IS NULL
      OR (s.kind = 'reversed') <> (s.reverses IS NOT NULL)
      OR s.kind = 'reversed' AND (b.kind IS NULL OR b.kind = 'reversed' OR b.party_id <> s.party_id
                                  OR s.reverses >= s.number)
      OR NOT EXISTS (SELECT FROM obligation_member m WHERE m.node_id = $1
                        AND m.obligation_number = s.obligation_number AND m.party_id = s.party_id)
      OR s.kind <> 'reversed' AND EXISTS (SELECT FROM obligation_withdrawal w WHERE w.node_id = $1
                        AND w.obligation_number = s.obligation_number AND w.recorded_at < s.recorded_at)
  UNION ALL
  SELECT format('settlement %s of obligation %s is of whoever recorded it', s.number, s.obligation_number)
    FROM settlement s
   WHERE s.kind <> 'reversed' AND was_linked($1, s.party_id, s.recorded_by, s.owed_at, s.recorded_at)
  UNION ALL
  SELECT format('obligation %s was withdrawn by somebody who owes it', w.obligation_number)
    FROM obligation_withdrawal w
    JOIN obligation o ON o.node_id = w.node_id AND o.number = w.obligation_number
    JOIN obligation_member m ON m.node_id = w.node_id AND m.obligation_number = w.obligation_number
   WHERE w.node_id = $1
     AND was_linked(w.node_id, m.party_id, w.recorded_by, o.recorded_at, w.recorded_at)
  UNION ALL
  SELECT format('member %s settled more of obligation %s than is owed', p.number, l.obligation_number)
    FROM (SELECT x.obligation_number, x.party_id, sum(x.worth) AS worth,
                 min(x.owed) + min(CASE WHEN x.unit_id IS NULL THEN 1 ELSE 60 END) AS limit_of
            FROM live x WHERE NOT x.is_undone GROUP BY x.obligation_number, x.party_id) l
    JOIN party p ON p.node_id = $1 AND p.id = l.party_id
   WHERE l.worth >= l.limit_of
  UNION ALL
  SELECT format('entry %s moves less of member %s than it settles', l.entry_number, p.number)
    FROM (SELECT x.entry_number, x.party_id, x.unit_id, sum(x.amount_minor) AS minor
            FROM live x WHERE x.entry_number IS NOT NULL
           GROUP BY x.entry_number, x.party_id, x.unit_id) l
    JOIN party p ON p.node_id = $1 AND p.id = l.party_id
   WHERE l.minor > given_by_member($1, l.entry_number, l.party_id, l.unit_id)
   ORDER BY 1
   LIMIT 20
)sql";

void add_settlement_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_settlement_faults_sql, node, faults);
}

constexpr const char* read_hours_import_faults_sql = R"sql(
  -- proof.read_hours_import_faults
  SELECT format('table of hours %s did not record as many as it says', i.number)
    FROM (SELECT x.number, x.recorded, x.known, x.table_rows,
                 row_number() OVER (ORDER BY x.number) AS counted
            FROM hours_import x WHERE x.node_id = $1) i
    LEFT JOIN (SELECT r.import_number, count(*) AS found
                 FROM hours_import_row r
                 JOIN work_hours h ON h.node_id = r.node_id AND h.number = r.hours_number
                WHERE r.node_id = $1
                GROUP BY r.import_number) c ON c.import_number = i.number
   WHERE i.counted <> i.number OR c.found IS DISTINCT FROM i.recorded OR i.recorded + i.known > i.table_rows
   ORDER BY 1
   LIMIT 20
)sql";

}  // namespace

void add_obligation_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_owed_faults(reader, node, faults);
  add_settlement_faults(reader, node, faults);
  add_faults(reader, read_hours_import_faults_sql, node, faults);
}

}  // namespace coop::proof
