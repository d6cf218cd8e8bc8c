#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about paying and collecting.
inline constexpr RefusalText refusal_texts_of_payments[] = {
    {Refusal::creditor_identifier_malformed, "creditor_identifier_malformed",
     "The creditor identifier is not valid.",
     "The text is no creditor identifier of SEPA: its length, country or check digits are wrong.",
     "Copy it again from the letter in which your bank or central bank gave it to you."},
    {Refusal::payment_code_impossible, "payment_code_impossible", "The payment does not fit into a QR code.",
     "A payment code (EPC069-12) carries one amount of EUR to an account within SEPA, with short texts; the "
     "detail names what does not fit.",
     "Shorten what the detail names, or tell the member account, amount and reference in words."},
    {Refusal::mandate_not_usable, "mandate_not_usable", "Nothing can be collected under this mandate.",
     "On that day the mandate is not signed yet, cancelled, used up, expired after 36 months without use, or "
     "a "
     "collection came back and what it asks for is not done.",
     "Do what the detail says: have a new mandate signed, or release this one once it is talked about."},
    {Refusal::direct_debit_impossible, "direct_debit_impossible", "The bank would refuse the direct debits.",
     "Something in the collections is not as the rules of SEPA direct debit want it; the detail names the "
     "collection and what is wrong with it.",
     "Correct it, or leave that collection out and ask for a transfer."},
    {Refusal::mandate_unknown, "mandate_unknown", "There is no such mandate.",
     "The node has no mandate with this reference.", "List the member's mandates and check the reference."},
    {Refusal::mandate_exists, "mandate_exists", "This mandate exists already.",
     "The references of mandates are unique in a node, and this one is taken.",
     "Leave the reference out, and the next free one is given."},
    {Refusal::collection_unknown, "collection_unknown", "There is no such collection.",
     "The node has no collection with this number, or no line of this number stands in it.",
     "List the node's collections and check the number."},
    {Refusal::collection_not_open, "collection_not_open", "The collection is not in that state any more.",
     "It was approved, given out or cancelled already; the detail says which.",
     "Read the collection, and propose another one if something is left to collect."},
    {Refusal::approval_repeated, "approval_repeated", "Two different people must approve.",
     "You approved this collection already, or are not signed in; money is asked for only when two different "
     "people agree. Whoever proposed it may be one of them.",
     "Ask another treasurer or approver of the node to approve it."},
};

}  // namespace coop
