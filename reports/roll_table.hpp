#pragma once
#include <span>
#include <string>

#include "ledger/rolls/frozen_roll.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// Lines of a roll as a table, with the classes and their rules as facts. It names members by number only.
/// `next` is the cursor of the next page.
Table table_of_roll(const ReportNode& node, const rolls::Roll& roll, std::span<const rolls::RollLine> lines,
                    const std::optional<std::string>& next = {});
/// The same of a frozen roll.
Table table_of_roll(const ReportNode& node, const rolls::FrozenRoll& roll,
                    std::span<const rolls::RollLine> lines, const std::optional<std::string>& next = {});

}  // namespace coop::reports
