#include "reports/member_list.hpp"

#include <map>

#include "ledger/dues/overdue_store.hpp"
#include "ledger/members/class_store.hpp"

namespace coop::reports {

namespace {

// The memberships of some members, with their classes: who of them is late is worked out by the rule.
constexpr const char* late_memberships_sql = R"sql(
  -- members.late_memberships
  SELECT m.id, m.party_id, m.class_id
    FROM membership m
   WHERE m.node_id = $1 AND m.party_id = ANY ($2::int[])
)sql";

/// Active memberships whose members owe something, by where that makes them stand.
struct LateMemberships {
  SqlArray in_grace;
  SqlArray in_arrears;
};

/// The rule in force of each class, where there is one.
using Rules = std::map<ClassId, members::ClassRule>;

Rules read_rules(Tx& tx, NodeId node, Day day, std::optional<Instant> known_at) {
  Rules rules;
  for (const members::MemberClass& of : members::read_classes(tx, node))
    if (const members::AdoptedRule* adopted = members::find_rule_on(of, day, known_at))
      rules.emplace(of.id, adopted->rule);
  return rules;
}

members::Standing with_dues(members::Standing without, ClassId of, const Rules& rules,
                            const dues::OverdueByMember& overdue, PartyId party, Day day) {
  const auto rule = rules.find(of);
  const auto owes = overdue.find(party);
  return dues::standing_with_dues(without, rule == rules.end() ? nullptr : &rule->second,
                                  owes == overdue.end() ? nullptr : &owes->second, day);
}

LateMemberships read_late_memberships(Tx& tx, NodeId node, Day day, std::optional<Instant> known_at) {
  const auto overdue = dues::read_overdue(tx, node, {day, known_at});
  const Rules rules = read_rules(tx, node, day, known_at);
  SqlArray parties;
  for (const auto& [party, owes] : overdue) parties.add(party);
  LateMemberships late;
  for (const Row row : report_rows(tx, late_memberships_sql, node, parties.value())) {
    const auto standing =
        with_dues(members::Standing::active, row.id<ClassId>(2), rules, overdue, row.id<PartyId>(1), day);
    if (standing == members::Standing::in_grace) late.in_grace.add(row.id<MembershipId>(0));
    if (standing == members::Standing::in_arrears) late.in_arrears.add(row.id<MembershipId>(0));
  }
  return late;
}

/// Whether dues decide who stands so.
bool depends_on_dues(const std::optional<members::Standing>& standing) {
  return standing == members::Standing::active || standing == members::Standing::in_grace ||
         standing == members::Standing::in_arrears;
}

// Where all memberships stand is found in one pass, and only where the list asks for it.
constexpr const char* member_list_sql = R"sql(
  -- members.list
  WITH standings AS (
    SELECT DISTINCT ON (c.membership_id) c.membership_id,
           CASE WHEN c.kind NOT IN ('admitted', 'resumed', 'reinstated') THEN c.kind
                WHEN c.membership_id = ANY ($14::int[]) THEN 'in_grace'
                WHEN c.membership_id = ANY ($15::int[]) THEN 'in_arrears'
                ELSE 'active' END AS standing
      FROM membership_change c
      LEFT JOIN membership_change a ON a.node_id = c.node_id AND a.membership_id = c.membership_id
                                   AND a.annuls = c.number
                                   AND a.recorded_at <= coalesce($8::timestamptz, 'infinity')
     WHERE c.node_id = $1 AND c.annuls IS NULL AND a.number IS NULL
       AND c.recorded_at <= coalesce($8::timestamptz, 'infinity')
       AND c.on_day <= CASE WHEN c.kind IN ('left', 'deceased') THEN $7::date - 1 ELSE $7 END
     ORDER BY c.membership_id, c.on_day DESC, c.kind IN ('left', 'deceased') DESC, c.number DESC
  )
  SELECT l.id, l.number, l.kind, l.erased, l.name, l.email, l.place
    FROM (SELECT p.id, p.number, p.kind, e.party_id IS NOT NULL AS erased, f.name, f.email,
                 CASE WHEN $10::boolean THEN lower(coalesce(f.name, '')) ELSE '' END COLLATE "C" AS place
            FROM party p
            LEFT JOIN party_profile f ON $6::boolean AND f.node_id = p.node_id AND f.party_id = p.id
            LEFT JOIN party_erasure e ON e.node_id = p.node_id AND e.party_id = p.id
           WHERE p.node_id = $1
             AND ($4::text IS NULL OR p.kind = $4)
             AND ($8::timestamptz IS NULL OR p.recorded_at <= $8)
             AND ($5::text IS NULL OR position(lower($5) IN
                    lower(concat_ws(' ', p.number, f.name, f.email))) > 0)
             AND (num_nonnulls($2::text, $3::text) = 0 OR p.id IN (
                   SELECT m.party_id
                     FROM standings s
                     JOIN membership m ON m.node_id = $1 AND m.id = s.membership_id
                     JOIN member_class c ON c.node_id = m.node_id AND c.id = m.class_id
                    WHERE ($2 IS NULL OR c.code = $2)
                      AND CASE WHEN $3 IS NULL THEN s.standing NOT IN ('left', 'deceased')
                               ELSE s.standing = $3 END))) l
   WHERE $11::text IS NULL
      OR CASE WHEN $9::boolean THEN (l.place, l.number COLLATE "C") < ($11, $12)
              ELSE (l.place, l.number COLLATE "C") > ($11, $12) END
   ORDER BY CASE WHEN $9::boolean THEN l.place END DESC,
            CASE WHEN $9::boolean THEN l.number COLLATE "C" END DESC,
            l.place, l.number COLLATE "C"
   LIMIT $13
)sql";

constexpr const char* listed_memberships_sql = R"sql(
  -- members.listed_memberships
  SELECT m.party_id, m.id, c.code, m.from_on, m.until_on, s.standing, m.class_id
    FROM membership m
    JOIN member_class c ON c.node_id = m.node_id AND c.id = m.class_id
   CROSS JOIN LATERAL (SELECT membership_standing(m.node_id, m.id, $3, coalesce($4::timestamptz,
           'infinity')) AS standing) s
   WHERE m.node_id = $1 AND m.party_id = ANY ($2::int[]) AND s.standing IS NOT NULL
   ORDER BY m.id
)sql";

void add_memberships(Tx& tx, NodeId node, Day day, std::optional<Instant> known_at,
                     std::vector<ListedMember>& listed) {
  SqlArray parties;
  std::map<PartyId, ListedMember*> by_id;
  for (ListedMember& member : listed) {
    parties.add(member.party.id);
    by_id.emplace(member.party.id, &member);
  }
  std::vector<PartyId> shown;
  for (const auto& [party, member] : by_id) shown.push_back(party);
  const auto overdue = dues::read_overdue(tx, node, {day, known_at}, shown);
  const Rules rules = read_rules(tx, node, day, known_at);
  for (const Row row : report_rows(tx, listed_memberships_sql, node, parties.value(), day, known_at)) {
    const auto party = row.id<PartyId>(0);
    by_id.at(party)->memberships.push_back(
        {row.id<MembershipId>(1), row.string(2), row.day(3), row.maybe_day(4),
         with_dues(members::standing_from(row.text(5)), row.id<ClassId>(6), rules, overdue, party, day)});
  }
}

std::string words_of(const std::vector<ListedMembership>& memberships) {
  std::string words;
  for (const ListedMembership& membership : memberships)
    words += (words.empty() ? "" : ", ") + membership.class_code + " " +
             std::string{members::text_of(membership.standing)};
  return words;
}

std::vector<Column> member_columns(bool sees_profiles) {
  std::vector<Column> all{{"number", "Member", ColumnKind::text}, {"kind", "Kind", ColumnKind::text}};
  if (sees_profiles) {
    all.push_back({"name", "Name", ColumnKind::text, 40});
    all.push_back({"email", "E-mail", ColumnKind::text, 40});
  }
  all.push_back({"memberships", "Memberships", ColumnKind::text, 60});
  return all;
}

}  // namespace

std::vector<ListedMember> read_member_list(Tx& tx, NodeId node, const MemberFilter& filter, Day day,
                                           std::optional<Instant> known_at, MemberOrder order,
                                           const std::optional<MemberPlace>& after, int limit) {
  const auto standing = filter.standing ? std::optional{members::text_of(*filter.standing)} : std::nullopt;
  const auto kind = filter.kind ? std::optional{members::text_of(*filter.kind)} : std::nullopt;
  const bool turned = order == MemberOrder::last_number_first || order == MemberOrder::last_name_first;
  const bool by_name = order == MemberOrder::first_name_first || order == MemberOrder::last_name_first;
  const auto place = after ? std::optional{after->place} : std::nullopt;
  const auto number = after ? std::optional{after->number} : std::nullopt;
  LateMemberships late;
  if (depends_on_dues(filter.standing)) late = read_late_memberships(tx, node, day, known_at);
  std::vector<ListedMember> listed;
  for (const Row row : report_rows(tx, member_list_sql, node, filter.class_code, standing, kind, filter.text,
                                   filter.sees_profiles, day, known_at, turned, by_name, place, number, limit,
                                   late.in_grace.value(), late.in_arrears.value())) {
    listed.push_back({{row.id<PartyId>(0), row.string(1), members::party_kind_from(row.text(2))},
                      row.boolean(3),
                      row.maybe_string(4),
                      row.maybe_string(5),
                      {},
                      row.string(6)});
  }
  add_memberships(tx, node, day, known_at, listed);
  return listed;
}

Table table_of_members(const ReportNode& node, const Viewpoint& viewpoint,
                       const std::vector<ListedMember>& listed, bool sees_profiles,
                       const std::optional<std::string>& next) {
  Table table{"members", "Members", {}, member_columns(sees_profiles), {}, next};
  add_node(table, node);
  add_viewpoint(table, viewpoint);
  for (const ListedMember& member : listed) {
    std::vector<Cell> cells{member.party.number, std::string{members::text_of(member.party.kind)}};
    if (sees_profiles) {
      cells.push_back(member.erased ? Cell{"(erased)"} : member.name ? Cell{*member.name} : Cell{});
      cells.push_back(member.email ? Cell{*member.email} : Cell{});
    }
    cells.push_back(words_of(member.memberships));
    table.rows.push_back({RowKind::line, 0, std::move(cells)});
  }
  return table;
}

}  // namespace coop::reports
