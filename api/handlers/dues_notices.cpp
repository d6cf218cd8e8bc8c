#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/offered_form.hpp"
#include "api/handlers/pages.hpp"
#include "api/handlers/report_query.hpp"
#include "api/handlers/text_limits.hpp"
#include "api/services.hpp"
#include "ledger/dues/creditor_reference.hpp"
#include "ledger/dues/notice_service.hpp"
#include "ledger/dues/payee_service.hpp"
#include "ledger/dues/qr_code.hpp"

namespace coop::api {

namespace {

constexpr std::array<OfferedForm, 2> notice_forms{{{"html", "text/html"}, {"text", "text/plain"}}};
constexpr std::array<OfferedForm, 3> code_forms{
    {{"svg", "image/svg+xml"}, {"png", "image/png"}, {"text", "text/plain"}}};

std::string payee_json(const dues::Payee& payee) {
  JsonWriter out;
  out.open();
  if (payee.account) {
    out.field("account_holder", payee.account->holder).field("iban", payee.account->iban.text());
    out.field("bic", payee.account->bic ? std::optional{payee.account->bic->text()} : std::nullopt);
  } else {
    out.field("account_holder", std::nullopt).field("iban", std::nullopt).field("bic", std::nullopt);
  }
  out.field("reference_kind", reference_form(payee.kind).code);
  out.field("letterhead", payee.letterhead).field("closing", payee.closing).close();
  return out.take();
}

ReferenceKind reference_kind_from(const JsonValue& word) {
  const std::string_view code = word.text();
  for (const ReferenceForm& form : reference_forms())
    if (form.code == code) return form.kind;
  word.refuse(Refusal::field_invalid, "rf, ogm or qrr is expected");
}

dues::NoticeQuery notice_query_of(const Call& call, Services& services) {
  dues::NoticeQuery query{call.query_day("as_of").value_or(today_of(call)), std::nullopt};
  if (call.query("unit"))
    query.unit =
        call.query_parsed("unit", [&](std::string_view code) { return services.units.require(code).id; });
  return query;
}

ChargeNumber noticed_charge(const Call& call) {
  return ChargeNumber{call.path_number("number", Refusal::charge_unknown)};
}

dues::Notice member_notice(const Call& call, Services& services) {
  const dues::NoticeQuery query = notice_query_of(call, services);
  return services.database.in_snapshot(
      [&](Tx& tx) { return dues::read_member_notice(tx, call.node(), call.path_value("member"), query); });
}

dues::Notice charge_notice(const Call& call, Services& services) {
  const Day on = call.query_day("as_of").value_or(today_of(call));
  return services.database.in_snapshot(
      [&](Tx& tx) { return dues::read_charge_notice(tx, call.node(), noticed_charge(call), on); });
}

Answer notice_answer(const Call& call, const dues::Notice& notice) {
  if (asked_form(call, notice_forms).word == "text")
    return varying(content("text/plain; charset=utf-8", dues::notice_text(notice)));
  return varying(content("text/html; charset=utf-8", dues::notice_html(notice)));
}

Answer code_answer(const Call& call, const dues::Notice& notice) {
  const OfferedForm& form = asked_form(call, code_forms);
  const auto scale = static_cast<int>(call.query_number("scale", 1, 40).value_or(8));
  const std::string payload = dues::require_code_of(notice);
  if (form.word == "text") return varying(content("text/plain; charset=utf-8", payload));
  const dues::QrCode code = dues::QrCode::of(payload);
  if (form.word == "png") return varying(content("image/png", code.png(scale)));
  return varying(content("image/svg+xml", code.svg("QR code: a transfer to " + notice.route->account_holder +
                                                   ", reference " + notice.route->reference.printed())));
}

}  // namespace

Answer show_dues_payee(const Call& call, Services& services) {
  return ok(payee_json(
      services.database.in_snapshot([&](Tx& tx) { return dues::read_payee(tx, call.node().id); })));
}

Answer set_dues_payee(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body},
                          {"account_holder", "iban", "bic", "reference_kind", "letterhead", "closing"}};
  dues::Payee payee{.letterhead = fields.text_or_empty("letterhead", any_text),
                    .closing = fields.text_or_empty("closing", any_text)};
  if (const auto kind = fields.find("reference_kind")) payee.kind = reference_kind_from(*kind);
  if (fields.find("account_holder") || fields.find("iban") || fields.find("bic")) {
    payee.account = dues::PayeeAccount{fields.require("account_holder").text(any_text),
                                       fields.require("iban").parsed(Iban::parse), std::nullopt};
    if (const auto bic = fields.find("bic")) payee.account->bic = bic->parsed(Bic::parse);
  }
  JsonValue{body}.judged([&] { dues::set_payee(tx, call.node().id, payee, call.author()); });
  return ok(payee_json(payee));
}

Answer show_reference(const Call& call, Services& services) {
  const StructuredReference reference = StructuredReference::parse(call.path_value("reference"));
  const Day day = call.query_day("as_of").value_or(today_of(call));
  return services.database.in_snapshot([&](Tx& tx) {
    const auto owners = dues::find_reference(tx, call.node().id, reference);
    if (owners.empty())
      throw Refused{Refusal::party_unknown, "no member or charge has the reference " + reference.printed()};
    JsonWriter out;
    out.open().field("reference", reference.text()).field("printed", reference.printed());
    out.field("kind", reference_form(reference.kind()).code).array("owners");
    for (const dues::ReferenceOwner& owner : owners) {
      out.open().field("member", owner.member).field("charge", owner.charge);
      write_amounts(out, "open", dues::open_of(tx, call.node().id, owner, day), services.units);
      out.close();
    }
    out.end_array().close();
    return ok(out.take());
  });
}

Answer show_member_notice(const Call& call, Services& services) {
  return notice_answer(call, member_notice(call, services));
}

Answer show_charge_notice(const Call& call, Services& services) {
  return notice_answer(call, charge_notice(call, services));
}

Answer show_member_payment_code(const Call& call, Services& services) {
  return code_answer(call, member_notice(call, services));
}

Answer show_charge_payment_code(const Call& call, Services& services) {
  return code_answer(call, charge_notice(call, services));
}

}  // namespace coop::api
