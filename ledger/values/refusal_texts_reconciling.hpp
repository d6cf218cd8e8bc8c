#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about signing reconciliations and counting cash.
inline constexpr RefusalText refusal_texts_of_reconciling[] = {
    {Refusal::signoff_unknown, "signoff_unknown", "There is no such signature.",
     "Nobody of the node signed a reconciliation under this number.",
     "List the signatures and check the number."},
    {Refusal::signoff_exists, "signoff_exists", "The day is signed already.",
     "An account is signed once as of a day; the detail names the signature that counts.",
     "Countersign that one, or withdraw it with a reason and sign again."},
    {Refusal::signoff_withdrawn_already, "signoff_withdrawn_already", "The signature was withdrawn.",
     "A signature that was withdrawn counts no more; the detail says why.", "Sign the reconciliation anew."},
    {Refusal::reconciliation_disagrees, "reconciliation_disagrees", "Books and bank do not agree.",
     "After what is on its way there is a difference left, or no statement says a balance by that day.",
     "Look at the reconciliation and settle the difference, or say in words what it is and sign that."},
    {Refusal::cash_count_unknown, "cash_count_unknown", "There is no such count.",
     "The node has counted no cash under this number.", "List the counts and check the number."},
    {Refusal::cash_count_exists, "cash_count_exists", "The cash was counted on that day already.",
     "An account is counted once a day; the detail names the count that stands.",
     "Witness that one, or withdraw it with a reason and count again."},
    {Refusal::cash_count_withdrawn_already, "cash_count_withdrawn_already", "The count was withdrawn.",
     "A count that was withdrawn stands no more; the detail says why.", "Count again."},
    {Refusal::cash_count_impossible, "cash_count_impossible", "This cannot be done with the count.",
     "The account is no cash or closed, a coin or note of this value does not exist, or there is no "
     "difference to book; the detail says which.",
     "Correct the count, or leave it as it is."},
};

}  // namespace coop
