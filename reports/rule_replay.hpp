#pragma once
#include "ledger/bank/replay.hpp"
#include "ledger/values/unit.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// What a rule would have done with lines of the past, a row a line: those that differ from what was done,
/// those that are open, those that an earlier rule takes. Those that agree are counted. Never with a name of
/// whom a line is about.
Table table_of_replay(const ReportNode& node, const bank::BankRule& rule, const Unit& unit,
                      const bank::Replayed& replayed);

}  // namespace coop::reports
