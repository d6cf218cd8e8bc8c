#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about rules by which sums are divided.
inline constexpr RefusalText refusal_texts_of_sharing[] = {
    {Refusal::sharing_rule_unknown, "sharing_rule_unknown", "There is no such rule, or none that holds then.",
     "The node has adopted no rule with this code, no version with this number, or none that holds on the "
     "day; "
     "or it was withdrawn.",
     "List the node's sharing rules and their versions, and check code, version and day."},
    {Refusal::sharing_versions_overlap, "sharing_versions_overlap",
     "A version begins after the one before it.",
     "The rule has a version that holds from this day or a later one already.",
     "Let the new version begin on a later day; a version that was recorded is never changed."},
    {Refusal::decision_missing, "decision_missing", "This rests on a decision, and none is named.",
     "Rules, tariffs, obligations, pools of costs, claims from before, claims that lapse and what is granted "
     "rest on a decision of the members. It is not given, or there are only blanks.",
     "Name the decision: who decided, when, and where it is written down."},
};

}  // namespace coop
