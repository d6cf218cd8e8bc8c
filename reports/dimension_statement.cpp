#include "reports/dimension_statement.hpp"

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reports {

namespace {

using books::AccountType;
using books::DimensionKind;

// PostgreSQL folds the CASE of a constant into one column, so that this column's index serves.
constexpr const char* dimension_statement_sql = R"sql(
  -- reports.dimension_statement
  SELECT u.code, u.scale, d.code, d.name, s.opening, s.debit, s.credit
    FROM (SELECT CASE $2::text WHEN 'fund' THEN p.fund_id WHEN 'member' THEN p.member_id
                               WHEN 'cost_object' THEN p.cost_object_id ELSE p.tax_code_id END AS id,
                 a.unit_id,
                 coalesce(sum(p.amount_minor) FILTER (WHERE p.booked_on < $3), 0) AS opening,
                 coalesce(sum(greatest(p.amount_minor, 0)) FILTER (WHERE p.booked_on >= $3), 0) AS debit,
                 coalesce(-sum(least(p.amount_minor, 0)) FILTER (WHERE p.booked_on >= $3), 0) AS credit
            FROM posting p
            JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
           WHERE p.node_id = $1 AND p.booked_on <= $4 AND ($5::bigint IS NULL OR p.entry_number <= $5::bigint)
             AND CASE $2::text WHEN 'fund' THEN p.fund_id WHEN 'member' THEN p.member_id
                               WHEN 'cost_object' THEN p.cost_object_id ELSE p.tax_code_id END IS NOT NULL
             AND a.type = ANY ($6::text[])
             AND ($7::text IS NULL OR a.path = $7 OR starts_with(a.path, $7 || ':'))
           GROUP BY 1, 2) s
    JOIN dimension d ON d.node_id = $1 AND d.id = s.id
    JOIN unit u ON u.id = s.unit_id
    JOIN node n ON n.id = $1
   WHERE $8::text IS NULL OR u.code = $8
   ORDER BY u.id <> n.base_unit_id, u.code COLLATE "C", d.code COLLATE "C"
)sql";

Rows read_rows(Tx& tx, NodeId node, const DimensionStatementQuery& query, std::optional<EntryNumber> last) {
  SqlArray types;
  for (const AccountType type : {AccountType::asset, AccountType::liability, AccountType::equity,
                                 AccountType::income, AccountType::expense}) {
    const bool of_balance = type == AccountType::asset || type == AccountType::liability;
    if (of_balance == (query.side == DimensionSide::balance)) types.add(books::text_of(type));
  }
  return report_rows(tx, dimension_statement_sql, node, books::text_of(query.kind), query.period.first(),
                     query.period.last(), last, types.value(), query.account, query.unit);
}

DimensionStatementRow row_from(const Row& row, DimensionSide side) {
  const bool debits_come_in = side == DimensionSide::balance;
  const std::int64_t opening = sum_of(row, 4);
  DimensionStatementRow statement{row.string(2),
                                  row.string(3),
                                  debits_come_in ? opening : checked_add(~opening, 1),
                                  sum_of(row, debits_come_in ? 5 : 6),
                                  sum_of(row, debits_come_in ? 6 : 5),
                                  0};
  statement.closing_minor =
      checked_add(checked_add(statement.opening_minor, statement.in_minor), -statement.out_minor);
  return statement;
}

void add_to(DimensionStatementRow& total, const DimensionStatementRow& row) {
  total.opening_minor = checked_add(total.opening_minor, row.opening_minor);
  total.in_minor = checked_add(total.in_minor, row.in_minor);
  total.out_minor = checked_add(total.out_minor, row.out_minor);
  total.closing_minor = checked_add(total.closing_minor, row.closing_minor);
}

std::string title_of(DimensionKind kind) {
  switch (kind) {
    case DimensionKind::fund:
      return "Statement of funds";
    case DimensionKind::member:
      return "Statement of members";
    case DimensionKind::cost_object:
      return "Statement of cost objects";
    case DimensionKind::tax_code:
      return "Statement of tax codes";
  }
  throw InvariantBroken{"every kind of dimension has its title"};
}

}  // namespace

DimensionSide usual_side(DimensionKind kind) {
  return kind == DimensionKind::member ? DimensionSide::balance : DimensionSide::result;
}

DimensionSide dimension_side_from(std::string_view text) {
  if (text == "result") return DimensionSide::result;
  if (text == "balance") return DimensionSide::balance;
  throw Refused{Refusal::field_invalid, "the side is result or balance"};
}

DimensionStatement read_dimension_statement(Tx& tx, NodeId node, const DimensionStatementQuery& query) {
  AccountFilter filter;
  filter.prefix = query.account;
  filter.unit = query.unit;
  require_filter(tx, filter);
  const auto last = read_last_known(tx, node, query.known_at);
  DimensionStatement report{read_report_node(tx, node), query, {}};
  for (const Row row : read_rows(tx, node, query, last)) {
    if (report.parts.empty() || report.parts.back().unit != row.text(0)) {
      report.parts.push_back({row.string(0), row.integer(1), {}, {"", "", 0, 0, 0, 0}});
    }
    DimensionStatementPart& part = report.parts.back();
    part.rows.push_back(row_from(row, query.side));
    add_to(part.total, part.rows.back());
  }
  return report;
}

Table table_of(const DimensionStatement& report) {
  const DimensionStatementQuery& query = report.query;
  Table table{"dimension_statement", title_of(query.kind), {}, {}, {}, std::nullopt};
  table.columns = {{"code", "Code", ColumnKind::text},        {"name", "Name", ColumnKind::text, 40},
                   {"unit", "Unit", ColumnKind::text},        {"opening", "Opening", ColumnKind::amount},
                   {"in", "In", ColumnKind::amount},          {"out", "Out", ColumnKind::amount},
                   {"closing", "Closing", ColumnKind::amount}};
  add_node(table, report.node);
  table.facts.push_back({"kind", "Kind", std::string{books::text_of(query.kind)}});
  table.facts.push_back({"from", "From", query.period.first()});
  table.facts.push_back({"to", "To", query.period.last()});
  add_viewpoint(table, {std::nullopt, query.known_at});
  AccountFilter filter;
  filter.prefix = query.account;
  add_filter(table, filter, {});
  add_signs(
      table,
      query.side == DimensionSide::result
          ? "income, expenses and equity: credits come in, debits go out"
          : "assets and liabilities: debits come in, credits go out; positive is owed to the co-operative");
  for (const DimensionStatementPart& part : report.parts) {
    const auto append = [&](RowKind kind, const DimensionStatementRow& row) {
      const auto amount = [&](std::int64_t minor) { return Amount{minor, part.scale, part.unit}; };
      table.rows.push_back({kind,
                            0,
                            {row.code, row.name, part.unit, amount(row.opening_minor), amount(row.in_minor),
                             amount(row.out_minor), amount(row.closing_minor)}});
    };
    for (const DimensionStatementRow& row : part.rows) append(RowKind::line, row);
    DimensionStatementRow total = part.total;
    total.code = "Total " + part.unit;
    append(RowKind::total, total);
  }
  return table;
}

}  // namespace coop::reports
