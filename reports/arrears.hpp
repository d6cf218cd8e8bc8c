#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/dues/dues_state_store.hpp"
#include "ledger/values/unit.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// Which debtors are asked for; everybody who owes something or paid ahead, where empty.
struct ArrearsFilter {
  bool overdue_only = false;
  std::optional<int> overdue_days = {};  ///< overdue for so many days at least
  std::optional<UnitId> unit = {};
  bool sees_names = false;  ///< whether whoever asks may see personal data
};

/// How a debtor stands in a unit. Amounts are minor units.
struct DebtorRow {
  std::string number;               ///< the member number
  std::optional<std::string> name;  ///< where it may be seen
  Unit unit;
  dues::DebtorState state;
};

/// The same of all debtors of a unit together.
struct ArrearsTotal {
  Unit unit;
  std::int64_t debtors = 0;
  dues::DebtorState state = {};
};

/// Debtors in the order of their numbers and units, and what they make together, by unit.
struct ArrearsReport {
  std::vector<DebtorRow> rows;
  std::vector<ArrearsTotal> totals;
};

/// Reads them as of a moment. Throws Refused: amount_overflow.
ArrearsReport read_arrears(Tx& tx, NodeId node, const dues::DuesMoment& moment, const ArrearsFilter& filter);

/// The report as a table: a row a debtor and unit, the totals at the end where `next` is empty.
Table table_of_arrears(const ReportNode& node, const Viewpoint& viewpoint, const ArrearsReport& report,
                       bool sees_names, const std::optional<std::string>& next);

}  // namespace coop::reports
