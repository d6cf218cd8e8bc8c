#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about what members owe in work.
inline constexpr RefusalText refusal_texts_of_obligations[] = {
    {Refusal::obligation_unknown, "obligation_unknown", "There is no such obligation.",
     "The node has recorded no obligation under this number.",
     "List the node's obligations and check the number."},
    {Refusal::obligation_not_owed, "obligation_not_owed", "The member does not owe this.",
     "The obligation is one of other members.", "Check member and number; or have the member owe it first."},
    {Refusal::obligation_overlaps, "obligation_overlaps",
     "The member's hours of this time count toward another obligation.",
     "Hours count once. The member owes hours to the node, or to the same circle, in a part of this time "
     "already; the detail says which obligation that is.",
     "Choose another time; or withdraw the other obligation, if it was a mistake."},
    {Refusal::obligation_withdrawn, "obligation_withdrawn", "The obligation was withdrawn.",
     "Nobody owes it any more; the detail says why.", "Record a new one, if something is owed after all."},
    {Refusal::obligation_exceeded, "obligation_exceeded", "That is more than is open.",
     "What is settled or waived would be more than the member still owes; the detail says what is open.",
     "Read how the member stands, and settle no more than that."},
    {Refusal::obligation_settlement_unknown, "obligation_settlement_unknown", "There is no such settlement.",
     "The obligation has no settlement of this number.",
     "List the settlements of the obligation and check the number."},
    {Refusal::obligation_settlement_impossible, "obligation_settlement_impossible",
     "This cannot be settled so.",
     "The obligation is not met in this way; or the entry that is named was reversed, or the member "
     "gave less by it than it would settle; or what is to be taken back was taken back already. The detail "
     "says "
     "which.",
     "Read the obligation and the entry; name another entry, or settle it in another way."},
};

}  // namespace coop
