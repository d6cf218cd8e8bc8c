#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about shared costs.
inline constexpr RefusalText refusal_texts_of_costs[] = {
    {Refusal::cost_pool_unknown, "cost_pool_unknown", "There is no such cost pool.",
     "The node shares nothing under this code.", "List the node's cost pools and check the code."},
    {Refusal::cost_bill_unknown, "cost_bill_unknown", "There is no such bill.",
     "The node has recorded no bill under this number.", "List the bills and check the number."},
    {Refusal::cost_bill_uncovered, "cost_bill_uncovered", "The entry does not pay this bill.",
     "The entry was reversed, or books less on the pool's account for costs than the bills that name it come "
     "to. The detail says which.",
     "Name the entry that paid the bill, or split the bill; withdraw a bill whose entry was reversed."},
    {Refusal::cost_bill_not_open, "cost_bill_not_open", "The bill was divided or withdrawn already.",
     "Only a bill that no division took can be withdrawn.",
     "Cancel or reverse the division first; or record a credit note, which the next division takes."},
    {Refusal::cost_allocation_unknown, "cost_allocation_unknown", "There is no such division of costs.",
     "The node has divided no costs under this number.", "List the divisions and check the number."},
    {Refusal::cost_allocation_not_open, "cost_allocation_not_open",
     "The division does not stand so that this can be done.",
     "A proposal is approved or cancelled once; only what was posted is reversed. The detail says how it "
     "stands.",
     "Read the division and do what comes next."},
    {Refusal::cost_allocation_impossible, "cost_allocation_impossible",
     "The costs cannot be divided like this.",
     "There is nothing to divide; or the rule leaves a part of the costs with nobody, or gives somebody less "
     "than nothing; or it pays fixed amounts, and credit notes come to a refund; or corrections of usage "
     "come to less than zero. The detail says which.",
     "Record bills, adopt a rule that divides all, or reverse the division that took the wrong usage."},
};

}  // namespace coop
