#include "ledger/proof/work_store.hpp"

#include "ledger/proof/fault_store.hpp"
#include "ledger/proof/obligation_store.hpp"

namespace coop::proof {

namespace {

constexpr const char* read_circle_faults_sql = R"sql(
  -- proof.read_circle_faults
  WITH step AS (
    SELECT s.circle_id, s.number, s.kind, s.on_day, c.code, c.from_on,
           row_number() OVER (PARTITION BY s.circle_id ORDER BY s.number) AS counted,
           lag(s.kind) OVER of_party AS before, lag(s.on_day) OVER of_party AS before_on,
           count(*) FILTER (WHERE s.kind = 'closed')
             OVER (PARTITION BY s.circle_id ORDER BY s.number ROWS BETWEEN UNBOUNDED PRECEDING
                   AND 1 PRECEDING) AS ends
      FROM circle_step s
      JOIN circle c ON c.node_id = s.node_id AND c.id = s.circle_id
     WHERE s.node_id = $1
    WINDOW of_party AS (PARTITION BY s.circle_id, s.party_id ORDER BY s.number)
  )
  SELECT format('step %s of circle %s does not follow from those before it', s.number, s.code)
    FROM step s
   WHERE s.number <> s.counted OR s.on_day < s.from_on
      OR CASE s.kind
           WHEN 'joined' THEN s.ends > 0 OR s.before = 'joined' OR s.before_on >= s.on_day
           WHEN 'left' THEN s.before IS DISTINCT FROM 'joined' OR s.before_on > s.on_day
           ELSE s.ends > 0 END
   ORDER BY 1
   LIMIT 20
)sql";

void add_circle_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_circle_faults_sql, node, faults);
}

constexpr const char* read_work_hours_faults_sql = R"sql(
  -- proof.read_work_hours_faults
  WITH ended AS (
    SELECT s.hours_number FROM work_hours_step s WHERE s.node_id = $1 AND s.kind <> 'approved'
  )
  SELECT format('member %s has more than 24 hours on %s', p.number, d.worked_on)
    FROM (SELECT h.party_id, h.worked_on
            FROM work_hours h
           WHERE h.node_id = $1 AND h.number NOT IN (SELECT e.hours_number FROM ended e)
           GROUP BY h.party_id, h.worked_on
          HAVING sum(h.minutes) > 1440) d
    JOIN party p ON p.node_id = $1 AND p.id = d.party_id
  UNION ALL
  SELECT format('the numbers of hours have a gap before %s', h.number)
    FROM (SELECT x.number, row_number() OVER (ORDER BY x.number) AS counted
            FROM work_hours x WHERE x.node_id = $1) h
   WHERE h.number <> h.counted
  UNION ALL
  SELECT format('hours %s are of a day on which circle %s is not open', h.number, c.code)
    FROM work_hours h
    JOIN circle c ON c.node_id = h.node_id AND c.id = h.circle_id
   WHERE h.node_id = $1
     AND (h.worked_on < c.from_on
          OR EXISTS (SELECT FROM circle_step s
                      WHERE s.node_id = h.node_id AND s.circle_id = h.circle_id AND s.kind = 'closed'
                        AND s.recorded_at < h.recorded_at AND s.on_day < h.worked_on))
  UNION ALL
  SELECT format('hours %s correct what still counts, or what was another''s', h.number)
    FROM work_hours h
    LEFT JOIN work_hours o ON o.node_id = h.node_id AND o.number = h.corrects
   WHERE h.node_id = $1 AND h.corrects IS NOT NULL
     AND (o.party_id IS DISTINCT FROM h.party_id
          OR h.corrects NOT IN (SELECT e.hours_number FROM ended e))
  UNION ALL
  SELECT format('hours %s are for something that the node does not know', h.number)
    FROM work_hours h
   WHERE h.node_id = $1 AND h.cost_object IS NOT NULL
     AND NOT EXISTS (SELECT FROM dimension d
                      WHERE d.node_id = $1 AND d.kind = 'cost_object' AND d.code = h.cost_object)
   ORDER BY 1
   LIMIT 20
)sql";

void add_work_hours_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_work_hours_faults_sql, node, faults);
}

// Whether somebody was in a circle is asked as it was known when it was decided: the last step that counted.
constexpr const char* read_belonging_faults_sql = R"sql(
  -- proof.read_work_belonging_faults
  WITH asked AS (
    SELECT 'hours ' || h.number || ' are to be paid to somebody who is not in the circle' AS fault,
           h.circle_id, h.party_id, h.worked_on AS on_day, h.recorded_at
      FROM work_hours h
     WHERE h.node_id = $1 AND h.intent = 'paid'
    UNION ALL
    SELECT 'hours ' || s.hours_number || ' were decided by somebody who is not in the circle',
           h.circle_id, s.party_id, s.on_day, s.recorded_at
      FROM work_hours_step s
      JOIN work_hours h ON h.node_id = s.node_id AND h.number = s.hours_number
     WHERE s.node_id = $1 AND s.kind <> 'reversed'
  )
  SELECT a.fault
    FROM asked a
    LEFT JOIN LATERAL (
         SELECT s.kind
           FROM circle_step s
          WHERE s.node_id = $1 AND s.circle_id = a.circle_id AND s.party_id = a.party_id
            AND (s.recorded_at < a.recorded_at OR s.recorded_at = a.recorded_at AND s.kind = 'joined')
            AND s.on_day <= CASE s.kind WHEN 'left' THEN a.on_day - 1 ELSE a.on_day END
          ORDER BY s.number DESC
          LIMIT 1) l ON true
   WHERE l.kind IS DISTINCT FROM 'joined'
  UNION ALL
  SELECT format('hours %s are to be paid, and their kind has no price', h.number)
    FROM work_hours h
    JOIN work_kind k ON k.node_id = h.node_id AND k.code = h.kind
   WHERE h.node_id = $1 AND h.intent = 'paid' AND NOT k.has_price
  UNION ALL
  SELECT format('step %s of hours %s is by whom or when it may not be', s.number, s.hours_number)
    FROM work_hours_step s
    JOIN work_hours h ON h.node_id = s.node_id AND h.number = s.hours_number
    LEFT JOIN work_hours_step b ON b.node_id = s.node_id AND b.hours_number = s.hours_number
          AND b.number = s.number - 1
   WHERE s.node_id = $1
     AND (s.number > 1 AND b.kind IS DISTINCT FROM 'approved'
          OR s.kind <> 'reversed'
             AND (s.party_id = h.party_id OR s.recorded_by = h.recorded_by
                  OR was_linked(s.node_id, h.party_id, s.recorded_by, h.recorded_at, s.recorded_at)))
   ORDER BY 1
   LIMIT 20
)sql";

constexpr const char* read_open_hours_faults_sql = R"sql(
  -- proof.read_open_hours_faults
  SELECT format('hours %s wait for a decision, or do not, other than it is told',
                coalesce(o.hours_number, w.number))
    FROM (SELECT x.hours_number FROM open_hours x WHERE x.node_id = $1) o
    FULL JOIN (SELECT h.number FROM work_hours h
                WHERE h.node_id = $1
                  AND NOT EXISTS (SELECT FROM work_hours_step s
                                   WHERE s.node_id = h.node_id AND s.hours_number = h.number)) w
         ON w.number = o.hours_number
   WHERE w.number IS NULL OR o.hours_number IS NULL
   ORDER BY 1
   LIMIT 20
)sql";

void add_open_hours_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_open_hours_faults_sql, node, faults);
}

}  // namespace

std::vector<std::string> read_work_faults(BulkReader& reader, std::int64_t node) {
  std::vector<std::string> faults;
  add_circle_faults(reader, node, faults);
  add_work_hours_faults(reader, node, faults);
  add_faults(reader, read_belonging_faults_sql, node, faults);
  add_open_hours_faults(reader, node, faults);
  add_obligation_faults(reader, node, faults);
  return faults;
}

}  // namespace coop::proof
