#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/disbursements/disbursement.hpp"
#include "ledger/funds/budget_service.hpp"
#include "ledger/funds/fund.hpp"
#include "ledger/funds/spending_mandate.hpp"
#include "ledger/funds/spending_rule.hpp"

namespace coop::disbursements {

/// What bears the orders of one proposal: mandates and funds, each with what the orders before took. The head
/// must be locked.
class OrderFunding {
 public:
  /// `requested_on` is the day on which they are to be paid, `today` the day where the node is.
  OrderFunding(Tx& tx, NodeId node, Day requested_on, Day today);

  /// Lets the mandate that the order names bear it: its fund and cost object become the order's. `place`
  /// leads the fields that are named. Throws Refused, the first of: spending_mandate_missing (the node's
  /// rules want one for so much; refunds of what members paid ahead need none, nor does what a pay run drew
  /// from a mandate), spending_mandate_unknown, and what require_mandate_bears() refuses.
  void mandate_bears(Order& order, UnitId unit, const std::string& place);
  /// Lets budgets and the fund that the order is about bear it, where no mandate does: budgets an expense;
  /// the fund, if it has terms, an expense, and of money of others also what is owed. Throws Refused:
  /// fund_indivisible (a payout, or what pays a member), budget_exceeded, fund_below_buffer.
  void fund_bears(const Order& order, const books::Account& account, const std::string& place);

  /// Refuses an order that names no mandate where the rules want one for all that its payee gets here:
  /// spending_mandate_missing, naming the order's `mandate`.
  void require_mandates(const std::vector<Order>& orders, UnitId unit) const;

  /// How many rules of spending there are.
  int rules() const { return static_cast<int>(rules_.size()); }
  /// The day by whose rules the orders are judged.
  Day today() const { return today_; }
  /// How many others approve orders in this unit.
  std::size_t approvals_of(const std::vector<Order>& orders, UnitId unit) const;

 private:
  bool needs_none(const Order& order) const;
  funds::SpendingMandate& mandate_of(const Order& order, const std::string& place);
  void require_free_of(const Order& order, const books::Account& account, const funds::Fund& fund,
                       const std::string& place);

  Tx& tx_;
  NodeId node_;
  Day requested_on_;
  Day today_;
  std::vector<funds::SpendingRule> rules_;
  std::string prepaid_;  ///< the account of what members paid ahead
  std::map<int, funds::SpendingMandate> mandates_;
  std::map<std::string, std::optional<funds::FundFigures>> figures_;
  funds::BudgetsLeft budgets_;
};

}  // namespace coop::disbursements
