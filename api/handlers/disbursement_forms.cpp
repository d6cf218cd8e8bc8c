#include "api/handlers/disbursement_forms.hpp"

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/text_limits.hpp"
#include "ledger/disbursements/credit_transfer_rules.hpp"
#include "ledger/disbursements/transfer_return_reason.hpp"
#include "ledger/values/euro.hpp"

namespace coop::api {

namespace {

using disbursements::text_of;

disbursements::TransferAddress transfer_address_from(const JsonValue& value) {
  const JsonObject fields{value, {"street", "building", "post_code", "town", "country"}};
  return {fields.text_or_empty("street", any_text), fields.text_or_empty("building", any_text),
          fields.text_or_empty("post_code", any_text), fields.require("town").text(any_text),
          fields.require("country").text(any_text)};
}

std::optional<std::string> order_text_from(const JsonObject& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found ? std::optional{found->text(any_text)} : std::nullopt;
}

std::optional<Bic> maybe_bic(const JsonObject& fields) {
  const auto found = fields.find("bic");
  if (!found) return std::nullopt;
  return found->parsed([](std::string_view typed) { return Bic::parse(typed); });
}

disbursements::OrderDraft order_from(const JsonValue& value, const Unit& euro) {
  const JsonObject fields{value,
                          {"amount", "purpose", "account", "member", "name", "iban", "bic", "address", "text",
                           "reference", "source", "fund", "cost_object", "tax_code", "mandate", "minutes"}};
  disbursements::OrderDraft order{
      .minor = minor_from(fields.require("amount"), euro),
      .purpose = fields.require("purpose").parsed(disbursements::order_purpose_from),
      .account = fields.require("account").text(any_text),
      .member = fields.text_or_empty("member", any_text),
      .name = order_text_from(fields, "name"),
      .bic = maybe_bic(fields),
      .text = fields.text_or_empty("text", any_text),
      .source = fields.text_or_empty("source", any_text),
      .about = {order_text_from(fields, "fund"),
                {},
                order_text_from(fields, "cost_object"),
                order_text_from(fields, "tax_code")}};
  if (const auto mandate = fields.find("mandate"))
    order.mandate = funds::SpendingMandateNumber{static_cast<std::int32_t>(mandate->number(1, most_number))};
  if (const auto minutes = fields.find("minutes"))
    order.minutes = static_cast<int>(minutes->number(1, 100'000'000));
  if (const auto member = fields.find("member"); member && order.member.empty())
    member->refuse(Refusal::party_unknown, "no member has an empty number");
  if (const auto iban = fields.find("iban"))
    order.iban = iban->parsed([](std::string_view typed) { return Iban::parse(typed); });
  if (const auto address = fields.find("address")) order.address = transfer_address_from(*address);
  if (const auto reference = fields.find("reference"))
    order.reference =
        reference->parsed([](std::string_view typed) { return StructuredReference::parse(typed); });
  return order;
}

// What a bank will see otherwise, and why it would take nothing, if so.
struct DisbursementPreview {
  std::vector<RewrittenText> rewritten;
  std::string fault;
};

DisbursementPreview disbursement_preview_of(const disbursements::Disbursement& disbursement, Instant now) {
  for (const disbursements::Order* order : disbursements::orders_in_file(disbursement))
    if (!order->payee) return {{}, "who is paid by order " + std::to_string(order->number) + " was erased"};
  const auto state = disbursements::state_of(disbursement);
  if (state == disbursements::DisbursementState::cancelled) return {};
  const disbursements::Step* exported =
      disbursements::step_of(disbursement, disbursements::StepKind::exported);
  const auto whole = disbursements::transfer_order_of(disbursement, exported ? exported->recorded_at : now);
  DisbursementPreview preview{{}, disbursements::credit_transfer_fault(whole).words};
  if (preview.fault.empty()) preview.rewritten = disbursements::credit_transfer_file(whole).rewritten;
  return preview;
}

void write_preview(JsonWriter& out, const DisbursementPreview& preview) {
  out.text_or_null("fault", preview.fault).array("rewritten");
  for (const RewrittenText& text : preview.rewritten) {
    bool is_lossy = false;
    for (const SepaChange& change : text.to.changes) is_lossy = is_lossy || change.is_lossy;
    out.open().text_or_null("end_to_end_id", text.end_to_end_id).field("field", text.field);
    out.field("from", text.from).field("to", text.to.text).field("lossy", is_lossy);
    out.field("cut", text.to.is_cut).close();
  }
  out.end_array();
}

void write_payee(JsonWriter& out, const std::optional<disbursements::Payee>& payee) {
  out.name("payee");
  if (!payee) {
    out.value(std::nullopt);
    return;
  }
  out.open().field("name", payee->name).field("iban", payee->iban.text());
  out.field("bic", payee->bic ? std::optional{payee->bic->text()} : std::nullopt).name("address");
  if (payee->address)
    out.open()
        .text_or_null("street", payee->address->street)
        .text_or_null("building", payee->address->building)
        .text_or_null("post_code", payee->address->post_code)
        .field("town", payee->address->town)
        .field("country", payee->address->country)
        .close();
  else out.value(std::nullopt);
  out.text_or_null("text", payee->text);
  out.field("reference", payee->reference ? std::optional{payee->reference->text()} : std::nullopt).close();
}

void write_bank_word(JsonWriter& out, const char* name, const std::optional<disbursements::BankWord>& word,
                     bool is_return) {
  out.name(name);
  if (!word) {
    out.value(std::nullopt);
    return;
  }
  out.open().field("on", word->on).field("match", word->match).field("entry", word->entry);
  out.field("payment", word->payment);
  if (is_return) {
    const auto& reason = disbursements::transfer_return_reason(word->code);
    out.field("code", word->code).field("cause", reason.cause).field("next_step", reason.next_step);
    out.amount_field("charges", word->charges_minor, euro_scale);
  }
  out.close();
}

void write_order(JsonWriter& out, const disbursements::Disbursement& disbursement,
                 const disbursements::Order& order, bool sees_profiles) {
  out.open().field("order", order.number).amount_field("amount", order.minor, euro_scale);
  out.field("unit", "EUR").field("purpose", text_of(order.purpose)).field("account", order.account);
  out.text_or_null("member", order.member).text_or_null("source", order.source);
  out.field("fund", order.about[0]).field("cost_object", order.about[2]).field("tax_code", order.about[3]);
  out.field("mandate", order.mandate).field("minutes", order.minutes);
  out.field("end_to_end_id", order.end_to_end_id);
  out.field("state", text_of(disbursements::state_of(disbursement, order)));
  write_bank_word(out, "executed", order.executed, false);
  write_bank_word(out, "returned", order.returned, true);
  if (sees_profiles) write_payee(out, order.payee);
  out.close();
}

void write_not_ordered(JsonWriter& out, const std::vector<pay::NotOrdered>& left_out) {
  out.array("not_ordered");
  for (const pay::NotOrdered& one : left_out)
    out.open()
        .field("member", one.member)
        .amount_field("amount", one.minor, euro_scale)
        .field("why", pay::text_of(one.why))
        .close();
  out.end_array();
}

void write_order_step(JsonWriter& out, const disbursements::Step& step) {
  out.open().field("number", step.number).field("step", text_of(step.kind)).field("order", step.order);
  out.text_or_null("reason", step.reason).text_or_null("file_hash", step.file_hash);
  out.field("recorded_at", step.recorded_at).field("recorded_by", step.recorded_by_name).close();
}

}  // namespace

disbursements::DisbursementDraft disbursement_draft_from(const JsonValue& value, const Unit& euro) {
  const JsonObject fields{value,
                          {"bank_account", "requested_on", "title", "account_holder", "bic", "orders"}};
  disbursements::DisbursementDraft draft{
      .bank_account = static_cast<int>(fields.require("bank_account").number(1, most_number)),
      .requested_on = fields.require("requested_on").day(),
      .title = fields.require("title").text(any_text),
      .account_holder = order_text_from(fields, "account_holder"),
      .bic = maybe_bic(fields),
      .orders = {}};
  const auto orders = fields.require("orders").elements();
  for (const JsonValue& order : orders) draft.orders.push_back(order_from(order, euro));
  return draft;
}

void write_disbursement(JsonWriter& out, const disbursements::Disbursement& disbursement, bool sees_profiles,
                        Instant now, const std::vector<pay::NotOrdered>* not_ordered) {
  const disbursements::Step* exported =
      disbursements::step_of(disbursement, disbursements::StepKind::exported);
  out.open().field("number", disbursement.number);
  out.field("state", text_of(disbursements::state_of(disbursement)));
  out.field("bank_account", disbursement.from.bank_account).field("account", disbursement.from.path);
  out.field("requested_on", disbursement.requested_on).field("title", disbursement.title);
  out.field("account_holder", disbursement.debtor_name).field("message_id", disbursement.message_id);
  const auto in_file = disbursements::orders_in_file(disbursement);
  out.amount_field("amount", disbursements::minor_of(in_file), euro_scale).field("unit", "EUR");
  out.text_or_null("file_hash", exported ? exported->file_hash : "");
  out.field("recorded_at", disbursement.recorded_at).field("recorded_by", disbursement.recorded_by_name);
  out.field("approvals_needed", static_cast<int>(disbursement.approvals_needed)).array("approvals");
  for (const disbursements::Step* approval : disbursements::approvals_of(disbursement))
    out.open().field("by", approval->recorded_by_name).field("at", approval->recorded_at).close();
  out.end_array().array("warnings");
  for (const std::string& warning : disbursement.warnings) out.value(warning);
  out.end_array().array("orders");
  for (const disbursements::Order& order : disbursement.orders)
    write_order(out, disbursement, order, sees_profiles);
  out.end_array().array("steps");
  for (const disbursements::Step& step : disbursement.steps) write_order_step(out, step);
  out.end_array();
  if (sees_profiles) write_preview(out, disbursement_preview_of(disbursement, now));
  if (not_ordered != nullptr) write_not_ordered(out, *not_ordered);
  out.close();
}

void write_disbursement_summary(JsonWriter& out, const disbursements::DisbursementSummary& one) {
  out.open().field("number", one.number).field("state", text_of(one.state));
  out.field("requested_on", one.requested_on).field("title", one.title).field("account", one.account);
  out.field("message_id", one.message_id).field("orders", one.orders);
  out.amount_field("amount", one.minor, euro_scale).field("unit", "EUR");
  out.text_or_null("file_hash", one.file_hash).field("recorded_at", one.recorded_at).close();
}

void write_listed_order(JsonWriter& out, const disbursements::ListedOrder& one, bool sees_profiles) {
  out.open().field("disbursement", one.disbursement).field("order", one.order);
  out.field("state", text_of(one.state)).field("requested_on", one.requested_on).field("title", one.title);
  out.field("bank_account", one.bank_account).amount_field("amount", one.minor, euro_scale);
  out.field("unit", "EUR").field("purpose", text_of(one.purpose)).field("account", one.account);
  out.text_or_null("member", one.member).text_or_null("source", one.source);
  out.field("end_to_end_id", one.end_to_end_id).text_or_null("return_code", one.return_code);
  if (sees_profiles) out.field("name", one.name).field("iban", one.iban);
  out.close();
}

}  // namespace coop::api
