#include "ledger/access/access_service.hpp"

#include <algorithm>

#include "ledger/access/password.hpp"
#include "ledger/access/user_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::access {

namespace {

constexpr std::chrono::hours sign_in_life{12};
constexpr date::days first_token_life{7};
constexpr date::days kept_after_expiry{30};

const std::vector<Scope>& every_scope() {
  static const std::vector<Scope> all{Scope::read, Scope::write, Scope::admin};
  return all;
}

IssuedToken insert_fresh_token(Tx& tx, UserId user, TokenOrigin origin, const TokenDraft& draft,
                               Instant now) {
  const std::string text = make_token_text();
  const std::optional<TokenHash> hash = hash_of_token(text);
  ensure(hash.has_value(), "a token we made has a token's form");
  return {insert_token(tx, user, *hash, origin, draft, now), text, draft.expires_at};
}

/// Refuses last_treasurer, if nobody else is treasurer of the node. Locks the node's treasurers.
void require_other_treasurer(Tx& tx, NodeId node, const User& user) {
  const std::vector<UserId> treasurers = lock_treasurers(tx, node);
  const bool others =
      std::any_of(treasurers.begin(), treasurers.end(), [&](UserId one) { return one != user.id; });
  const bool is_one = std::find(treasurers.begin(), treasurers.end(), user.id) != treasurers.end();
  if (is_one && !others) throw Refused{Refusal::last_treasurer, user.name + " is the node's only treasurer"};
}

}  // namespace

User create_user(Tx& tx, const UserDraft& draft, std::optional<UserId> by, Instant now) {
  require_user_name(draft.name);
  require_user_title(draft.title);
  std::optional<PasswordHash> hash;
  if (draft.password) hash = hash_of_password(*draft.password);
  insert_user(tx, draft, hash, by, now);
  return read_user(tx, draft.name);
}

User read_user(Tx& tx, std::string_view name) {
  if (const std::optional<User> user = find_user(tx, name)) return *user;
  throw Refused{Refusal::user_unknown, "there is no user '" + std::string{name.substr(0, 60)} + "'"};
}

std::vector<User> read_users(Tx& tx, std::string_view after, int most) { return list_users(tx, after, most); }

User change_user(Tx& tx, std::string_view name, const UserChange& change, Instant now) {
  User user = read_user(tx, name);
  if (change.title) {
    require_user_title(*change.title);
    user.title = *change.title;
  }
  if (change.is_operator) user.is_operator = *change.is_operator;
  if (change.closed && *change.closed && !user.closed_at) {
    for (const HeldRole& held : read_roles(tx, user.id))
      if (held.role == Role::treasurer) require_other_treasurer(tx, held.node, user);
    user.closed_at = now;
  } else if (change.closed && !*change.closed) {
    user.closed_at.reset();
  }
  update_user(tx, user);
  return user;
}

void set_password(Tx& tx, std::string_view user, std::string_view password, Instant now) {
  const PasswordHash hash = hash_of_password(password);
  const UserId id = read_user(tx, user).id;
  update_password(tx, id, hash, now);
  revoke_sign_ins(tx, id, std::nullopt, now);
}

void change_password(Tx& tx, std::string_view user, const OwnPassword& given, std::string_view session,
                     Instant now) {
  const std::optional<StoredPassword> stored = find_password(tx, user);
  if (!stored) throw Refused{Refusal::user_unknown, "there is no user '" + std::string{user} + "'"};
  if (stored->hash && !given.old_password)
    throw Refused{Refusal::field_missing, "the field 'old_password' is missing", "/old_password"};
  if (given.old_password && !password_matches(stored->hash, *given.old_password))
    throw Refused{Refusal::sign_in_failed, "this is not your password", "/old_password"};
  update_password(tx, stored->user, hash_of_password(given.password), now);
  const auto hash = hash_of_token(session);
  const auto found = hash ? find_token(tx, *hash) : std::nullopt;
  revoke_sign_ins(tx, stored->user, found ? std::optional{found->number} : std::nullopt, now);
}

UserId require_password(Database& database, std::string_view name, std::string_view password, Instant now) {
  const std::optional<StoredPassword> stored =
      database.in_snapshot([&](Tx& tx) { return find_password(tx, name); });
  const bool matches = password_matches(stored ? stored->hash : std::nullopt, password);
  if (!stored || !matches) throw Refused{Refusal::sign_in_failed, "no user has this name with this password"};
  if (is_outdated(*stored->hash)) {
    const PasswordHash fresh = hash_of_password(password);
    database.in_tx([&](Tx& tx) { update_password(tx, stored->user, fresh, now); });
  }
  return stored->user;
}

IssuedToken sign_in(Database& database, std::string_view name, std::string_view password, Instant now) {
  const UserId user = require_password(database, name, password, now);
  return database.in_tx([&](Tx& tx) {
    delete_expired_tokens(tx, user, now - kept_after_expiry);
    return insert_fresh_token(tx, user, TokenOrigin::sign_in,
                              {"signed in", every_scope(), std::nullopt, now + sign_in_life}, now);
  });
}

IssuedToken issue_token(Tx& tx, std::string_view user, const TokenDraft& draft, const Access* issuer,
                        Instant now) {
  const UserId id = read_user(tx, user).id;
  const TokenDraft wanted = checked(draft, now);
  if (issuer != nullptr) require_no_wider(wanted, *issuer);
  return insert_fresh_token(tx, id, TokenOrigin::issued, wanted, now);
}

std::vector<TokenSummary> read_tokens(Tx& tx, std::string_view user, std::optional<TokenNumber> before,
                                      int most) {
  const TokenNumber none_before{std::numeric_limits<std::int32_t>::max()};
  return list_tokens(tx, read_user(tx, user).id, before.value_or(none_before), most);
}

void revoke_token(Tx& tx, std::string_view user, TokenNumber token, Instant now) {
  if (end_token(tx, read_user(tx, user).id, token, now)) return;
  throw Refused{Refusal::token_unknown,
                std::string{user} + " has no token " + std::to_string(token.number())};
}

void sign_out(Tx& tx, std::string_view token, Instant now) {
  const auto hash = hash_of_token(token);
  if (!hash) return;
  if (const auto found = find_token(tx, *hash)) end_token(tx, found->access.user, found->number, now);
}

bool grant_role(Tx& tx, NodeId node, std::string_view user, Role role, std::optional<UserId> by,
                Instant now) {
  const User grantee = read_user(tx, user);
  if (grantee.closed_at) throw Refused{Refusal::user_unknown, "the user '" + grantee.name + "' is closed"};
  return insert_grant(tx, node, grantee.id, role, by, now);
}

bool revoke_role(Tx& tx, NodeId node, std::string_view user, Role role, std::optional<UserId> by,
                 Instant now) {
  const User holder = read_user(tx, user);
  if (role == Role::treasurer) require_other_treasurer(tx, node, holder);
  return end_grant(tx, node, holder.id, role, by, now);
}

std::vector<RoleGrant> read_grants(Tx& tx, NodeId node, bool ended, const GrantPlace& after, int most) {
  return list_grants(tx, node, ended, after, most);
}

std::optional<FirstToken> first_operator_token(Tx& tx, Instant now) {
  if (has_operator(tx)) return {};
  std::string name = "operator";
  for (int more = 2; find_user(tx, name); ++more) name = "operator-" + std::to_string(more);
  const UserId id = insert_user(tx, {name, "Operator", {}, true}, {}, {}, now);
  const IssuedToken token = insert_fresh_token(
      tx, id, TokenOrigin::issued, {"first start", every_scope(), std::nullopt, now + first_token_life}, now);
  return FirstToken{name, token.text};
}

}  // namespace coop::access
