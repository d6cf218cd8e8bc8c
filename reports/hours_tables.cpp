#include "reports/hours_tables.hpp"

namespace coop::reports {

namespace {

Cell maybe_text_cell(const std::optional<std::string>& text) { return text ? Cell{*text} : Cell{}; }

}  // namespace

std::string hours_text(std::int64_t minutes) {
  const std::string rest = std::to_string(minutes % 60);
  return std::to_string(minutes / 60) + (rest.size() < 2 ? ":0" : ":") + rest;
}

Table table_of_hours(const ReportNode& node, const std::vector<work::Hours>& listed,
                     const std::optional<std::string>& next) {
  Table table{"hours", "Hours", {}, {}, {}, next};
  table.columns = {{"number", "No.", ColumnKind::number},       {"member", "Member", ColumnKind::text},
                   {"worked_on", "Day", ColumnKind::day},       {"minutes", "Minutes", ColumnKind::number},
                   {"hours", "Hours", ColumnKind::text},        {"circle", "Circle", ColumnKind::text},
                   {"work", "Kind", ColumnKind::text},          {"intent", "For", ColumnKind::text},
                   {"state", "Stands", ColumnKind::text},       {"cost_object", "About", ColumnKind::text},
                   {"task", "Task", ColumnKind::text, 40},      {"note", "Note", ColumnKind::text, 40},
                   {"corrects", "Corrects", ColumnKind::number}};
  add_node(table, node);
  for (const work::Hours& one : listed)
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{one.number.number()}, one.what.member, one.what.worked_on,
          std::int64_t{one.what.minutes}, hours_text(one.what.minutes), one.what.circle, one.what.kind,
          std::string{work::text_of(one.what.intent)}, std::string{work::text_of(work::state_of(one))},
          maybe_text_cell(one.what.cost_object), text_or_none(one.what.task), text_or_none(one.what.note),
          one.what.corrects ? Cell{std::int64_t{one.what.corrects->number()}} : Cell{}}});
  return table;
}

Table table_of_hours_sums(const ReportNode& node, const std::vector<work::HoursSum>& sums,
                          const work::HoursGrouping& grouping) {
  Table table{"hours_sums", "Hours added up", {}, {}, {}, std::nullopt};
  const auto add = [&](bool wanted, const char* name, const char* title, ColumnKind kind) {
    if (wanted) table.columns.push_back({name, title, kind});
  };
  add(grouping.by_member, "member", "Member", ColumnKind::text);
  add(grouping.by_circle, "circle", "Circle", ColumnKind::text);
  add(grouping.by_kind, "work", "Kind", ColumnKind::text);
  add(grouping.by_intent, "intent", "For", ColumnKind::text);
  add(grouping.by_month, "month", "Month from", ColumnKind::day);
  add(grouping.by_cost_object, "cost_object", "About", ColumnKind::text);
  for (const Column& column : {Column{"records", "Records", ColumnKind::number},
                               Column{"approved_minutes", "Minutes that count", ColumnKind::number},
                               Column{"approved_hours", "Hours that count", ColumnKind::text},
                               Column{"submitted_minutes", "Minutes that wait", ColumnKind::number},
                               Column{"rejected_minutes", "Minutes rejected", ColumnKind::number},
                               Column{"reversed_minutes", "Minutes taken back", ColumnKind::number}})
    table.columns.push_back(column);
  add_node(table, node);
  for (const work::HoursSum& sum : sums) {
    std::vector<Cell> cells;
    if (grouping.by_member) cells.push_back(maybe_text_cell(sum.member));
    if (grouping.by_circle) cells.push_back(maybe_text_cell(sum.circle));
    if (grouping.by_kind) cells.push_back(maybe_text_cell(sum.kind));
    if (grouping.by_intent) cells.push_back(maybe_text_cell(sum.intent));
    if (grouping.by_month) cells.push_back(sum.month ? Cell{*sum.month} : Cell{});
    if (grouping.by_cost_object) cells.push_back(maybe_text_cell(sum.cost_object));
    for (const Cell& cell :
         {Cell{sum.records}, Cell{sum.approved_minutes}, Cell{hours_text(sum.approved_minutes)},
          Cell{sum.submitted_minutes}, Cell{sum.rejected_minutes}, Cell{sum.reversed_minutes}})
      cells.push_back(cell);
    table.rows.push_back({RowKind::line, 0, std::move(cells)});
  }
  return table;
}

}  // namespace coop::reports
