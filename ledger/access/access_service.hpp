#pragma once
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/access/role_store.hpp"
#include "ledger/access/token_store.hpp"
#include "ledger/access/user.hpp"
#include "ledger/database/database.hpp"

namespace coop::access {

/// A token just made. Its text is shown to its owner now and never again.
struct IssuedToken {
  TokenNumber number;
  std::string text;
  Instant expires_at;
};

/// Makes a user. Throws Refused: name_malformed, field_invalid (title, password), user_exists.
User create_user(Tx& tx, const UserDraft& draft, std::optional<UserId> by, Instant now);
/// The user of this name, closed or not. Throws Refused: user_unknown.
User read_user(Tx& tx, std::string_view name);
/// As many as there are.
constexpr int all_of_them = std::numeric_limits<int>::max();
/// The users whose names come after `after`, by name, at most `most`.
std::vector<User> read_users(Tx& tx, std::string_view after = {}, int most = all_of_them);

/// What may be changed of a user; nothing where empty.
struct UserChange {
  std::optional<std::string> title;
  std::optional<bool> is_operator;
  std::optional<bool> closed;  ///< true: can no longer sign in, tokens open nothing; false: open again
};
/// Changes a user. Throws Refused: user_unknown, field_invalid, last_treasurer (closing a node's only
/// treasurer).
User change_user(Tx& tx, std::string_view name, const UserChange& change, Instant now);
/// Sets the password and ends every session that began by signing in; issued tokens go on.
/// Throws Refused: user_unknown, field_invalid.
void set_password(Tx& tx, std::string_view user, std::string_view password, Instant now);

/// What somebody who sets their own password gives.
struct OwnPassword {
  std::optional<std::string> old_password;  ///< the one in force, if there is one
  std::string password;
};
/// The same for oneself: only who knows the old password sets another, and `session`, the text of the token
/// that asks, goes on. Throws Refused: user_unknown, field_missing or sign_in_failed (old_password),
/// field_invalid.
void change_password(Tx& tx, std::string_view user, const OwnPassword& given, std::string_view session,
                     Instant now);

/// Checks name and password and answers a token with every scope, good for twelve hours. Takes as long for a
/// name that does not exist. Opens its own database transactions, so that none is held while the password is
/// hashed. Throws Refused: sign_in_failed.
IssuedToken sign_in(Database& database, std::string_view name, std::string_view password, Instant now);

/// Who has this name and password; nothing is issued. Takes as long for a name that does not exist. Opens its
/// own database transactions. Throws Refused: sign_in_failed.
UserId require_password(Database& database, std::string_view name, std::string_view password, Instant now);

/// Issues a token to a user. `issuer` is the token that asks for it, null at the command line: none opens
/// more than it. Throws Refused: user_unknown, field_invalid, scope_missing.
IssuedToken issue_token(Tx& tx, std::string_view user, const TokenDraft& draft, const Access* issuer,
                        Instant now);
/// The user's tokens, newest first, at most `most`; those older than `before` where it is given.
/// Throws Refused: user_unknown.
std::vector<TokenSummary> read_tokens(Tx& tx, std::string_view user, std::optional<TokenNumber> before = {},
                                      int most = all_of_them);
/// Revokes a token; once revoked it stays so. Throws Refused: user_unknown, token_unknown.
void revoke_token(Tx& tx, std::string_view user, TokenNumber token, Instant now);

/// Revokes the token itself, however it was made. An unknown token changes nothing.
void sign_out(Tx& tx, std::string_view token, Instant now);

/// Gives a role in a node; giving it again changes nothing. True if it was given now.
/// Throws Refused: user_unknown (closed users are unknown here).
bool grant_role(Tx& tx, NodeId node, std::string_view user, Role role, std::optional<UserId> by, Instant now);
/// Takes a role; taking what is not held changes nothing. True if it was taken now.
/// Throws Refused: user_unknown, last_treasurer.
bool revoke_role(Tx& tx, NodeId node, std::string_view user, Role role, std::optional<UserId> by,
                 Instant now);
/// Who holds which role in the node, by user name and role, after that place, at most `most`; with `ended`,
/// who held one before as well.
std::vector<RoleGrant> read_grants(Tx& tx, NodeId node, bool ended, const GrantPlace& after = {},
                                   int most = all_of_them);

/// A new operator and the text of the token that opens the server for them.
struct FirstToken {
  std::string user;
  std::string text;
};
/// Where no open user has the operator's right (at the first start, after a demonstration or a restore into
/// an empty database): makes the user "operator", "operator-2" … if that name is taken, without a password,
/// and a token with every scope for it, good for seven days. Nothing otherwise.
std::optional<FirstToken> first_operator_token(Tx& tx, Instant now);

}  // namespace coop::access
