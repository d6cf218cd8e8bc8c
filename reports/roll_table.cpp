#include "reports/roll_table.hpp"

#include <fmt/format.h>

namespace coop::reports {

namespace {

std::vector<Column> roll_columns() {
  return {{"member", "Member", ColumnKind::text},
          {"class", "Class", ColumnKind::text},
          {"membership", "Membership", ColumnKind::number, 0, false},
          {"standing", "Standing", ColumnKind::text},
          {"registered", "Registered", ColumnKind::text},
          {"paid_up", "Paid up", ColumnKind::text},
          {"waived", "Waived", ColumnKind::text, 0, false},
          {"votes", "Votes", ColumnKind::number},
          {"share", "Share", ColumnKind::text},
          {"excluded", "Excluded because", ColumnKind::text}};
}

std::string yes_or_no(bool truth) { return truth ? "yes" : "no"; }

std::string words_of(std::span<const rolls::Exclusion> exclusions) {
  std::string words;
  for (const rolls::Exclusion& one : exclusions) words += (words.empty() ? "" : "; ") + one.words;
  return words;
}

void add_classes(Table& table, std::span<const rolls::RollClass> classes) {
  for (const rolls::RollClass& of : classes)
    table.facts.push_back(
        {"class_" + of.code, "Class " + of.code,
         fmt::format("{} registered, {} paid up, {} eligible with {} votes. {}", of.registered, of.paid_up,
                     of.eligible, of.votes, of.words.empty() ? "No rule is in force." : of.words)});
  const rolls::RollClass sum = rolls::sum_of(classes);
  table.facts.push_back(
      {"eligible", "Eligible",
       fmt::format("{} of {} registered, with {} votes", sum.eligible, sum.registered, sum.votes)});
}

void add_lines(Table& table, std::span<const rolls::RollClass> classes,
               std::span<const rolls::RollLine> lines) {
  for (const rolls::RollLine& line : lines) {
    const auto share = rolls::share_of(rolls::class_of(classes, line.class_code), line.votes);
    table.rows.push_back({RowKind::line,
                          0,
                          {line.number, line.class_code, std::int64_t{line.membership.number()},
                           std::string{members::text_of(line.standing)}, yes_or_no(line.is_registered),
                           yes_or_no(line.is_paid_up), yes_or_no(line.is_waived), line.votes,
                           share ? Cell{share->text()} : Cell{}, words_of(line.exclusions)}});
  }
}

}  // namespace

Table table_of_roll(const ReportNode& node, const rolls::Roll& roll, std::span<const rolls::RollLine> lines,
                    const std::optional<std::string>& next) {
  Table table{"roll", "Who may vote", {}, roll_columns(), {}, next};
  add_node(table, node);
  add_viewpoint(table, {roll.as_of, roll.known_at});
  add_classes(table, roll.classes);
  add_lines(table, roll.classes, lines);
  return table;
}

Table table_of_roll(const ReportNode& node, const rolls::FrozenRoll& roll,
                    std::span<const rolls::RollLine> lines, const std::optional<std::string>& next) {
  Table table{"frozen_roll",
              "Roll " + std::to_string(roll.number.number()) + ": " + roll.title,
              {},
              roll_columns(),
              {},
              next};
  add_node(table, node);
  add_viewpoint(table, {roll.as_of, roll.known_at});
  table.facts.push_back({"hash", "SHA-256", hex_of(roll.hash)});
  add_classes(table, roll.classes);
  add_lines(table, roll.classes, lines);
  return table;
}

}  // namespace coop::reports
