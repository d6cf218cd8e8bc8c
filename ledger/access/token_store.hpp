#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/access/token.hpp"
#include "ledger/database/tx.hpp"

namespace coop::access {

/// The number of a token, for listing and revoking it. Not secret.
using TokenNumber = Id<struct TokenKind, std::int32_t>;

/// How a token came to be.
enum class TokenOrigin { sign_in, issued };

/// What is known of a token; the token itself is not.
struct TokenSummary {
  TokenNumber number;
  TokenOrigin origin;
  std::string label;
  std::vector<Scope> scopes;
  std::optional<std::string> only_node;  ///< the node's name
  Instant issued_at;
  Instant expires_at;
  std::optional<Instant> revoked_at;
  std::optional<Day> last_used_on;
};

/// A token as the server meets it: what it opens, and when it was last used.
struct FoundToken {
  TokenNumber number;
  Access access;  ///< without the roles
  std::optional<Day> last_used_on;
};

/// Writes a token and gives it its number.
TokenNumber insert_token(Tx& tx, UserId user, const TokenHash& hash, TokenOrigin origin,
                         const TokenDraft& draft, Instant now);
/// The token that was not revoked, of a user who is not closed. It may have expired.
std::optional<FoundToken> find_token(Tx& tx, const TokenHash& hash);
/// The user's tokens of a number below `before`, newest first, at most `most`.
std::vector<TokenSummary> list_tokens(Tx& tx, UserId user, TokenNumber before, int most);
/// True if the user has a token of this number; it is revoked now, if it was not before.
bool end_token(Tx& tx, UserId user, TokenNumber token, Instant now);
/// Revokes all tokens that the user got by signing in, but `spared`.
void revoke_sign_ins(Tx& tx, UserId user, std::optional<TokenNumber> spared, Instant now);
/// Writes the day of its last use.
void mark_used(Tx& tx, TokenNumber token, Day day);
/// Forgets the user's tokens that expired before `moment`.
void delete_expired_tokens(Tx& tx, UserId user, Instant moment);

}  // namespace coop::access
