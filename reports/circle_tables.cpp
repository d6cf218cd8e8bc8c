#include "reports/circle_tables.hpp"

#include <set>

namespace coop::reports {

namespace {

std::int64_t members_of_circle_on(const work::Circle& circle, Day day) {
  std::set<PartyId> members;
  for (const work::CircleStep& step : circle.steps)
    if (step.party && work::belongs_on(circle, *step.party, day)) members.insert(*step.party);
  return static_cast<std::int64_t>(members.size());
}

}  // namespace

Table table_of_circles(const ReportNode& node, const std::vector<work::Circle>& listed, Day today,
                       const std::optional<std::string>& next) {
  Table table{"circles", "Circles", {}, {}, {}, next};
  table.columns = {{"circle", "Circle", ColumnKind::text},
                   {"title", "Title", ColumnKind::text, 50},
                   {"on", "Day", ColumnKind::day},
                   {"what", "What", ColumnKind::text},
                   {"member", "Member", ColumnKind::text},
                   {"members", "Members", ColumnKind::number},
                   {"reason", "Reason", ColumnKind::text, 50}};
  add_node(table, node);
  for (const work::Circle& circle : listed) {
    table.rows.push_back({RowKind::subtotal,
                          0,
                          {circle.code, circle.title, circle.from_on, std::string{"founded"}, Cell{},
                           members_of_circle_on(circle, today), Cell{}}});
    for (const work::CircleStep& step : circle.steps)
      table.rows.push_back({RowKind::line,
                            0,
                            {circle.code, Cell{}, step.on, std::string{work::text_of(step.kind)},
                             text_or_none(step.member), Cell{}, text_or_none(step.reason)}});
  }
  return table;
}

Table table_of_work_kinds(const ReportNode& node, const std::vector<work::WorkKind>& listed,
                          const std::optional<std::string>& next) {
  Table table{"work_kinds", "Kinds of work", {}, {}, {}, next};
  table.columns = {{"work", "Work", ColumnKind::text},
                   {"title", "Title", ColumnKind::text, 50},
                   {"price", "Price", ColumnKind::text}};
  add_node(table, node);
  for (const work::WorkKind& kind : listed)
    table.rows.push_back({RowKind::line,
                          0,
                          {kind.code, kind.title, std::string{kind.has_price ? "has one" : "counted only"}}});
  return table;
}

}  // namespace coop::reports
