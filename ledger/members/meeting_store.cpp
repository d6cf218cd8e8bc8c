#include "ledger/members/meeting_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::members {

namespace {

Meeting meeting_from(const Row& row) {
  return {row.id<MeetingId>(0), row.day(1), row.string(2), row.maybe_string(3), row.integer(4)};
}

}  // namespace

constexpr const char* list_meetings_sql = R"sql(
  -- meetings.list
  SELECT m.id, m.held_on, m.title, c.code,
         (SELECT count(*)
            FROM attendance a
           WHERE a.node_id = m.node_id AND a.meeting_id = m.id AND a.was_there
             AND NOT EXISTS (SELECT FROM attendance later
                              WHERE later.node_id = a.node_id AND later.meeting_id = a.meeting_id
                                AND later.party_id = a.party_id AND later.number > a.number))
    FROM meeting m
    LEFT JOIN member_class c ON c.node_id = m.node_id AND c.id = m.class_id
   WHERE m.node_id = $1
     AND ($2::int IS NULL OR m.id = $2)
     AND ($3::date IS NULL OR (m.held_on, m.id) < ($3, $4::int))
   ORDER BY m.held_on DESC, m.id DESC
   LIMIT $5
)sql";

std::vector<Meeting> list_meetings(Tx& tx, NodeId node, const std::optional<MeetingPlace>& before,
                                   int limit) {
  const auto day = before ? std::optional{before->held_on} : std::nullopt;
  const auto id = before ? std::optional{before->id} : std::nullopt;
  std::vector<Meeting> meetings;
  for (const Row row : rows(tx, list_meetings_sql, node, std::nullopt, day, id, limit))
    meetings.push_back(meeting_from(row));
  return meetings;
}

Meeting read_meeting(Tx& tx, NodeId node, MeetingId id) {
  const Rows found = rows(tx, list_meetings_sql, node, id, std::nullopt, std::nullopt, 1);
  if (found.empty()) {
    throw Refused{Refusal::meeting_unknown, "there is no meeting number " + std::to_string(id.number())};
  }
  return meeting_from(found[0]);
}

constexpr const char* read_attendance_sql = R"sql(
  -- attendances.read
  SELECT l.number
    FROM (SELECT DISTINCT ON (a.party_id) p.number, a.was_there
            FROM attendance a
            JOIN party p ON p.node_id = a.node_id AND p.id = a.party_id
           WHERE a.node_id = $1 AND a.meeting_id = $2
           ORDER BY a.party_id, a.number DESC) l
   WHERE l.was_there
   ORDER BY l.number COLLATE "C"
)sql";

std::vector<std::string> read_attendance(Tx& tx, NodeId node, MeetingId id) {
  std::vector<std::string> numbers;
  for (const Row row : rows(tx, read_attendance_sql, node, id)) numbers.push_back(row.string(0));
  return numbers;
}

constexpr const char* insert_meeting_sql = R"sql(
  -- meetings.insert
  INSERT INTO meeting (node_id, id, held_on, title, class_id, recorded_at, recorded_by)
  SELECT $1, coalesce(max(id), 0) + 1, $2, $3, $4, $5, $6 FROM meeting WHERE node_id = $1
  RETURNING id
)sql";

MeetingId insert_meeting(Tx& tx, NodeId node, Day held_on, const std::string& title,
                         std::optional<ClassId> class_id, Instant at, std::optional<UserId> by) {
  return only_row(rows(tx, insert_meeting_sql, node, held_on, title, class_id, at, by)).id<MeetingId>(0);
}

constexpr const char* insert_attendance_sql = R"sql(
  -- attendances.insert
  INSERT INTO attendance (node_id, meeting_id, party_id, number, was_there, recorded_at, recorded_by)
  SELECT $1, $2, w.party_id, coalesce(l.number, 0) + 1, $4, $5, $6
    FROM (SELECT DISTINCT party_id FROM unnest($3::int[]) AS asked (party_id)) w
    LEFT JOIN LATERAL (SELECT a.number, a.was_there
                         FROM attendance a
                        WHERE a.node_id = $1 AND a.meeting_id = $2 AND a.party_id = w.party_id
                        ORDER BY a.number DESC
                        LIMIT 1) l ON true
   WHERE coalesce(l.was_there, false) <> $4::boolean
)sql";

int insert_attendance(Tx& tx, NodeId node, MeetingId id, const std::vector<PartyId>& parties, bool was_there,
                      Instant at, std::optional<UserId> by) {
  SqlArray party;
  for (const PartyId one : parties) party.add(one);
  return rows(tx, insert_attendance_sql, node, id, party.value(), was_there, at, by).affected();
}

constexpr const char* expected_meetings_sql = R"sql(
  -- meetings.expected
  SELECT m.id, m.held_on, m.title,
         coalesce((SELECT a.was_there
                     FROM attendance a
                    WHERE a.node_id = m.node_id AND a.meeting_id = m.id AND a.party_id = $2
                      AND ($6::timestamptz IS NULL OR a.recorded_at <= $6)
                    ORDER BY a.number DESC
                    LIMIT 1), false)
    FROM meeting m
   WHERE m.node_id = $1
     AND m.held_on BETWEEN $4 AND $5
     AND (m.class_id IS NULL OR m.class_id = $3)
     AND ($6::timestamptz IS NULL OR m.recorded_at <= $6)
   ORDER BY m.held_on, m.id
)sql";

std::vector<ExpectedMeeting> read_expected_meetings(Tx& tx, NodeId node, PartyId party, ClassId class_id,
                                                    Day first, Day last, std::optional<Instant> known_at) {
  std::vector<ExpectedMeeting> meetings;
  for (const Row row : rows(tx, expected_meetings_sql, node, party, class_id, first, last, known_at))
    meetings.push_back({row.id<MeetingId>(0), row.day(1), row.string(2), row.boolean(3)});
  return meetings;
}

}  // namespace coop::members
