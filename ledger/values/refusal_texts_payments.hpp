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
};

}  // namespace coop
