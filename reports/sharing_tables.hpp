#pragma once
#include <vector>

#include "ledger/pay/pay_run.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/sharing/rule_version.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// A sum that was divided: a row for each participant and for what is left in each pot, each with the words
/// that explain it; in total the sum. Where it was tried on the past, also what each was given then.
Table table_of_division(const ReportNode& node, const sharing::RuleVersion& version, const sharing::Pot& pot,
                        const sharing::Division& division, const std::vector<pay::GivenPay>* given = nullptr);

}  // namespace coop::reports
