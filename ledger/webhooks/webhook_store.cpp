#include "ledger/webhooks/webhook_store.hpp"

namespace coop::webhooks {

namespace {

/// Reads the columns that every statement below lists in the same order.
Webhook webhook_from(const Row& row) {
  std::vector<std::string> kinds;
  std::string_view listed = row.text(4);
  while (!listed.empty()) {
    const std::size_t comma = listed.find(',');
    kinds.emplace_back(listed.substr(0, comma));
    listed.remove_prefix(comma == std::string_view::npos ? listed.size() : comma + 1);
  }
  return {row.id<NodeId>(0),    row.id<WebhookNumber>(1), row.string(2),         row.string(3),
          std::move(kinds),     row.instant(5),           row.int64(6),          row.integer(7),
          row.instant(8),       row.maybe_instant(9),     row.maybe_instant(10), row.maybe_string(11),
          row.maybe_instant(12)};
}

}  // namespace

constexpr const char* insert_webhook_sql = R"sql(
  -- webhooks.insert
  WITH alone AS (SELECT pg_advisory_xact_lock(hashtextextended('webhook', $1::int)))
  INSERT INTO webhook (node_id, number, url, secret, kinds, created_by, created_at, delivered_event,
                       next_attempt_at)
  SELECT $1, (SELECT coalesce(max(w.number), 0) + 1 FROM webhook w WHERE w.node_id = $1), $2, $3, $4::text[],
         $5, $6, $7, $6
    FROM alone
  RETURNING number
)sql";

WebhookNumber insert_webhook(Tx& tx, NodeId node, const WebhookDraft& draft, const std::string& secret,
                             std::int64_t delivered_event, std::optional<UserId> by, Instant now) {
  SqlArray kinds;
  for (const std::string& kind : draft.kinds) kinds.add(std::string_view{kind});
  return only_row(
             rows(tx, insert_webhook_sql, node, draft.url, secret, kinds.value(), by, now, delivered_event))
      .id<WebhookNumber>(0);
}

constexpr const char* find_webhook_sql = R"sql(
  -- webhooks.find
  SELECT node_id, number, url, secret, array_to_string(kinds, ','), created_at, delivered_event, failures,
         next_attempt_at, last_attempt_at, last_delivered_at, last_outcome, paused_at
    FROM webhook
   WHERE node_id = $1 AND number = $2 AND ended_at IS NULL
)sql";

std::optional<Webhook> find_webhook(Tx& tx, NodeId node, WebhookNumber number) {
  const Rows found = rows(tx, find_webhook_sql, node, number);
  if (found.empty()) return std::nullopt;
  return webhook_from(found[0]);
}

constexpr const char* list_webhooks_sql = R"sql(
  -- webhooks.list
  SELECT node_id, number, url, secret, array_to_string(kinds, ','), created_at, delivered_event, failures,
         next_attempt_at, last_attempt_at, last_delivered_at, last_outcome, paused_at
    FROM webhook
   WHERE node_id = $1 AND ended_at IS NULL AND number > $2
   ORDER BY number
   LIMIT $3
)sql";

std::vector<Webhook> list_webhooks(Tx& tx, NodeId node, WebhookNumber after, int most) {
  std::vector<Webhook> webhooks;
  for (const Row row : rows(tx, list_webhooks_sql, node, after, most)) webhooks.push_back(webhook_from(row));
  return webhooks;
}

constexpr const char* end_webhook_sql = R"sql(
  -- webhooks.end
  UPDATE webhook SET ended_at = $3 WHERE node_id = $1 AND number = $2 AND ended_at IS NULL
)sql";

void end_webhook(Tx& tx, NodeId node, WebhookNumber number, Instant now) {
  rows(tx, end_webhook_sql, node, number, now);
}

constexpr const char* lease_due_webhook_sql = R"sql(
  -- webhooks.lease_due
  UPDATE webhook SET leased_until = $2
   WHERE (node_id, number) = (SELECT w.node_id, w.number
                                FROM webhook w
                                JOIN book_head h ON h.node_id = w.node_id AND h.last_event > w.delivered_event
                               WHERE w.ended_at IS NULL AND w.paused_at IS NULL AND w.next_attempt_at <= $1
                                 AND (w.leased_until IS NULL OR w.leased_until <= $1)
                               ORDER BY w.next_attempt_at
                               LIMIT 1
                                 FOR UPDATE OF w SKIP LOCKED)
  RETURNING node_id, number, url, secret, array_to_string(kinds, ','), created_at, delivered_event, failures,
            next_attempt_at, last_attempt_at, last_delivered_at, last_outcome, paused_at
)sql";

std::optional<Webhook> lease_due_webhook(Tx& tx, Instant now, Instant until) {
  const Rows leased = rows(tx, lease_due_webhook_sql, now, until);
  if (leased.empty()) return std::nullopt;
  return webhook_from(leased[0]);
}

constexpr const char* update_attempt_sql = R"sql(
  -- webhooks.update_attempt
  UPDATE webhook
     SET delivered_event = greatest(delivered_event, $3), failures = $4, next_attempt_at = $5,
         last_attempt_at = $6, last_delivered_at = $7, last_outcome = $8, paused_at = $9, leased_until = NULL
   WHERE node_id = $1 AND number = $2
)sql";

void update_attempt(Tx& tx, const Webhook& webhook) {
  rows(tx, update_attempt_sql, webhook.node, webhook.number, webhook.delivered_event, webhook.failures,
       webhook.next_attempt_at, webhook.last_attempt_at, webhook.last_delivered_at, webhook.last_outcome,
       webhook.paused_at);
}

}  // namespace coop::webhooks
