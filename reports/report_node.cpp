#include "reports/report_node.hpp"

namespace coop::reports {

namespace {

constexpr const char* report_node_sql = R"sql(
  -- reports.node
  SELECT name, title, fiscal_month, fiscal_day FROM node WHERE id = $1
)sql";

}  // namespace

ReportNode read_report_node(Tx& tx, NodeId node) {
  const Rows found = rows(tx, report_node_sql, node);
  const Row row = only_row(found);
  return ReportNode{
      row.string(0), row.string(1),
      FiscalYearStart{static_cast<unsigned>(row.integer(2)), static_cast<unsigned>(row.integer(3))}};
}

void add_node(Table& table, const ReportNode& node) {
  table.facts.push_back({"node", "Node", node.name});
  table.facts.push_back({"node_title", "Co-operative", node.title});
}

}  // namespace coop::reports
