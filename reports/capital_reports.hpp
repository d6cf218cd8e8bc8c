#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/capital/surplus.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/values/unit.hpp"
#include "reports/extent.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// Each member's capital account, the collective reserve, other equity and the result that was not divided
/// yet, which together are the net book value: assets less liabilities. The last row proves it. What accounts
/// are members' and which are reserves say the classes of shares and the rules for surplus. Credits are
/// positive.
Table read_capital_accounts(Tx& tx, NodeId node, const Unit& unit, const Viewpoint& viewpoint);

/// Who holds how much of which class: held, not paid yet, asked back. Names only where `sees_names`, and not
/// of who was erased.
Table read_share_register(Tx& tx, NodeId node, const Viewpoint& viewpoint, bool sees_names);

/// A surplus or loss as it is divided: its parts, then each member with measure, interest, patronage, cash
/// and what stays in the capital account.
Table table_of_surplus_run(const ReportNode& node, const capital::SurplusRun& run);

}  // namespace coop::reports
