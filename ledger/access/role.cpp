#include "ledger/access/role.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/values/refusal.hpp"

namespace coop::access {

namespace {

using enum Role;

constexpr std::array<std::pair<Role, std::string_view>, 6> role_texts{{
    {treasurer, "treasurer"},
    {bookkeeper, "bookkeeper"},
    {approver, "approver"},
    {auditor, "auditor"},
    {member, "member"},
    {neighbour, "neighbour"},
}};

constexpr std::array<std::pair<Scope, std::string_view>, 3> scope_texts{{
    {Scope::read, "read"},
    {Scope::write, "write"},
    {Scope::admin, "admin"},
}};

constexpr std::array everyone_in_node{treasurer, bookkeeper, approver, auditor, member, neighbour};
constexpr std::array readers{treasurer, bookkeeper, approver, auditor};
constexpr std::array people{treasurer, bookkeeper, approver, auditor, member};
constexpr std::array recorders{treasurer, bookkeeper};
constexpr std::array approvers{treasurer, approver};
constexpr std::array treasurers{treasurer};
constexpr std::span<const Role> nobody{};

constexpr std::array<Permission, 18> matrix{{
    // action                   code                scope         everybody  operator  roles in the node
    {Action::see_self, "see_self", Scope::read, true, true, nobody},
    {Action::change_self, "change_self", Scope::admin, true, true, nobody},
    {Action::read_node, "read_node", Scope::read, false, true, everyone_in_node},
    {Action::read_books, "read_books", Scope::read, false, false, readers},
    {Action::verify_books, "verify_books", Scope::write, false, false, readers},
    {Action::record_entries, "record_entries", Scope::write, false, false, recorders},
    {Action::keep_accounts, "keep_accounts", Scope::write, false, false, recorders},
    {Action::adopt_rules, "adopt_rules", Scope::write, false, false, treasurers},
    {Action::lock_periods, "lock_periods", Scope::write, false, false, treasurers},
    {Action::approve_payments, "approve_payments", Scope::write, false, false, approvers},
    {Action::manage_node, "manage_node", Scope::admin, false, true, treasurers},
    {Action::read_members, "read_members", Scope::read, false, false, readers},
    {Action::read_profiles, "read_profiles", Scope::read, false, false, recorders},
    {Action::keep_members, "keep_members", Scope::write, false, false, recorders},
    {Action::erase_members, "erase_members", Scope::write, false, false, treasurers},
    {Action::see_own_members, "see_own_members", Scope::read, false, false, people},
    {Action::do_own_work, "do_own_work", Scope::write, false, false, people},
    {Action::operate_server, "operate_server", Scope::admin, false, true, nobody},
}};

constexpr bool in_order_of_actions() {
  for (std::size_t i = 0; i < matrix.size(); ++i)
    if (static_cast<std::size_t>(matrix[i].action) != i) return false;
  return matrix.back().action == Action::operate_server;
}
static_assert(in_order_of_actions(), "the matrix has a line for every action, in their order");

template <class Word, std::size_t count>
Word word_from(const std::array<std::pair<Word, std::string_view>, count>& words, std::string_view text,
               const char* what) {
  std::string allowed;
  for (const auto& [word, word_text] : words) {
    if (word_text == text) return word;
    allowed += (allowed.empty() ? "" : ", ") + std::string{word_text};
  }
  throw Refused{Refusal::field_invalid,
                "\"" + std::string{text.substr(0, 40)} + "\" is no " + what + "; allowed are " + allowed};
}

// A token for one node says who its owner is, and opens nothing beyond that node.
bool is_for_elsewhere(const Access& access, const Permission& permission, std::optional<NodeId> node) {
  return access.only_node && node != access.only_node && permission.action != Action::see_self;
}

void require_scope(const Access& access, const Permission& permission, std::optional<NodeId> node) {
  if (!access.has_scope(permission.scope)) {
    throw Refused{Refusal::scope_missing, std::string{permission.code} + " needs a token with the scope " +
                                              std::string{text_of(permission.scope)}};
  }
  if (is_for_elsewhere(access, permission, node))
    throw Refused{Refusal::scope_missing, "the token is good for another node only"};
}

bool role_allows(const Access& access, const Permission& permission, std::optional<NodeId> node) {
  if (permission.for_everybody || (permission.for_operator && access.is_operator)) return true;
  return node && std::any_of(permission.roles.begin(), permission.roles.end(),
                             [&](Role role) { return access.has_role(*node, role); });
}

}  // namespace

std::span<const Permission> permissions() { return matrix; }

const Permission& permission_of(Action action) { return matrix.at(static_cast<std::size_t>(action)); }

bool Access::has_scope(Scope scope) const noexcept {
  return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

bool Access::has_role(NodeId node, Role role) const noexcept {
  return std::find(roles.begin(), roles.end(), HeldRole{node, role}) != roles.end();
}

void require_allowed(const Access* access, Action action, std::optional<NodeId> node, Instant now) {
  const Permission& permission = permission_of(action);
  if (access == nullptr) throw Refused{Refusal::sign_in_required, "this needs a valid bearer token"};
  if (access->expires_at <= now)
    throw Refused{Refusal::token_expired, "the token expired at " + coop::text_of(access->expires_at)};
  require_scope(*access, permission, node);
  if (role_allows(*access, permission, node)) return;
  throw Refused{Refusal::role_missing,
                access->name + " may not " + std::string{permission.code} +
                    (permission.roles.empty() ? ": that is the operator's" : " in this node")};
}

bool is_allowed(const Access* access, Action action, std::optional<NodeId> node, Instant now) {
  const Permission& permission = permission_of(action);
  return access != nullptr && access->expires_at > now && access->has_scope(permission.scope) &&
         !is_for_elsewhere(*access, permission, node) && role_allows(*access, permission, node);
}

std::string_view text_of(Role role) { return role_texts.at(static_cast<std::size_t>(role)).second; }

std::string_view text_of(Scope scope) { return scope_texts.at(static_cast<std::size_t>(scope)).second; }

Role role_from_text(std::string_view text) { return word_from(role_texts, text, "role"); }

Scope scope_from_text(std::string_view text) { return word_from(scope_texts, text, "scope"); }

}  // namespace coop::access
