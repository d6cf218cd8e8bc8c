#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about funds and spending mandates.
inline constexpr RefusalText refusal_texts_of_funds[] = {
    {Refusal::fund_without_terms, "fund_without_terms", "Nobody has said yet what the fund is for.",
     "The fund has no terms on this day: no purpose, no unit, no buffer, and so nothing can be promised of "
     "it.",
     "Record what the fund is for, with the decision, from this day or an earlier one."},
    {Refusal::fund_below_buffer, "fund_below_buffer", "The fund has not so much that is free.",
     "Balance less buffer less what is committed (open mandates, draws that no entry spends yet, orders to "
     "be "
     "paid) is less than what is asked for. The detail has the figures.",
     "Name the mandate that reserves it, where there is one; ask for less, recall a mandate that is not "
     "needed any more, or wait until more has come in."},
    {Refusal::fund_indivisible, "fund_indivisible", "The fund is indivisible.",
     "Something of it would be paid out to a member, and the fund's terms say that nothing ever is.",
     "Pay it from another fund, or adopt other terms by a decision, if the law allows it."},
    {Refusal::spending_mandate_unknown, "spending_mandate_unknown", "There is no such spending mandate.",
     "The node has granted no spending mandate under this number.",
     "List the node's spending mandates and check the number."},
    {Refusal::spending_mandate_recalled, "spending_mandate_recalled", "The spending mandate was recalled.",
     "The body that granted it took it back: nothing is drawn on it since. What was drawn before stays.",
     "Ask the body for another mandate."},
    {Refusal::spending_mandate_not_open, "spending_mandate_not_open",
     "The day is outside the time of the spending mandate.",
     "What is drawn is of a day before the mandate begins, or after its last day.",
     "Check the day, or ask the body for a mandate for that time."},
    {Refusal::spending_mandate_exceeded, "spending_mandate_exceeded",
     "The spending mandate does not grant so much.",
     "What is asked for is more than is left of its amount or of its hours.",
     "Draw what is left, or ask the body for another mandate."},
    {Refusal::draw_unknown, "draw_unknown", "There is no such draw.",
     "The mandate has no draw of this number, or it was taken back.",
     "Read the mandate and check the number of the step."},
    {Refusal::draw_impossible, "draw_impossible", "The entry and the draw do not fit.",
     "The entry was reversed, or spends less of the fund (and cost object) than is drawn of it; or the draw "
     "has "
     "an entry already, which stands. The detail says which.",
     "Name the entry that spends it; reverse an entry before its draw is taken back."},
};

}  // namespace coop
