#include "ledger/members/own_link_store.hpp"

namespace coop::members {

constexpr const char* find_link_key_sql = R"sql(
  -- members.find_link_key
  SELECT encode(key, 'hex') FROM own_link_key WHERE node_id = $1
)sql";

std::optional<std::string> find_link_key(Tx& tx, NodeId node) {
  const Rows found = rows(tx, find_link_key_sql, node);
  return found.size() == 0 ? std::nullopt : std::optional{found[0].string(0)};
}

constexpr const char* insert_link_key_sql = R"sql(
  -- members.insert_link_key
  INSERT INTO own_link_key (node_id, key, made_at) VALUES ($1, $2, $3)
)sql";

void insert_link_key(Tx& tx, NodeId node, std::string_view key, Instant at) {
  rows(tx, insert_link_key_sql, node, Bytes{key}, at);
}

constexpr const char* insert_own_link_sql = R"sql(
  -- members.insert_own_link
  INSERT INTO own_link (node_id, number, party_id, expires_at, recorded_at, recorded_by)
  SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5 FROM own_link WHERE node_id = $1
  RETURNING number
)sql";

int insert_own_link(Tx& tx, NodeId node, PartyId party, Instant expires_at, const books::Author& author) {
  return only_row(rows(tx, insert_own_link_sql, node, party, expires_at, author.now, author.user)).integer(0);
}

constexpr const char* insert_own_link_end_sql = R"sql(
  -- members.insert_own_link_end
  INSERT INTO own_link_end (node_id, link_number, recorded_at, recorded_by) VALUES ($1, $2, $3, $4)
)sql";

void insert_own_link_end(Tx& tx, NodeId node, int number, const books::Author& author) {
  rows(tx, insert_own_link_end_sql, node, number, author.now, author.user);
}

constexpr const char* own_links_sql = R"sql(
  -- members.own_links
  SELECT l.number, l.party_id, l.expires_at, l.recorded_at, w.name, e.recorded_at
    FROM own_link l
    LEFT JOIN user_account w ON w.id = l.recorded_by
    LEFT JOIN own_link_end e ON e.node_id = l.node_id AND e.link_number = l.number
   WHERE l.node_id = $1 AND ($2::int IS NULL OR l.party_id = $2) AND ($3::int IS NULL OR l.number = $3)
     AND ($4::int IS NULL OR l.number < $4)
   ORDER BY l.number DESC
   LIMIT $5
)sql";

namespace {

std::vector<OwnLink> links_from(const Rows& found) {
  std::vector<OwnLink> links;
  for (const Row row : found)
    links.push_back({row.integer(0), row.id<PartyId>(1), row.instant(2), row.instant(3),
                     row.is_null(4) ? std::nullopt : std::optional{row.string(4)},
                     row.is_null(5) ? std::nullopt : std::optional{row.instant(5)}});
  return links;
}

}  // namespace

std::optional<OwnLink> find_own_link(Tx& tx, NodeId node, int number) {
  auto found = links_from(rows(tx, own_links_sql, node, std::nullopt, number, std::nullopt, 1));
  return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<OwnLink> list_own_links(Tx& tx, NodeId node, PartyId party, std::optional<int> before,
                                    int limit) {
  return links_from(rows(tx, own_links_sql, node, party, std::nullopt, before, limit));
}

}  // namespace coop::members
