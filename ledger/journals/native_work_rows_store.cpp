#include "ledger/journals/native_work_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_circle_sql = R"sql(
  -- journals.last_circle
  SELECT coalesce(max(id), 0) FROM circle WHERE node_id = $1
)sql";

constexpr const char* read_circle_sql = R"sql(
  -- journals.native_circle
  SELECT x.id, x.code, x.title, x.from_on, x.recorded_at, w.name
    FROM circle x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.id > $2 AND x.id <= $3
   ORDER BY x.id
)sql";

constexpr const char* insert_circle_sql = R"sql(
  -- journals.restore_circle
  INSERT INTO circle (node_id, id, code, title, from_on, recorded_at, recorded_by)
  SELECT $1, r.id, r.code, r.title, r.from_on, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (id int, code text, title text, from_on date,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements circle_rows{read_circle_sql, insert_circle_sql, last_circle_sql};

constexpr const char* read_circle_step_sql = R"sql(
  -- journals.native_circle_step
  SELECT c.code, x.number, x.kind, p.number, x.on_day, x.reason, x.recorded_at, w.name
    FROM circle_step x
    JOIN circle c ON c.node_id = x.node_id AND c.id = x.circle_id
    LEFT JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.circle_id > $2 AND x.circle_id <= $3
   ORDER BY x.circle_id, x.number
)sql";

constexpr const char* insert_circle_step_sql = R"sql(
  -- journals.restore_circle_step
  INSERT INTO circle_step (node_id, circle_id, number, kind, party_id, on_day, reason, recorded_at,
    recorded_by)
  SELECT $1, c.id, r.number, r.step, p.id, r.on_day, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (circle text, number int, step text, member text, on_day date,
           reason text, recorded_at timestamptz, recorded_by text)
    JOIN circle c ON c.node_id = $1 AND c.code = r.circle
    LEFT JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
   ORDER BY c.id, r.number
)sql";

constexpr RowStatements circle_step_rows{read_circle_step_sql, insert_circle_step_sql, last_circle_sql};

constexpr const char* last_work_kind_sql = R"sql(
  -- journals.last_work_kind
  SELECT coalesce(max(number), 0) FROM work_kind WHERE node_id = $1
)sql";

constexpr const char* read_work_kind_sql = R"sql(
  -- journals.native_work_kind
  SELECT x.number, x.code, x.title, x.has_price, x.recorded_at, w.name
    FROM work_kind x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_work_kind_sql = R"sql(
  -- journals.restore_work_kind
  INSERT INTO work_kind (node_id, number, code, title, has_price, recorded_at, recorded_by)
  SELECT $1, r.number, r.code, r.title, r.has_price, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, code text, title text, has_price boolean,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements work_kind_rows{read_work_kind_sql, insert_work_kind_sql, last_work_kind_sql};

constexpr const char* last_work_hours_sql = R"sql(
  -- journals.last_work_hours
  SELECT coalesce(max(number), 0) FROM work_hours WHERE node_id = $1
)sql";

constexpr const char* read_work_hours_sql = R"sql(
  -- journals.native_work_hours
  SELECT x.number, p.number, c.code, x.worked_on, x.minutes, x.kind, x.intent, x.cost_object, x.task, x.note,
         x.corrects, x.recorded_at, w.name
    FROM work_hours x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    JOIN circle c ON c.node_id = x.node_id AND c.id = x.circle_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_work_hours_sql = R"sql(
  -- journals.restore_work_hours
  INSERT INTO work_hours (node_id, number, party_id, circle_id, worked_on, minutes, kind, intent, cost_object,
    task, note, corrects, recorded_at, recorded_by)
  SELECT $1, r.number, p.id, c.id, r.worked_on, r.minutes, r.work, r.intent, r.cost_object, r.task, r.note,
         r.corrects, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, member text, circle text, worked_on date,
           minutes int, work text, intent text, cost_object text, task text, note text, corrects int,
           recorded_at timestamptz, recorded_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    JOIN circle c ON c.node_id = $1 AND c.code = r.circle
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements work_hours_rows{read_work_hours_sql, insert_work_hours_sql, last_work_hours_sql};

constexpr const char* read_work_hours_step_sql = R"sql(
  -- journals.native_work_hours_step
  SELECT x.hours_number, x.number, x.kind, p.number, x.on_day, x.reason, x.recorded_at, w.name
    FROM work_hours_step x
    LEFT JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.hours_number > $2 AND x.hours_number <= $3
   ORDER BY x.hours_number, x.number
)sql";

constexpr const char* insert_work_hours_step_sql = R"sql(
  -- journals.restore_work_hours_step
  INSERT INTO work_hours_step (node_id, hours_number, number, kind, party_id, on_day, reason, recorded_at,
    recorded_by)
  SELECT $1, r.hours, r.number, r.step, p.id, r.on_day, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (hours int, number int, step text, member text, on_day date,
           reason text, recorded_at timestamptz, recorded_by text)
    LEFT JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
   ORDER BY r.hours, r.number
)sql";

constexpr RowStatements work_hours_step_rows{read_work_hours_step_sql, insert_work_hours_step_sql,
                                             last_work_hours_sql};

constexpr NamedStatements work_kinds[] = {{"circle", circle_rows},
                                          {"circle_step", circle_step_rows},
                                          {"work_kind", work_kind_rows},
                                          {"work_hours", work_hours_rows},
                                          {"work_hours_step", work_hours_step_rows}};

}  // namespace

std::span<const NamedStatements> work_statements() { return work_kinds; }

}  // namespace coop::journals
