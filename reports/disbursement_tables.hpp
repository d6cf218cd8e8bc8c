#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/disbursements/order_list_store.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// Payments that leave, a row each disbursement. `next` is the cursor of the next page, here and below.
Table table_of_disbursements(const ReportNode& node,
                             const std::vector<disbursements::DisbursementSummary>& listed,
                             const std::optional<std::string>& next);

/// Orders, a row each; who is paid where personal data may be seen.
Table table_of_orders(const ReportNode& node, const std::vector<disbursements::ListedOrder>& listed,
                      bool sees_profiles, const std::optional<std::string>& next);

}  // namespace coop::reports
