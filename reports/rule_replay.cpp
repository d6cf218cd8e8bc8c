#include "reports/rule_replay.hpp"

#include "ledger/values/money.hpp"

namespace coop::reports {

namespace {

// "expenses:hosting -12.00 EUR, M0007 5.00 EUR"
std::string words_of(const bank::DoneWith& done, const Unit& unit) {
  std::string words;
  for (const auto& [what, minor] : done)
    words += (words.empty() ? "" : ", ") + what.second + " " + text_from_minor(minor, unit.scale) + " " +
             unit.code;
  return words;
}

std::string words_of_done(const bank::ReplayedLine& line, const Unit& unit) {
  return line.is_ignored ? "set aside" : words_of(line.done, unit);
}

void add_counts(Table& table, const bank::RuleReplay& counts) {
  const auto add = [&](const char* name, const char* title, std::int64_t count) {
    table.facts.push_back({name, title, count});
  };
  add("looked_at", "Lines looked at", counts.looked_at);
  add("would_take", "Would take", counts.agreed + counts.differed + counts.still_open);
  add("agrees", "Of these done just so", counts.agreed);
  add("differs", "Done differently", counts.differed);
  add("open", "Open still", counts.still_open);
  add("taken_before", "Taken by an earlier rule", counts.taken_before);
  add("last_line", "Through line", counts.last_line);
}

}  // namespace

Table table_of_replay(const ReportNode& node, const bank::BankRule& rule, const Unit& unit,
                      const bank::Replayed& replayed) {
  Table table{"rule_replay", "What a rule would have done", {}, {}, {}, std::nullopt};
  add_node(table, node);
  table.facts.push_back({"rule", "Rule", std::int64_t{rule.number.number()}});
  table.facts.push_back({"name", "Name", rule.is.name});
  table.facts.push_back({"version", "Version", std::int64_t{rule.version}});
  const bank::RuleReplay& counts = replayed.counts;
  if (counts.number > 0) table.facts.push_back({"replay", "Replay", std::int64_t{counts.number}});
  if (counts.from) table.facts.push_back({"from", "From", *counts.from});
  if (counts.to) table.facts.push_back({"to", "To", *counts.to});
  add_counts(table, counts);
  table.columns = {{"line", "Line", ColumnKind::number},
                   {"booked_on", "Day", ColumnKind::day},
                   {"unit", "", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::amount},
                   {"outcome", "Outcome", ColumnKind::text},
                   {"would", "The rule says", ColumnKind::text},
                   {"done", "What was done", ColumnKind::text},
                   {"earlier_rule", "Earlier rule", ColumnKind::number}};
  for (const bank::ReplayedLine& line : replayed.lines)
    table.rows.push_back(
        {RowKind::line,
         0,
         {line.line.number(), line.booked_on, unit.code, Amount{line.amount_minor, unit.scale, unit.code},
          std::string{bank::text_of(line.outcome)}, words_of(line.would, unit), words_of_done(line, unit),
          line.before ? Cell{std::int64_t{line.before->number()}} : Cell{}}});
  return table;
}

}  // namespace coop::reports
