#include "ledger/rolls/roll_facts_store.hpp"

#include <algorithm>

#include "ledger/books/unit_store.hpp"
#include "ledger/dues/overdue_store.hpp"
#include "ledger/members/class_store.hpp"

namespace coop::rolls {

constexpr const char* known_memberships_sql = R"sql(
  -- rolls.known_memberships
  SELECT m.id, m.party_id, m.class_id, m.from_on - date '1970-01-01', p.number, p.kind = 'organisation'
    FROM membership m
    JOIN party p ON p.node_id = m.node_id AND p.id = m.party_id
   WHERE m.node_id = $1 AND m.from_on <= $2 AND ($3::timestamptz IS NULL OR m.recorded_at <= $3)
     AND ($4::int IS NULL OR m.party_id = $4)
   ORDER BY m.id
)sql";

constexpr const char* known_changes_sql = R"sql(
  -- rolls.known_changes
  SELECT c.membership_id, c.number, c.kind, c.on_day - date '1970-01-01', c.annuls
    FROM membership_change c
   WHERE c.node_id = $1 AND ($2::timestamptz IS NULL OR c.recorded_at <= $2)
     AND ($3::int IS NULL
          OR c.membership_id IN (SELECT id FROM membership WHERE node_id = $1 AND party_id = $3))
   ORDER BY c.membership_id, c.number
)sql";

void each_known_membership(Tx& tx, NodeId node, const dues::DuesMoment& moment, std::optional<PartyId> only,
                           const std::function<void(const KnownMembership&)>& take) {
  const Rows changes = report_rows(tx, known_changes_sql, node, moment.known_at, only);
  int next = 0;
  for (const Row row : report_rows(tx, known_memberships_sql, node, moment.as_of, moment.known_at, only)) {
    const MembershipId id = row.id<MembershipId>(0);
    KnownMembership known{
        {id, row.id<PartyId>(1), row.id<ClassId>(2), Day::of_count(row.integer(3)), std::nullopt, {}},
        {row.id<PartyId>(1), row.string(4),
         row.boolean(5) ? members::PartyKind::organisation : members::PartyKind::person}};
    for (; next < changes.size(); ++next) {
      const Row change = changes[next];
      const MembershipId of = change.id<MembershipId>(0);
      if (of > id) break;
      if (of < id) continue;
      known.membership.changes.push_back(
          {change.integer(1),
           members::change_kind_from(change.text(2)),
           Day::of_count(change.integer(3)),
           {},
           {},
           Instant{},
           {},
           change.is_null(4) ? std::nullopt : std::optional{change.integer(4)}});
    }
    take(known);
  }
}

constexpr const char* heads_on_day_sql = R"sql(
  -- rolls.heads_on_day
  SELECT DISTINCT ON (party_id) party_id, members
    FROM head_count
   WHERE node_id = $1 AND from_on <= $2 AND ($3::timestamptz IS NULL OR recorded_at <= $3)
     AND ($4::int IS NULL OR party_id = $4)
   ORDER BY party_id, from_on DESC, number DESC
)sql";

std::map<PartyId, int> read_head_counts(Tx& tx, NodeId node, const dues::DuesMoment& moment,
                                        std::optional<PartyId> only) {
  std::map<PartyId, int> heads;
  for (const Row row : report_rows(tx, heads_on_day_sql, node, moment.as_of, moment.known_at, only))
    heads.emplace(row.id<PartyId>(0), row.integer(1));
  return heads;
}

constexpr const char* held_meetings_sql = R"sql(
  -- rolls.held_meetings
  SELECT m.id, m.held_on, m.title, m.class_id
    FROM meeting m
   WHERE m.node_id = $1 AND m.held_on BETWEEN $2 AND $3
     AND ($4::timestamptz IS NULL OR m.recorded_at <= $4)
   ORDER BY m.held_on, m.id
)sql";

constexpr const char* present_sql = R"sql(
  -- rolls.present
  SELECT l.meeting_id, l.party_id
    FROM (SELECT DISTINCT ON (a.meeting_id, a.party_id) a.meeting_id, a.party_id, a.was_there
            FROM attendance a
           WHERE a.node_id = $1 AND a.meeting_id = ANY ($2::int[])
             AND ($3::timestamptz IS NULL OR a.recorded_at <= $3)
             AND ($4::int IS NULL OR a.party_id = $4)
           ORDER BY a.meeting_id, a.party_id, a.number DESC) l
   WHERE l.was_there
)sql";

std::vector<HeldMeeting> read_held_meetings(Tx& tx, NodeId node, const dues::DuesMoment& moment,
                                            std::optional<PartyId> only) {
  const Day first = members::activity_begins_after(moment.as_of).plus_days(1);
  std::vector<HeldMeeting> meetings;
  std::map<members::MeetingId, std::size_t> places;
  SqlArray ids;
  for (const Row row : report_rows(tx, held_meetings_sql, node, first, moment.as_of, moment.known_at)) {
    const auto id = row.id<members::MeetingId>(0);
    ids.add(id);
    places.emplace(id, meetings.size());
    meetings.push_back({{id, row.day(1), row.string(2), false},
                        row.is_null(3) ? std::nullopt : std::optional{row.id<ClassId>(3)},
                        {}});
  }
  for (const Row row : report_rows(tx, present_sql, node, ids.value(), moment.known_at, only))
    meetings[places.at(row.id<members::MeetingId>(0))].present.insert(row.id<PartyId>(1));
  return meetings;
}

namespace {

std::map<UnitId, Unit> read_units_by_id(Tx& tx) {
  std::map<UnitId, Unit> units;
  for (const books::ListedUnit& listed : books::read_units(tx)) units.emplace(listed.unit.id, listed.unit);
  return units;
}

std::vector<members::ExpectedMeeting> expected_of(const KnownMembership& known,
                                                  std::span<const HeldMeeting> meetings) {
  std::vector<members::ExpectedMeeting> expected;
  for (const HeldMeeting& held : meetings) {
    if (held.class_id && held.class_id != known.membership.class_id) continue;
    expected.push_back(held.meeting);
    expected.back().was_there = held.present.contains(known.party.id);
  }
  return expected;
}

template <class Map>
auto find_in(const Map& map, PartyId party) {
  const auto found = map.find(party);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

Roll read_roll(Tx& tx, NodeId node, const dues::DuesMoment& moment, std::optional<PartyId> only) {
  const auto classes = members::read_classes(tx, node);
  RollMaker maker{moment.as_of, moment.known_at, classes, read_units_by_id(tx)};
  const auto these = only ? std::optional{std::vector{*only}} : std::nullopt;
  const auto overdue = dues::read_overdue(tx, node, moment, these);
  const auto waived = dues::read_wholly_waived(tx, node, moment, these);
  const auto heads = read_head_counts(tx, node, moment, only);
  const bool asks_for_attendance =
      std::ranges::any_of(classes, [&](const auto& of) { return maker.needs_meetings(of.id); });
  const auto meetings =
      asks_for_attendance ? read_held_meetings(tx, node, moment, only) : std::vector<HeldMeeting>{};
  each_known_membership(tx, node, moment, only, [&](const KnownMembership& known) {
    VoterFacts facts{known.membership, known.party};
    if (const int* declared = find_in(heads, known.party.id)) facts.heads = *declared;
    if (maker.needs_meetings(known.membership.class_id)) facts.meetings = expected_of(known, meetings);
    facts.overdue = find_in(overdue, known.party.id);
    facts.is_waived = std::ranges::binary_search(waived, known.membership.id);
    maker.add(facts);
  });
  return maker.finish();
}

}  // namespace coop::rolls
