#include "reports/fund_tables.hpp"

#include <algorithm>

#include "ledger/values/money.hpp"

namespace coop::reports {

namespace {

using funds::FundFigures;

// Money of others is theirs before its first terms, too, and lies in the accounts that those name.
constexpr const char* fund_proofs_sql = R"sql(
  -- reports.fund_proofs
  WITH term AS (
    SELECT DISTINCT ON (t.fund_id) t.fund_id, t.number, t.purpose
      FROM fund_term t
     WHERE t.node_id = $1 AND (t.from_on <= $2 OR t.purpose = 'held')
       AND ($3::timestamptz IS NULL OR t.recorded_at <= $3)
     ORDER BY t.fund_id, t.from_on > $2, abs(t.from_on - $2), t.number DESC
  ), held_account AS (
    SELECT DISTINCT f.account_id AS id
      FROM term t
      JOIN fund_account f ON f.node_id = $1 AND f.fund_id = t.fund_id AND f.term = t.number
     WHERE t.purpose = 'held'
  ), booked AS (
    SELECT a.unit_id,
           coalesce(-sum(p.amount_minor) FILTER (WHERE a.type IN ('income', 'expense', 'equity')
             AND NOT (p.fund_id IS NOT NULL AND is_held_fund($1::int, p.fund_id))), 0) AS worth,
           coalesce(sum(p.amount_minor) FILTER (WHERE h.id IS NOT NULL), 0) AS held
      FROM posting p
      JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
      LEFT JOIN held_account h ON h.id = a.id
     WHERE p.node_id = $1 AND p.booked_on <= $2 AND ($4::bigint IS NULL OR p.entry_number <= $4)
     GROUP BY a.unit_id
  )
  SELECT u.id, u.code, u.scale, coalesce(b.worth, 0)::bigint, coalesce(b.held, 0)::bigint,
         EXISTS (SELECT FROM held_account h
                   JOIN account a ON a.node_id = $1 AND a.id = h.id AND a.unit_id = u.id)
    FROM (SELECT k.unit_id FROM booked k
          UNION SELECT t.unit_id FROM fund_term t WHERE t.node_id = $1) x
    JOIN unit u ON u.id = x.unit_id
    JOIN node n ON n.id = $1
    LEFT JOIN booked b ON b.unit_id = u.id
   ORDER BY u.id <> n.base_unit_id, u.code COLLATE "C"
)sql";

std::vector<FundProof> read_proofs(Tx& tx, NodeId node, const FundList& list) {
  const auto last = read_last_known(tx, node, list.view.known_at);
  std::vector<FundProof> proofs;
  for (const Row row : report_rows(tx, fund_proofs_sql, node, list.view.as_of, list.view.known_at, last)) {
    FundProof proof{row.id<UnitId>(0), row.string(1), row.integer(2), row.int64(3), 0, 0,
                    row.int64(4),      row.boolean(5)};
    bool has_funds = false;
    for (const FundFigures& one : list.funds) {
      if (one.unit != proof.unit) continue;
      has_funds = true;
      std::int64_t& sum = one.is_held ? proof.held_minor : proof.own_funds_minor;
      sum = checked_add(sum, one.balance_minor);
    }
    if (has_funds) proofs.push_back(std::move(proof));
  }
  return proofs;
}

Cell amount_cell(std::int64_t minor, const FundProof& proof) {
  return Amount{minor, proof.scale, proof.unit_code};
}

TableRow sum_row(RowKind kind, const std::string& words, std::int64_t minor, const FundProof& proof) {
  return {
      kind, 0, {Cell{}, words, Cell{}, proof.unit_code, amount_cell(minor, proof), Cell{}, Cell{}, Cell{}}};
}

void add_funds(Table& table, const FundList& list, const FundProof& proof, bool held) {
  for (const FundFigures& one : list.funds) {
    if (one.unit != proof.unit || one.is_held != held) continue;
    table.rows.push_back(
        {RowKind::line,
         0,
         {one.code, one.name,
          one.purpose
              ? Cell{std::string{funds::text_of(*one.purpose)} + (one.is_indivisible ? ", indivisible" : "")}
              : Cell{},
          one.unit_code, amount_cell(one.balance_minor, proof), amount_cell(one.buffer_minor, proof),
          amount_cell(committed_minor(one), proof), amount_cell(free_minor(one), proof)}});
  }
}

void add_part(Table& table, const FundList& list, const FundProof& proof) {
  add_funds(table, list, proof, false);
  table.rows.push_back(sum_row(RowKind::subtotal, "In funds", proof.own_funds_minor, proof));
  table.rows.push_back(sum_row(RowKind::line, "In no fund",
                               checked_add(proof.net_worth_minor, -proof.own_funds_minor), proof));
  table.rows.push_back(
      sum_row(RowKind::total, "Equity and result of the books", proof.net_worth_minor, proof));
  if (owed_minor(proof) > 0)
    table.rows.push_back(
        sum_row(RowKind::line, "Warning: funds that are in truth owed to others", owed_minor(proof), proof));
  if (proof.held_minor == 0 && !proof.names_held_accounts) return;
  add_funds(table, list, proof, true);
  table.rows.push_back(sum_row(RowKind::subtotal, "Money of others", proof.held_minor, proof));
  table.rows.push_back(
      sum_row(RowKind::line, "In the accounts that they name", proof.held_accounts_minor, proof));
  table.rows.push_back(sum_row(RowKind::proof,
                               held_difference_minor(proof) == 0 ? "Difference" : "Warning: difference",
                               held_difference_minor(proof), proof));
}

Unit unit_of_statement(const funds::Fund& fund, const FundStatementQuery& query,
                       const std::vector<FundFigures>& figures) {
  if (query.unit) return *query.unit;
  if (fund.terms.empty()) return query.base_unit;
  Unit unit = query.base_unit;
  for (const FundFigures& one : figures)
    if (one.unit == fund.terms.back().terms.unit) {
      unit.id = one.unit;
      unit.code = one.unit_code;
      unit.scale = one.scale;
    }
  return unit;
}

void add_line(FundStatement& statement, FundLine line) {
  if (line.booked_on < statement.period.first()) {
    statement.opening_minor = checked_add(statement.opening_minor, line.minor);
    statement.closing_minor = statement.opening_minor;
    return;
  }
  std::int64_t& sum = !line.other_fund.empty() ? statement.transfers_minor
                      : line.minor > 0         ? statement.in_minor
                                               : statement.out_minor;
  const bool goes_out = line.other_fund.empty() && line.minor < 0;
  sum = checked_add(sum, goes_out ? -line.minor : line.minor);
  statement.closing_minor = checked_add(statement.closing_minor, line.minor);
  line.balance_minor = statement.closing_minor;
  statement.lines.push_back(std::move(line));
}

// What may still be proposed of the fund, where it has terms in the unit of the statement.
void read_standing(Tx& tx, NodeId node, const std::vector<FundFigures>& figures, FundStatement& statement) {
  const Day day = statement.period.last();
  std::vector<funds::FundTerm> known;
  for (const funds::FundTerm& one : statement.fund.terms)
    if (!statement.known_at || one.recorded_at <= *statement.known_at) known.push_back(one);
  const funds::FundTerm* terms = funds::terms_on(known, day);
  if (terms == nullptr || terms->terms.unit != statement.unit.id) return;
  for (const FundFigures& one : figures)
    if (one.unit == statement.unit.id) statement.figures = one;
  statement.measures = funds::read_measured_buffers(tx, node, statement.fund.dimension.id, *terms,
                                                    {day, statement.known_at, {}});
}

// What of the closing balance stays, what is set aside, and the rest. People read the explanations as
// headings.
void add_standing(Table& table, const FundStatement& statement, const FundFigures& figures) {
  const auto row = [&](RowKind kind, int level, const std::string& words, std::int64_t minor,
                       const std::string& explanation = {}) {
    table.rows.push_back({kind,
                          level,
                          {Cell{}, Cell{}, words, Cell{}, Cell{}, figures.unit_code, Cell{}, Cell{}, Cell{},
                           Amount{minor, figures.scale, figures.unit_code}, text_or_none(explanation)}});
  };
  table.rows.push_back(heading_row(0, "What may still be proposed"));
  for (const funds::MeasuredBuffer& one : statement.measures) {
    const std::string explanation = funds::explanation_of(one, figures.scale, figures.unit_code);
    table.rows.push_back(heading_row(1, explanation));
    row(RowKind::line, 1, "Measure: " + one.buffer.measure, one.minor, explanation);
  }
  row(RowKind::line, 0, "Buffer: the highest measure stays", -figures.buffer_minor);
  row(RowKind::line, 0, "Set aside by mandates and rounds", -figures.mandates_minor);
  row(RowKind::line, 0, "Drawn, and in no entry yet", -figures.unbooked_minor);
  row(RowKind::line, 0, "Ordered, and not paid yet", -figures.orders_minor);
  const std::int64_t free = free_minor(figures);
  row(RowKind::total, 0, free < 0 ? "Warning: missing to the buffer" : "May still be proposed", free);
}

// A line moves to or from another fund, if its entry takes from equity of the one what it gives to the other.
constexpr const char* fund_lines_sql = R"sql(
  -- reports.fund_lines
  SELECT e.number, e.booked_on, e.description, a.path, -p.amount_minor,
         CASE WHEN a.type = 'equity' OR a.type = 'liability' THEN
           coalesce((SELECT string_agg(DISTINCT d.code, ', ')
                       FROM posting o
                       JOIN account b ON b.node_id = o.node_id AND b.id = o.account_id
                        AND b.unit_id = a.unit_id AND b.type IN ('equity', 'liability')
                       JOIN dimension d ON d.node_id = o.node_id AND d.id = o.fund_id
                      WHERE o.node_id = $1 AND o.entry_number = e.number AND o.fund_id <> $2
                        AND sign(o.amount_minor) <> sign(p.amount_minor)), '') ELSE '' END
    FROM posting p
    JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
    JOIN entry e ON e.node_id = p.node_id AND e.number = p.entry_number
   WHERE p.node_id = $1 AND p.fund_id = $2 AND a.unit_id = $3 AND p.booked_on <= $4
     AND ($5::bigint IS NULL OR p.entry_number <= $5)
     AND (a.type IN ('income', 'expense', 'equity')
          OR a.type = 'liability' AND is_held_fund($1::int, $2::int))
   ORDER BY e.booked_on, e.number, p.line
)sql";

void read_lines(Tx& tx, NodeId node, std::optional<EntryNumber> last, FundStatement& statement) {
  for (const Row row : report_rows(tx, fund_lines_sql, node, statement.fund.dimension.id, statement.unit.id,
                                   statement.period.last(), last))
    add_line(statement, {row.id<EntryNumber>(0), row.day(1), row.string(2), row.string(3), row.int64(4),
                         row.string(5), 0});
}

}  // namespace

std::int64_t owed_minor(const FundProof& proof) {
  return std::max<std::int64_t>(0, checked_add(proof.own_funds_minor, -proof.net_worth_minor));
}

std::int64_t held_difference_minor(const FundProof& proof) {
  return checked_add(proof.held_accounts_minor, -proof.held_minor);
}

FundList read_fund_list(Tx& tx, NodeId node, const funds::FundView& view) {
  FundList list{read_report_node(tx, node), view, funds::read_fund_figures(tx, node, view), {}};
  list.proofs = read_proofs(tx, node, list);
  return list;
}

Table table_of(const FundList& list) {
  Table table{"funds", "Funds", {}, {}, {}, std::nullopt};
  table.columns = {{"fund", "Fund", ColumnKind::text},
                   {"name", "Name", ColumnKind::text, 50},
                   {"purpose", "Purpose", ColumnKind::text},
                   {"unit", "Unit", ColumnKind::text},
                   {"balance", "Balance", ColumnKind::amount},
                   {"buffer", "Buffer", ColumnKind::amount},
                   {"committed", "Committed", ColumnKind::amount},
                   {"free", "Free", ColumnKind::amount}};
  add_node(table, list.node);
  add_viewpoint(table, {list.view.as_of, list.view.known_at});
  add_signs(table, "what a fund was given is positive, what it spent negative");
  for (const FundProof& proof : list.proofs) add_part(table, list, proof);
  return table;
}

FundStatement read_fund_statement(Tx& tx, NodeId node, const FundStatementQuery& query) {
  const funds::Fund fund = funds::read_fund(tx, node, query.fund);
  const auto figures =
      funds::read_fund_figures(tx, node, {query.period.last(), query.known_at, fund.dimension.id});
  const Unit unit = unit_of_statement(fund, query, figures);
  FundStatement statement{
      read_report_node(tx, node), fund, query.period, query.known_at, unit, 0, 0, 0, 0, 0, {}, {}, {}};
  read_lines(tx, node, read_last_known(tx, node, query.known_at), statement);
  read_standing(tx, node, figures, statement);
  return statement;
}

Table table_of(const FundStatement& statement) {
  Table table{"fund_statement", "Statement of the fund " + statement.fund.dimension.code, {}, {}, {},
              std::nullopt};
  table.columns = {{"entry", "Entry", ColumnKind::number},
                   {"booked_on", "Day", ColumnKind::day},
                   {"description", "Description", ColumnKind::text, 50},
                   {"account", "Account", ColumnKind::text},
                   {"other_fund", "Other fund", ColumnKind::text},
                   {"unit", "Unit", ColumnKind::text},
                   {"in", "In", ColumnKind::amount},
                   {"out", "Out", ColumnKind::amount},
                   {"transfer", "Transfer", ColumnKind::amount},
                   {"balance", "Balance", ColumnKind::amount},
                   {"explanation", "Explanation", ColumnKind::text, 0, false}};
  add_node(table, statement.node);
  table.facts.push_back({"fund", "Fund", statement.fund.dimension.code});
  table.facts.push_back({"name", "Name", statement.fund.dimension.name});
  table.facts.push_back({"from", "From", statement.period.first()});
  table.facts.push_back({"to", "To", statement.period.last()});
  add_viewpoint(table, {std::nullopt, statement.known_at});
  add_signs(table, "income, gifts and transfers to the fund come in, expenses go out");
  const Unit& unit = statement.unit;
  const auto amount = [&](std::int64_t minor) { return Cell{Amount{minor, unit.scale, unit.code}}; };
  const auto total = [&](const std::string& words, Cell in, Cell out, Cell moved, std::int64_t balance) {
    table.rows.push_back({RowKind::total,
                          0,
                          {Cell{}, Cell{}, words, Cell{}, Cell{}, unit.code, std::move(in), std::move(out),
                           std::move(moved), amount(balance), Cell{}}});
  };
  total("Opening", Cell{}, Cell{}, Cell{}, statement.opening_minor);
  for (const FundLine& line : statement.lines) {
    const bool moves = !line.other_fund.empty();
    table.rows.push_back({RowKind::line,
                          0,
                          {line.entry.number(), line.booked_on, line.description, line.account,
                           moves ? Cell{line.other_fund} : Cell{}, unit.code,
                           !moves && line.minor > 0 ? amount(line.minor) : Cell{},
                           !moves && line.minor < 0 ? amount(-line.minor) : Cell{},
                           moves ? amount(line.minor) : Cell{}, amount(line.balance_minor), Cell{}}});
  }
  total("Closing", amount(statement.in_minor), amount(statement.out_minor), amount(statement.transfers_minor),
        statement.closing_minor);
  if (statement.figures) add_standing(table, statement, *statement.figures);
  return table;
}

Table table_of_fund_terms(const ReportNode& node, const funds::Fund& fund,
                          const std::function<Unit(UnitId)>& unit_of) {
  Table table{"fund_terms", "What was decided about the fund " + fund.dimension.code, {}, {}, {}, {}};
  table.columns = {
      {"term", "Term", ColumnKind::number},        {"from_on", "From", ColumnKind::day},
      {"purpose", "Purpose", ColumnKind::text},    {"indivisible", "Indivisible", ColumnKind::text},
      {"buffer", "Buffer", ColumnKind::amount},    {"unit", "Unit", ColumnKind::text},
      {"buffers", "Measures", ColumnKind::number}, {"decision", "Decision", ColumnKind::text, 40}};
  add_node(table, node);
  for (const funds::FundTerm& term : fund.terms) {
    const Unit unit = unit_of(term.terms.unit);
    const auto buffer = funds::set_buffer_minor(term.terms.buffers);
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{term.number}, term.terms.from_on, std::string{funds::text_of(term.terms.purpose)},
          std::string{term.terms.is_indivisible ? "yes" : "no"},
          buffer ? Cell{Amount{*buffer, unit.scale, unit.code}} : Cell{}, unit.code,
          static_cast<std::int64_t>(term.terms.buffers.size()), term.terms.decision}});
  }
  return table;
}

Table table_of_spending_mandates(const ReportNode& node, const std::vector<funds::SpendingMandate>& listed,
                                 Day today, const std::function<Unit(UnitId)>& unit_of,
                                 const std::optional<std::string>& next) {
  Table table{"spending_mandates", "Spending mandates", {}, {}, {}, next};
  table.columns = {{"number", "No.", ColumnKind::number},
                   {"state", "Stands", ColumnKind::text},
                   {"body", "Body", ColumnKind::text, 30},
                   {"level", "Level", ColumnKind::text},
                   {"purpose", "Purpose", ColumnKind::text, 40},
                   {"fund", "Fund", ColumnKind::text},
                   {"cost_object", "Cost object", ColumnKind::text},
                   {"from_on", "From", ColumnKind::day},
                   {"until_on", "By", ColumnKind::day},
                   {"unit", "Unit", ColumnKind::text},
                   {"granted", "Granted", ColumnKind::amount},
                   {"drawn", "Drawn", ColumnKind::amount},
                   {"ordered", "Ordered", ColumnKind::amount},
                   {"left", "Left", ColumnKind::amount},
                   {"decision", "Decision", ColumnKind::text, 40}};
  add_node(table, node);
  for (const funds::SpendingMandate& one : listed) {
    const Unit unit = unit_of(one.unit);
    const auto amount = [&](std::int64_t minor) { return Cell{Amount{minor, unit.scale, unit.code}}; };
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{one.number.number()}, std::string{funds::text_of(funds::state_of(one, today))},
          one.body, std::string{funds::text_of(one.level)}, one.purpose, one.fund,
          text_or_none(one.cost_object), one.from_on, one.until_on, unit.code, amount(one.minor),
          amount(funds::drawn_minor(one)), amount(funds::ordered_minor(one)), amount(funds::left_minor(one)),
          one.decision}});
  }
  return table;
}

Table table_of_spending_rules(const ReportNode& node, const std::vector<funds::SpendingRule>& listed,
                              const std::function<Unit(UnitId)>& unit_of,
                              const std::optional<std::string>& next) {
  Table table{"spending_rules", "Rules of spending", {}, {}, {}, next};
  table.columns = {{"number", "No.", ColumnKind::number},
                   {"rule", "Rule", ColumnKind::text},
                   {"from_on", "From", ColumnKind::day},
                   {"fund", "Fund", ColumnKind::text},
                   {"body", "Body", ColumnKind::text, 30},
                   {"level", "Level", ColumnKind::text},
                   {"unit", "Unit", ColumnKind::text},
                   {"one_from", "One approves from", ColumnKind::amount},
                   {"two_from", "Two from", ColumnKind::amount},
                   {"needed_from", "Mandate from", ColumnKind::amount},
                   {"up_to", "Grants up to", ColumnKind::amount},
                   {"decision", "Decision", ColumnKind::text, 40}};
  add_node(table, node);
  for (const funds::SpendingRule& one : listed) {
    const funds::SpendingRuleDraft& rule = one.rule;
    const Unit unit = unit_of(rule.unit);
    const auto amount = [&](const std::optional<std::int64_t>& minor) {
      return minor ? Cell{Amount{*minor, unit.scale, unit.code}} : Cell{};
    };
    table.rows.push_back({RowKind::line,
                          0,
                          {std::int64_t{one.number}, std::string{funds::text_of(rule.kind)}, rule.from_on,
                           rule.fund ? Cell{*rule.fund} : Cell{}, text_or_none(rule.body),
                           rule.level ? Cell{std::string{funds::text_of(*rule.level)}} : Cell{}, unit.code,
                           amount(rule.one_from), amount(rule.two_from), amount(rule.needed_from),
                           amount(rule.up_to), rule.decision}});
  }
  return table;
}

}  // namespace coop::reports
