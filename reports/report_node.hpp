#pragma once
#include <string>

#include "ledger/values/period.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// The node a report is about.
struct ReportNode {
  std::string name;
  std::string title;
  FiscalYearStart fiscal_start;
};

/// Reads it. InvariantBroken if there is no such node.
ReportNode read_report_node(Tx& tx, NodeId node);

/// The facts that name the node.
void add_node(Table& table, const ReportNode& node);

}  // namespace coop::reports
