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
    {Refusal::bank_account_unknown, "bank_account_unknown", "There is no such account with statements.",
     "The node has put no account with statements of this number on record, or it is closed.",
     "List the accounts with statements and check the number, or put the account on record first."},
    {Refusal::bank_account_exists, "bank_account_exists", "The account has statements already.",
     "An account of the books is put on record once, and an identifier once in each unit.",
     "Use the account that is there; the detail says which."},
    {Refusal::bank_import_unknown, "bank_import_unknown", "There is no such file.",
     "The node has received no file of this number.", "List the files that came in and check the number."},
    {Refusal::bank_import_not_open, "bank_import_not_open", "The file is not where this can be done.",
     "A file is read, then taken in or dropped, and undone only after it was taken in; the detail says where "
     "it is.",
     "Look at the file; the same bytes may be sent again after it was dropped or undone."},
    {Refusal::statement_contradicts, "statement_contradicts", "The statement contradicts itself.",
     "Its opening balance and its lines do not come to its closing balance, or a line has more decimals or "
     "another "
     "currency than the account; the detail says which.",
     "Fetch the statement from the bank again. To take it in all the same, say so; nothing is posted "
     "unattended then."},
    {Refusal::bank_line_unknown, "bank_line_unknown", "There is no such line.",
     "No statement of the node has a line of this number.", "List the lines and check the number."},
    {Refusal::bank_line_not_open, "bank_line_not_open", "Nothing can be done with the line as it stands.",
     "It is matched, set aside, or does not count; the detail says which.",
     "Undo its match or take it up again first."},
    {Refusal::match_unknown, "match_unknown", "There is no such match.",
     "The node has no match of this number.", "Look at the line for the number of its match."},
    {Refusal::match_impossible, "match_impossible", "The line cannot be matched like this.",
     "The parts do not come to the amount of the line, or a posting is of another account, of the other "
     "direction, "
     "or cleared already.",
     "Give parts that come to the amount exactly; the detail says what is wrong with them."},
    {Refusal::match_undone_already, "match_undone_already", "The match was undone already.",
     "A match is undone once.", "Match the line anew."},
    {Refusal::bank_rule_unknown, "bank_rule_unknown", "There is no such rule.",
     "The node has no rule for lines of the bank of this number.", "List the rules and check the number."},
    {Refusal::bank_rule_ended, "bank_rule_ended", "The rule has ended.",
     "A rule that was ended takes no line any more and does not change.", "Write a new rule."},
    {Refusal::bank_rule_not_proved, "bank_rule_not_proved", "The rule may not post by itself.",
     "Exactly this version was not replayed over the past, or its replay differs from what people did or "
     "shows "
     "nothing, and no reason is given.",
     "Replay the rule, look at the lines where it differs, and give a reason if it may post all the same."},
};

}  // namespace coop
