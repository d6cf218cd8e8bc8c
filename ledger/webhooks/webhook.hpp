#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::webhooks {

/// The number of a webhook within its node, from 1.
using WebhookNumber = Id<struct WebhookKindTag, std::int32_t>;

/// An address that a node's events are sent to.
struct Webhook {
  NodeId node;
  WebhookNumber number;
  std::string url;
  std::string secret;              ///< the key of the signatures
  std::vector<std::string> kinds;  ///< the kinds of events that are sent; all where empty
  Instant created_at;
  std::int64_t delivered_event;  ///< everything up to this event was delivered, or is of no asked kind
  int failures;                  ///< attempts since the last delivery that failed
  Instant next_attempt_at;
  std::optional<Instant> last_attempt_at;
  std::optional<Instant> last_delivered_at;
  std::optional<std::string> last_outcome;  ///< of the last attempt: "200", or what went wrong
  std::optional<Instant> paused_at;         ///< nothing is sent since then: too many attempts failed
};

/// What is asked for when a webhook is added.
struct WebhookDraft {
  std::string url;
  std::vector<std::string> kinds;
  bool from_start = false;  ///< all events from the first on, not only those after now
};

/// The kinds of events that there are, as docs/api/webhooks.md lists them.
std::span<const std::string_view> event_kinds();

/// A fresh secret: "whsec_" and 32 random bytes in hexadecimal.
std::string make_secret();

/// The value of the header Coopledger-Signature: "t=<unix seconds>,v1=<hex of HMAC-SHA256 of "<t>.<body>">".
std::string signature_of(std::string_view secret, Instant now, std::string_view body);

/// How long to wait after `failures` attempts in a row: 5 s, doubled each time, at most an hour.
std::chrono::seconds wait_after(int failures);
/// After so many failed attempts in a row (about a day) a webhook is paused.
inline constexpr int most_failures = 36;

/// True of an address of the public internet: not of this machine, a private or local network, a link, or a
/// group. `bytes` are the 4 or 16 bytes of an IPv4 or IPv6 address, in network order.
bool is_public_address(std::string_view bytes);

}  // namespace coop::webhooks
