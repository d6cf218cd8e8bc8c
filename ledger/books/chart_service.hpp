#pragma once
#include <string>
#include <vector>

#include "ledger/books/chart_template.hpp"
#include "ledger/books/node_service.hpp"

namespace coop::books {

/// Opens the accounts of a chart in a node, each in those of `units` it is meant for, from `opened_on` on.
/// Accounts that exist already stay as they are, so it may be done again. Returns how many were opened.
/// Throws Refused: node_unknown, unit_unknown.
int apply_chart(Tx& tx, NodeId node, const ChartTemplate& chart, const std::vector<std::string>& units,
                Day opened_on, const Author& author);

}  // namespace coop::books
