#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/access/role.hpp"

namespace coop::access {

/// SHA-256 of a token's text: all that the server keeps of it.
struct TokenHash {
  std::array<unsigned char, 32> bytes;
  friend auto operator<=>(const TokenHash&, const TokenHash&) = default;
  std::string_view view() const noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
};

/// A fresh token: "coop_" and 32 random bytes in base64url (48 characters in all).
std::string make_token_text();
/// The hash of a token, or nothing if `text` does not have a token's form.
std::optional<TokenHash> hash_of_token(std::string_view text);

/// What is asked for when a token is issued.
struct TokenDraft {
  std::string label;  ///< what it is for, in the owner's words
  std::vector<Scope> scopes;
  std::optional<NodeId> only_node;
  Instant expires_at;
};

/// Refuses: field_invalid (no scope, a label above 200 bytes, an expiry in the past or more than two years
/// ahead). Scopes come out once each, in their order.
TokenDraft checked(TokenDraft draft, Instant now);

/// A token opens no more than the one it was asked for with. Refuses: scope_missing.
void require_no_wider(const TokenDraft& draft, const Access& issuer);

}  // namespace coop::access

template <>
struct std::hash<coop::access::TokenHash> {
  std::size_t operator()(const coop::access::TokenHash& token) const noexcept {
    return std::hash<std::string_view>{}(token.view());
  }
};
