#pragma once
#include <cstddef>
#include <string>

#include "ledger/books/author.hpp"
#include "ledger/costs/cost_allocation.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/sharing/division.hpp"

namespace coop::costs {

/// A period that is to be divided. Whatever was not divided before comes with it, be it of earlier days.
struct CostAllocationDraft {
  std::string pool;  ///< its code
  Day from_on;
  Day to_on;
  Day booked_on;
  sharing::Figures figures = {};  ///< numbers that the rule asks for: a fee, a rate
};
/// The most figures of a period.
inline constexpr std::size_t most_cost_figures = 60;
/// Takes every bill and usage until the last day that no division took, divides the bills by the version of
/// the pool's rule that holds on that day, and proposes it. Nothing is booked. Throws Refused in this order:
/// cost_pool_unknown; field_invalid (days; the pool is not shared on the last day); period_locked;
/// sharing_rule_unknown; field_invalid (too many figures, or one that the rule does not ask for);
/// cost_bill_uncovered (the entry of a bill was reversed); cost_allocation_impossible (no bill that was paid;
/// a refund that the rule cannot divide); field_missing (a measure of somebody); what divide() refuses;
/// cost_allocation_impossible (the rule leaves something); too_many_postings; budget_exceeded (what a circle
/// bears is more than a budget has left that refuses it).
CostAllocation propose_cost_allocation(Tx& tx, NodeId node, const CostAllocationDraft& draft,
                                       const books::Author& author);

/// Approves a proposal of somebody else and posts it: what is inside these books to the pool's account for
/// costs, what others owe or are owed to its account for claims. Throws Refused: cost_allocation_unknown,
/// cost_allocation_not_open, approval_repeated (nobody signed in), approval_of_own (you wrote it, or are
/// credited by it), cost_bill_uncovered, budget_exceeded, and what the posting engine refuses.
CostAllocation approve_cost_allocation(Tx& tx, NodeId node, CostAllocationNumber number,
                                       const books::Author& author);
/// Gives a proposal up: its bills and usage are free again. Throws Refused: cost_allocation_unknown,
/// cost_allocation_not_open, field_invalid (reason).
CostAllocation cancel_cost_allocation(Tx& tx, NodeId node, CostAllocationNumber number,
                                      const std::string& reason, const books::Author& author);
/// Takes a posted division back by the reversal of its entry: its bills and usage are free again. Throws
/// Refused: cost_allocation_unknown, cost_allocation_not_open, field_invalid (reason), and what a reversal
/// refuses.
CostAllocation reverse_cost_allocation(Tx& tx, NodeId node, CostAllocationNumber number,
                                       const std::string& reason, const books::Author& author);

/// A division worked out again, from the version of the rule and the usage it was made by.
struct ExplainedCosts {
  sharing::Pot pot;
  sharing::Division division;
};
/// Works it out.
ExplainedCosts explain_cost_allocation(Tx& tx, NodeId node, const CostAllocation& allocation);

}  // namespace coop::costs
