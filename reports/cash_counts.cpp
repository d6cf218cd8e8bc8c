#include "reports/cash_counts.hpp"

#include "ledger/values/money.hpp"

namespace coop::reports {

namespace {

std::string names_of(const std::vector<bank::CashWitness>& witnesses) {
  std::string names;
  for (const bank::CashWitness& one : witnesses) names += (names.empty() ? "" : ", ") + one.user;
  return names;
}

}  // namespace

Table table_of_cash_counts(const ReportNode& node, const std::vector<bank::CashCount>& counts,
                           const std::function<Unit(UnitId)>& unit_of,
                           const std::optional<std::string>& next) {
  Table table{"cash_counts", "Counts of cash", {}, {}, {}, next};
  add_node(table, node);
  table.columns = {{"number", "No.", ColumnKind::number},
                   {"account", "Account", ColumnKind::text},
                   {"counted_on", "Counted on", ColumnKind::day},
                   {"counted_by", "Counted by", ColumnKind::text},
                   {"witnessed_by", "Witnessed by", ColumnKind::text, 30},
                   {"unit", "", ColumnKind::text},
                   {"counted", "Counted", ColumnKind::amount},
                   {"books", "Books", ColumnKind::amount},
                   {"difference", "Difference", ColumnKind::amount},
                   {"withdrawn", "Withdrawn", ColumnKind::text, 40}};
  for (const bank::CashCount& one : counts) {
    const Unit unit = unit_of(one.unit);
    const auto amount = [&unit](std::int64_t minor) { return Amount{minor, unit.scale, unit.code}; };
    table.rows.push_back({RowKind::line,
                          0,
                          {std::int64_t{one.number.number()}, one.path, one.counted_on, one.counter,
                           text_or_none(names_of(one.witnesses)), unit.code, amount(one.total_minor),
                           amount(one.books_minor), amount(checked_add(one.total_minor, -one.books_minor)),
                           one.is_live ? Cell{} : Cell{one.end_reason}}});
  }
  return table;
}

Table table_of_count_sheet(const ReportNode& node, const bank::CashCount& count, const Unit& unit) {
  Table table{"count_sheet", "Count of " + count.path, {}, {}, {}, std::nullopt};
  add_node(table, node);
  table.facts.push_back({"number", "Count", std::int64_t{count.number.number()}});
  table.facts.push_back({"counted_on", "Counted on", count.counted_on});
  table.facts.push_back({"counted_by", "Counted by", count.counter});
  if (!count.witnesses.empty())
    table.facts.push_back({"witnessed_by", "Witnessed by", names_of(count.witnesses)});
  if (!count.is_live) table.facts.push_back({"withdrawn", "Withdrawn", count.end_reason});
  for (const EntryNumber entry : count.entries)
    table.facts.push_back({"booked_by", "Difference booked by entry", entry.number()});
  table.columns = {{"value", "Coin or note", ColumnKind::amount},
                   {"pieces", "Pieces", ColumnKind::number},
                   {"unit", "", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::amount}};
  const auto amount = [&unit](std::int64_t minor) { return Amount{minor, unit.scale, unit.code}; };
  for (const bank::CashPiece& piece : count.pieces)
    table.rows.push_back(
        {RowKind::line,
         0,
         {amount(piece.value_minor), piece.pieces, unit.code, amount(piece.value_minor * piece.pieces)}});
  table.rows.push_back({RowKind::total, 0, {{}, {}, unit.code, amount(count.total_minor)}});
  table.rows.push_back({RowKind::subtotal, 0, {{}, {}, unit.code, amount(count.books_minor)}});
  table.rows.push_back(
      {RowKind::proof, 0, {{}, {}, unit.code, amount(checked_add(count.total_minor, -count.books_minor))}});
  return table;
}

}  // namespace coop::reports
