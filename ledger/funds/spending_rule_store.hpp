#pragma once
#include <optional>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/funds/spending_rule.hpp"

namespace coop::funds {

/// Which rules are listed.
struct SpendingRulePage {
  int after = 0;  ///< those with higher numbers
  int limit;
};
/// The rules of a node in the order of their numbers; all of them, where no page is asked for.
std::vector<SpendingRule> read_spending_rules(Tx& tx, NodeId node,
                                              const std::optional<SpendingRulePage>& page = {});
/// Writes a rule after those that there are, and answers its number. The head must be locked.
int insert_spending_rule(Tx& tx, NodeId node, const SpendingRuleDraft& draft, std::optional<DimensionId> fund,
                         const books::Author& author);

}  // namespace coop::funds
