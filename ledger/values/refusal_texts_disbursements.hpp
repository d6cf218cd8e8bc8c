#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about payments that leave.
inline constexpr RefusalText refusal_texts_of_disbursements[] = {
    {Refusal::disbursement_unknown, "disbursement_unknown", "There is no such disbursement.",
     "The node has proposed no payments under this number, or no order of this number stands in them.",
     "List the node's disbursements and check the number."},
    {Refusal::disbursement_not_open, "disbursement_not_open",
     "The disbursement does not stand so that this can be done.",
     "It is not approved yet, or its file was made, or it was cancelled already; or the order is the last "
     "one "
     "that stands in it, or ended already. The detail says which.",
     "Read the disbursement and do what comes next; before the file is made it can be cancelled and proposed "
     "anew."},
    {Refusal::disbursement_impossible, "disbursement_impossible", "The bank would refuse the payments.",
     "Something is not as the rules of SEPA credit transfer want it, or the account is none that can be paid "
     "from like this; the detail says what, and in which order.",
     "Correct it, or leave that order out; for a day that is past, or on which banks do not settle, take "
     "another."},
    {Refusal::approval_of_own, "approval_of_own", "Nobody approves what they wrote or what pays them.",
     "You wrote this proposal; or it pays, or is about, a member whose sign-in is yours or was yours since "
     "it was "
     "recorded; or you would link or unlink your own sign-in, or erase the member it is linked with. The "
     "detail "
     "says which.",
     "Ask somebody else to do it: of those who may, whoever did not write it and is not concerned."},
};

}  // namespace coop
