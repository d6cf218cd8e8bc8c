#include "ledger/funds/budget_store.hpp"

#include <map>

#include "ledger/values/money.hpp"

namespace coop::funds {

namespace {

using BudgetsByNumber = std::map<int, Budget*>;

constexpr const char* read_budget_revisions_sql = R"sql(
  -- funds.read_budget_revisions
  SELECT r.budget, r.number, r.from_on, r.beyond, r.decision, r.recorded_at, w.name
    FROM budget_revision r
    LEFT JOIN user_account w ON w.id = r.recorded_by
   WHERE r.node_id = $1 AND r.budget = ANY ($2::int[]) AND ($3::timestamptz IS NULL OR r.recorded_at <= $3)
   ORDER BY r.budget, r.number
)sql";

void read_revisions(Tx& tx, NodeId node, const SqlArray& numbers, const std::optional<Instant>& known_at,
                    const BudgetsByNumber& budgets) {
  for (const Row row : rows(tx, read_budget_revisions_sql, node, numbers.value(), known_at))
    budgets.at(row.integer(0))
        ->revisions.push_back({row.integer(1),
                               {.from_on = row.day(2),
                                .beyond = beyond_budget_from(row.text(3)),
                                .lines = {},
                                .decision = row.string(4)},
                               row.instant(5),
                               row.maybe_string(6)});
}

constexpr const char* read_budget_lines_sql = R"sql(
  -- funds.read_budget_lines
  SELECT l.budget, l.revision, l.title, f.code, c.code, l.amount_minor
    FROM budget_line l
    JOIN budget_revision r ON r.node_id = l.node_id AND r.budget = l.budget AND r.number = l.revision
    LEFT JOIN dimension f ON f.node_id = l.node_id AND f.id = l.fund_id
    LEFT JOIN dimension c ON c.node_id = l.node_id AND c.id = l.cost_object_id
   WHERE l.node_id = $1 AND l.budget = ANY ($2::int[]) AND ($3::timestamptz IS NULL OR r.recorded_at <= $3)
   ORDER BY l.budget, l.revision, l.line
)sql";

void read_lines(Tx& tx, NodeId node, const SqlArray& numbers, const std::optional<Instant>& known_at,
                const BudgetsByNumber& budgets) {
  for (const Row row : rows(tx, read_budget_lines_sql, node, numbers.value(), known_at))
    budgets.at(row.integer(0))
        ->revisions.at(static_cast<std::size_t>(row.integer(1) - 1))
        .draft.lines.push_back({row.string(2), row.maybe_string(3), row.maybe_string(4), row.int64(5)});
}

constexpr const char* list_budgets_sql = R"sql(
  -- funds.list_budgets
  SELECT b.number, b.title, coalesce(b.circle, ''), b.unit_id, b.from_on, b.until_on, b.recorded_at, w.name
    FROM budget b
    LEFT JOIN user_account w ON w.id = b.recorded_by
   WHERE b.node_id = $1 AND ($2::text IS NULL OR b.circle = $2) AND ($3::int IS NULL OR b.number = $3)
     AND ($4::int IS NULL OR b.number < $4) AND ($5::date IS NULL OR b.until_on >= $5)
     AND ($6::date IS NULL OR b.from_on <= $6) AND ($7::int IS NULL OR b.unit_id = $7)
     AND ($8::timestamptz IS NULL OR b.recorded_at <= $8)
   ORDER BY b.number DESC
   LIMIT $9
)sql";

}  // namespace

std::vector<Budget> list_budgets(Tx& tx, NodeId node, const BudgetFilter& filter) {
  std::vector<Budget> budgets;
  SqlArray numbers;
  for (const Row row : rows(tx, list_budgets_sql, node, filter.circle, filter.number, filter.before,
                            filter.from_on, filter.until_on, filter.unit, filter.known_at, filter.limit)) {
    budgets.push_back({row.id<BudgetNumber>(0), row.string(1), row.string(2), row.id<UnitId>(3), row.day(4),
                       row.day(5), row.instant(6), row.maybe_string(7)});
    numbers.add(row.integer(0));
  }
  BudgetsByNumber by_number;
  for (Budget& one : budgets) by_number.emplace(one.number.number(), &one);
  if (budgets.empty()) return budgets;
  read_revisions(tx, node, numbers, filter.known_at, by_number);
  read_lines(tx, node, numbers, filter.known_at, by_number);
  return budgets;
}

constexpr const char* read_day_of_sql = R"sql(
  -- funds.read_day_of
  SELECT day_at_node($1::int, $2::timestamptz)
)sql";

Day read_day_of(Tx& tx, NodeId node, Instant instant) {
  return only_row(rows(tx, read_day_of_sql, node, instant)).day(0);
}

constexpr const char* has_circle_sql = R"sql(
  -- funds.has_circle
  SELECT EXISTS (SELECT FROM circle c WHERE c.node_id = $1 AND c.code = $2)
)sql";

bool has_circle(Tx& tx, NodeId node, const std::string& code) {
  return only_row(rows(tx, has_circle_sql, node, code)).boolean(0);
}

constexpr const char* insert_budget_sql = R"sql(
  -- funds.insert_budget
  INSERT INTO budget (node_id, number, title, circle, unit_id, from_on, until_on, recorded_at, recorded_by)
  SELECT $1, coalesce(max(b.number), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM budget b WHERE b.node_id = $1
  RETURNING number
)sql";

BudgetNumber insert_budget(Tx& tx, NodeId node, const Budget& budget, const books::Author& author) {
  const auto circle = budget.circle.empty() ? std::nullopt : std::optional{budget.circle};
  return only_row(rows(tx, insert_budget_sql, node, budget.title, circle, budget.unit, budget.from_on,
                       budget.until_on, author.now, author.user))
      .id<BudgetNumber>(0);
}

namespace {

constexpr const char* insert_budget_revision_sql = R"sql(
  -- funds.insert_budget_revision
  INSERT INTO budget_revision (node_id, budget, number, from_on, beyond, decision, lines, recorded_at,
                               recorded_by)
  SELECT $1, $2, coalesce(max(r.number), 0) + 1, $3, $4, $5, $6, $7, $8
    FROM budget_revision r
   WHERE r.node_id = $1 AND r.budget = $2
  RETURNING number
)sql";

int insert_revision_head(Tx& tx, NodeId node, BudgetNumber budget, const BudgetRevisionDraft& draft,
                         const books::Author& author) {
  return only_row(rows(tx, insert_budget_revision_sql, node, budget, draft.from_on, text_of(draft.beyond),
                       draft.decision, static_cast<int>(draft.lines.size()), author.now, author.user))
      .integer(0);
}

constexpr const char* insert_budget_lines_sql = R"sql(
  -- funds.insert_budget_lines
  INSERT INTO budget_line (node_id, budget, revision, line, title, fund_id, cost_object_id, amount_minor)
  SELECT $1, $2, $3, l.line, l.title, l.fund, l.cost_object, l.minor
    FROM unnest($4::text[], $5::int[], $6::int[], $7::bigint[]) WITH ORDINALITY
         AS l (title, fund, cost_object, minor, line)
)sql";

void insert_budget_lines(Tx& tx, NodeId node, BudgetNumber budget, int revision,
                         const std::vector<BudgetLine>& lines, const std::vector<LineIds>& ids) {
  SqlArray titles, funds, cost_objects, minors;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    titles.add(lines[i].title);
    funds.add(ids[i].fund);
    cost_objects.add(ids[i].cost_object);
    minors.add(lines[i].minor);
  }
  rows(tx, insert_budget_lines_sql, node, budget, revision, titles.value(), funds.value(),
       cost_objects.value(), minors.value());
}

}  // namespace

int insert_budget_revision(Tx& tx, NodeId node, BudgetNumber budget, const BudgetRevisionDraft& draft,
                           const std::vector<LineIds>& ids, const books::Author& author) {
  const int number = insert_revision_head(tx, node, budget, draft, author);
  insert_budget_lines(tx, node, budget, number, draft.lines, ids);
  return number;
}

constexpr const char* read_spending_sql = R"sql(
  -- funds.read_spending
  WITH known AS (
    SELECT coalesce($6::timestamptz, 'infinity') AS at,
           CASE WHEN $6::timestamptz IS NULL THEN 9223372036854775807
                ELSE coalesce((SELECT max(e.number) FROM entry e
                                WHERE e.node_id = $1 AND e.recorded_at <= $6::timestamptz), 0)::bigint
           END AS last
  ), part AS (
    SELECT p.fund_id, p.cost_object_id, p.amount_minor AS spent, 0::bigint AS committed
      FROM posting p
      JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
     CROSS JOIN known k
     WHERE p.node_id = $1 AND a.unit_id = $2 AND a.type = 'expense' AND p.booked_on BETWEEN $3 AND $4
       AND p.booked_on <= $7 AND p.entry_number <= k.last
       AND num_nonnulls(p.fund_id, p.cost_object_id) > 0
    UNION ALL
    SELECT c.fund_id, c.cost_object_id, 0, c.minor
      FROM known k
     CROSS JOIN LATERAL spending_commitments($1::int, $5::date, k.at, k.last) c
     WHERE c.unit_id = $2 AND c.begins_on <= $4 AND c.ends_on >= $3
       AND num_nonnulls(c.fund_id, c.cost_object_id) > 0
  )
  SELECT f.code, c.code, sum(p.spent)::bigint, sum(p.committed)::bigint
    FROM part p
    LEFT JOIN dimension f ON f.node_id = $1 AND f.id = p.fund_id
    LEFT JOIN dimension c ON c.node_id = $1 AND c.id = p.cost_object_id
   GROUP BY f.code, c.code
   ORDER BY f.code COLLATE "C", c.code COLLATE "C"
)sql";

std::vector<Spending> read_spending(Tx& tx, NodeId node, const Budget& budget, const BudgetView& view) {
  std::vector<Spending> spending;
  for (const Row row : report_rows(tx, read_spending_sql, node, budget.unit, budget.from_on, budget.until_on,
                                   view.as_of, view.known_at, view.booked_until))
    spending.push_back({{row.maybe_string(0), row.maybe_string(1)}, row.int64(2), row.int64(3)});
  return spending;
}

std::vector<BudgetLineFigures> read_budget_figures(Tx& tx, NodeId node, const Budget& budget,
                                                   const BudgetView& view) {
  const std::vector<BudgetLine>& lines = revision_on(budget, view.as_of).draft.lines;
  std::vector<BudgetLineFigures> figures;
  for (const BudgetLine& line : lines) figures.push_back({line});
  for (const Spending& one : read_spending(tx, node, budget, view)) {
    const auto place = line_of(lines, one.about);
    if (!place) continue;
    BudgetLineFigures& line = figures[*place];
    line.spent_minor = checked_add(line.spent_minor, one.spent_minor);
    line.committed_minor = checked_add(line.committed_minor, one.committed_minor);
  }
  return figures;
}

}  // namespace coop::funds
