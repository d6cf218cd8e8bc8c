#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about what members are told and asked: reminders, rolls, their own view.
inline constexpr RefusalText refusal_texts_of_assemblies[] = {
    {Refusal::message_unknown, "message_unknown", "There is no such message.",
     "The node's outbox has no message with this number.", "List the messages and check the number."},
    {Refusal::message_settled, "message_settled", "The message was sent, dropped or given up already.",
     "A message leaves once, is dropped once, or fails for good; the detail says which it was.",
     "Nothing is left to do; the next reminder makes a message of its own."},
    {Refusal::pause_unknown, "pause_unknown", "There is no such pause, or it was ended already.",
     "The member has no pause of reminders with this number, or somebody ended it before.",
     "Check the number among the member's pauses."},
    {Refusal::roll_unknown, "roll_unknown", "There is no such roll.",
     "The node has frozen no roll with this number.", "List the node's rolls and check the number."},
    {Refusal::vote_unknown, "vote_unknown", "There is no such vote.",
     "The node has recorded no vote with this number.", "List the node's votes and check the number."},
    {Refusal::tally_impossible, "tally_impossible", "The tally does not fit the roll.",
     "More votes were counted in a class than the frozen roll gives it, or a class has no vote; the detail "
     "names it.",
     "Compare the count with the roll it was taken under."},
    {Refusal::link_invalid, "link_invalid", "This link does not open anything.",
     "It has expired, was taken back, or was not copied whole.",
     "Ask the co-operative for a new link, or sign in; a treasurer looks the number up among the member's "
     "links."},
};

}  // namespace coop
