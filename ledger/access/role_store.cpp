#include "ledger/access/role_store.hpp"

namespace coop::access {

namespace {

constexpr const char* insert_grant_sql = R"sql(
  -- roles.grant
  INSERT INTO role_grant (node_id, user_id, role, granted_at, granted_by)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (node_id, user_id, role) WHERE revoked_at IS NULL DO NOTHING
)sql";

}  // namespace

bool insert_grant(Tx& tx, NodeId node, UserId user, Role role, std::optional<UserId> by, Instant now) {
  return rows(tx, insert_grant_sql, node, user, text_of(role), now, by).affected() == 1;
}

namespace {

constexpr const char* end_grant_sql = R"sql(
  -- roles.revoke
  UPDATE role_grant
     SET revoked_at = greatest($4::timestamptz, granted_at), revoked_by = $5
   WHERE node_id = $1 AND user_id = $2 AND role = $3 AND revoked_at IS NULL
)sql";

}  // namespace

bool end_grant(Tx& tx, NodeId node, UserId user, Role role, std::optional<UserId> by, Instant now) {
  return rows(tx, end_grant_sql, node, user, text_of(role), now, by).affected() == 1;
}

namespace {

constexpr const char* lock_treasurers_sql = R"sql(
  -- roles.lock_treasurers
  SELECT g.user_id
    FROM role_grant g
    JOIN user_account u ON u.id = g.user_id
   WHERE g.node_id = $1 AND g.role = 'treasurer' AND g.revoked_at IS NULL AND u.closed_at IS NULL
   ORDER BY g.user_id
     FOR UPDATE
)sql";

}  // namespace

std::vector<UserId> lock_treasurers(Tx& tx, NodeId node) {
  std::vector<UserId> users;
  for (const Row row : rows(tx, lock_treasurers_sql, node)) users.push_back(row.id<UserId>(0));
  return users;
}

namespace {

constexpr const char* read_roles_sql = R"sql(
  -- roles.of_user
  SELECT node_id, role
    FROM role_grant
   WHERE user_id = $1 AND revoked_at IS NULL
   ORDER BY node_id, role
)sql";

}  // namespace

std::vector<HeldRole> read_roles(Tx& tx, UserId user) {
  std::vector<HeldRole> roles;
  for (const Row row : rows(tx, read_roles_sql, user))
    roles.push_back({row.id<NodeId>(0), role_from_text(row.text(1))});
  return roles;
}

namespace {

constexpr const char* list_grants_sql = R"sql(
  -- roles.of_node
  SELECT g.user_id, u.name, g.role, g.granted_at, granter.name, g.revoked_at, revoker.name
    FROM role_grant g
    JOIN user_account u ON u.id = g.user_id
    LEFT JOIN user_account granter ON granter.id = g.granted_by
    LEFT JOIN user_account revoker ON revoker.id = g.revoked_by
   WHERE g.node_id = $1 AND ($2 OR g.revoked_at IS NULL) AND (u.name, g.role, g.granted_at) > ($3, $4, $5)
   ORDER BY u.name, g.role, g.granted_at
   LIMIT $6
)sql";

}  // namespace

std::vector<RoleGrant> list_grants(Tx& tx, NodeId node, bool ended, const GrantPlace& after, int most) {
  std::vector<RoleGrant> grants;
  for (const Row row :
       rows(tx, list_grants_sql, node, ended, after.user_name, after.role, after.granted_at, most)) {
    grants.push_back({row.id<UserId>(0), row.string(1), role_from_text(row.text(2)), row.instant(3),
                      row.maybe_string(4), row.maybe_instant(5), row.maybe_string(6)});
  }
  return grants;
}

}  // namespace coop::access
