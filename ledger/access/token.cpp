#include "ledger/access/token.hpp"

#include <openssl/sha.h>

#include <algorithm>

#include "ledger/values/base64.hpp"
#include "ledger/values/hmac.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::access {

namespace {

constexpr std::string_view prefix = "coop_";
constexpr std::size_t secret_letters = 43;

}  // namespace

std::string make_token_text() { return std::string{prefix} + base64url_of(random_secret()); }

std::optional<TokenHash> hash_of_token(std::string_view text) {
  if (text.size() != prefix.size() + secret_letters || !text.starts_with(prefix)) return {};
  if (!bytes_from_base64url(text.substr(prefix.size()))) return {};
  TokenHash hash{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.bytes.data());
  return hash;
}

TokenDraft checked(TokenDraft draft, Instant now) {
  constexpr std::size_t longest_label = 200;
  constexpr date::days longest_life{2 * 366};
  if (draft.label.size() > longest_label)
    throw Refused{Refusal::field_invalid, "a label has at most 200 bytes", "/label"};
  if (draft.scopes.empty())
    throw Refused{Refusal::field_invalid, "a token has at least one scope", "/scopes"};
  if (draft.expires_at <= now || draft.expires_at > now + longest_life)
    throw Refused{Refusal::field_invalid, "a token expires in the future, within two years", "/expires_at"};
  std::sort(draft.scopes.begin(), draft.scopes.end());
  draft.scopes.erase(std::unique(draft.scopes.begin(), draft.scopes.end()), draft.scopes.end());
  return draft;
}

void require_no_wider(const TokenDraft& draft, const Access& issuer) {
  for (const Scope scope : draft.scopes) {
    if (issuer.has_scope(scope)) continue;
    throw Refused{Refusal::scope_missing,
                  "a token without the scope " + std::string{text_of(scope)} + " cannot issue one with it",
                  "/scopes"};
  }
  if (issuer.only_node && draft.only_node != issuer.only_node)
    throw Refused{Refusal::scope_missing, "a token for one node can issue tokens for that node only",
                  "/only_node"};
}

}  // namespace coop::access
