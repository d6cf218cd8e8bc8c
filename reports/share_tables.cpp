#include "reports/share_tables.hpp"

#include "ledger/capital/share_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/fraction.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reports {

namespace {

template <class Id>
Cell number_cell(const std::optional<Id>& id) {
  return id ? Cell{std::int64_t{id->number()}} : Cell{};
}

// The terms in force on a day.
capital::ShareClass class_on(Tx& tx, NodeId node, const std::string& code, Day on) {
  std::optional<capital::ShareClass> found;
  for (capital::ShareClass& of : capital::read_share_classes(tx, node))
    if (of.code == code && of.from_on <= on) found = std::move(of);
  if (!found)
    throw Refused{Refusal::share_class_unknown,
                  "there is no class " + code.substr(0, 60) + " of shares on " + on.text()};
  return *std::move(found);
}

}  // namespace

Table table_of_movements(const ReportNode& node, const std::vector<capital::Movement>& listed,
                         const std::optional<std::string>& next) {
  Table table{"share_movements", "Movements of shares", {}, {}, {}, next};
  table.columns = {{"number", "No.", ColumnKind::number},
                   {"on", "Day", ColumnKind::day},
                   {"movement", "What", ColumnKind::text},
                   {"share_class", "Class", ColumnKind::text},
                   {"member", "Member", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::amount},
                   {"to_reserve", "To the reserve", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text},
                   {"follows", "Follows", ColumnKind::number},
                   {"entry", "Entry", ColumnKind::number},
                   {"reason", "Rests on", ColumnKind::text, 40}};
  add_node(table, node);
  for (const capital::Movement& one : listed)
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{one.number.number()}, one.moved_on, std::string{capital::text_of(one.kind)},
          one.class_code, one.member, Amount{one.minor, one.scale, one.unit},
          Amount{one.reserve_minor, one.scale, one.unit}, one.unit, number_cell(one.follows),
          number_cell(one.entry), one.reason}});
  return table;
}

Table table_of_asks(const ReportNode& node, const std::vector<capital::Ask>& listed,
                    const std::optional<std::string>& next) {
  Table table{"share_withdrawals", "Shares asked back", {}, {}, {}, next};
  table.columns = {{"movement", "No.", ColumnKind::number},
                   {"share_class", "Class", ColumnKind::text},
                   {"member", "Member", ColumnKind::text},
                   {"asked_on", "Asked", ColumnKind::day},
                   {"due_on", "Due", ColumnKind::day},
                   {"asked", "Amount", ColumnKind::amount},
                   {"withdrawn", "Withdrawn", ColumnKind::amount},
                   {"taken_back", "Taken back", ColumnKind::amount},
                   {"waiting", "Waits", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text},
                   {"reason", "Rests on", ColumnKind::text, 40}};
  add_node(table, node);
  for (const capital::Ask& one : listed) {
    const auto amount = [&](std::int64_t minor) { return Amount{minor, one.scale, one.unit}; };
    table.rows.push_back({RowKind::line,
                          0,
                          {std::int64_t{one.number.number()}, one.class_code, one.member, one.asked_on,
                           one.due_on, amount(one.minor), amount(one.withdrawn_minor),
                           amount(one.taken_back_minor), amount(one.waiting_minor()), one.unit, one.reason}});
  }
  return table;
}

constexpr const char* share_certificate_sql = R"sql(
  -- reports.share_certificate
  SELECT coalesce(max(m.number), 0), coalesce(sum(m.holding), 0)::bigint, coalesce(sum(m.unpaid), 0)::bigint,
         coalesce(sum(m.waiting), 0)::bigint,
         (SELECT u.scale FROM unit u WHERE u.id = $6),
         (SELECT f.name FROM party_profile f WHERE f.node_id = $1 AND f.party_id = $3)
    FROM share_effects($1) m
   WHERE m.class_code = $2 AND m.party_id = $3 AND m.moved_on <= $4
     AND ($5::timestamptz IS NULL OR m.recorded_at <= $5)
)sql";

Table read_share_certificate(Tx& tx, NodeId node, const std::string& class_code, const std::string& member,
                             const Viewpoint& viewpoint, Day today, bool sees_name) {
  const Day on = viewpoint.as_of.value_or(today);
  const capital::ShareClass of = class_on(tx, node, class_code, on);
  const auto party = members::find_party(tx, node, member);
  if (!party) throw Refused{Refusal::party_unknown, "there is no member " + member.substr(0, 60)};
  Table table{"share_certificate", "Certificate of shares: " + of.title, {}, {}, {}, {}};
  table.columns = {{"certificate", "Certificate", ColumnKind::text},
                   {"share_class", "Class", ColumnKind::text},
                   {"member", "Member", ColumnKind::text}};
  if (sees_name) table.columns.push_back({"name", "Name", ColumnKind::text});
  for (const Column& column :
       {Column{"on", "Day", ColumnKind::day}, Column{"shares", "Shares", ColumnKind::text},
        Column{"nominal", "Nominal", ColumnKind::amount}, Column{"worth", "Worth", ColumnKind::amount},
        Column{"unpaid", "Not paid yet", ColumnKind::amount},
        Column{"asked_back", "Asked back", ColumnKind::amount}, Column{"unit", "Unit", ColumnKind::text}})
    table.columns.push_back(column);
  add_node(table, read_report_node(tx, node));
  add_viewpoint(table, viewpoint);
  table.facts.push_back({"decision", "Rests on", of.decision});
  const auto row = only_row(
      report_rows(tx, share_certificate_sql, node, of.code, party->id, on, viewpoint.known_at, of.unit_id));
  const auto amount = [&](std::int64_t minor) { return Amount{minor, row.integer(4), of.unit}; };
  std::vector<Cell> cells{of.code + "-" + party->number + "-" + std::to_string(row.integer(0)), of.code,
                          party->number};
  if (sees_name) cells.push_back(row.is_null(5) ? Cell{} : Cell{row.string(5)});
  cells.insert(cells.end(),
               {on, Fraction{row.int64(1), of.nominal_minor}.mixed_text(), amount(of.nominal_minor),
                amount(row.int64(1)), amount(row.int64(2)), amount(row.int64(3)), of.unit});
  table.rows.push_back({RowKind::line, 0, std::move(cells)});
  return table;
}

}  // namespace coop::reports
