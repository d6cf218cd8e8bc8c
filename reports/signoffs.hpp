#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/bank/signoff.hpp"
#include "ledger/values/unit.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// Signatures under reconciliations as a table, a row each.
Table table_of_signoffs(const ReportNode& node, const std::vector<bank::Signoff>& signoffs,
                        const std::function<Unit(UnitId)>& unit_of, const std::optional<std::string>& next);

/// What was signed, as it was signed, with who signed, who agreed, and what changed since: to be kept with
/// the papers of the year.
std::string signoff_text(const bank::Signoff& signoff, const std::vector<bank::SignedChange>& changes);
/// The same as a page that prints.
std::string signoff_html(const bank::Signoff& signoff, const std::vector<bank::SignedChange>& changes);

}  // namespace coop::reports
