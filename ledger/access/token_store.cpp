#include "ledger/access/token_store.hpp"

namespace coop::access {

namespace {

std::vector<Scope> scopes_of(std::string_view joined) {
  std::vector<Scope> scopes;
  while (!joined.empty()) {
    const std::size_t comma = std::min(joined.find(','), joined.size());
    scopes.push_back(scope_from_text(joined.substr(0, comma)));
    joined.remove_prefix(std::min(comma + 1, joined.size()));
  }
  return scopes;
}

constexpr const char* insert_token_sql = R"sql(
  -- tokens.insert
  INSERT INTO access_token (user_id, token_hash, origin, label, scopes, only_node_id, issued_at, expires_at)
  VALUES ($1, $2, $3, $4, $5::text[], $6, $7, $8)
  RETURNING id
)sql";

}  // namespace

TokenNumber insert_token(Tx& tx, UserId user, const TokenHash& hash, TokenOrigin origin,
                         const TokenDraft& draft, Instant now) {
  SqlArray scopes;
  for (const Scope scope : draft.scopes) scopes.add(text_of(scope));
  const char* origin_text = origin == TokenOrigin::sign_in ? "sign_in" : "issued";
  const Rows added = rows(tx, insert_token_sql, user, Bytes{hash.view()}, origin_text, draft.label,
                          scopes.value(), draft.only_node, now, draft.expires_at);
  return only_row(added).id<TokenNumber>(0);
}

namespace {

constexpr const char* find_token_sql = R"sql(
  -- tokens.find
  SELECT t.id, u.id, u.name, u.is_operator, array_to_string(t.scopes, ','), t.only_node_id, t.expires_at,
         t.last_used_on
    FROM access_token t
    JOIN user_account u ON u.id = t.user_id
   WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND u.closed_at IS NULL
)sql";

}  // namespace

std::optional<FoundToken> find_token(Tx& tx, const TokenHash& hash) {
  const Rows found = rows(tx, find_token_sql, Bytes{hash.view()});
  if (found.empty()) return {};
  const Row row = found[0];
  Access access{row.id<UserId>(1), row.string(2), row.boolean(3), {}, scopes_of(row.text(4)), {},
                row.instant(6)};
  if (!row.is_null(5)) access.only_node = row.id<NodeId>(5);
  return FoundToken{row.id<TokenNumber>(0), std::move(access), row.maybe_day(7)};
}

namespace {

constexpr const char* list_tokens_sql = R"sql(
  -- tokens.list
  SELECT t.id, t.origin, t.label, array_to_string(t.scopes, ','), n.name, t.issued_at, t.expires_at,
         t.revoked_at, t.last_used_on
    FROM access_token t
    LEFT JOIN node n ON n.id = t.only_node_id
   WHERE t.user_id = $1 AND t.id < $2
   ORDER BY t.id DESC
   LIMIT $3
)sql";

}  // namespace

std::vector<TokenSummary> list_tokens(Tx& tx, UserId user, TokenNumber before, int most) {
  std::vector<TokenSummary> tokens;
  for (const Row row : rows(tx, list_tokens_sql, user, before, most)) {
    tokens.push_back({row.id<TokenNumber>(0),
                      row.text(1) == "sign_in" ? TokenOrigin::sign_in : TokenOrigin::issued, row.string(2),
                      scopes_of(row.text(3)), row.maybe_string(4), row.instant(5), row.instant(6),
                      row.maybe_instant(7), row.maybe_day(8)});
  }
  return tokens;
}

namespace {

constexpr const char* revoke_token_sql = R"sql(
  -- tokens.revoke
  UPDATE access_token SET revoked_at = coalesce(revoked_at, $3) WHERE user_id = $1 AND id = $2
)sql";

}  // namespace

bool end_token(Tx& tx, UserId user, TokenNumber token, Instant now) {
  return rows(tx, revoke_token_sql, user, token, now).affected() == 1;
}

namespace {

constexpr const char* revoke_sign_ins_sql = R"sql(
  -- tokens.revoke_sign_ins
  UPDATE access_token
     SET revoked_at = $3
   WHERE user_id = $1 AND origin = 'sign_in' AND revoked_at IS NULL AND id IS DISTINCT FROM $2
)sql";

}  // namespace

void revoke_sign_ins(Tx& tx, UserId user, std::optional<TokenNumber> spared, Instant now) {
  rows(tx, revoke_sign_ins_sql, user, spared, now);
}

namespace {

constexpr const char* mark_used_sql = R"sql(
  -- tokens.mark_used
  UPDATE access_token SET last_used_on = $2 WHERE id = $1 AND last_used_on IS DISTINCT FROM $2
)sql";

}  // namespace

void mark_used(Tx& tx, TokenNumber token, Day day) { rows(tx, mark_used_sql, token, day); }

namespace {

constexpr const char* delete_expired_sql = R"sql(
  -- tokens.delete_expired
  DELETE FROM access_token WHERE user_id = $1 AND expires_at < $2
)sql";

}  // namespace

void delete_expired_tokens(Tx& tx, UserId user, Instant moment) {
  rows(tx, delete_expired_sql, user, moment);
}

}  // namespace coop::access
