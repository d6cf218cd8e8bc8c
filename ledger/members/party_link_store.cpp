#include "ledger/members/party_link_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::members {

constexpr const char* read_head_counts_sql = R"sql(
  -- head_counts.read
  SELECT number, from_on, members, recorded_at
    FROM head_count
   WHERE node_id = $1 AND party_id = $2
   ORDER BY number
)sql";

std::vector<HeadCount> read_head_counts(Tx& tx, NodeId node, PartyId party) {
  std::vector<HeadCount> counts;
  for (const Row row : rows(tx, read_head_counts_sql, node, party))
    counts.push_back({row.integer(0), row.day(1), row.integer(2), row.instant(3)});
  return counts;
}

constexpr const char* insert_head_count_sql = R"sql(
  -- head_counts.insert
  INSERT INTO head_count (node_id, party_id, number, from_on, members, recorded_at, recorded_by)
  SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6
    FROM head_count
   WHERE node_id = $1 AND party_id = $2
  RETURNING number
)sql";

int insert_head_count(Tx& tx, NodeId node, PartyId party, Day from_on, int members, Instant at,
                      std::optional<UserId> by) {
  return only_row(rows(tx, insert_head_count_sql, node, party, from_on, members, at, by)).integer(0);
}

constexpr const char* user_id_sql = R"sql(
  -- party_users.user_id
  SELECT id FROM user_account WHERE name = $1
)sql";

UserId read_user_id(Tx& tx, std::string_view name) {
  const Rows found = rows(tx, user_id_sql, name);
  if (found.empty())
    throw Refused{Refusal::user_unknown, "there is no user '" + std::string{name.substr(0, 60)} + "'"};
  return found[0].id<UserId>(0);
}

constexpr const char* linked_users_sql = R"sql(
  -- party_users.names
  SELECT u.name
    FROM party_user l
    JOIN user_account u ON u.id = l.user_id
   WHERE l.node_id = $1 AND l.party_id = $2
     AND NOT EXISTS (SELECT FROM party_user_end e
                      WHERE (e.node_id, e.party_id, e.user_id, e.linked_at)
                            = (l.node_id, l.party_id, l.user_id, l.linked_at))
   ORDER BY u.name
)sql";

std::vector<std::string> read_linked_users(Tx& tx, NodeId node, PartyId party) {
  std::vector<std::string> names;
  for (const Row row : rows(tx, linked_users_sql, node, party)) names.push_back(row.string(0));
  return names;
}

constexpr const char* parties_of_user_sql = R"sql(
  -- party_users.parties
  SELECT p.id, p.number, p.kind
    FROM party_user l
    JOIN party p ON p.node_id = l.node_id AND p.id = l.party_id
   WHERE l.node_id = $1 AND l.user_id = $2
     AND NOT EXISTS (SELECT FROM party_user_end e
                      WHERE (e.node_id, e.party_id, e.user_id, e.linked_at)
                            = (l.node_id, l.party_id, l.user_id, l.linked_at))
   ORDER BY p.number
)sql";

std::vector<Party> read_parties_of_user(Tx& tx, NodeId node, UserId user) {
  std::vector<Party> parties;
  for (const Row row : rows(tx, parties_of_user_sql, node, user))
    parties.push_back({row.id<PartyId>(0), row.string(1), party_kind_from(row.text(2))});
  return parties;
}

constexpr const char* links_of_user_sql = R"sql(
  -- party_users.links
  SELECT l.party_id, max(e.unlinked_at), count(*) > count(e.unlinked_at)
    FROM party_user l
    LEFT JOIN party_user_end e ON e.node_id = l.node_id AND e.party_id = l.party_id AND e.user_id = l.user_id
          AND e.linked_at = l.linked_at
   WHERE l.node_id = $1 AND l.user_id = $2
   GROUP BY l.party_id
)sql";

std::vector<PartyLink> read_links_of_user(Tx& tx, NodeId node, UserId user) {
  std::vector<PartyLink> links;
  for (const Row row : rows(tx, links_of_user_sql, node, user)) {
    PartyLink link{row.id<PartyId>(0), std::nullopt};
    if (!row.boolean(2)) link.unlinked_at = row.instant(1);
    links.push_back(link);
  }
  return links;
}

constexpr const char* was_one_of_sql = R"sql(
  -- party_users.was_one_of
  SELECT EXISTS (
         SELECT FROM party_user x
           JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
          WHERE x.node_id = $1 AND x.user_id = $2 AND p.number = ANY ($3::text[])
            AND was_linked(x.node_id, x.party_id, x.user_id, $4, 'infinity'))
)sql";

bool was_one_of(Tx& tx, NodeId node, UserId user, const std::vector<std::string>& members, Instant since) {
  SqlArray numbers;
  for (const std::string& member : members) numbers.add(member);
  return only_row(rows(tx, was_one_of_sql, node, user, numbers.value(), since)).boolean(0);
}

constexpr const char* insert_party_user_sql = R"sql(
  -- party_users.insert
  INSERT INTO party_user (node_id, party_id, user_id, linked_at, linked_by)
  SELECT $1, $2, $3, $4, $5 WHERE NOT is_linked($1, $2, $3)
)sql";

bool insert_party_user(Tx& tx, NodeId node, PartyId party, UserId user, Instant at,
                       std::optional<UserId> by) {
  return rows(tx, insert_party_user_sql, node, party, user, at, by).affected() == 1;
}

constexpr const char* end_party_users_sql = R"sql(
  -- party_users.end
  INSERT INTO party_user_end (node_id, party_id, user_id, linked_at, unlinked_at, unlinked_by)
  SELECT l.node_id, l.party_id, l.user_id, l.linked_at, $4, $5
    FROM party_user l
   WHERE l.node_id = $1 AND l.party_id = $2 AND ($3::int IS NULL OR l.user_id = $3)
     AND NOT EXISTS (SELECT FROM party_user_end e
                      WHERE (e.node_id, e.party_id, e.user_id, e.linked_at)
                            = (l.node_id, l.party_id, l.user_id, l.linked_at))
)sql";

int end_party_users(Tx& tx, NodeId node, PartyId party, std::optional<UserId> user, Instant at,
                    std::optional<UserId> by) {
  return rows(tx, end_party_users_sql, node, party, user, at, by).affected();
}

}  // namespace coop::members
