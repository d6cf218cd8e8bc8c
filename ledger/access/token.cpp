#include "ledger/access/token.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop::access {

namespace {

constexpr std::string_view prefix = "coop_";
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_letters = 43;

/// Base64 with - and _ for + and /, without padding (RFC 4648, section 5).
std::string base64url_of(const std::array<unsigned char, secret_bytes>& bytes) {
  std::array<unsigned char, 48> text{};
  const int length = EVP_EncodeBlock(text.data(), bytes.data(), static_cast<int>(bytes.size()));
  std::string letters{reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(length)};
  letters.resize(secret_letters);
  std::replace(letters.begin(), letters.end(), '+', '-');
  std::replace(letters.begin(), letters.end(), '/', '_');
  return letters;
}

bool is_base64url(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

std::string make_token_text() {
  std::array<unsigned char, secret_bytes> secret{};
  ensure(RAND_bytes(secret.data(), static_cast<int>(secret.size())) == 1, "the machine gives random bytes");
  return std::string{prefix} + base64url_of(secret);
}

std::optional<TokenHash> hash_of_token(std::string_view text) {
  if (text.size() != prefix.size() + secret_letters || !text.starts_with(prefix)) return {};
  if (!std::all_of(text.begin() + prefix.size(), text.end(), is_base64url)) return {};
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
