#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/text_limits.hpp"
#include "api/services.hpp"
#include "ledger/dues/payment_service.hpp"
#include "ledger/dues/payment_store.hpp"

namespace coop::api {

namespace {

PaymentNumber asked_payment(const Call& call) {
  return PaymentNumber{call.path_number("number", Refusal::payment_unknown)};
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

// Hours or goods in a unit of their own.
Money given_money_from(const JsonValue& given, UnitDirectory& units) {
  const AskedAmount amount = amount_from(JsonObject{given, {"amount", "unit"}}, units);
  return Money::of_minor(amount.minor, amount.unit.id);
}

}  // namespace

Answer list_payments(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = id_before<PaymentNumber>(call, page);
  const auto found = services.database.in_snapshot([&](Tx& tx) {
    const dues::PaymentFilter filter{asked_party_in(tx, call, "payer"), asked_party_in(tx, call, "member")};
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
      {"kind", "payer", "amount", "unit", "given", "received_on", "account", "reference", "note", "shares"}};
  const auto given = fields.find("given");
  const AskedAmount amount =
      given ? AskedAmount{0, unit_from(fields, services.units)} : amount_from(fields, services.units);
  if (given && fields.find("amount"))
    fields.require("amount").refuse(Refusal::field_invalid, "the amount follows from what is given");
  const auto kind = fields.find("kind");
  dues::PaymentDraft draft{.kind = kind ? kind->parsed(dues::payment_kind_from) : dues::PaymentKind::money,
                           .payer = member_from(tx, call, fields.require("payer")),
                           .unit = amount.unit.id,
                           .minor = amount.minor,
                           .received_on = fields.require("received_on").day(),
                           .account = {},
                           .reference = fields.text_or_empty("reference", any_text),
                           .note = fields.text_or_empty("note", any_text)};
  if (const auto account = fields.find("account")) {
    draft.account = account->text(255);
    if (draft.account.empty()) account->refuse(Refusal::account_unknown, "an account is expected");
  }
  if (given) draft.given = given_money_from(*given, services.units);
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
