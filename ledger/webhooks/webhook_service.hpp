#pragma once
#include <vector>

#include "ledger/books/node_service.hpp"
#include "ledger/database/database.hpp"
#include "ledger/webhooks/post_office.hpp"
#include "ledger/webhooks/webhook.hpp"

namespace coop::webhooks {

/// Adds a webhook; the secret is in the answer and is shown to nobody later.
/// Throws Refused: field_invalid (url, kinds), node_unknown.
Webhook add_webhook(Tx& tx, NodeId node, const WebhookDraft& draft, const ReachRules& rules,
                    const books::Author& author);
/// The webhooks of the node, by number: those numbered above `after`, at most `most`.
std::vector<Webhook> read_webhooks(Tx& tx, NodeId node, WebhookNumber after, int most);
/// The webhook. Throws Refused: webhook_unknown.
Webhook read_webhook(Tx& tx, NodeId node, WebhookNumber number);
/// Ends it. Throws Refused: webhook_unknown.
void remove_webhook(Tx& tx, NodeId node, WebhookNumber number, Instant now);

/// Sends a test now: a page without events. If it is delivered, a pause ends. Throws Refused:
/// webhook_unknown.
Posted test_webhook(Database& database, NodeId node, const std::string& node_name, WebhookNumber number,
                    const ReachRules& rules, Instant now);

/// Delivers one page to one webhook that is due, if there is any. True if there was. Throws Unavailable.
bool deliver_next(Database& database, const ReachRules& rules, const Clock& clock);

}  // namespace coop::webhooks
