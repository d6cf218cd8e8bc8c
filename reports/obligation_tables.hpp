#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/values/unit.hpp"
#include "ledger/work/obligation.hpp"
#include "ledger/work/standing_store.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// Obligations, a row each. `next` is the cursor of the next page, in all of these.
Table table_of_obligations(const ReportNode& node, const std::vector<work::Obligation>& listed,
                           const std::function<Unit(UnitId)>& unit_of,
                           const std::optional<std::string>& next);
/// Settlements of one obligation, a row each.
Table table_of_settlements(const ReportNode& node, const work::Obligation& obligation,
                           const std::vector<work::ObligationSettlement>& listed,
                           const std::function<Unit(UnitId)>& unit_of,
                           const std::optional<std::string>& next);
/// How members stand, a row each: owed, done, settled, waived, open, beyond.
Table table_of_standings(const ReportNode& node, const std::vector<work::MemberStanding>& listed,
                         const std::function<Unit(UnitId)>& unit_of, const std::optional<std::string>& next);

}  // namespace coop::reports
