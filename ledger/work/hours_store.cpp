#include "ledger/work/hours_store.hpp"

#include <map>

#include "ledger/values/refusal.hpp"

namespace coop::work {

namespace {

template <class SomeId>
std::optional<SomeId> maybe_id(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional{row.id<SomeId>(column)};
}

Hours hours_from(const Row& row) {
  return {.number = row.id<HoursNumber>(0),
          .party = row.id<PartyId>(1),
          .circle_id = row.id<CircleId>(2),
          .what = {.member = row.string(3),
                   .circle = row.string(4),
                   .worked_on = row.day(5),
                   .minutes = row.integer(6),
                   .kind = row.string(7),
                   .intent = intent_from(row.text(8)),
                   .cost_object = row.maybe_string(9),
                   .task = row.string(10),
                   .note = row.string(11),
                   .corrects = maybe_id<HoursNumber>(row, 12)},
          .recorded_at = row.instant(13),
          .recorded_by = maybe_id<UserId>(row, 14),
          .recorder = row.maybe_string(15),
          .corrected_by = maybe_id<HoursNumber>(row, 16)};
}

SqlArray array_of(std::span<const HoursNumber> numbers) {
  SqlArray array;
  for (const HoursNumber number : numbers) array.add(number);
  return array;
}

}  // namespace

constexpr const char* read_hours_steps_sql = R"sql(
  -- work_hours.read_steps
  SELECT s.hours_number, s.number, s.kind, p.number, s.on_day, s.reason, s.recorded_at, u.name
    FROM work_hours_step s
    LEFT JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
    LEFT JOIN user_account u ON u.id = s.recorded_by
   WHERE s.node_id = $1 AND s.hours_number = ANY ($2::int[])
   ORDER BY s.hours_number, s.number
)sql";

static void add_steps(Tx& tx, NodeId node, std::vector<Hours>& all) {
  std::map<HoursNumber, Hours*> by_number;
  SqlArray numbers;
  for (Hours& hours : all) {
    by_number.emplace(hours.number, &hours);
    numbers.add(hours.number);
  }
  if (all.empty()) return;
  for (const Row row : rows(tx, read_hours_steps_sql, node, numbers.value()))
    by_number.at(row.id<HoursNumber>(0))
        ->steps.push_back({row.integer(1), hours_state_from(row.text(2)), row.string(3), row.day(4),
                           row.string(5), row.instant(6), row.maybe_string(7)});
}

constexpr const char* read_hours_sql = R"sql(
  -- work_hours.read
  SELECT h.number, h.party_id, h.circle_id, p.number, c.code, h.worked_on, h.minutes, h.kind, h.intent,
         h.cost_object, h.task, h.note, h.corrects, h.recorded_at, h.recorded_by, u.name, n.number
    FROM work_hours h
    JOIN party p ON p.node_id = h.node_id AND p.id = h.party_id
    JOIN circle c ON c.node_id = h.node_id AND c.id = h.circle_id
    LEFT JOIN user_account u ON u.id = h.recorded_by
    LEFT JOIN work_hours n ON n.node_id = h.node_id AND n.corrects = h.number
   WHERE h.node_id = $1 AND h.number = ANY ($2::int[])
   ORDER BY h.number
)sql";

std::vector<Hours> read_hours(Tx& tx, NodeId node, std::span<const HoursNumber> numbers) {
  std::vector<Hours> all;
  for (const Row row : rows(tx, read_hours_sql, node, array_of(numbers).value()))
    all.push_back(hours_from(row));
  add_steps(tx, node, all);
  return all;
}

constexpr const char* list_hours_sql = R"sql(
  -- work_hours.list
  SELECT h.number, h.party_id, h.circle_id, p.number, c.code, h.worked_on, h.minutes, h.kind, h.intent,
         h.cost_object, h.task, h.note, h.corrects, h.recorded_at, h.recorded_by, u.name, n.number
    FROM work_hours h
    JOIN party p ON p.node_id = h.node_id AND p.id = h.party_id
    JOIN circle c ON c.node_id = h.node_id AND c.id = h.circle_id
    LEFT JOIN user_account u ON u.id = h.recorded_by
    LEFT JOIN work_hours n ON n.node_id = h.node_id AND n.corrects = h.number
    LEFT JOIN work_hours_step a ON a.node_id = h.node_id AND a.hours_number = h.number AND a.number = 1
    LEFT JOIN work_hours_step b ON b.node_id = h.node_id AND b.hours_number = h.number AND b.number = 2
   WHERE h.node_id = $1
     AND ($2 = '' OR p.number = $2)
     AND ($3 = '' OR c.code = $3)
     AND ($4 = '' OR h.kind = $4)
     AND ($5::text IS NULL OR h.intent = $5)
     AND ($6::text IS NULL OR coalesce(b.kind, a.kind, 'submitted') = $6)
     AND ($7::date IS NULL OR h.worked_on >= $7)
     AND ($8::date IS NULL OR h.worked_on <= $8)
     AND ($9::int IS NULL OR h.number < $9)
     AND ($11 = '' OR h.cost_object = $11)
   ORDER BY h.number DESC
   LIMIT $10
)sql";

constexpr const char* list_open_hours_sql = R"sql(
  -- work_hours.list_open
  SELECT h.number, h.party_id, h.circle_id, p.number, c.code, h.worked_on, h.minutes, h.kind, h.intent,
         h.cost_object, h.task, h.note, h.corrects, h.recorded_at, h.recorded_by, u.name, n.number
    FROM open_hours o
    JOIN work_hours h ON h.node_id = o.node_id AND h.number = o.hours_number
    JOIN party p ON p.node_id = h.node_id AND p.id = h.party_id
    JOIN circle c ON c.node_id = h.node_id AND c.id = h.circle_id
    LEFT JOIN user_account u ON u.id = h.recorded_by
    LEFT JOIN work_hours n ON n.node_id = h.node_id AND n.corrects = h.number
   WHERE o.node_id = $1
     AND ($2 = '' OR p.number = $2)
     AND ($3 = '' OR c.code = $3)
     AND ($4 = '' OR h.kind = $4)
     AND ($5::text IS NULL OR h.intent = $5)
     AND ($6::date IS NULL OR h.worked_on >= $6)
     AND ($7::date IS NULL OR h.worked_on <= $7)
     AND ($8::int IS NULL OR o.hours_number < $8)
     AND ($10 = '' OR h.cost_object = $10)
   ORDER BY o.hours_number DESC
   LIMIT $9
)sql";

// Those that wait are found without going through all: hours without a step.
static std::vector<Hours> list_open_hours(Tx& tx, NodeId node, const HoursFilter& filter) {
  const auto intent = filter.intent ? std::optional{text_of(*filter.intent)} : std::nullopt;
  std::vector<Hours> all;
  for (const Row row : rows(tx, list_open_hours_sql, node, filter.member, filter.circle, filter.kind, intent,
                            filter.from, filter.to, filter.before, filter.limit, filter.cost_object))
    all.push_back(hours_from(row));
  return all;
}

std::vector<Hours> list_hours(Tx& tx, NodeId node, const HoursFilter& filter) {
  if (filter.state == HoursState::submitted) return list_open_hours(tx, node, filter);
  const auto intent = filter.intent ? std::optional{text_of(*filter.intent)} : std::nullopt;
  const auto state = filter.state ? std::optional{text_of(*filter.state)} : std::nullopt;
  std::vector<Hours> all;
  for (const Row row : rows(tx, list_hours_sql, node, filter.member, filter.circle, filter.kind, intent,
                            state, filter.from, filter.to, filter.before, filter.limit, filter.cost_object))
    all.push_back(hours_from(row));
  add_steps(tx, node, all);
  return all;
}

constexpr const char* read_days_of_work_sql = R"sql(
  -- work_hours.read_days
  SELECT asked.party_id, asked.worked_on, w.minutes
    FROM unnest($2::int[], $3::date[]) AS asked (party_id, worked_on)
   CROSS JOIN LATERAL (
         SELECT sum(h.minutes) AS minutes
           FROM work_hours h
          WHERE h.node_id = $1 AND h.party_id = asked.party_id AND h.worked_on = asked.worked_on
            AND NOT EXISTS (SELECT FROM work_hours_step s
                             WHERE s.node_id = h.node_id AND s.hours_number = h.number
                               AND s.kind <> 'approved')) w
   WHERE w.minutes IS NOT NULL
)sql";

std::vector<DayOfWork> read_days_of_work(Tx& tx, NodeId node, const std::set<std::pair<PartyId, Day>>& days) {
  SqlArray parties;
  SqlArray on;
  for (const auto& [party, day] : days) {
    parties.add(party);
    on.add(day);
  }
  std::vector<DayOfWork> found;
  for (const Row row : rows(tx, read_days_of_work_sql, node, parties.value(), on.value()))
    found.push_back({row.id<PartyId>(0), row.day(1), row.integer(2)});
  return found;
}

constexpr const char* read_cost_objects_sql = R"sql(
  -- work_hours.read_cost_objects
  SELECT d.code FROM dimension d WHERE d.node_id = $1 AND d.kind = 'cost_object' AND d.code = ANY ($2::text[])
)sql";

std::set<std::string> read_cost_objects(Tx& tx, NodeId node, const std::set<std::string>& codes) {
  SqlArray asked;
  for (const std::string& code : codes) asked.add(std::string_view{code});
  std::set<std::string> found;
  if (codes.empty()) return found;
  for (const Row row : rows(tx, read_cost_objects_sql, node, asked.value())) found.insert(row.string(0));
  return found;
}

std::string read_cost_object(Tx& tx, NodeId node, const std::string& code) {
  if (read_cost_objects(tx, node, {code}).empty())
    throw Refused{Refusal::dimension_unknown, "there is no cost object \"" + code.substr(0, 60) + "\""};
  return code;
}

constexpr const char* read_erased_sql = R"sql(
  -- work_hours.read_erased
  SELECT e.party_id FROM party_erasure e WHERE e.node_id = $1 AND e.party_id = ANY ($2::int[])
)sql";

std::set<PartyId> read_erased(Tx& tx, NodeId node, const std::set<PartyId>& parties) {
  SqlArray asked;
  for (const PartyId party : parties) asked.add(party);
  std::set<PartyId> found;
  for (const Row row : rows(tx, read_erased_sql, node, asked.value())) found.insert(row.id<PartyId>(0));
  return found;
}

constexpr const char* read_last_hours_sql = R"sql(
  -- work_hours.read_last
  SELECT coalesce(max(number), 0) FROM work_hours WHERE node_id = $1
)sql";

int read_last_hours(Tx& tx, NodeId node) { return only_row(rows(tx, read_last_hours_sql, node)).integer(0); }

constexpr const char* insert_hours_sql = R"sql(
  -- work_hours.insert
  INSERT INTO work_hours (node_id, number, party_id, circle_id, worked_on, minutes, kind, intent, cost_object,
                          task, note, corrects, recorded_at, recorded_by)
  SELECT $1, r.number, r.party_id, r.circle_id, r.worked_on, r.minutes, r.kind, r.intent, r.cost_object,
         nullif(r.task, ''), nullif(r.note, ''), r.corrects, $13, $14
    FROM unnest($2::int[], $3::int[], $4::int[], $5::date[], $6::int[], $7::text[], $8::text[], $9::text[],
                $10::text[], $11::text[], $12::int[])
      AS r (number, party_id, circle_id, worked_on, minutes, kind, intent, cost_object, task, note, corrects)
)sql";

void insert_hours(Tx& tx, NodeId node, std::span<const Hours> hours) {
  if (hours.empty()) return;
  SqlArray number, party, circle, day, minutes, kind, intent, cost_object, task, note, corrects;
  for (const Hours& one : hours) {
    number.add(one.number);
    party.add(one.party);
    circle.add(one.circle_id);
    day.add(one.what.worked_on);
    minutes.add(one.what.minutes);
    kind.add(one.what.kind);
    intent.add(text_of(one.what.intent));
    if (one.what.cost_object) cost_object.add(std::string_view{*one.what.cost_object});
    else cost_object.add_null();
    task.add(std::string_view{one.what.task});
    note.add(std::string_view{one.what.note});
    corrects.add(one.what.corrects);
  }
  rows(tx, insert_hours_sql, node, number.value(), party.value(), circle.value(), day.value(),
       minutes.value(), kind.value(), intent.value(), cost_object.value(), task.value(), note.value(),
       corrects.value(), hours.front().recorded_at, hours.front().recorded_by);
}

constexpr const char* find_collecting_run_sql = R"sql(
  -- work_hours.find_collecting_run
  SELECT pay_run_of_hours($1, $2)
)sql";

std::optional<int> find_collecting_run(Tx& tx, NodeId node, HoursNumber number) {
  const auto row = only_row(rows(tx, find_collecting_run_sql, node, number));
  return row.is_null(0) ? std::nullopt : std::optional{row.integer(0)};
}

constexpr const char* insert_hours_steps_sql = R"sql(
  -- work_hours.insert_steps
  INSERT INTO work_hours_step (node_id, hours_number, number, kind, party_id, on_day, reason, recorded_at,
                               recorded_by)
  SELECT $1, r.hours_number, r.number, r.kind, r.party_id, $6, nullif($7, ''), $8, $9
    FROM unnest($2::int[], $3::int[], $4::text[], $5::int[]) AS r (hours_number, number, kind, party_id)
)sql";

void insert_hours_steps(Tx& tx, NodeId node, std::span<const NewHoursStep> steps,
                        const HoursDecision& decision) {
  if (steps.empty()) return;
  SqlArray hours, number, kind, party;
  for (const NewHoursStep& step : steps) {
    hours.add(step.hours);
    number.add(step.number);
    kind.add(text_of(step.becomes));
    party.add(step.as);
  }
  rows(tx, insert_hours_steps_sql, node, hours.value(), number.value(), kind.value(), party.value(),
       decision.on, decision.reason, decision.at, decision.by);
}

// Sums are taken by ids, and named afterwards.
constexpr const char* sum_hours_sql = R"sql(
  -- work_hours.sum
  SELECT p.number COLLATE "C", c.code COLLATE "C", g.kind COLLATE "C", g.intent COLLATE "C", g.month,
         g.cost_object COLLATE "C", g.records, g.submitted, g.approved, g.rejected, g.reversed
    FROM (SELECT CASE WHEN $8::boolean THEN h.party_id END AS party_id,
                 CASE WHEN $9::boolean THEN h.circle_id END AS circle_id,
                 CASE WHEN $10::boolean THEN h.kind END AS kind,
                 CASE WHEN $11::boolean THEN h.intent END AS intent,
                 CASE WHEN $12::boolean THEN h.worked_on - extract(day FROM h.worked_on)::int + 1 END
                   AS month,
                 CASE WHEN $13::boolean THEN h.cost_object END AS cost_object,
                 count(*) AS records,
                 coalesce(sum(h.minutes) FILTER (WHERE a.kind IS NULL), 0) AS submitted,
                 coalesce(sum(h.minutes) FILTER (WHERE a.kind = 'approved' AND b.kind IS NULL), 0)
                   AS approved,
                 coalesce(sum(h.minutes) FILTER (WHERE a.kind = 'rejected'), 0) AS rejected,
                 coalesce(sum(h.minutes) FILTER (WHERE coalesce(b.kind, a.kind) = 'reversed'), 0) AS reversed
            FROM work_hours h
            LEFT JOIN work_hours_step a ON a.node_id = h.node_id AND a.hours_number = h.number
             AND a.number = 1 AND ($7::timestamptz IS NULL OR a.recorded_at <= $7)
            LEFT JOIN work_hours_step b ON b.node_id = h.node_id AND b.hours_number = h.number
             AND b.number = 2 AND ($7::timestamptz IS NULL OR b.recorded_at <= $7)
           WHERE h.node_id = $1
             AND ($2 = '' OR h.party_id = (SELECT x.id FROM party x WHERE x.node_id = $1 AND x.number = $2))
             AND ($3 = '' OR h.circle_id = (SELECT x.id FROM circle x WHERE x.node_id = $1 AND x.code = $3))
             AND ($4 = '' OR h.kind = $4)
             AND ($5::date IS NULL OR h.worked_on >= $5)
             AND ($6::date IS NULL OR h.worked_on <= $6)
             AND ($7::timestamptz IS NULL OR h.recorded_at <= $7)
             AND ($14 = '' OR h.cost_object = $14)
           GROUP BY 1, 2, 3, 4, 5, 6) g
    LEFT JOIN party p ON p.node_id = $1 AND p.id = g.party_id
    LEFT JOIN circle c ON c.node_id = $1 AND c.id = g.circle_id
   ORDER BY 1, 2, 3, 4, 5, 6
)sql";

std::vector<HoursSum> sum_hours(Tx& tx, NodeId node, const HoursGrouping& grouping, const HoursFilter& filter,
                                std::optional<Instant> known_at) {
  std::vector<HoursSum> sums;
  for (const Row row :
       report_rows(tx, sum_hours_sql, node, filter.member, filter.circle, filter.kind, filter.from, filter.to,
                   known_at, grouping.by_member, grouping.by_circle, grouping.by_kind, grouping.by_intent,
                   grouping.by_month, grouping.by_cost_object, filter.cost_object))
    sums.push_back({row.maybe_string(0), row.maybe_string(1), row.maybe_string(2), row.maybe_string(3),
                    row.maybe_day(4), row.maybe_string(5), row.int64(6), row.int64(7), row.int64(8),
                    row.int64(9), row.int64(10)});
  return sums;
}

}  // namespace coop::work
