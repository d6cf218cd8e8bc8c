#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/text_limits.hpp"
#include "api/services.hpp"
#include "ledger/dues/deferral_store.hpp"
#include "ledger/dues/payee_store.hpp"

namespace coop::api {

namespace {

ChargeNumber asked_charge(const Call& call) {
  return ChargeNumber{call.path_number("number", Refusal::charge_unknown)};
}

NationalKind national_kind(Tx& tx, const Call& call) {
  return dues::national_kind_of(dues::read_payee(tx, call.node().id));
}

std::string charge_json(Tx& tx, const Call& call, const dues::Charge& charge, UnitDirectory& units) {
  JsonWriter out;
  write_charge(out, charge, national_kind(tx, call), units);
  return out.take();
}

}  // namespace

Answer list_charges(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = id_before<ChargeNumber>(call, page);
  const auto state = call.query_word("state", {"standing", "reversed"});
  const auto run = call.query_number("run", 1, std::numeric_limits<std::int32_t>::max());
  NationalKind national;
  const auto found = services.database.in_snapshot([&](Tx& tx) {
    national = national_kind(tx, call);
    const dues::ChargeFilter filter{asked_party_in(tx, call, "member"), asked_party_in(tx, call, "payer"),
                                    run ? std::optional{static_cast<int>(*run)} : std::nullopt,
                                    state ? std::optional{*state == "reversed"} : std::nullopt};
    return dues::list_charges(tx, call.node().id, filter, before, page.limit + 1);
  });
  return page_answer(
      call, page, found,
      [&](JsonWriter& out, const dues::Charge& charge) {
        write_charge(out, charge, national, services.units);
      },
      [](Cursor& place, const dues::Charge& last) { place.add(last.number.number()); });
}

Answer list_deferrals(const Call& call, Services& services) {
  const Page page = call.page();
  std::optional<dues::DeferralPlace> after;
  if (page.cursor) {
    OpenedCursor cursor{call.list_name(), *page.cursor};
    const ChargeNumber charge{cursor.number()};
    const Day on = cursor.day();
    after.emplace(charge, on, static_cast<int>(cursor.number()));
  }
  const auto asked = call.query_number("charge", 1, std::numeric_limits<std::int64_t>::max());
  const auto charge = asked ? std::optional{ChargeNumber{*asked}} : std::nullopt;
  const auto found = services.database.in_snapshot(
      [&](Tx& tx) { return dues::list_deferrals(tx, call.node().id, charge, after, page.limit + 1); });
  return page_answer(
      call, page, found,
      [&](JsonWriter& out, const dues::RecordedDeferral& one) {
        const Unit unit = services.units.of(one.unit);
        out.open().field("charge", one.deferral.charge).field("member", one.member);
        out.field("on", one.deferral.on).field("number", one.deferral.number);
        out.amount_field("amount", one.deferral.minor, unit.scale).field("unit", unit.code);
        out.field("run", one.run).field("entry", one.entry).close();
      },
      [](Cursor& place, const dues::RecordedDeferral& last) {
        place.add(last.deferral.charge.number()).add(last.deferral.on);
        place.add(std::int64_t{last.deferral.number});
      });
}

Answer show_charge(const Call& call, Services& services) {
  return ok(services.database.in_snapshot([&](Tx& tx) {
    return charge_json(tx, call, dues::read_charge(tx, call.node().id, asked_charge(call)), services.units);
  }));
}

Answer raise_charge(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body},
                          {"member", "payer", "kind", "amount", "unit", "on", "due_on", "why", "income"}};
  const AskedAmount amount = amount_from(fields, services.units);
  const auto kind = fields.find("kind");
  dues::ChargeDraft draft{.member = member_from(tx, call, fields.require("member")),
                          .payer = std::nullopt,
                          .kind = dues::DueKind::other,
                          .unit = amount.unit.id,
                          .minor = amount.minor,
                          .on = fields.require("on").day(),
                          .due_on = std::nullopt,
                          .why = fields.require("why").text(any_text),
                          .income = std::nullopt};
  if (kind) draft.kind = kind->parsed(dues::due_kind_from);
  if (const auto payer = fields.find("payer")) draft.payer = member_from(tx, call, *payer);
  if (const auto due_on = fields.find("due_on")) draft.due_on = due_on->day();
  if (const auto income = fields.find("income")) draft.income = income->text(255);
  const dues::Charge charge = dues::raise_charge(tx, call.node().id, draft, call.author());
  return created(charge_json(tx, call, charge, services.units),
                 call.request.path + "/" + std::to_string(charge.number.number()));
}

Answer reverse_charge(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"reason"}};
  const dues::Charge charge = dues::reverse_charge(tx, call.node().id, asked_charge(call),
                                                   fields.require("reason").text(any_text), call.author());
  return ok(charge_json(tx, call, charge, services.units));
}

}  // namespace coop::api
