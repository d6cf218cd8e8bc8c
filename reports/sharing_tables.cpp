#include "reports/sharing_tables.hpp"

#include <string>

#include "ledger/sharing/division_words.hpp"

namespace coop::reports {

namespace {

// Sentences one after the other, in one cell.
std::string joined(const std::vector<std::string>& sentences) {
  std::string words;
  for (const std::string& sentence : sentences) words += (words.empty() ? "" : "; ") + sentence;
  return words;
}

Cell words_cell(const std::string& words) { return words.empty() ? Cell{} : Cell{words}; }

}  // namespace

Table table_of_division(const ReportNode& node, const sharing::RuleVersion& version, const sharing::Pot& pot,
                        const sharing::Division& division) {
  const Unit& unit = pot.unit;
  const auto amount = [&](std::int64_t minor) { return Cell{Amount{minor, unit.scale, unit.code}}; };
  Table table{"division", "A sum divided: " + version.is.title, {}, {}, {}, {}};
  table.columns = {{"to", "To", ColumnKind::text},           {"id", "Who or what", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::amount}, {"deferred", "Deferred", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text},       {"why", "Why", ColumnKind::text}};
  add_node(table, node);
  table.facts.push_back({"rule", "Rule", Cell{version.is.code}});
  table.facts.push_back({"version", "Version", Cell{std::int64_t{version.version}}});
  table.facts.push_back({"decision", "Decision", Cell{version.is.decision}});
  for (const sharing::ParticipantShare& share : division.participants)
    table.rows.push_back(
        {RowKind::line,
         0,
         {Cell{std::string{"participant"}}, Cell{share.id}, amount(share.amount), amount(share.deferred),
          Cell{unit.code}, words_cell(joined(sharing::words_of(share.why, unit)))}});
  for (const sharing::PotShare& one : division.pots)
    table.rows.push_back({RowKind::line,
                          0,
                          {Cell{std::string{"left"}}, Cell{one.name}, amount(one.left), Cell{},
                           Cell{unit.code}, words_cell(joined(sharing::words_of(one.why, unit)))}});
  table.rows.push_back(
      {RowKind::total,
       0,
       {Cell{}, Cell{}, amount(pot.minor), amount(division.deferred), Cell{unit.code}, Cell{}}});
  return table;
}

}  // namespace coop::reports
