#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about pay runs and what they defer.
inline constexpr RefusalText refusal_texts_of_pay[] = {
    {Refusal::hours_collected, "hours_collected", "The hours are in a pay run.",
     "A pay run that was neither cancelled nor undone has collected these hours: what it pays rests on them.",
     "Cancel the run, or undo it if it was posted; or record what is missing as hours of their own."},
    {Refusal::tariff_missing, "tariff_missing", "There is no tariff for some of the hours.",
     "The rule asks what hours claim, or for their rate, and no tariff holds for a kind of work on a day of "
     "the period. The detail says whose hours.",
     "Adopt a tariff for that kind of work that begins on or before that day, with its decision."},
    {Refusal::pay_run_unknown, "pay_run_unknown", "There is no such pay run.",
     "The node has no pay run, settlement, lapse or opening with this number.",
     "List the node's pay runs and check the number."},
    {Refusal::pay_run_not_open, "pay_run_not_open", "The pay run does not stand so that this can be done.",
     "It waits for approvals, is posted, cancelled or undone already; or somebody was paid out of it, or is "
     "ordered to be, or claims of it were settled. The detail says which.",
     "Read the run and do what comes next. An order that the bank does not have is left out first. What was "
     "paid is corrected by entries, not by undoing."},
    {Refusal::pay_run_empty, "pay_run_empty", "There is nothing to be paid.",
     "No approved hours of the period wait to be paid that no other run has, and it is given no members; "
     "or no claim of this kind is open that no other proposal waits to settle.",
     "Check the period, and whether the hours were approved and are to be paid; give the members who are to "
     "be paid by something else than hours; or look at the register of deferred claims."},
    {Refusal::pay_run_impossible, "pay_run_impossible", "The rule does not fit a run of this kind.",
     "It pays somebody more than their claims that stand open, or keeps a part back as for a surplus. The "
     "detail says which.",
     "Choose another rule: for what is owed, one that pays the oldest first or all alike. A settlement whose "
     "decision grants something besides says so (grants)."},
};

}  // namespace coop
