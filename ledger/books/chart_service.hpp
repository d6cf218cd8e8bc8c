#pragma once
#include <string>
#include <vector>

#include "ledger/books/chart_template.hpp"
#include "ledger/books/node_service.hpp"

namespace coop::books {

/// What became of a chart's accounts.
struct AppliedChart {
  int opened;          ///< new ones
  int existed;         ///< those that were there before
  int opened_earlier;  ///< of these, those whose first day moved to the day that was asked for
};

/// Opens the accounts of a chart in a node, each in those of `units` it is meant for, from `opened_on` on.
/// Accounts that exist already stay as they are, except that those which were to open later open from that
/// day on; so it may be done again. Throws Refused: node_unknown, unit_unknown.
AppliedChart apply_chart(Tx& tx, NodeId node, const ChartTemplate& chart,
                         const std::vector<std::string>& units, Day opened_on, const Author& author);

}  // namespace coop::books
