#pragma once
#include <string>
#include <vector>

#include "ledger/books/node_service.hpp"
#include "ledger/members/class_rule.hpp"
#include "ledger/members/meeting.hpp"
#include "ledger/members/membership.hpp"

namespace coop::members {

/// Records a meeting with those who were there. Throws Refused: node_unknown, field_invalid (title),
/// class_unknown, party_unknown.
Meeting record_meeting(Tx& tx, NodeId node, const MeetingDraft& draft, const books::Author& author);

/// What is to be corrected of who was at a meeting: member numbers.
struct AttendanceChange {
  std::vector<std::string> present = {};
  std::vector<std::string> absent = {};
};
/// Corrects it; what was recorded before stays on record. Throws Refused: node_unknown, meeting_unknown,
/// party_unknown, field_invalid (somebody both present and absent).
Meeting correct_attendance(Tx& tx, NodeId node, MeetingId id, const AttendanceChange& change,
                           const books::Author& author);

/// How a membership fares against the activity rule of its class on a day, as known at an instant: by the
/// meetings of the twelve months up to and including that day that were held while it was active.
Activity read_activity(Tx& tx, NodeId node, const Membership& membership, const MemberClass& of, Day day,
                       std::optional<Instant> known_at = {});

}  // namespace coop::members
