#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The fourth part of the catalogue: dues.
inline constexpr RefusalText refusal_texts_of_dues[] = {
    {Refusal::tier_unknown, "tier_unknown", "There is no such tier.", "The node has no tier with this code.",
     "List the node's tiers and check the code."},
    {Refusal::tier_exists, "tier_exists", "This tier exists already.",
     "The codes of tiers are unique in a node, and this one is taken.",
     "Choose another code, or set a new price for the tier that exists."},
    {Refusal::tier_without_price, "tier_without_price", "The tier has no price on that day.",
     "Dues are to be worked out for a day on which no price of the tier is in force.",
     "Set a price from that day or earlier on; the detail names the tier and the day."},
    {Refusal::rate_missing, "rate_missing", "There is no rate between these units on that day.",
     "Part of a due is payable in another unit, or hours or goods are valued in it, and no rate is in force "
     "on "
     "that day.",
     "Set the rate from that day or earlier on; the detail names the units."},
    {Refusal::concession_unknown, "concession_unknown", "There is no such concession.",
     "The membership has no concession with this number.",
     "Check the number among the membership's concessions."},
    {Refusal::charge_unknown, "charge_unknown", "There is no such charge.",
     "The node has no charge with this number, or it is not this member's in this unit.",
     "List the member's charges and check the number."},
    {Refusal::charge_reversed_already, "charge_reversed_already", "The charge was taken back already.",
     "A charge is taken back once, and nothing is owed for it any more.", "Nothing is left to do."},
    {Refusal::charge_run_unknown, "charge_run_unknown", "There is no such run.",
     "The node has no run with this number.", "List the node's runs and check the number."},
    {Refusal::payment_unknown, "payment_unknown", "There is no such payment.",
     "The node has no payment with this number.", "List the member's payments and check the number."},
    {Refusal::payment_returned_already, "payment_returned_already", "The payment was taken back already.",
     "A payment is taken back once, and this one was; the detail names the day.", "Nothing is left to do."},
    {Refusal::credit_too_small, "credit_too_small", "The member has not paid so much ahead.",
     "Only what was paid ahead can be given back, and that is less than the refund: in all, or on the day of "
     "the refund or a later one, which the detail then names.",
     "Look up what the member has paid ahead on that day, and give back that much at most, or later."},
};

}  // namespace coop
