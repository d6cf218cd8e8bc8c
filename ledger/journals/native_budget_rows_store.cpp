#include "ledger/journals/native_budget_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_budget_sql = R"sql(
  -- journals.last_budget
  SELECT coalesce(max(number), 0) FROM budget WHERE node_id = $1
)sql";

constexpr const char* read_budget_sql = R"sql(
  -- journals.native_budget
  SELECT x.number, x.title, x.circle, u.code, x.from_on, x.until_on, x.recorded_at, w.name
    FROM budget x
    JOIN unit u ON u.id = x.unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_budget_sql = R"sql(
  -- journals.restore_budget
  INSERT INTO budget (node_id, number, title, circle, unit_id, from_on, until_on, recorded_at, recorded_by)
  SELECT $1, r.number, r.title, r.circle, u.id, r.from_on, r.until_on, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, title text, circle text, unit text, from_on date,
           until_on date, recorded_at timestamptz, recorded_by text)
    JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements budget_rows{read_budget_sql, insert_budget_sql, last_budget_sql};

constexpr const char* read_budget_revision_sql = R"sql(
  -- journals.native_budget_revision
  SELECT x.budget, x.number, x.from_on, x.beyond, x.decision, x.lines, x.recorded_at, w.name
    FROM budget_revision x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.budget > $2 AND x.budget <= $3
   ORDER BY x.budget, x.number
)sql";

constexpr const char* insert_budget_revision_sql = R"sql(
  -- journals.restore_budget_revision
  INSERT INTO budget_revision (node_id, budget, number, from_on, beyond, decision, lines, recorded_at,
    recorded_by)
  SELECT $1, r.budget, r.number, r.from_on, r.beyond, r.decision, r.lines, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (budget int, number int, from_on date, beyond text,
           decision text, lines int, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements budget_revision_rows{read_budget_revision_sql, insert_budget_revision_sql,
                                             last_budget_sql};

constexpr const char* read_budget_line_sql = R"sql(
  -- journals.native_budget_line
  SELECT x.budget, x.revision, x.line, x.title, f.code, c.code, x.amount_minor
    FROM budget_line x
    LEFT JOIN dimension f ON f.node_id = x.node_id AND f.id = x.fund_id
    LEFT JOIN dimension c ON c.node_id = x.node_id AND c.id = x.cost_object_id
   WHERE x.node_id = $1 AND x.budget > $2 AND x.budget <= $3
   ORDER BY x.budget, x.revision, x.line
)sql";

constexpr const char* insert_budget_line_sql = R"sql(
  -- journals.restore_budget_line
  INSERT INTO budget_line (node_id, budget, revision, line, title, fund_id, cost_object_id, amount_minor)
  SELECT $1, r.budget, r.revision, r.line, r.title, f.id, c.id, r.amount_minor
    FROM jsonb_to_recordset($2::jsonb) AS r (budget int, revision int, line int, title text, fund text,
           cost_object text, amount_minor bigint)
    LEFT JOIN dimension f ON f.node_id = $1 AND f.kind = 'fund' AND f.code = r.fund
    LEFT JOIN dimension c ON c.node_id = $1 AND c.kind = 'cost_object' AND c.code = r.cost_object
)sql";

constexpr RowStatements budget_line_rows{read_budget_line_sql, insert_budget_line_sql, last_budget_sql};

constexpr NamedStatements budget_kinds[] = {
    {"budget", budget_rows}, {"budget_revision", budget_revision_rows}, {"budget_line", budget_line_rows}};

}  // namespace

std::span<const NamedStatements> budget_statements() { return budget_kinds; }

}  // namespace coop::journals
