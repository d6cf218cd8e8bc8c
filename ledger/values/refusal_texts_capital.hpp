#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about shares, and about the surplus that is divided.
inline constexpr RefusalText refusal_texts_of_capital[] = {
    {Refusal::share_class_unknown, "share_class_unknown", "There is no such class of shares.",
     "The node has adopted no class under this code, or its first version begins after that day.",
     "List the node's classes of shares and check the code and the day."},
    {Refusal::share_limit_exceeded, "share_limit_exceeded", "Nobody holds more than the class allows.",
     "With this movement the member would hold more than the highest holding of the class. The detail says "
     "how "
     "much can be accepted.",
     "Ask for less; or, where something fits, subscribe with accept_in_part."},
    {Refusal::share_movement_impossible, "share_movement_impossible", "The shares cannot be moved like this.",
     "More is moved than there is on its day or a later one, or than was paid in, or than is owed; or the "
     "class does not allow it; or less than its lowest holding would be left; or an order pays what was "
     "withdrawn. The detail says which, and the day.",
     "Look at what the member holds, owes and asked back, and at the terms of the class."},
    {Refusal::surplus_rule_unknown, "surplus_rule_unknown", "No rule says how to divide this.",
     "The node has adopted no rule for a surplus in this unit that is in force on the last day of the "
     "period.",
     "Adopt a rule that begins on or before that day, with the decision it rests on."},
    {Refusal::surplus_run_unknown, "surplus_run_unknown", "No surplus was divided under this number.",
     "The node has no run of a surplus with this number.", "List the node's runs and check the number."},
    {Refusal::surplus_run_not_open, "surplus_run_not_open",
     "The run does not stand so that this can be done.",
     "It is booked, cancelled or undone already, or not booked yet; or somebody was paid out of it, or is "
     "being paid by an order. The detail says which.",
     "Read the run and do what comes next. Leave the order out, or wait for the bank. What was paid is "
     "corrected by entries, not by undoing."},
    {Refusal::surplus_not_there, "surplus_not_there", "The books hold less than is to be divided.",
     "The amount is more than the result that was not divided yet, or than the reserve holds; or a loss "
     "where the books have none. What is left of grants, of money of others, of indivisible funds and of "
     "those under conditions does not count. The detail says how much there is.",
     "Look at the income statement, at funds and at earlier runs, and divide what is there."},
    {Refusal::reserve_indivisible, "reserve_indivisible", "This reserve is never divided.",
     "A rule called this account an indivisible reserve: it belongs to no member, now or later. So it is not "
     "divided, no later rule or class of shares uses it otherwise, and it stays indivisible.",
     "Divide the result of a period instead, and name other accounts."},
};

}  // namespace coop
