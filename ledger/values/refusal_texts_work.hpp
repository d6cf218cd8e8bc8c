#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about work.
inline constexpr RefusalText refusal_texts_of_work[] = {
    {Refusal::circle_unknown, "circle_unknown", "There is no such circle.",
     "The node has no circle of this code.", "List the node's circles, or found this one."},
    {Refusal::circle_exists, "circle_exists", "A circle with this code exists already.",
     "The codes of circles are unique in a node, and this one is taken; one that was closed keeps its code.",
     "Use the circle that exists, or choose another code."},
    {Refusal::circle_contradicts, "circle_contradicts", "This does not follow from what happened before.",
     "Somebody joins a circle that they are in or that is closed, or leaves one that they are not in; or the "
     "day is before the circle began or before they joined. The detail says which.",
     "Read the circle with its steps and choose another day."},
    {Refusal::circle_not_open, "circle_not_open", "The circle is not open on that day.",
     "The day of the work is before the circle began, or after it was closed.",
     "Correct the day, or name the circle that did the work."},
    {Refusal::circle_not_joined, "circle_not_joined", "That takes a member of the circle.",
     "Hours that are to be paid are those of somebody who was in the circle on that day; and hours are "
     "approved or rejected by somebody who is in it now, whose sign-in is linked with that member.",
     "Have the member join the circle, from the day on which they did; or ask somebody who is in it."},
    {Refusal::work_kind_unknown, "work_kind_unknown", "There is no such kind of work.",
     "The node has no kind of work of this code.", "List the node's kinds of work, or add this one."},
    {Refusal::work_kind_exists, "work_kind_exists", "A kind of work with this code exists already.",
     "The codes of kinds of work are unique in a node, and this one is taken.",
     "Use the kind that exists, or choose another code."},
    {Refusal::work_without_price, "work_without_price", "Work of this kind is counted, and not paid.",
     "Compensation is wanted for hours of a kind that has no price.",
     "Record them as a gift or toward the obligation, or choose the kind that they are of."},
    {Refusal::hours_unknown, "hours_unknown", "There are no such hours.",
     "The node has recorded no hours under this number, or they are another member's.",
     "List the node's hours and check the number."},
    {Refusal::hours_not_open, "hours_not_open", "The hours do not stand so that this can be done.",
     "They were rejected or taken back already; or they are to be corrected, but still count or were "
     "corrected already. The detail says which.",
     "Read the hours; what counts and is wrong is taken back first, then recorded anew."},
    {Refusal::hours_beyond_day, "hours_beyond_day", "A day has 24 hours.",
     "With these, the member would have worked more than 24 hours on that day.",
     "List the member's hours of that day; take back what is there twice, or correct the minutes."},
};

}  // namespace coop
