#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/text_limits.hpp"
#include "api/services.hpp"
#include "ledger/dues/subscription_service.hpp"
#include "ledger/dues/tier_service.hpp"
#include "ledger/members/party_store.hpp"

namespace coop::api {

namespace {

// What the membership pays and is let off, as a whole.
std::string dues_of_membership_json(Tx& tx, const Call& call, Services& services, MembershipId id) {
  const NodeId node = call.node().id;
  const dues::PriceList prices = dues::read_price_list(tx, node);
  JsonWriter out;
  out.open().field("member", call.path_value("member")).field("membership", id).array("subscriptions");
  for (const dues::Subscription& subscription : dues::list_subscriptions(tx, node, id)) {
    out.open().field("number", subscription.number).field("from_on", subscription.from_on);
    if (subscription.tier) {
      const dues::Tier& tier = prices.tier(*subscription.tier).tier;
      const Unit unit = services.units.of(tier.unit);
      out.field("tier", tier.code).maybe_amount("amount", subscription.chosen_minor, unit.scale);
      out.field("unit", unit.code);
    } else {
      out.field("tier", std::nullopt);
    }
    out.field("payer", members::read_party_number(tx, node, subscription.payer));
    out.field("instalments", subscription.instalments).close();
  }
  out.end_array().array("concessions");
  for (const auto& [concession, ended] : dues::list_concessions(tx, node, id)) {
    out.open().field("number", concession.number).field("from_on", concession.from_on);
    out.field("until_on", concession.until_on).field("share", concession.share.text());
    out.field("reason", concession.reason).field("review_on", concession.review_on);
    out.text_or_null("decision", concession.decision).field("ended_because", ended).close();
  }
  out.end_array().close();
  return out.take();
}

}  // namespace

Answer show_subscriptions(const Call& call, Services& services) {
  return ok(services.database.in_snapshot(
      [&](Tx& tx) { return dues_of_membership_json(tx, call, services, asked_membership(tx, call)); }));
}

Answer subscribe(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"from_on", "tier", "amount", "payer", "instalments"}};
  const MembershipId id = asked_membership(tx, call);
  dues::SubscriptionDraft draft{.from_on = fields.require("from_on").day(),
                                .tier = std::nullopt,
                                .chosen_minor = std::nullopt,
                                .payer = std::nullopt};
  const dues::PriceList prices = dues::read_price_list(tx, call.node().id);
  if (const auto tier = fields.find("tier"))
    draft.tier =
        tier->parsed([&](std::string_view code) { return dues::require_tier(prices, code).tier.code; });
  if (const auto payer = fields.find("payer")) draft.payer = member_from(tx, call, *payer);
  if (const auto parts = fields.find("instalments"))
    draft.instalments = static_cast<int>(parts->number(1, 12));
  if (const auto amount = fields.find("amount")) {
    if (!draft.tier) amount->refuse(Refusal::field_invalid, "without a tier nothing is paid");
    const Unit unit = services.units.of(dues::require_tier(prices, *draft.tier).tier.unit);
    draft.chosen_minor = minor_from(*amount, unit);
  }
  dues::subscribe(tx, call.node().id, id, draft, call.author());
  return created(dues_of_membership_json(tx, call, services, id), call.request.path);
}

Answer grant_concession(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body},
                          {"from_on", "until_on", "share", "reason", "review_on", "decision"}};
  const MembershipId id = asked_membership(tx, call);
  dues::Concession concession{.number = 0,
                              .from_on = fields.require("from_on").day(),
                              .until_on = std::nullopt,
                              .share = fields.require("share").parsed(Ratio::parse),
                              .reason = fields.require("reason").text(any_text),
                              .review_on = std::nullopt,
                              .decision = decision_from(fields)};
  if (const auto until_on = fields.find("until_on")) concession.until_on = until_on->day();
  if (const auto review_on = fields.find("review_on")) concession.review_on = review_on->day();
  dues::grant_concession(tx, call.node().id, id, concession, call.author());
  return created(dues_of_membership_json(tx, call, services, id), call.request.path);
}

Answer end_concession(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"last_on", "reason"}};
  const MembershipId id = asked_membership(tx, call);
  dues::end_concession(tx, call.node().id, id, call.path_int("number", Refusal::concession_unknown),
                       fields.require("last_on").day(), fields.require("reason").text(any_text),
                       call.author());
  return ok(dues_of_membership_json(tx, call, services, id));
}

}  // namespace coop::api
