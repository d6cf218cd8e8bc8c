#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/account_list_store.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// A page of accounts as a table: balances as seen from the viewpoint, what holds reserve now, and the rest
/// of what is known of each account. Amounts are debit positive. `next` is the cursor of the next page.
Table table_of_accounts(const ReportNode& node, const Viewpoint& viewpoint,
                        const std::vector<books::AccountLine>& accounts,
                        const std::optional<std::string>& next);

}  // namespace coop::reports
