#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/bank/bank_account.hpp"
#include "ledger/bank/bank_line.hpp"
#include "ledger/values/unit.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// A line of a statement with the account that it is of.
struct ListedBankLine {
  bank::BankLine line;
  std::string account;  ///< the path
  Unit unit;
};

/// Lines of statements, a row each; who paid and the words that may name them where personal data may be
/// seen. `next` is the cursor of the next page.
Table table_of_bank_lines(const ReportNode& node, const std::vector<ListedBankLine>& listed, bool sees_names,
                          const std::optional<std::string>& next);

}  // namespace coop::reports
