#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/members/meeting.hpp"

namespace coop::members {

/// Up to `limit` meetings, the latest first; those before `before` (a day and a meeting of it) if it is
/// given.
struct MeetingPlace {
  Day held_on;
  MeetingId id;
};
/// Lists them.
std::vector<Meeting> list_meetings(Tx& tx, NodeId node, const std::optional<MeetingPlace>& before, int limit);
/// The meeting of this id. Throws Refused: meeting_unknown.
Meeting read_meeting(Tx& tx, NodeId node, MeetingId id);
/// The numbers of the members who were there.
std::vector<std::string> read_attendance(Tx& tx, NodeId node, MeetingId id);
/// Writes a meeting. The head must be locked.
MeetingId insert_meeting(Tx& tx, NodeId node, Day held_on, const std::string& title,
                         std::optional<ClassId> class_id, Instant at, std::optional<UserId> by);
/// Writes of each of these whether it was there, where that says something new. The head must be locked.
/// Returns how many rows were written.
int insert_attendance(Tx& tx, NodeId node, MeetingId id, const std::vector<PartyId>& parties, bool was_there,
                      Instant at, std::optional<UserId> by);
/// The meetings from `first` to `last` that a party in a class was to come to, the earliest first, and
/// whether it was there, as known at an instant (nothing: now).
std::vector<ExpectedMeeting> read_expected_meetings(Tx& tx, NodeId node, PartyId party, ClassId class_id,
                                                    Day first, Day last, std::optional<Instant> known_at);

}  // namespace coop::members
