#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/webhooks/webhook_service.hpp"

namespace coop::api {

namespace {

webhooks::WebhookNumber asked_webhook(const Call& call) {
  return webhooks::WebhookNumber{call.path_int("number", Refusal::webhook_unknown)};
}

/// What the secret is shown as.
enum class Secret { shown, hidden, left_out };

std::string webhook_json(const webhooks::Webhook& webhook, Secret secret) {
  JsonWriter out;
  out.open().field("number", webhook.number).field("url", webhook.url).array("kinds");
  for (const std::string& kind : webhook.kinds) out.value(kind);
  out.end_array();
  if (secret == Secret::shown) out.field("secret", webhook.secret);
  if (secret == Secret::hidden) out.field("secret", std::nullopt);
  out.field("created_at", webhook.created_at).field("delivered_event", webhook.delivered_event);
  out.field("failures", webhook.failures).field("next_attempt_at", webhook.next_attempt_at);
  out.field("last_attempt_at", webhook.last_attempt_at).field("last_delivered_at", webhook.last_delivered_at);
  out.field("last_outcome", webhook.last_outcome).field("paused_at", webhook.paused_at).close();
  return out.take();
}

}  // namespace

Answer list_webhooks(const Call& call, Services& services) {
  const Page page = call.page();
  const auto after = id_before<webhooks::WebhookNumber>(call, page).value_or(webhooks::WebhookNumber{0});
  const auto found = services.database.in_tx(
      [&](Tx& tx) { return webhooks::read_webhooks(tx, call.node().id, after, page.limit + 1); });
  return page_answer(
      call, page, found,
      [](JsonWriter& out, const webhooks::Webhook& webhook) {
        out.raw(webhook_json(webhook, Secret::left_out));
      },
      [](Cursor& place, const webhooks::Webhook& last) { place.add(std::int64_t{last.number.number()}); });
}

Answer add_webhook(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"url", "kinds", "from_start"}};
  webhooks::WebhookDraft draft{fields.require("url").text(2'000), {}, fields.truth_or("from_start", false)};
  if (const auto kinds = fields.find("kinds")) draft.kinds = kinds->texts(40);
  const auto webhook =
      webhooks::add_webhook(tx, call.node().id, draft, services.webhook_reach, call.author());
  Answer answer = created(webhook_json(webhook, Secret::shown),
                          call.request.path + "/" + std::to_string(webhook.number.number()));
  answer.body_when_repeated = webhook_json(webhook, Secret::hidden);
  return answer;
}

Answer show_webhook(const Call& call, Services& services) {
  return ok(webhook_json(services.database.in_tx([&](Tx& tx) {
    return webhooks::read_webhook(tx, call.node().id, asked_webhook(call));
  }),
                         Secret::left_out));
}

Answer remove_webhook(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  webhooks::remove_webhook(tx, call.node().id, asked_webhook(call), call.now);
  return ok("{\"removed\":true}");
}

Answer test_webhook(const Call& call, Services& services) {
  call.require_no_fields();
  const auto posted = webhooks::test_webhook(services.database, call.node().id, call.node().name,
                                             asked_webhook(call), services.webhook_reach, call.now);
  JsonWriter out;
  out.open().field("delivered", posted.is_delivered()).field("outcome", posted.outcome).close();
  return ok(out.take());
}

}  // namespace coop::api
