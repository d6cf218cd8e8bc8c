#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/funds/allocation_service.hpp"
#include "ledger/funds/budget_service.hpp"
#include "ledger/funds/fund_service.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "ledger/funds/spending_rule_service.hpp"
#include "tests/support/test_disbursements.hpp"

namespace coop::test {

/// A database test with payments that leave and funds: "media" with 5,000.00 and terms since January, its
/// cost object "film", and "reserve" without terms; expenses:media. It is 31 January 2026.
class BudgetTest : public DisbursementTest {
 protected:
  BudgetTest();

  static Day day() { return Day::parse("2026-01-31"); }
  void terms(const std::string& fund, bool is_indivisible = false, std::int64_t buffer = 0);
  funds::SpendingRule rule(funds::SpendingRuleDraft draft);
  /// Two approve from this amount on: no mandate below it waits.
  funds::SpendingRule two_from(const std::string& amount);
  funds::SpendingMandateDraft mandate(const std::string& amount) const;
  funds::SpendingMandate grant(const funds::SpendingMandateDraft& draft, const std::string& user = "tom");
  funds::SpendingMandate approve_grant(int number, const std::string& user);
  funds::SpendingMandate draw(int number, const std::string& amount);
  funds::SpendingMandate recall(int number);
  funds::SpendingMandate granted(int number);
  /// An order of an expense for media, on a mandate or on none.
  static disbursements::OrderDraft order(const std::string& amount, std::optional<int> mandate = {});
  funds::Budget budget(const std::string& amount, funds::BeyondBudget beyond = funds::BeyondBudget::refuses);
  funds::Budget revise(int number, const std::string& amount);
  /// A round of the fund media among these members.
  funds::AllocationRound begin_round(const std::string& pot, const std::vector<std::string>& members);
  funds::AllocationRound propose_goal(int round, const std::string& goal);
  funds::AllocationRound give(int round, int proposal, const std::string& member, const std::string& amount);
  funds::AllocationRound give_back(int round, int proposal, const std::string& member,
                                   const std::string& amount);
  funds::AllocationRound close_round(int round);
  funds::AllocationRound give_up_round(int round);
  funds::FundFigures figures(const std::string& fund);
  std::vector<funds::BudgetLineFigures> stand(int number);

  /// Rules of each kind; mandate 1 of 1,000.00 that ann approved, with orders that were paid, came back, are
  /// open and were left out, and a draw; mandate 2 of hours with an order; mandate 3, which waits for others;
  /// budget 1 with a revision, and budget 2 which warns; round 1 of 90.00, closed with a proposal that was
  /// funded and one that was not, round 2, open, and round 3, given up.
  void fill();
  /// The tables of this and of what it changes.
  static const std::vector<std::string>& budget_tables();
};

}  // namespace coop::test
