#include "api/handlers/dues_forms.hpp"

#include "api/directories.hpp"
#include "ledger/members/membership_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"

namespace coop::api {

AskedAmount amount_from(const JsonObject& fields, UnitDirectory& units) {
  const JsonValue amount = fields.require("amount");
  amount.amount();
  const Unit unit = unit_from(fields, units);
  return {minor_from(amount, unit), unit};
}

Unit unit_from(const JsonObject& fields, UnitDirectory& units) {
  return fields.require("unit").parsed([&](std::string_view code) { return units.require(code); });
}

std::int64_t minor_from(const JsonValue& amount, const Unit& unit) {
  amount.amount();
  return amount.parsed([&](std::string_view text) { return minor_from_text(text, unit.scale); });
}

void write_amounts(JsonWriter& out, std::string_view name, const std::map<UnitId, std::int64_t>& sums,
                   UnitDirectory& units) {
  out.array(name);
  for (const auto& [id, minor] : sums) {
    const Unit unit = units.of(id);
    out.open().amount_field("amount", minor, unit.scale).field("unit", unit.code).close();
  }
  out.end_array();
}

void write_due_fields(JsonWriter& out, const dues::Due& due, UnitDirectory& units) {
  const Unit unit = units.of(due.unit);
  out.field("kind", dues::text_of(due.kind));
  out.field("from", due.period.first()).field("to", due.period.last()).field("due_on", due.due_on);
  out.field("part", due.part).field("parts", due.parts).field("unit", unit.code);
  out.amount_field("gross", due.gross_minor, unit.scale);
  out.amount_field("waived", due.waived_minor, unit.scale);
  out.amount_field("owed", due.owed_minor(), unit.scale).field("why", due.why);
}

void write_charge(JsonWriter& out, const dues::Charge& charge, const NationalKind& national,
                  UnitDirectory& units) {
  out.open().field("number", charge.number).field("member", charge.member).field("payer", charge.debtor);
  out.field("membership", charge.membership).field("run", charge.run);
  write_references(out, charge.member, charge.number, national);
  write_due_fields(out, charge.due, units);
  out.field("entry", charge.entry).field("recorded_at", charge.recorded_at);
  out.field("reversed_on", charge.reversed_on).field("reversal", charge.reversal).close();
}

void write_payment(JsonWriter& out, const dues::Payment& payment, UnitDirectory& units) {
  const Unit unit = units.of(payment.unit);
  out.open().field("number", payment.number).field("kind", dues::text_of(payment.kind));
  out.field("payer", payment.payer).amount_field("amount", payment.minor, unit.scale);
  out.field("unit", unit.code).field("received_on", payment.received_on).field("account", payment.account);
  if (payment.given) {
    const Unit of = units.of(payment.given->unit());
    out.object("given")
        .amount_field("amount", payment.given->minor(), of.scale)
        .field("unit", of.code)
        .close();
  } else {
    out.field("given", std::nullopt);
  }
  out.text_or_null("reference", payment.reference).text_or_null("note", payment.note).array("shares");
  for (const dues::PaymentShare& share : payment.shares)
    out.open()
        .field("member", share.debtor)
        .amount_field("amount", share.minor, unit.scale)
        .field("charge", share.charge)
        .amount_field("paid_ahead", share.prepaid_minor, unit.scale)
        .close();
  out.end_array().field("entry", payment.entry).field("recorded_at", payment.recorded_at);
  out.field("returned_on", payment.returned_on).text_or_null("return_reason", payment.return_reason);
  out.field("return_entry", payment.return_entry).close();
}

void write_totals(JsonWriter& out, const dues::RunTotals& totals, UnitDirectory& units) {
  out.field("memberships", totals.memberships).field("unchanged", totals.unchanged);
  out.field("charged", totals.charged).field("reversed", totals.reversed);
  write_amounts(out, "owed", totals.owed_minor, units);
  write_amounts(out, "waived", totals.waived_minor, units);
}

std::string member_from(Tx& tx, const Call& call, const JsonValue& number) {
  return number.parsed(
      [&](std::string_view text) { return members::read_party(tx, call.node().id, text).number; });
}

std::optional<PartyId> asked_party_in(Tx& tx, const Call& call, std::string_view parameter) {
  if (!call.query(parameter)) return std::nullopt;
  return call.query_parsed(
      parameter, [&](std::string_view text) { return members::read_party(tx, call.node().id, text).id; });
}

std::string decision_from(const JsonObject& fields) {
  const auto decision = fields.find("decision");
  if (!decision) return {};
  const std::string text = decision->text(500);
  if (text.empty()) decision->refuse(Refusal::field_invalid, "a decision has 1 to 500 characters");
  return text;
}

MembershipId asked_membership(Tx& tx, const Call& call) {
  const members::Party party = members::read_party(tx, call.node().id, call.path_value("member"));
  const MembershipId id{call.path_int("membership", Refusal::membership_unknown)};
  if (members::read_membership(tx, call.node().id, id).party != party.id)
    throw Refused{Refusal::membership_unknown,
                  party.number + " has no membership " + std::to_string(id.number())};
  return id;
}

}  // namespace coop::api
