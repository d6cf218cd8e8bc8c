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
     "a collection came back and what it asks for is not done; or its account changed since the collection "
     "was "
     "proposed.",
     "Do what the detail says: have a new mandate signed, or release this one once it is talked about. If it "
     "stands in a collection, cancel that one and propose anew."},
    {Refusal::direct_debit_impossible, "direct_debit_impossible", "The bank would refuse the direct debits.",
     "Something is not as the rules of SEPA direct debit want it, is not owed any more, or there is nothing "
     "to "
     "collect; the detail says what, and in which line.",
     "Correct it, or leave that line out and ask for a transfer; for a day that is past, or on which banks "
     "do "
     "not settle, take another."},
    {Refusal::mandate_unknown, "mandate_unknown", "There is no such mandate.",
     "The node has no mandate with this number.", "List the member's mandates and check the number."},
    {Refusal::mandate_exists, "mandate_exists", "This mandate exists already.",
     "The references of mandates are unique in a node, and this one is taken.",
     "Leave the reference out, and the next free one is given."},
    {Refusal::collection_unknown, "collection_unknown", "There is no such collection.",
     "The node has no collection with this number, or no line of this number stands in it.",
     "List the node's collections and check the number."},
    {Refusal::collection_not_open, "collection_not_open",
     "The collection does not stand so that this can be done.",
     "It is not approved yet, or it was approved, handed in, settled or cancelled already; or the line is "
     "the "
     "last one that stands in it. The detail says which.",
     "Read the collection and do what comes next; cancel it and propose anew if it is not as it should be, "
     "as "
     "long as it was not handed in."},
    {Refusal::approval_repeated, "approval_repeated", "Two different people must approve.",
     "You decided this already, or are not signed in; money is asked for, and paid, only when two different "
     "people agree.",
     "Ask another treasurer or approver of the node to approve it."},
};

}  // namespace coop
