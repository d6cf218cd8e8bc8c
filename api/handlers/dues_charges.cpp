#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/services.hpp"
#include "ledger/dues/payment_service.hpp"
#include "ledger/dues/payment_store.hpp"
#include "ledger/members/party_store.hpp"

namespace coop::api {

namespace {

constexpr std::size_t any_text = 4'000;  // the dues judge the lengths

std::optional<PartyId> asked_party(Tx& tx, const Call& call, std::string_view name) {
  const auto number = call.query_text(name);
  if (!number) return std::nullopt;
  return call.query_parsed(
      name, [&](std::string_view text) { return members::read_party(tx, call.node().id, text).id; });
}

ChargeNumber asked_charge(const Call& call) {
  return ChargeNumber{call.path_number("number", Refusal::charge_unknown)};
}

PaymentNumber asked_payment(const Call& call) {
  return PaymentNumber{call.path_number("number", Refusal::payment_unknown)};
}

std::string charge_json(const dues::Charge& charge, UnitDirectory& units) {
  JsonWriter out;
  write_charge(out, charge, units);
  return out.take();
}

std::string payment_json(const dues::Payment& payment, UnitDirectory& units) {
  JsonWriter out;
  write_payment(out, payment, units);
  return out.take();
}

std::vector<dues::PaymentShare> shares_from(Tx& tx, const Call& call, const JsonValue& shares,
                                            const Unit& unit) {
  std::vector<dues::PaymentShare> list;
  for (const JsonValue& share : shares.elements()) {
    const JsonObject fields{share, {"member", "amount", "charge"}};
    list.push_back(
        {member_from(tx, call, fields.require("member")), minor_from(fields.require("amount"), unit)});
    if (const auto charge = fields.find("charge"))
      list.back().charge = ChargeNumber{charge->number(1, std::numeric_limits<std::int64_t>::max())};
  }
  return list;
}

}  // namespace

Answer list_charges(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = id_before<ChargeNumber>(call, page);
  const auto state = call.query_word("state", {"standing", "reversed"});
  const auto run = call.query_number("run", 1, std::numeric_limits<std::int32_t>::max());
  const auto found = services.database.in_snapshot([&](Tx& tx) {
    const dues::ChargeFilter filter{asked_party(tx, call, "member"), asked_party(tx, call, "payer"),
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
  if (kind) {
    draft.kind = kind->parsed(dues::due_kind_from);
    if (draft.kind != dues::DueKind::other && draft.kind != dues::DueKind::obligation)
      kind->refuse(Refusal::field_invalid, "dues and joining fees come from runs");
  }
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

Answer list_payments(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = id_before<PaymentNumber>(call, page);
  const auto found = services.database.in_snapshot([&](Tx& tx) {
    const dues::PaymentFilter filter{asked_party(tx, call, "payer"), asked_party(tx, call, "member")};
    return dues::list_payments(tx, call.node().id, filter, before, page.limit + 1);
  });
  return page_answer(
      call, page, found,
      [&](JsonWriter& out, const dues::Payment& payment) { write_payment(out, payment, services.units); },
      [](Cursor& place, const dues::Payment& last) { place.add(last.number.number()); });
}

Answer show_payment(const Call& call, Services& services) {
  return ok(payment_json(services.database.in_snapshot([&](Tx& tx) {
    return dues::read_payment(tx, call.node().id, asked_payment(call));
  }),
                         services.units));
}

Answer record_payment(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{
      JsonValue{body},
      {"kind", "payer", "amount", "unit", "received_on", "account", "reference", "note", "shares"}};
  const AskedAmount amount = amount_from(fields, services.units);
  const auto kind = fields.find("kind");
  dues::PaymentDraft draft{.kind = kind ? kind->parsed(dues::payment_kind_from) : dues::PaymentKind::money,
                           .payer = member_from(tx, call, fields.require("payer")),
                           .unit = amount.unit.id,
                           .minor = amount.minor,
                           .received_on = fields.require("received_on").day(),
                           .account = {},
                           .reference = fields.text_or_empty("reference", any_text),
                           .note = fields.text_or_empty("note", any_text)};
  const bool is_written_off =
      draft.kind == dues::PaymentKind::write_off || draft.kind == dues::PaymentKind::statute_barred;
  if (!is_written_off || fields.find("account")) {
    draft.account = fields.require("account").text(255);
    if (draft.account.empty())
      fields.require("account").refuse(Refusal::account_unknown, "an account is expected");
  }
  if (const auto shares = fields.find("shares")) draft.shares = shares_from(tx, call, *shares, amount.unit);
  const dues::Payment payment = dues::record_payment(tx, call.node().id, draft, call.author());
  return created(payment_json(payment, services.units),
                 call.request.path + "/" + std::to_string(payment.number.number()));
}

Answer return_payment(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"on", "reason"}};
  dues::ReturnDraft draft{asked_payment(call), std::nullopt, fields.require("reason").text(any_text)};
  if (const auto on = fields.find("on")) draft.on = on->day();
  return ok(payment_json(dues::return_payment(tx, call.node().id, draft, call.author()), services.units));
}

}  // namespace coop::api
