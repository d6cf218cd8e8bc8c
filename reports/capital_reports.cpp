#include "reports/capital_reports.hpp"

#include "ledger/capital/surplus_division.hpp"
#include "ledger/values/money.hpp"

namespace coop::reports {

namespace {

constexpr int sections = 7;
constexpr int net_from = 5;  // the sections of assets and liabilities

std::string words_of_section(int section) {
  switch (section) {
    case 1:
      return "Members' capital accounts";
    case 2:
      return "Collective reserve";
    case 3:
      return "Other equity";
    case 4:
      return "Result not divided yet";
    case 5:
      return "Assets";
    default:
      return "Liabilities";
  }
}

void add_words(Table& table, RowKind kind, const std::string& words, const Amount& amount) {
  table.rows.push_back({kind, 0, {words, Cell{}, Cell{}, amount, amount.unit}});
}

}  // namespace

// Sections in the order of the report; what is no capital, reserve or result by a class or rule is other.
constexpr const char* capital_accounts_sql = R"sql(
  -- reports.capital_accounts
  WITH named AS (
    SELECT c.capital_account_id AS id, 1 AS section FROM share_class c WHERE c.node_id = $1
    UNION ALL
    SELECT r.capital_account_id, 1 FROM surplus_rule r WHERE r.node_id = $1
    UNION ALL
    SELECT c.reserve_account_id, 2 FROM share_class c WHERE c.node_id = $1
    UNION ALL
    SELECT r.reserve_account_id, 2 FROM surplus_rule r WHERE r.node_id = $1
    UNION ALL
    SELECT r.result_account_id, 4 FROM surplus_rule r WHERE r.node_id = $1
  ), placed AS (
    SELECT a.id, a.path,
           CASE a.type WHEN 'asset' THEN 5 WHEN 'liability' THEN 6 WHEN 'equity'
                       THEN coalesce((SELECT min(n.section) FROM named n WHERE n.id = a.id), 3)
                       ELSE 4 END AS section
      FROM account a
     WHERE a.node_id = $1 AND a.unit_id = $2
  )
  SELECT p.section, CASE WHEN p.section = 1 THEN coalesce(d.code, '') ELSE '' END AS member,
         CASE WHEN p.section IN (2, 3) THEN p.path ELSE '' END AS path, -sum(g.amount_minor)::bigint
    FROM placed p
    JOIN posting g ON g.node_id = $1 AND g.account_id = p.id
     AND ($3::date IS NULL OR g.booked_on <= $3) AND ($4::int IS NULL OR g.entry_number <= $4)
    LEFT JOIN dimension d ON d.node_id = $1 AND d.id = g.member_id AND p.section = 1
   GROUP BY 1, 2, 3
   ORDER BY 1, 2, 3
)sql";

Table read_capital_accounts(Tx& tx, NodeId node, const Unit& unit, const Viewpoint& viewpoint) {
  Table table{"capital_accounts", "Capital accounts and net book value", {}, {}, {}, {}};
  table.columns = {{"part", "Part", ColumnKind::text},
                   {"member", "Member", ColumnKind::text},
                   {"account", "Account", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text}};
  add_node(table, read_report_node(tx, node));
  add_viewpoint(table, viewpoint);
  add_signs(table, "what belongs to members and reserves is positive");
  const Extent extent = read_extent(tx, node, viewpoint);
  const auto amount = [&](std::int64_t minor) { return Amount{minor, unit.scale, unit.code}; };
  std::int64_t sums[sections] = {};
  const auto end_section = [&](int section) {
    add_words(table, RowKind::subtotal, words_of_section(section), amount(sums[section]));
  };
  int section = 1;
  for (const Row row : report_rows(tx, capital_accounts_sql, node, unit.id, extent.through, extent.last)) {
    for (; section < row.integer(0) && section < net_from; ++section) end_section(section);
    const std::int64_t minor = row.int64(3);
    sums[row.integer(0)] = checked_add(sums[row.integer(0)], minor);
    if (row.integer(0) > 3) continue;
    table.rows.push_back({RowKind::line,
                          1,
                          {words_of_section(row.integer(0)), row.is_null(1) ? Cell{} : Cell{row.string(1)},
                           Cell{row.string(2)}, amount(minor), unit.code}});
  }
  for (; section < net_from; ++section) end_section(section);
  std::int64_t together = 0;
  for (int one = 1; one < net_from; ++one) together = checked_add(together, sums[one]);
  add_words(table, RowKind::total, "Together", amount(together));
  // Read as credits are positive, so the other way round.
  const std::int64_t net = checked_add(-sums[5], -sums[6]);
  add_words(table, RowKind::line, words_of_section(5), amount(-sums[5]));
  add_words(table, RowKind::line, words_of_section(6), amount(sums[6]));
  add_words(table, RowKind::total, "Net book value", amount(net));
  add_words(table, RowKind::proof, "Difference", amount(checked_add(together, -net)));
  return table;
}

constexpr const char* share_register_sql = R"sql(
  -- reports.share_register
  SELECT m.class_code, p.number, f.name, u.code, u.scale, sum(m.holding)::bigint, sum(m.unpaid)::bigint,
         sum(m.waiting)::bigint
    FROM share_effects($1) m
    JOIN share_class c ON c.node_id = $1 AND c.code = m.class_code AND c.number = 1
    JOIN account a ON a.node_id = c.node_id AND a.id = c.capital_account_id
    JOIN unit u ON u.id = a.unit_id
    JOIN party p ON p.node_id = $1 AND p.id = m.party_id
    LEFT JOIN party_profile f ON f.node_id = $1 AND f.party_id = m.party_id
   WHERE ($2::date IS NULL OR m.moved_on <= $2) AND ($3::timestamptz IS NULL OR m.recorded_at <= $3)
     AND ($4::text IS NULL OR m.class_code = $4) AND ($5::text IS NULL OR upper(p.number) = upper($5))
   GROUP BY m.class_code, p.number, f.name, u.code, u.scale
   ORDER BY m.class_code, p.number
)sql";

Table read_share_register(Tx& tx, NodeId node, const Viewpoint& viewpoint, bool sees_names,
                          const RegisterFilter& filter) {
  Table table{"share_register", "Register of shares", {}, {}, {}, {}};
  table.columns = {{"class", "Class", ColumnKind::text}, {"member", "Member", ColumnKind::text}};
  if (sees_names) table.columns.push_back({"name", "Name", ColumnKind::text, 40});
  for (const Column& column :
       {Column{"holding", "Holds", ColumnKind::amount}, Column{"unpaid", "Not paid yet", ColumnKind::amount},
        Column{"asked_back", "Asked back", ColumnKind::amount}, Column{"unit", "Unit", ColumnKind::text}})
    table.columns.push_back(column);
  add_node(table, read_report_node(tx, node));
  add_viewpoint(table, viewpoint);
  for (const Row row : report_rows(tx, share_register_sql, node, viewpoint.as_of, viewpoint.known_at,
                                   filter.class_code, filter.member)) {
    const auto amount = [&](int column) { return Amount{row.int64(column), row.integer(4), row.string(3)}; };
    std::vector<Cell> cells{row.string(0), row.string(1)};
    if (sees_names) cells.push_back(row.is_null(2) ? Cell{} : Cell{row.string(2)});
    cells.insert(cells.end(), {amount(5), amount(6), amount(7), row.string(3)});
    table.rows.push_back({RowKind::line, 0, std::move(cells)});
  }
  return table;
}

Table table_of_surplus_run(const ReportNode& node, const capital::SurplusRun& run) {
  Table table{"surplus_run", run.amount_minor > 0 ? "Surplus divided" : "Loss divided", {}, {}, {}, {}};
  table.columns = {
      {"member", "Member", ColumnKind::text},       {"measure", "Measure", ColumnKind::text},
      {"interest", "Interest", ColumnKind::amount}, {"patronage", "Patronage", ColumnKind::amount},
      {"cash", "In cash", ColumnKind::amount},      {"retained", "Capital account", ColumnKind::amount},
      {"amount", "Together", ColumnKind::amount},   {"unit", "Unit", ColumnKind::text}};
  add_node(table, node);
  const auto amount = [&](std::int64_t minor) { return Amount{minor, run.scale, run.rule.unit}; };
  table.facts.push_back({"run", "Run", std::int64_t{run.number.number()}});
  table.facts.push_back({"state", "Stands", std::string{capital::state_of(run)}});
  table.facts.push_back({"from_on", "From", run.from_on});
  table.facts.push_back({"to_on", "To", run.to_on});
  table.facts.push_back({"decision", "Decision", run.decision});
  for (const std::string& warning : capital::warnings_of(run))
    table.facts.push_back({"warning", "Warning", warning});
  const auto add = [&](RowKind kind, const std::string& words, std::int64_t minor) {
    table.rows.push_back(
        {kind, 0, {words, Cell{}, Cell{}, Cell{}, Cell{}, Cell{}, amount(minor), run.rule.unit}});
  };
  for (const capital::SurplusShare& share : run.division.shares)
    table.rows.push_back(
        {RowKind::line,
         0,
         {share.of.member, capital::measure_text_of(share.of.measure), amount(share.interest_minor),
          amount(share.patronage_minor), amount(share.cash_minor), amount(share.retained_minor()),
          amount(share.interest_minor + share.patronage_minor), run.rule.unit}});
  add(RowKind::subtotal, "Members", run.division.members_minor);
  add(RowKind::subtotal, "Reserve", run.division.reserve_minor);
  if (!run.rule.other.empty()) add(RowKind::subtotal, run.rule.other, run.division.other_minor);
  add(RowKind::total, "Together", run.amount_minor);
  return table;
}

Table table_of_surplus_runs(const ReportNode& node, const std::vector<capital::SurplusSummary>& listed,
                            const std::optional<std::string>& next) {
  Table table{"surplus_runs", "Surplus and losses divided", {}, {}, {}, next};
  table.columns = {{"number", "No.", ColumnKind::number},
                   {"state", "Stands", ColumnKind::text},
                   {"source", "Of the", ColumnKind::text},
                   {"from_on", "From", ColumnKind::day},
                   {"to_on", "To", ColumnKind::day},
                   {"amount", "Amount", ColumnKind::amount},
                   {"to_members", "To members", ColumnKind::amount},
                   {"cash", "In cash", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text},
                   {"members", "Members", ColumnKind::number}};
  add_node(table, node);
  for (const capital::SurplusSummary& one : listed) {
    const auto amount = [&](std::int64_t minor) { return Amount{minor, one.scale, one.unit}; };
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{one.number.number()}, one.state, std::string{capital::text_of(one.source)},
          one.from_on, one.to_on, amount(one.amount_minor), amount(one.members_minor), amount(one.cash_minor),
          one.unit, std::int64_t{one.members}}});
  }
  return table;
}

}  // namespace coop::reports
