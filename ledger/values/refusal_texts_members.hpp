#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The third part of the catalogue: members, their classes, memberships and meetings.
inline constexpr RefusalText refusal_texts_of_members[] = {
    {Refusal::party_unknown, "party_unknown", "There is no such member.",
     "The node knows nobody with this member number.",
     "List the node's members and check the number, or add the person or organisation first."},
    {Refusal::class_unknown, "class_unknown", "There is no such member class.",
     "The node has no class of members with this code.",
     "List the node's classes and check the code, or add the class first."},
    {Refusal::membership_unknown, "membership_unknown", "There is no such membership.",
     "The member has no membership with this number.", "Check the number among the member's memberships."},
    {Refusal::change_unknown, "change_unknown", "There is no such change.",
     "The membership has no change with this number.", "Check the number among the membership's changes."},
    {Refusal::meeting_unknown, "meeting_unknown", "There is no such meeting.",
     "The node has no meeting with this number.", "Check the number in the list of the node's meetings."},
    {Refusal::party_exists, "party_exists", "This member number is taken.",
     "Member numbers are unique in a node, upper and lower case being the same, and this one is taken.",
     "Choose another number, or leave it out: the next free one is given."},
    {Refusal::class_exists, "class_exists", "A class with this code exists already.",
     "The codes of member classes are unique in a node, and this one is taken.",
     "Use the class that exists, or choose another code."},
    {Refusal::party_erased, "party_erased", "This member's personal data was erased.",
     "The person's or organisation's personal data was erased for good; the number and the entries remain.",
     "Nothing can be filled in again. Add whoever comes back as a new member."},
    {Refusal::party_not_organisation, "party_not_organisation", "Only an organisation declares members.",
     "A head count was declared for a person.", "Declare it for the organisation; a person counts as one."},
    {Refusal::membership_overlaps, "membership_overlaps", "The member is in this class already.",
     "A party has one membership in a class at a time, and the days of this one overlap those of another.",
     "Begin after the last day of the other one, or end or take back the other one first."},
    {Refusal::change_too_early, "change_too_early", "The membership had not begun then.",
     "A change is dated before the day on which the membership was applied for.",
     "Use a day on or after the first one, or take the membership back and record it from an earlier day."},
    {Refusal::membership_ended, "membership_ended", "The membership has ended.",
     "The member has left or died, and a membership ends once; a change after its last day has nothing to "
     "change.",
     "Record a new membership for whoever comes back, or take the ending back if it was a mistake."},
    {Refusal::change_contradicts, "change_contradicts", "The change does not fit the others.",
     "With this change the membership's course would make no sense, such as resuming what was never paused; "
     "the detail names the first change that does not follow from those before it.",
     "Choose another kind or day, or take back the other change first."},
    {Refusal::change_annulled_already, "change_annulled_already", "The change was taken back already.",
     "A change is taken back once, and this one was, or it is itself a taking back.",
     "Nothing is left to do, or record the right change anew."},
};

}  // namespace coop
