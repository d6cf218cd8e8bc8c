#pragma once
#include <optional>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/webhooks/webhook.hpp"

namespace coop::webhooks {

/// Writes a webhook with the node's next number, beginning after the event `delivered_event`.
WebhookNumber insert_webhook(Tx& tx, NodeId node, const WebhookDraft& draft, const std::string& secret,
                             std::int64_t delivered_event, std::optional<UserId> by, Instant now);
/// The webhook of this number that was not ended, if there is one.
std::optional<Webhook> find_webhook(Tx& tx, NodeId node, WebhookNumber number);
/// The webhooks that were not ended, by number: those numbered above `after`, at most `most`.
std::vector<Webhook> list_webhooks(Tx& tx, NodeId node, WebhookNumber after, int most);
/// Ends a webhook for ever.
void end_webhook(Tx& tx, NodeId node, WebhookNumber number, Instant now);

/// A webhook that has something to be sent now; it is leased to the caller until `until`.
std::optional<Webhook> lease_due_webhook(Tx& tx, Instant now, Instant until);
/// Writes how an attempt ended and gives the lease back: delivered_event, failures, next_attempt_at, last_…,
/// paused_at.
void update_attempt(Tx& tx, const Webhook& webhook);

}  // namespace coop::webhooks
