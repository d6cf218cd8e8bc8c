#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/access/role.hpp"
#include "ledger/database/tx.hpp"

namespace coop::access {

/// A role somebody holds, or held, in a node.
struct RoleGrant {
  UserId user;
  std::string user_name;
  Role role;
  Instant granted_at;
  std::optional<std::string> granted_by;  ///< a user's name; empty: at the command line
  std::optional<Instant> revoked_at;
  std::optional<std::string> revoked_by;  ///< as granted_by
};

/// Where a page of the list of grants ended: at this one. As made it is before the first.
struct GrantPlace {
  std::string user_name;
  std::string role;
  Instant granted_at{};
};

/// Gives the role, unless the user holds it already. True if it was given.
bool insert_grant(Tx& tx, NodeId node, UserId user, Role role, std::optional<UserId> by, Instant now);
/// Takes the role. True if the user held it.
bool end_grant(Tx& tx, NodeId node, UserId user, Role role, std::optional<UserId> by, Instant now);
/// The users, not closed, who are treasurers of the node, in the order of their ids; their grants are locked
/// until commit.
std::vector<UserId> lock_treasurers(Tx& tx, NodeId node);
/// What the user holds in all nodes.
std::vector<HeldRole> read_roles(Tx& tx, UserId user);
/// Who holds what in the node, by user name and role, after that place, at most `most`; with `ended`, who
/// held it before as well.
std::vector<RoleGrant> list_grants(Tx& tx, NodeId node, bool ended, const GrantPlace& after, int most);

}  // namespace coop::access
