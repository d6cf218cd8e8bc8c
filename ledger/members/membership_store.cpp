#include "ledger/members/membership_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::members {

namespace {

std::optional<int> maybe_integer(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.integer(column);
}

MembershipChange change_from(const Row& row) {
  return {row.integer(5),       change_kind_from(row.text(6)), row.day(7),
          row.string(8),        row.maybe_string(9),           row.instant(10),
          row.maybe_string(11), maybe_integer(row, 12)};
}

}  // namespace

constexpr const char* read_memberships_sql = R"sql(
  -- memberships.read
  WITH wanted AS (
    SELECT m.node_id, m.id, m.party_id, m.class_id, m.from_on, m.until_on
      FROM membership m
     WHERE m.node_id = $1
       AND ($2::int IS NULL OR m.party_id = $2)
       AND ($3::int IS NULL OR m.id = $3)
       AND ($4::date IS NULL OR m.until_on IS NULL OR m.until_on >= $4)
       AND ($5::date IS NULL OR m.from_on <= $5)
       AND ($6::int IS NULL OR m.id > $6)
       AND ($8::boolean OR NOT m.taken_back)
     ORDER BY m.id
     LIMIT $7
  )
  SELECT w.id, w.party_id, w.class_id, w.from_on, w.until_on, c.number, c.kind, c.on_day, c.reason,
         c.decision, c.recorded_at, u.name, c.annuls
    FROM wanted w
    JOIN membership_change c ON c.node_id = w.node_id AND c.membership_id = w.id
    LEFT JOIN user_account u ON u.id = c.recorded_by
   ORDER BY w.id, c.number
)sql";

std::vector<Membership> read_memberships(Tx& tx, NodeId node, const MembershipFilter& wanted) {
  std::vector<Membership> memberships;
  for (const Row row :
       report_rows(tx, read_memberships_sql, node, wanted.party, wanted.id, wanted.on_or_after,
                   wanted.on_or_before, wanted.after, wanted.limit, wanted.with_taken_back)) {
    const MembershipId id = row.id<MembershipId>(0);
    if (memberships.empty() || memberships.back().id != id) {
      memberships.push_back({id, row.id<PartyId>(1), row.id<ClassId>(2), row.day(3), row.maybe_day(4), {}});
    }
    memberships.back().changes.push_back(change_from(row));
  }
  return memberships;
}

Membership read_membership(Tx& tx, NodeId node, MembershipId id) {
  MembershipFilter wanted;
  wanted.id = id;
  wanted.with_taken_back = true;
  auto found = read_memberships(tx, node, wanted);
  if (found.empty()) {
    throw Refused{Refusal::membership_unknown,
                  "there is no membership number " + std::to_string(id.number())};
  }
  return std::move(found.front());
}

// What overlaps another one is left out by the schema's own rule, whether that one was there or comes with
// it.
constexpr const char* insert_memberships_sql = R"sql(
  -- memberships.insert
  INSERT INTO membership (node_id, id, party_id, class_id, from_on, recorded_at, recorded_by)
  SELECT $1, (SELECT coalesce(max(id), 0) FROM membership WHERE node_id = $1) + w.place, w.party_id,
         w.class_id, w.from_on, $5, $6
    FROM unnest($2::int[], $3::int[], $4::date[]) WITH ORDINALITY AS w (party_id, class_id, from_on, place)
   ORDER BY w.place
  ON CONFLICT DO NOTHING
  RETURNING id, party_id, class_id, from_on
)sql";

constexpr const char* insert_first_changes_sql = R"sql(
  -- memberships.insert_first_changes
  INSERT INTO membership_change (node_id, membership_id, number, kind, on_day, reason, decision, recorded_at,
    recorded_by)
  SELECT $1, w.membership_id, w.number, w.kind, w.on_day, w.reason, w.decision, $8, $9
    FROM unnest($2::int[], $3::int[], $4::text[], $5::date[], $6::text[], $7::text[])
           AS w (membership_id, number, kind, on_day, reason, decision)
)sql";

namespace {

void insert_first_changes(Tx& tx, NodeId node, const std::vector<NewMembership>& wanted,
                          const std::vector<std::optional<MembershipId>>& ids, Instant at,
                          std::optional<UserId> by) {
  SqlArray membership, number, kind, on_day, reason, decision;
  const auto add = [&](MembershipId id, int change_number, ChangeKind change_kind, Day day,
                       const MembershipDraft& draft) {
    membership.add(id);
    number.add(change_number);
    kind.add(text_of(change_kind));
    on_day.add(day);
    reason.add(std::string_view{draft.reason});
    decision.add(draft.decision);
  };
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!ids[i]) continue;
    const MembershipDraft& draft = wanted[i].draft;
    add(*ids[i], 1, ChangeKind::applied, draft.from_on, draft);
    if (draft.admitted_on) add(*ids[i], 2, ChangeKind::admitted, *draft.admitted_on, draft);
  }
  rows(tx, insert_first_changes_sql, node, membership.value(), number.value(), kind.value(), on_day.value(),
       reason.value(), decision.value(), at, by);
}

}  // namespace

std::vector<std::optional<MembershipId>> insert_memberships(Tx& tx, NodeId node,
                                                            const std::vector<NewMembership>& wanted,
                                                            Instant at, std::optional<UserId> by) {
  SqlArray party, class_id, from_on;
  for (const NewMembership& one : wanted) {
    party.add(one.party);
    class_id.add(one.class_id);
    from_on.add(one.draft.from_on);
  }
  const Rows written =
      rows(tx, insert_memberships_sql, node, party.value(), class_id.value(), from_on.value(), at, by);
  std::vector<std::optional<MembershipId>> ids(wanted.size());
  std::size_t place = 0;
  for (const Row row : written) {
    const auto is_this = [&](const NewMembership& one) {
      return one.party == row.id<PartyId>(1) && one.class_id == row.id<ClassId>(2) &&
             one.draft.from_on == row.day(3);
    };
    while (place < wanted.size() && !is_this(wanted[place])) ++place;
    ensure(place < wanted.size(), "memberships come back in the order in which they were written");
    ids[place++] = row.id<MembershipId>(0);
  }
  insert_first_changes(tx, node, wanted, ids, at, by);
  return ids;
}

constexpr const char* insert_change_sql = R"sql(
  -- memberships.insert_change
  INSERT INTO membership_change (node_id, membership_id, number, kind, on_day, reason, decision, recorded_at,
    recorded_by, annuls)
  SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8, $9
    FROM membership_change
   WHERE node_id = $1 AND membership_id = $2
  RETURNING number
)sql";

int insert_change(Tx& tx, NodeId node, MembershipId id, const ChangeDraft& change, Instant at,
                  std::optional<UserId> by, std::optional<int> annuls) {
  return only_row(rows(tx, insert_change_sql, node, id, text_of(change.kind), change.on_day, change.reason,
                       change.decision, at, by, annuls))
      .integer(0);
}

constexpr const char* update_membership_sql = R"sql(
  -- memberships.update
  UPDATE membership SET until_on = $3, taken_back = $4
   WHERE node_id = $1 AND id = $2 AND (until_on, taken_back) IS DISTINCT FROM ($3::date, $4::boolean)
)sql";

void update_membership(Tx& tx, NodeId node, MembershipId id, std::optional<Day> until_on, bool taken_back) {
  rows(tx, update_membership_sql, node, id, until_on, taken_back);
}

constexpr const char* find_overlapping_sql = R"sql(
  -- memberships.find_overlapping
  SELECT id
    FROM membership
   WHERE node_id = $1 AND party_id = $2 AND class_id = $3 AND id <> $4 AND NOT taken_back
     AND daterange(from_on, until_on, '[]') && daterange($5, $6, '[]')
   ORDER BY id
   LIMIT 1
)sql";

std::optional<MembershipId> find_overlapping(Tx& tx, NodeId node, const Membership& membership,
                                             std::optional<Day> until_on) {
  const Rows found = rows(tx, find_overlapping_sql, node, membership.party, membership.class_id,
                          membership.id, membership.from_on, until_on);
  if (found.empty()) return std::nullopt;
  return found[0].id<MembershipId>(0);
}

}  // namespace coop::members
