#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/report_query.hpp"
#include "api/handlers/text_limits.hpp"
#include "api/services.hpp"
#include "ledger/dues/tier_service.hpp"
#include "ledger/values/money.hpp"

namespace coop::api {

namespace {

void write_price(JsonWriter& out, const dues::TierPrice& price, const Unit& unit, UnitDirectory& units) {
  out.open().field("number", price.number).field("from_on", price.from_on).field("closed", price.closed);
  out.amount_field("minimum", price.minimum_minor, unit.scale);
  out.amount_field("suggested", price.suggested_minor, unit.scale);
  out.amount_field("joining_fee", price.joining_minor, unit.scale);
  if (price.local)
    out.object("local")
        .field("unit", units.of(price.local->unit).code)
        .field("share", price.local->share.text())
        .close();
  out.text_or_null("decision", price.decision).close();
}

void write_tier(JsonWriter& out, const dues::PricedTier& priced, Day today, UnitDirectory& units) {
  const dues::Tier& tier = priced.tier;
  const Unit unit = units.of(tier.unit);
  out.open().field("code", tier.code).field("title", tier.title);
  out.field("interval", dues::text_of(tier.interval)).field("proration", dues::text_of(tier.proration));
  out.field("due_after_days", tier.due_after_days).field("unit", unit.code).name("price");
  if (const auto price = dues::price_on(priced.prices, today)) write_price(out, *price, unit, units);
  else out.value(std::nullopt);
  out.array("prices");
  for (const dues::TierPrice& price : priced.prices) write_price(out, price, unit, units);
  out.end_array().close();
}

std::string tier_json(Tx& tx, const Call& call, Services& services, std::string_view code) {
  const dues::PriceList prices = dues::read_price_list(tx, call.node().id);
  JsonWriter out;
  write_tier(out, dues::require_tier(prices, code), today_of(call), services.units);
  return out.take();
}

std::string accounts_json(const dues::DuesAccounts& accounts) {
  JsonWriter out;
  out.open().field("receivable", accounts.receivable).field("prepaid", accounts.prepaid);
  out.field("income", accounts.income).field("solidarity", accounts.solidarity);
  out.field("written_off", accounts.written_off).field("obligations", accounts.obligations);
  out.field("deferred", accounts.deferred).close();
  return out.take();
}

std::optional<dues::LocalPart> local_part_from(const JsonObject& fields, UnitDirectory& units) {
  const auto local = fields.find("local");
  if (!local) return std::nullopt;
  const JsonObject parts{*local, {"unit", "share"}};
  const Unit unit = parts.require("unit").parsed([&](std::string_view code) { return units.require(code); });
  return dues::LocalPart{unit.id, parts.require("share").parsed(Ratio::parse)};
}

void write_rate(JsonWriter& out, const dues::UnitRate& rate, UnitDirectory& units) {
  out.open().field("number", rate.number).field("from", units.of(rate.from).code);
  out.field("to", units.of(rate.to).code).field("from_on", rate.from_on).field("rate", rate.rate.text());
  out.text_or_null("decision", rate.decision).close();
}

}  // namespace

Answer show_dues_accounts(const Call& call, Services& services) {
  return ok(accounts_json(
      services.database.in_tx([&](Tx& tx) { return dues::read_dues_accounts(tx, call.node().id); })));
}

Answer set_dues_accounts(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{
      JsonValue{body},
      {"receivable", "prepaid", "income", "solidarity", "written_off", "obligations", "deferred"}};
  dues::DuesAccounts accounts = dues::read_dues_accounts(tx, call.node().id);
  const auto read = [&](std::string_view name, std::string& into) {
    if (const auto path = fields.find(name)) into = path->text(255);
  };
  read("receivable", accounts.receivable);
  read("prepaid", accounts.prepaid);
  read("income", accounts.income);
  read("solidarity", accounts.solidarity);
  read("written_off", accounts.written_off);
  read("obligations", accounts.obligations);
  if (const auto path = fields.find("deferred")) {
    accounts.deferred = path->text(255);
    if (accounts.deferred->empty()) accounts.deferred.reset();
  }
  return ok(accounts_json(dues::set_dues_accounts(tx, call.node().id, accounts, call.author())));
}

Answer list_tiers(const Call& call, Services& services) {
  const auto prices =
      services.database.in_snapshot([&](Tx& tx) { return dues::read_price_list(tx, call.node().id); });
  JsonWriter out;
  out.open().array("items");
  for (const dues::PricedTier& priced : prices.tiers) write_tier(out, priced, today_of(call), services.units);
  out.end_array().field("next", std::nullopt).close();
  return ok(out.take());
}

Answer show_tier(const Call& call, Services& services) {
  return ok(services.database.in_snapshot(
      [&](Tx& tx) { return tier_json(tx, call, services, call.path_value("tier")); }));
}

Answer add_tier(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body},
                          {"code", "title", "interval", "proration", "due_after_days", "unit"}};
  const auto days = fields.find("due_after_days");
  const auto proration = fields.find("proration");
  const dues::TierDraft draft{
      .code = fields.require("code").text(any_text),
      .title = fields.require("title").text(any_text),
      .interval = fields.require("interval").parsed(dues::interval_from),
      .proration = proration ? proration->parsed(dues::proration_from) : dues::Proration::by_days,
      .due_after_days = days ? static_cast<int>(days->number(0, 366)) : 0,
      .unit = fields.require("unit")
                  .parsed([&](std::string_view code) { return services.units.require(code); })
                  .id};
  const dues::Tier tier = dues::add_tier(tx, call.node().id, draft, call.author());
  return created(tier_json(tx, call, services, tier.code), call.request.path + "/" + tier.code);
}

Answer change_tier(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"title"}};
  dues::rename_tier(tx, call.node().id, call.path_value("tier"), fields.require("title").text(any_text),
                    call.author());
  return ok(tier_json(tx, call, services, call.path_value("tier")));
}

Answer add_tier_price(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body},
                          {"from_on", "closed", "minimum", "suggested", "joining_fee", "local", "decision"}};
  const dues::PriceList prices = dues::read_price_list(tx, call.node().id);
  const dues::Tier& tier = dues::require_tier(prices, call.path_value("tier")).tier;
  const Unit unit = services.units.of(tier.unit);
  dues::TierPrice price{.number = 0, .from_on = fields.require("from_on").day()};
  price.closed = fields.truth_or("closed", false);
  if (!price.closed) price.suggested_minor = minor_from(fields.require("suggested"), unit);
  if (const auto minimum = fields.find("minimum")) price.minimum_minor = minor_from(*minimum, unit);
  if (const auto joining = fields.find("joining_fee")) price.joining_minor = minor_from(*joining, unit);
  price.local = local_part_from(fields, services.units);
  price.decision = decision_from(fields);
  dues::add_price(tx, call.node().id, tier.code, price, call.author());
  return created(tier_json(tx, call, services, tier.code),
                 "/v1/nodes/" + call.node().name + "/dues/tiers/" + tier.code);
}

Answer list_unit_rates(const Call& call, Services& services) {
  const auto prices =
      services.database.in_snapshot([&](Tx& tx) { return dues::read_price_list(tx, call.node().id); });
  JsonWriter out;
  out.open().array("items");
  for (const dues::UnitRate& rate : prices.rates) write_rate(out, rate, services.units);
  out.end_array().field("next", std::nullopt).close();
  return ok(out.take());
}

Answer add_unit_rate(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"from", "to", "from_on", "rate", "decision"}};
  const auto unit_of = [&](std::string_view code) { return services.units.require(code); };
  const dues::UnitRate rate{.from = fields.require("from").parsed(unit_of).id,
                            .to = fields.require("to").parsed(unit_of).id,
                            .from_on = fields.require("from_on").day(),
                            .number = 0,
                            .rate = fields.require("rate").parsed(Ratio::parse),
                            .decision = decision_from(fields)};
  JsonWriter out;
  write_rate(out, dues::add_rate(tx, call.node().id, rate, call.author()), services.units);
  return created(out.take(), "/v1/nodes/" + call.node().name + "/dues/rates");
}

}  // namespace coop::api
