#include "reports/sharing_tables.hpp"

#include <algorithm>
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

// What each was given then, and what that is more or less than now.
void add_given_columns(Table& table, const sharing::Division& division,
                       const std::vector<pay::GivenPay>& given, const Unit& unit) {
  const auto amount = [&](std::int64_t minor) { return Cell{Amount{minor, unit.scale, unit.code}}; };
  table.columns.push_back({"given", "Given then", ColumnKind::amount});
  table.columns.push_back({"difference", "Difference", ColumnKind::amount});
  std::int64_t sum = 0;
  std::int64_t now = 0;
  for (const pay::GivenPay& one : given) sum += one.paid_minor;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    auto& cells = table.rows[i].cells;
    const bool is_total = i + 1 == table.rows.size();
    if (!is_total && i >= division.participants.size()) {
      cells.insert(cells.end(), {Cell{}, Cell{}});
      continue;
    }
    std::int64_t then = sum;
    std::int64_t gets = now;
    if (!is_total) {
      const sharing::ParticipantShare& share = division.participants[i];
      const auto found = std::ranges::find(given, share.id, &pay::GivenPay::member);
      then = found == given.end() ? 0 : found->paid_minor;
      gets = share.amount;
      now += gets;
    }
    cells.insert(cells.end(), {amount(then), amount(gets - then)});
  }
}

}  // namespace

Table table_of_division(const ReportNode& node, const sharing::RuleVersion& version, const sharing::Pot& pot,
                        const sharing::Division& division, const std::vector<pay::GivenPay>* given) {
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
          Cell{unit.code}, text_or_none(joined(sharing::words_of(share.why, unit)))}});
  for (const sharing::PotShare& one : division.pots)
    table.rows.push_back({RowKind::line,
                          0,
                          {Cell{std::string{"left"}}, Cell{one.name}, amount(one.left), Cell{},
                           Cell{unit.code}, text_or_none(joined(sharing::words_of(one.why, unit)))}});
  table.rows.push_back(
      {RowKind::total,
       0,
       {Cell{}, Cell{}, amount(pot.minor), amount(division.deferred), Cell{unit.code}, Cell{}}});
  if (given != nullptr) add_given_columns(table, division, *given, unit);
  return table;
}

}  // namespace coop::reports
