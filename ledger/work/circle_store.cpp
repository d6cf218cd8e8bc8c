#include "ledger/work/circle_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::work {

constexpr const char* read_circles_sql = R"sql(
  -- circles.read
  SELECT c.id, c.code, c.title, c.from_on, s.number, s.kind, s.party_id, p.number, s.on_day, s.reason,
         s.recorded_at
    FROM circle c
    LEFT JOIN circle_step s ON s.node_id = c.node_id AND s.circle_id = c.id
    LEFT JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
   WHERE c.node_id = $1 AND ($2::text IS NULL OR c.code = $2)
   ORDER BY c.code COLLATE "C", s.number
)sql";

namespace {

std::vector<Circle> circles_from(const Rows& found) {
  std::vector<Circle> circles;
  for (const Row row : found) {
    const CircleId id = row.id<CircleId>(0);
    if (circles.empty() || circles.back().id != id)
      circles.push_back({id, row.string(1), row.string(2), row.day(3)});
    if (row.is_null(4)) continue;
    circles.back().steps.push_back({row.integer(4), circle_step_kind_from(row.text(5)),
                                    row.is_null(6) ? std::nullopt : std::optional{row.id<PartyId>(6)},
                                    row.string(7), row.day(8), row.string(9), row.instant(10)});
  }
  return circles;
}

}  // namespace

std::vector<Circle> read_circles(Tx& tx, NodeId node) {
  return circles_from(rows(tx, read_circles_sql, node, std::nullopt));
}

constexpr const char* list_circles_sql = R"sql(
  -- circles.list
  SELECT c.id, c.code, c.title, c.from_on, s.number, s.kind, s.party_id, p.number, s.on_day, s.reason,
         s.recorded_at
    FROM (SELECT x.node_id, x.id, x.code, x.title, x.from_on
            FROM circle x
           WHERE x.node_id = $1 AND x.code COLLATE "C" > $2::text COLLATE "C"
           ORDER BY x.code COLLATE "C"
           LIMIT $3) c
    LEFT JOIN circle_step s ON s.node_id = c.node_id AND s.circle_id = c.id
    LEFT JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
   ORDER BY c.code COLLATE "C", s.number
)sql";

std::vector<Circle> list_circles(Tx& tx, NodeId node, const std::string& after, int limit) {
  return circles_from(rows(tx, list_circles_sql, node, after, limit));
}

std::optional<Circle> find_circle(Tx& tx, NodeId node, std::string_view code) {
  auto circles = circles_from(rows(tx, read_circles_sql, node, code));
  if (circles.empty()) return std::nullopt;
  return std::move(circles.front());
}

Circle read_circle(Tx& tx, NodeId node, std::string_view code) {
  auto found = find_circle(tx, node, code);
  if (!found)
    throw Refused{Refusal::circle_unknown, "there is no circle '" + std::string{code.substr(0, 60)} + "'"};
  return std::move(*found);
}

constexpr const char* insert_circle_sql = R"sql(
  -- circles.insert
  INSERT INTO circle (node_id, id, code, title, from_on, recorded_at, recorded_by)
  SELECT $1, coalesce(max(id), 0) + 1, $2, $3, $4, $5, $6 FROM circle WHERE node_id = $1
  RETURNING id
)sql";

CircleId insert_circle(Tx& tx, NodeId node, const CircleDraft& draft, Instant at, std::optional<UserId> by) {
  return only_row(rows(tx, insert_circle_sql, node, draft.code, draft.title, draft.from_on, at, by))
      .id<CircleId>(0);
}

constexpr const char* insert_circle_step_sql = R"sql(
  -- circles.insert_step
  INSERT INTO circle_step (node_id, circle_id, number, kind, party_id, on_day, reason, recorded_at,
                           recorded_by)
  VALUES ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9)
)sql";

void insert_circle_step(Tx& tx, NodeId node, CircleId circle, const CircleStep& step,
                        std::optional<UserId> by) {
  rows(tx, insert_circle_step_sql, node, circle, step.number, text_of(step.kind), step.party, step.on,
       step.reason, step.recorded_at, by);
}

constexpr const char* read_work_kinds_sql = R"sql(
  -- work_kinds.read
  SELECT k.code, k.title, k.has_price FROM work_kind k WHERE k.node_id = $1 ORDER BY k.number
)sql";

std::vector<WorkKind> read_work_kinds(Tx& tx, NodeId node) {
  std::vector<WorkKind> kinds;
  for (const Row row : rows(tx, read_work_kinds_sql, node))
    kinds.push_back({row.string(0), row.string(1), row.boolean(2)});
  return kinds;
}

constexpr const char* list_work_kinds_sql = R"sql(
  -- work_kinds.list
  SELECT k.code, k.title, k.has_price
    FROM work_kind k
   WHERE k.node_id = $1
     AND k.number > coalesce((SELECT a.number FROM work_kind a WHERE a.node_id = $1 AND a.code = $2), 0)
   ORDER BY k.number
   LIMIT $3
)sql";

std::vector<WorkKind> list_work_kinds(Tx& tx, NodeId node, const std::string& after, int limit) {
  std::vector<WorkKind> kinds;
  for (const Row row : rows(tx, list_work_kinds_sql, node, after, limit))
    kinds.push_back({row.string(0), row.string(1), row.boolean(2)});
  return kinds;
}

constexpr const char* insert_work_kind_sql = R"sql(
  -- work_kinds.insert
  INSERT INTO work_kind (node_id, number, code, title, has_price, recorded_at, recorded_by)
  SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 FROM work_kind WHERE node_id = $1
)sql";

void insert_work_kind(Tx& tx, NodeId node, const WorkKind& kind, Instant at, std::optional<UserId> by) {
  rows(tx, insert_work_kind_sql, node, kind.code, kind.title, kind.has_price, at, by);
}

}  // namespace coop::work
