#include "ledger/members/meeting_service.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/members/class_store.hpp"
#include "ledger/members/meeting_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::members {

namespace {

using books::Author;
using books::BookHead;
using books::tell;

std::vector<PartyId> ids_of(Tx& tx, NodeId node, const std::vector<std::string>& numbers) {
  std::vector<PartyId> ids;
  for (const Party& party : read_parties(tx, node, numbers)) ids.push_back(party.id);
  return ids;
}

}  // namespace

Meeting record_meeting(Tx& tx, NodeId node, const MeetingDraft& draft, const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  require_meeting(draft);
  std::optional<ClassId> class_id;
  if (draft.class_code) class_id = read_class(tx, node, *draft.class_code).id;
  const auto present = ids_of(tx, node, draft.attended);
  const Instant at = books::next_recorded_at(head, author.now);
  const MeetingId id = insert_meeting(tx, node, draft.held_on, draft.title, class_id, at, author.user);
  const int attended = insert_attendance(tx, node, id, present, true, at, author.user);
  tell(tx, head, at, "meeting_recorded",
       {{"meeting", id.number()}, {"held_on", draft.held_on.text()}, {"attended", attended}});
  return read_meeting(tx, node, id);
}

Meeting correct_attendance(Tx& tx, NodeId node, MeetingId id, const AttendanceChange& change,
                           const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  const Meeting meeting = read_meeting(tx, node, id);
  const auto present = ids_of(tx, node, change.present);
  const auto absent = ids_of(tx, node, change.absent);
  for (std::size_t i = 0; i < absent.size(); ++i) {
    if (std::find(present.begin(), present.end(), absent[i]) == present.end()) continue;
    throw Refused{Refusal::field_invalid, change.absent[i] + " was either there or not", "/absent"};
  }
  const Instant at = books::next_recorded_at(head, author.now);
  const int written = insert_attendance(tx, node, id, present, true, at, author.user) +
                      insert_attendance(tx, node, id, absent, false, at, author.user);
  if (written == 0) return meeting;
  tell(tx, head, at, "attendance_corrected", {{"meeting", id.number()}, {"changed", written}});
  return read_meeting(tx, node, id);
}

Activity read_activity(Tx& tx, NodeId node, const Membership& membership, const MemberClass& of, Day day,
                       std::optional<Instant> known_at) {
  const AdoptedRule* adopted = find_rule_on(of, day, known_at);
  const auto required = adopted ? adopted->rule.attendance : std::nullopt;
  const auto admitted = admitted_on(membership, known_at);
  if (!admitted || *admitted > day) return activity_of({}, required);
  const Day first = std::max(activity_begins_after(day).plus_days(1), *admitted);
  auto meetings =
      read_expected_meetings(tx, node, membership.party, membership.class_id, first, day, known_at);
  std::erase_if(meetings, [&](const ExpectedMeeting& meeting) {
    return standing_of(membership, meeting.held_on, known_at) != Standing::active;
  });
  return activity_of(meetings, required);
}

}  // namespace coop::members
