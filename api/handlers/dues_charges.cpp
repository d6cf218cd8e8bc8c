#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/services.hpp"

namespace coop::api {

namespace {

constexpr std::size_t any_text = 4'000;  // the dues judge the lengths

ChargeNumber asked_charge(const Call& call) {
  return ChargeNumber{call.path_number("number", Refusal::charge_unknown)};
}

std::string charge_json(const dues::Charge& charge, UnitDirectory& units) {
  JsonWriter out;
  write_charge(out, charge, units);
  return out.take();
}

}  // namespace

Answer list_charges(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = id_before<ChargeNumber>(call, page);
  const auto state = call.query_word("state", {"standing", "reversed"});
  const auto run = call.query_number("run", 1, std::numeric_limits<std::int32_t>::max());
  const auto found = services.database.in_snapshot([&](Tx& tx) {
    const dues::ChargeFilter filter{asked_party_in(tx, call, "member"), asked_party_in(tx, call, "payer"),
                                    run ? std::optional{static_cast<int>(*run)} : std::nullopt,
                                    state ? std::optional{*state == "reversed"} : std::nullopt};
    return dues::list_charges(tx, call.node().id, filter, before, page.limit + 1);
  });
  return page_answer(
      call, page, found,
      [&](JsonWriter& out, const dues::Charge& charge) { write_charge(out, charge, services.units); },
      [](Cursor& place, const dues::Charge& last) { place.add(last.number.number()); });
}

Answer show_charge(const Call& call, Services& services) {
  return ok(charge_json(services.database.in_snapshot([&](Tx& tx) {
    return dues::read_charge(tx, call.node().id, asked_charge(call));
  }),
                        services.units));
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
  return created(charge_json(charge, services.units),
                 call.request.path + "/" + std::to_string(charge.number.number()));
}

Answer reverse_charge(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"reason"}};
  return ok(charge_json(dues::reverse_charge(tx, call.node().id, asked_charge(call),
                                             fields.require("reason").text(any_text), call.author()),
                        services.units));
}

}  // namespace coop::api
