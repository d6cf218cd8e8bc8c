#include <boost/json.hpp>

#include "ledger/values/money.hpp"
#include "reports/table.hpp"

namespace coop::reports {

namespace {

std::string_view name_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::text:
      return "text";
    case ColumnKind::number:
      return "number";
    case ColumnKind::day:
      return "day";
    case ColumnKind::instant:
      return "instant";
    case ColumnKind::amount:
      return "amount";
  }
  return "";
}

// Turns a cell into the JSON value that stands for it.
struct JsonCell {
  boost::json::value operator()(std::monostate) const { return nullptr; }
  boost::json::value operator()(const std::string& text) const { return boost::json::string{text}; }
  boost::json::value operator()(std::int64_t number) const { return number; }
  boost::json::value operator()(Day day) const { return boost::json::string{day.text()}; }
  boost::json::value operator()(Instant instant) const { return boost::json::string{coop::text_of(instant)}; }
  boost::json::value operator()(const Amount& amount) const {
    return {{"amount", text_from_minor(amount.minor, amount.scale)}, {"unit", amount.unit}};
  }
};

boost::json::object row_object(const Table& table, const TableRow& row) {
  boost::json::object cells;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    cells.emplace(table.columns[i].name, std::visit(JsonCell{}, row.cells[i]));
  }
  boost::json::object object;
  object.emplace("kind", boost::json::string{text_of(row.kind)});
  object.emplace("level", row.level);
  if (row.kind == RowKind::heading) object.emplace("words", row.words);
  else object.emplace("cells", std::move(cells));
  return object;
}

}  // namespace

std::string json_text(const Table& table) {
  boost::json::object facts;
  for (const Fact& fact : table.facts) facts.emplace(fact.name, std::visit(JsonCell{}, fact.value));
  boost::json::array columns;
  for (const Column& column : table.columns) {
    columns.push_back({{"name", column.name},
                       {"title", column.title},
                       {"kind", boost::json::string{name_of(column.kind)}}});
  }
  boost::json::array rows;
  rows.reserve(table.rows.size());
  for (const TableRow& row : table.rows) rows.push_back(row_object(table, row));
  boost::json::object report;
  report.emplace("report", table.name);
  report.emplace("title", table.title);
  report.emplace("facts", std::move(facts));
  report.emplace("columns", std::move(columns));
  report.emplace("rows", std::move(rows));
  report.emplace("next", table.next ? boost::json::value(*table.next) : boost::json::value(nullptr));
  return boost::json::serialize(report);
}

}  // namespace coop::reports
