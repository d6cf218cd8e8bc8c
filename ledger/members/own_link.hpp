#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::members {

/// A link that shows a member their own view, until it expires.
struct OwnLink {
  int number;  ///< counts the node's links from 1
  PartyId party;
  Instant expires_at;
  Instant recorded_at;
  std::optional<std::string> recorded_by = {};  ///< the user's name
  std::optional<Instant> ended_at = {};
};
/// True if the link opens something: not expired, not ended.
bool is_open(const OwnLink& link, Instant now);

/// The longest that a link lasts, and what it lasts if nobody says.
inline constexpr int most_link_days = 92;
inline constexpr int usual_link_days = 14;

/// What a link says about itself.
struct LinkClaim {
  std::string node;  ///< the node's name
  int number;
  std::int64_t expires_at;  ///< seconds since 1970
  friend bool operator==(const LinkClaim&, const LinkClaim&) = default;
};
/// The text of a link: what it claims and the node's signature under it, "riba.7.1767225600.…"
/// (HMAC-SHA256, base64url).
std::string signed_text(const LinkClaim& claim, std::string_view key);
/// What a text claims, signed or not; nothing if it is no link.
std::optional<LinkClaim> claim_of(std::string_view text);
/// What `link` of the node claims.
LinkClaim claim_of(const std::string& node, const OwnLink& link);

}  // namespace coop::members
