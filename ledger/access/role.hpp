#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::access {

/// What somebody is in one node.
enum class Role { treasurer, bookkeeper, approver, auditor, member, neighbour };

/// What a token is good for, at most.
enum class Scope { read, write, admin };

/// What somebody wants to do.
enum class Action {
  // for oneself
  see_self,     ///< who am I, which roles and tokens have I
  change_self,  ///< one's own password and tokens
  // in one node
  read_node,         ///< its name, title, country, time zone
  read_books,        ///< accounts, entries, reports, events, exports
  verify_books,      ///< having everything recomputed
  record_entries,    ///< entries, reversals, holds
  keep_accounts,     ///< accounts, limits, dimensions, charts, imports
  adopt_rules,       ///< rules, terms of funds, mandates, budgets, tariffs, classes of shares
  lock_periods,      ///< locking and unlocking periods, checkpoints
  approve_payments,  ///< payments of others, never one's own
  manage_node,       ///< the node's own fields, roles, webhooks
  read_members,      ///< members by number: classes, memberships, meetings; no personal data
  read_profiles,     ///< their personal data
  keep_members,      ///< members, profiles, classes, memberships, meetings
  erase_members,     ///< personal data, for good
  see_own_members,   ///< the members that one is, or acts for
  do_own_work,       ///< one's own hours, and deciding on those of others in one's circles
  // on the whole server
  operate_server,  ///< users, nodes, units, server-wide figures
};

/// One line of the matrix of permissions: the scope an action needs, and who may do it.
struct Permission {
  Action action;
  std::string_view code;
  Scope scope;
  bool for_everybody;           ///< any signed-in user
  bool for_operator;            ///< the server's operator, without a role in the node
  std::span<const Role> roles;  ///< the roles that allow it, in the node concerned
};

/// The whole matrix, in the order of the actions.
std::span<const Permission> permissions();
/// The line of `action`.
const Permission& permission_of(Action action);

/// A role somebody holds.
struct HeldRole {
  NodeId node;
  Role role;
  friend auto operator<=>(const HeldRole&, const HeldRole&) = default;
};

/// Somebody with a token that this server issued, not revoked, of a user not closed; it may have expired.
struct Access {
  UserId user;
  std::string name;
  bool is_operator;
  std::vector<HeldRole> roles;
  std::vector<Scope> scopes;
  std::optional<NodeId> only_node;  ///< the token is good for this node only
  Instant expires_at;

  bool has_scope(Scope scope) const noexcept;
  bool has_role(NodeId node, Role role) const noexcept;
};

/// Refuses what may not be done, with the first of these that applies: sign_in_required (`access` is null),
/// token_expired, scope_missing (the token lacks the action's scope, or is for another node), role_missing.
/// `node` is the node concerned; null for actions of oneself and of the whole server.
void require_allowed(const Access* access, Action action, std::optional<NodeId> node, Instant now);

/// True if require_allowed would not refuse.
bool is_allowed(const Access* access, Action action, std::optional<NodeId> node, Instant now);

/// "treasurer"
std::string_view text_of(Role role);
/// "read"
std::string_view text_of(Scope scope);
/// Throws Refused: field_invalid.
Role role_from_text(std::string_view text);
/// Throws Refused: field_invalid.
Scope scope_from_text(std::string_view text);

}  // namespace coop::access
