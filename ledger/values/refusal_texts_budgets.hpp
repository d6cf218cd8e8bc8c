#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about rules of spending, budgets and rounds of allocation.
inline constexpr RefusalText refusal_texts_of_budgets[] = {
    {Refusal::spending_mandate_pending, "spending_mandate_pending",
     "The spending mandate waits for the approval of others.",
     "A rule of the node wants others to approve a mandate of so much, and not all of them did yet: it is "
     "set aside, and nothing is spent of it.",
     "Let others than whoever recorded it approve it."},
    {Refusal::spending_mandate_missing, "spending_mandate_missing",
     "The order must name the spending mandate that it spends.",
     "A rule of the node wants a mandate for an order of so much, and the order names none.",
     "Name the mandate in the order, or ask a body for one."},
    {Refusal::beyond_authority, "beyond_authority", "The body may not grant so much.",
     "The rules of the node say which body grants up to which amount at once; this is more, or of a body of "
     "which they say nothing. The detail says which.",
     "Take it to the body that may grant it, or adopt another rule by a decision."},
    {Refusal::budget_unknown, "budget_unknown", "There is no such budget.",
     "The node has no budget under this number, or the circle has none.",
     "List the node's budgets and check the number."},
    {Refusal::budget_exceeded, "budget_exceeded", "The budget has not so much left.",
     "What is budgeted less what was spent and less what is committed is less than what is asked for, and "
     "the "
     "budget refuses what is beyond it. The detail has the line and the figures.",
     "Ask for less, move the budget by a revision with its decision, or let it warn only."},
    {Refusal::round_unknown, "round_unknown", "There is no such round of allocation.",
     "The node has no round under this number, or the round has no such proposal.",
     "List the node's rounds and check the number."},
    {Refusal::round_not_open, "round_not_open", "The round of allocation is over.",
     "It was closed: what got its goal has its mandate, and what others got was given back.",
     "Begin another round."},
    {Refusal::round_impossible, "round_impossible", "That cannot be allocated.",
     "It is more than the pot, more than the participant has left of their share, more than the proposal "
     "still needs, more than they gave, or of somebody who takes no part. The detail says which.",
     "Give less, or to another proposal."},
};

}  // namespace coop
