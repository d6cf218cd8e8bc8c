#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/capital/share.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/values/day.hpp"
#include "reports/extent.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// What happened to shares, a row each. `next` is the cursor of the next page, here and below.
Table table_of_movements(const ReportNode& node, const std::vector<capital::Movement>& listed,
                         const std::optional<std::string>& next);

/// What was asked back, a row each: what of it was withdrawn, taken back, and waits.
Table table_of_asks(const ReportNode& node, const std::vector<capital::Ask>& listed,
                    const std::optional<std::string>& next);

/// Certifies what a member holds of a class at the end of a day (`today`, where the viewpoint says none): how
/// many shares of which nominal, what they are worth by it, and what of it is not paid yet. Its number names
/// class, member and the last movement that it takes in: the same holding has the same number. The name only
/// where `sees_name`, and not of who was erased. Throws Refused: share_class_unknown, party_unknown.
Table read_share_certificate(Tx& tx, NodeId node, const std::string& class_code, const std::string& member,
                             const Viewpoint& viewpoint, Day today, bool sees_name);

}  // namespace coop::reports
