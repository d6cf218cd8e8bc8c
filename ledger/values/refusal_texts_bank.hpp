#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about statements of banks.
inline constexpr RefusalText refusal_texts_of_bank[] = {
    {Refusal::statement_format_unknown, "statement_format_unknown",
     "The file is no bank statement that we know.",
     "A file is recognised by what it holds: camt.052, camt.053, camt.054, MT940, MT942, OFX, QIF, CSV, or a "
     "ZIP of these; the detail says what it looks like.",
     "Ask the bank for one of these forms; camt.053 proves most."},
    {Refusal::statement_unreadable, "statement_unreadable", "The bank's file cannot be read.",
     "It is damaged, cut short, too large, or breaks the rules of its own form; the detail names the place.",
     "Fetch the file from the bank again and send it unchanged."},
    {Refusal::statement_undecided, "statement_undecided", "The file can be read in more than one way.",
     "Nothing in it decides what a day, an amount or a column means; the detail says which.",
     "Say it in the profile of the account, once; files of the same kind follow it."},
};

}  // namespace coop
