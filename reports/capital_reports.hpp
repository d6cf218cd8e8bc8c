#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/capital/surplus.hpp"
#include "ledger/capital/surplus_store.hpp"
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

/// Whose shares a register shows; all, where nothing is said.
struct RegisterFilter {
  std::optional<std::string> class_code = {};
  std::optional<std::string> member = {};
};
/// Who holds how much of which class: held, not paid yet, asked back. Names only where `sees_names`, and not
/// of who was erased.
Table read_share_register(Tx& tx, NodeId node, const Viewpoint& viewpoint, bool sees_names,
                          const RegisterFilter& filter = {});

/// A surplus or loss as it is divided: its parts, then each member with measure, interest, patronage, cash
/// and what stays in the capital account.
Table table_of_surplus_run(const ReportNode& node, const capital::SurplusRun& run);

/// Surpluses and losses that were divided, a row each. `next` is the cursor of the next page.
Table table_of_surplus_runs(const ReportNode& node, const std::vector<capital::SurplusSummary>& listed,
                            const std::optional<std::string>& next);

}  // namespace coop::reports
