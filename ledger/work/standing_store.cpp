#include "ledger/work/standing_store.hpp"

namespace coop::work {

// What is owed and what was settled is compared in sixtieths of minor units, as standing_of() does.
constexpr const char* read_standings_sql = R"sql(
  -- obligations.read_standings
  WITH owed AS MATERIALIZED (
    SELECT o.number, o.title, o.circle_id, coalesce(c.code, '') AS circle, o.from_on, o.until_on, o.minutes,
           o.amount_minor, o.unit_id, o.rate_minor, o.by_hours, o.by_money, o.by_kind, o.decision, m.party_id,
           p.number COLLATE "C" AS member
      FROM obligation o
      JOIN obligation_member m ON m.node_id = o.node_id AND m.obligation_number = o.number
      JOIN party p ON p.node_id = m.node_id AND p.id = m.party_id
      LEFT JOIN circle c ON c.node_id = o.node_id AND c.id = o.circle_id
     WHERE o.node_id = $1 AND ($2::int IS NULL OR o.number = $2) AND ($3::int IS NULL OR m.party_id = $3)
       AND ($4::text IS NULL OR c.code = $4)
       AND ($7::timestamptz IS NULL OR o.recorded_at <= $7 AND m.recorded_at <= $7)
       AND NOT EXISTS (SELECT FROM obligation_withdrawal w
                        WHERE w.node_id = o.node_id AND w.obligation_number = o.number
                          AND ($7::timestamptz IS NULL OR w.recorded_at <= $7))
       AND ($8::int IS NULL OR (o.number, p.number COLLATE "C") > ($8, $9::text COLLATE "C"))
  ), of_circle AS MATERIALIZED (
    SELECT m.party_id, o.circle_id, o.from_on, o.until_on
      FROM obligation o
      JOIN obligation_member m ON m.node_id = o.node_id AND m.obligation_number = o.number
     WHERE o.node_id = $1 AND o.by_hours AND o.circle_id IS NOT NULL
       AND ($3::int IS NULL OR m.party_id = $3)
       AND ($7::timestamptz IS NULL OR o.recorded_at <= $7 AND m.recorded_at <= $7)
       AND NOT EXISTS (SELECT FROM obligation_withdrawal x
                        WHERE x.node_id = o.node_id AND x.obligation_number = o.number
                          AND ($7::timestamptz IS NULL OR x.recorded_at <= $7))
  ), worked AS (
    SELECT w.number, w.party_id,
           sum(h.minutes) FILTER (WHERE coalesce(b.kind, a.kind) = 'approved') AS approved,
           sum(h.minutes) FILTER (WHERE a.kind IS NULL) AS waiting
      FROM owed w
      JOIN work_hours h ON h.node_id = $1 AND h.party_id = w.party_id AND h.intent = 'obligation'
       AND h.worked_on BETWEEN w.from_on AND w.until_on
       AND ($6::date IS NULL OR h.worked_on <= $6) AND ($7::timestamptz IS NULL OR h.recorded_at <= $7)
      LEFT JOIN of_circle c ON c.party_id = h.party_id AND c.circle_id = h.circle_id
       AND h.worked_on BETWEEN c.from_on AND c.until_on
      LEFT JOIN work_hours_step a ON a.node_id = h.node_id AND a.hours_number = h.number AND a.number = 1
       AND ($7::timestamptz IS NULL OR a.recorded_at <= $7)
      LEFT JOIN work_hours_step b ON b.node_id = h.node_id AND b.hours_number = h.number AND b.number = 2
       AND ($7::timestamptz IS NULL OR b.recorded_at <= $7)
     WHERE w.by_hours AND (w.circle_id = h.circle_id OR w.circle_id IS NULL AND c.party_id IS NULL)
     GROUP BY w.number, w.party_id
  ), settled AS (
    SELECT w.number, w.party_id, sum(s.amount_minor) FILTER (WHERE s.kind = 'money') AS money,
           sum(s.amount_minor) FILTER (WHERE s.kind = 'kind') AS kind,
           sum(s.amount_minor) FILTER (WHERE s.kind = 'waived') AS waived,
           sum(s.minutes) AS waived_minutes
      FROM owed w
      JOIN obligation_settlement s ON s.node_id = $1 AND s.party_id = w.party_id
       AND s.obligation_number = w.number AND s.kind <> 'reversed'
       AND ($6::date IS NULL OR s.on_day <= $6) AND ($7::timestamptz IS NULL OR s.recorded_at <= $7)
     WHERE NOT EXISTS (SELECT FROM obligation_settlement r
                        WHERE r.node_id = s.node_id AND r.obligation_number = s.obligation_number
                          AND r.reverses = s.number AND ($6::date IS NULL OR r.on_day <= $6)
                          AND ($7::timestamptz IS NULL OR r.recorded_at <= $7))
       AND NOT EXISTS (SELECT FROM entry r
                        WHERE r.node_id = s.node_id AND r.reverses = s.entry_number
                          AND ($6::date IS NULL OR r.booked_on <= $6)
                          AND ($7::timestamptz IS NULL OR r.recorded_at <= $7))
     GROUP BY w.number, w.party_id
  ), standing AS (
    SELECT o.number, o.title, o.circle, o.from_on, o.until_on, o.minutes, o.amount_minor, o.unit_id,
           o.rate_minor, o.by_hours, o.by_money, o.by_kind, o.decision, o.party_id, o.member,
           coalesce(h.approved, 0) AS approved, coalesce(h.waiting, 0) AS waiting,
           coalesce(s.money, 0) AS money, coalesce(s.kind, 0) AS kind, coalesce(s.waived, 0) AS waived,
           coalesce(s.waived_minutes, 0) AS waived_minutes
      FROM owed o
      LEFT JOIN worked h ON h.number = o.number AND h.party_id = o.party_id
      LEFT JOIN settled s ON s.number = o.number AND s.party_id = o.party_id
  )
  SELECT t.number, t.title, t.circle, t.from_on, t.until_on, t.minutes, t.amount_minor, t.unit_id,
         t.rate_minor, t.by_hours, t.by_money, t.by_kind, t.decision, t.party_id, t.member, t.approved,
         t.waiting, t.money, t.kind, t.waived, t.waived_minutes
    FROM standing t
   WHERE $5::boolean IS NULL
      OR $5 = ((t.approved + t.waived_minutes)::numeric * coalesce(t.rate_minor, 1)
               + (t.money + t.kind + t.waived)::numeric * 60
               >= coalesce(t.minutes::numeric * coalesce(t.rate_minor, 1), t.amount_minor::numeric * 60))
   ORDER BY t.number, t.member
   LIMIT $10
)sql";

std::vector<MemberStanding> read_standings(Tx& tx, NodeId node, const StandingFilter& filter) {
  const auto after = filter.after ? std::optional{filter.after->obligation} : std::nullopt;
  const std::string after_member = filter.after ? filter.after->member : std::string{};
  std::vector<MemberStanding> standings;
  for (const Row row :
       report_rows(tx, read_standings_sql, node, filter.obligation, filter.member, filter.circle,
                   filter.complete, filter.as_of, filter.known_at, after, after_member, filter.limit))
    standings.push_back(
        {.obligation = row.id<ObligationNumber>(0),
         .terms = {.title = row.string(1),
                   .circle = row.string(2),
                   .from_on = row.day(3),
                   .until_on = row.day(4),
                   .minutes = row.is_null(5) ? std::nullopt : std::optional{row.integer(5)},
                   .minor = row.maybe_int64(6),
                   .unit = row.is_null(7) ? std::nullopt : std::optional{row.id<UnitId>(7)},
                   .rate_minor = row.maybe_int64(8),
                   .by_hours = row.boolean(9),
                   .by_money = row.boolean(10),
                   .by_kind = row.boolean(11),
                   .decision = row.string(12)},
         .party = row.id<PartyId>(13),
         .member = row.string(14),
         .done = {row.int64(15), row.int64(16), row.int64(17), row.int64(18), row.int64(19), row.int64(20)}});
  return standings;
}

constexpr const char* find_obligation_for_sql = R"sql(
  -- obligations.find_for_hours
  SELECT o.number
    FROM obligation_member m
    JOIN obligation o ON o.node_id = m.node_id AND o.number = m.obligation_number
   WHERE m.node_id = $1 AND m.party_id = $2 AND o.by_hours AND $4 BETWEEN o.from_on AND o.until_on
     AND (o.circle_id = $3 OR o.circle_id IS NULL) AND NOT is_withdrawn_obligation(o.node_id, o.number)
   ORDER BY o.circle_id NULLS LAST
   LIMIT 1
)sql";

std::optional<MemberStanding> find_standing_for(Tx& tx, NodeId node, PartyId party, CircleId circle,
                                                Day day) {
  const Rows found = rows(tx, find_obligation_for_sql, node, party, circle, day);
  if (found.empty()) return std::nullopt;
  auto standings =
      read_standings(tx, node, {.obligation = found[0].id<ObligationNumber>(0), .member = party, .limit = 1});
  return std::move(standings.front());
}

}  // namespace coop::work
