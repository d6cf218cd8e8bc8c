#include "reports/allocation_tables.hpp"

namespace coop::reports {

Table table_of_rounds(const ReportNode& node, const std::vector<funds::AllocationRound>& listed,
                      const std::function<Unit(UnitId)>& unit_of, const std::optional<std::string>& next) {
  Table table{"allocation_rounds", "Rounds of allocation", {}, {}, {}, next};
  table.columns = {{"round", "Round", ColumnKind::number},       {"title", "Title", ColumnKind::text, 40},
                   {"state", "Stands", ColumnKind::text},        {"fund", "Fund", ColumnKind::text},
                   {"proposal", "Proposal", ColumnKind::number}, {"words", "For", ColumnKind::text, 40},
                   {"unit", "Unit", ColumnKind::text},           {"goal", "Goal", ColumnKind::amount},
                   {"given", "Given", ColumnKind::amount},       {"missing", "Missing", ColumnKind::amount},
                   {"mandate", "Mandate", ColumnKind::number}};
  add_node(table, node);
  for (const funds::AllocationRound& round : listed) {
    const Unit unit = unit_of(round.unit);
    const auto amount = [&](std::int64_t minor) { return Cell{Amount{minor, unit.scale, unit.code}}; };
    const std::string state{funds::text_of(state_of(round))};
    const funds::AllocationSums sums = sums_of(round);
    table.rows.push_back(
        {RowKind::subtotal,
         0,
         {std::int64_t{round.number.number()}, round.title, state, round.fund, Cell{},
          std::string{"to allocate"}, unit.code, amount(round.pot_minor), Cell{}, Cell{}, Cell{}}});
    for (const funds::AllocationStep& step : round.steps) {
      if (step.kind != funds::AllocationStepKind::proposed) continue;
      const std::int64_t given = sums.given_to.at(step.number);
      const auto mandate = sums.mandate_of.find(step.number);
      table.rows.push_back(
          {RowKind::line,
           0,
           {std::int64_t{round.number.number()}, round.title, state, round.fund, std::int64_t{step.number},
            step.title, unit.code, amount(step.minor), amount(given), amount(step.minor - given),
            mandate == sums.mandate_of.end() ? Cell{} : Cell{std::int64_t{mandate->second.number()}}}});
    }
  }
  return table;
}

Table table_of_round(const ReportNode& node, const funds::AllocationRound& round, const Unit& unit) {
  Table table{"allocation_round", "Round of allocation", {}, {}, {}, std::nullopt};
  table.columns = {{"part", "Part", ColumnKind::text},        {"proposal", "Proposal", ColumnKind::number},
                   {"member", "Member", ColumnKind::text},    {"words", "For", ColumnKind::text, 40},
                   {"unit", "Unit", ColumnKind::text},        {"amount", "Goal or share", ColumnKind::amount},
                   {"given", "Given", ColumnKind::amount},    {"left", "Missing or left", ColumnKind::amount},
                   {"mandate", "Mandate", ColumnKind::number}};
  add_node(table, node);
  table.facts.push_back({"round", "Round", std::int64_t{round.number.number()}});
  table.facts.push_back({"title", "Title", round.title});
  table.facts.push_back({"state", "Stands", std::string{text_of(state_of(round))}});
  table.facts.push_back({"fund", "Fund", round.fund});
  const auto row = [&](RowKind kind, const std::string& part, Cell proposal, Cell member, Cell words,
                       std::int64_t all, std::int64_t given, Cell mandate) {
    const auto amount = [&](std::int64_t minor) { return Cell{Amount{minor, unit.scale, unit.code}}; };
    table.rows.push_back({kind,
                          0,
                          {part, std::move(proposal), std::move(member), std::move(words), unit.code,
                           amount(all), amount(given), amount(all - given), std::move(mandate)}});
  };
  const funds::AllocationSums sums = sums_of(round);
  std::int64_t all_given = 0;
  for (const funds::AllocationStep& step : round.steps) {
    if (step.kind != funds::AllocationStepKind::proposed) continue;
    const auto mandate = sums.mandate_of.find(step.number);
    const auto given = sums.given_to.find(step.number);
    row(RowKind::line, "proposal", std::int64_t{step.number}, Cell{}, step.title, step.minor,
        given == sums.given_to.end() ? 0 : given->second,
        mandate == sums.mandate_of.end() ? Cell{} : Cell{std::int64_t{mandate->second.number()}});
  }
  for (const funds::AllocationShare& share : round.shares) {
    const std::int64_t given = share.minor - sums.left_of.at(share.member);
    all_given += given;
    row(RowKind::line, "share", Cell{}, share.member, Cell{}, share.minor, given, Cell{});
  }
  row(RowKind::total, "pot", Cell{}, Cell{}, Cell{}, round.pot_minor, all_given, Cell{});
  return table;
}

}  // namespace coop::reports
