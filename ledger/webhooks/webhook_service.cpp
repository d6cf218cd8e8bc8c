#include "ledger/webhooks/webhook_service.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "ledger/books/event_store.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/webhooks/webhook_store.hpp"

namespace coop::webhooks {

namespace {

namespace json = boost::json;

constexpr int most_events = 100;
constexpr std::chrono::seconds lease{60};

json::value number_or_null(const std::optional<std::int64_t>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

/// {"node","webhook","events":[{"number","recorded_at","kind","first_entry","last_entry","body"}]}
std::string page_json(const std::string& node, const Webhook& webhook,
                      const std::vector<books::Event>& events) {
  json::array items;
  for (const books::Event& event : events) {
    json::object item;
    item["number"] = event.number;
    item["recorded_at"] = text_of(event.recorded_at);
    item["kind"] = event.kind;
    item["first_entry"] = number_or_null(event.first_entry);
    item["last_entry"] = number_or_null(event.last_entry);
    item["body"] = event.body_json ? json::parse(*event.body_json) : json::value(nullptr);
    items.push_back(std::move(item));
  }
  json::object page;
  page["node"] = node;
  page["webhook"] = webhook.number.number();
  page["events"] = std::move(items);
  return json::serialize(page);
}

Posted send(const Webhook& webhook, const std::string& body, const ReachRules& rules, Instant now) {
  return post(webhook.url, body, {{"Coopledger-Signature", signature_of(webhook.secret, now, body)}}, rules);
}

/// How the webhook stands after an attempt.
void note_attempt(Webhook& webhook, const Posted& posted, Instant now) {
  webhook.last_attempt_at = now;
  webhook.last_outcome = posted.outcome;
  if (posted.is_delivered()) {
    webhook.last_delivered_at = now;
    webhook.failures = 0;
    webhook.paused_at = std::nullopt;
    webhook.next_attempt_at = now;
  } else {
    ++webhook.failures;
    webhook.next_attempt_at = now + wait_after(webhook.failures);
    if (webhook.failures >= most_failures) webhook.paused_at = now;
  }
}

void require_kinds(const std::vector<std::string>& kinds) {
  const auto known = event_kinds();
  if (kinds.size() > known.size())
    throw Refused{Refusal::field_invalid, "more kinds are named than there are", "/kinds"};
  for (const std::string& asked : kinds) {
    if (std::find(known.begin(), known.end(), asked) != known.end()) continue;
    std::string detail = "no event is of the kind '" + asked + "'; kinds are";
    for (const std::string_view kind : known) detail.append(" ").append(kind);
    throw Refused{Refusal::field_invalid, detail, "/kinds"};
  }
}

bool is_asked(const Webhook& webhook, const books::Event& event) {
  return webhook.kinds.empty() ||
         std::find(webhook.kinds.begin(), webhook.kinds.end(), event.kind) != webhook.kinds.end();
}

}  // namespace

Webhook add_webhook(Tx& tx, NodeId node, const WebhookDraft& draft, const ReachRules& rules,
                    const books::Author& author) {
  require_webhook_url(draft.url, rules);
  require_kinds(draft.kinds);
  const auto last = books::read_last_events(tx, {node});
  ensure(last.contains(node), "every node has a book head");
  const WebhookNumber number = insert_webhook(tx, node, draft, make_secret(),
                                              draft.from_start ? 0 : last.at(node), author.user, author.now);
  return read_webhook(tx, node, number);
}

std::vector<Webhook> read_webhooks(Tx& tx, NodeId node, WebhookNumber after, int most) {
  return list_webhooks(tx, node, after, most);
}

Webhook read_webhook(Tx& tx, NodeId node, WebhookNumber number) {
  auto webhook = find_webhook(tx, node, number);
  if (!webhook)
    throw Refused{Refusal::webhook_unknown, "there is no webhook " + std::to_string(number.number())};
  return *webhook;
}

void remove_webhook(Tx& tx, NodeId node, WebhookNumber number, Instant now) {
  read_webhook(tx, node, number);
  end_webhook(tx, node, number, now);
}

Posted test_webhook(Database& database, NodeId node, const std::string& node_name, WebhookNumber number,
                    const ReachRules& rules, Instant now) {
  Webhook webhook = database.in_tx([&](Tx& tx) { return read_webhook(tx, node, number); });
  const Posted posted = send(webhook, page_json(node_name, webhook, {}), rules, now);
  if (posted.is_delivered()) {
    note_attempt(webhook, posted, now);
    database.in_tx([&](Tx& tx) { update_attempt(tx, webhook); });
  }
  return posted;
}

bool deliver_next(Database& database, const ReachRules& rules, const Clock& clock) {
  struct Due {
    Webhook webhook;
    std::string node;
    std::vector<books::Event> events;
    std::int64_t last;
  };
  const Instant now = clock();
  auto due = database.in_tx([&](Tx& tx) -> std::optional<Due> {
    const auto webhook = lease_due_webhook(tx, now, now + lease);
    if (!webhook) return std::nullopt;
    auto events = books::list_events(tx, {{webhook->node, webhook->delivered_event}}, most_events);
    const std::int64_t last = events.empty() ? webhook->delivered_event : events.back().number;
    std::erase_if(events, [&](const books::Event& event) { return !is_asked(*webhook, event); });
    return Due{*webhook, books::read_node_name(tx, webhook->node), std::move(events), last};
  });
  if (!due) return false;
  if (due->events.empty()) {
    due->webhook.delivered_event = due->last;
  } else {
    const std::string body = page_json(due->node, due->webhook, due->events);
    const Posted posted = send(due->webhook, body, rules, clock());
    if (posted.is_delivered()) due->webhook.delivered_event = due->last;
    note_attempt(due->webhook, posted, clock());
  }
  database.in_tx([&](Tx& tx) { update_attempt(tx, due->webhook); });
  return true;
}

}  // namespace coop::webhooks
