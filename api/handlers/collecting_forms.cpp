#include "api/handlers/collecting_forms.hpp"

#include <map>

#include "api/handlers/text_limits.hpp"
#include "ledger/collecting/direct_debit_rules.hpp"
#include "ledger/collecting/return_reason.hpp"
#include "ledger/values/euro.hpp"

namespace coop::api {

namespace {

using collecting::text_of;

collecting::DebtorAddress debtor_address_from(const JsonValue& value) {
  const JsonObject fields{value, {"town", "country", "lines"}};
  collecting::DebtorAddress address{
      fields.require("town").text(any_text), fields.require("country").text(any_text), {}};
  if (const auto lines = fields.find("lines")) address.lines = lines->texts(any_text);
  return address;
}

void write_address(JsonWriter& out, const std::optional<collecting::DebtorAddress>& address) {
  out.name("address");
  if (!address) {
    out.value(std::nullopt);
    return;
  }
  out.open().field("town", address->town).field("country", address->country).array("lines");
  for (const std::string& line : address->lines) out.value(line);
  out.end_array().close();
}

void write_account(JsonWriter& out, const collecting::MandateAccount* account) {
  out.name("account");
  if (account == nullptr) {
    out.value(std::nullopt);
    return;
  }
  out.open().field("name", account->name).field("iban", account->iban.text());
  out.field("bic", account->bic ? std::optional{account->bic->text()} : std::nullopt);
  write_address(out, account->address);
  out.close();
}

void write_mandate_state(JsonWriter& out, const collecting::MandateRecord& record, Day day) {
  const auto mandate = collecting::mandate_of(record);
  out.field("as_of", day).field("status", collecting::status_on(record, day));
  if (!mandate) {
    for (const char* name : {"hindrance", "next", "last_used_on", "expires_on"})
      out.field(name, std::nullopt);
    return;
  }
  const collecting::MandateState state = collecting::state_of(*mandate, day);
  out.text_or_null("hindrance", collecting::hindrance(state)).field("next", text_of(state.next));
  out.field("last_used_on", state.last_sent_on).field("expires_on", state.expires_on);
}

void write_mandate_change(JsonWriter& out, const collecting::MandateChangeRecord& change) {
  out.open().field("number", change.number).field("change", text_of(change.kind)).field("on", change.on);
  out.field("sequence", change.sequence ? std::optional{text_of(*change.sequence)} : std::nullopt);
  out.text_or_null("code", change.code).field("collection", change.collection).field("line", change.line);
  out.text_or_null("reason", change.reason).field("recorded_at", change.recorded_at);
  out.field("recorded_by", change.recorded_by).close();
}

// What a bank will see otherwise, by the line's id; and why it would take nothing, if so.
struct CollectionPreview {
  std::vector<RewrittenText> rewritten;
  std::string fault;
};

CollectionPreview collection_preview_of(const collecting::Collection& collection) {
  for (const collecting::CollectionLine* line : collecting::lines_in_file(collection))
    if (!line->account) return {{}, "the account of " + line->member + " was erased"};
  if (collecting::state_of(collection.steps) == collecting::CollectionState::cancelled) return {};
  const collecting::DirectDebitOrder order = collecting::order_of(collection);
  CollectionPreview preview{{}, collecting::direct_debit_fault(order)};
  if (preview.fault.empty()) preview.rewritten = collecting::direct_debit_file(order).rewritten;
  return preview;
}

void write_rewritten(JsonWriter& out, const CollectionPreview& preview) {
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

void write_line(JsonWriter& out, const collecting::Collection& collection,
                const collecting::CollectionLine& line, bool sees_profiles) {
  const collecting::CollectionStep* ending = collecting::ending_of(collection, line.line);
  out.open().field("line", line.line).field("member", line.member).field("mandate", line.mandate);
  out.field("reference", line.reference).amount_field("amount", line.minor, euro_scale);
  out.field("unit", "EUR").field("sequence", text_of(line.sequence));
  out.field("account_changed", line.account_changed).field("end_to_end_id", line.end_to_end_id);
  out.field("text", collecting::purpose_of(line)).array("charges");
  for (const collecting::CollectedCharge& charge : line.charges)
    out.open().field("charge", charge.charge).amount_field("amount", charge.minor, euro_scale).close();
  out.end_array().field("state", collecting::line_state_of(collection, line));
  out.text_or_null("reason", ending ? ending->reason : "").text_or_null("code", ending ? ending->code : "");
  const bool came_back = ending && !ending->code.empty();
  out.text_or_null("cause", came_back ? collecting::return_reason(ending->code).cause : "");
  out.text_or_null("next_step", came_back ? collecting::return_reason(ending->code).next_step : "");
  out.field("returned_on", came_back ? ending->on : std::nullopt);
  out.field("fee_charge", ending ? ending->fee : std::nullopt).field("payment", line.payment);
  if (sees_profiles) out.field("name", line.account ? std::optional{line.account->name} : std::nullopt);
  out.close();
}

void write_collection_step(JsonWriter& out, const collecting::CollectionStep& step) {
  out.open().field("number", step.number).field("step", text_of(step.kind)).field("line", step.line);
  out.field("on", step.on).text_or_null("reason", step.reason).text_or_null("code", step.code);
  out.text_or_null("file_hash", step.file_hash).field("recorded_at", step.recorded_at);
  out.field("recorded_by", step.recorded_by_name).close();
}

}  // namespace

collecting::MandateAccount mandate_account_from(const JsonObject& fields) {
  const auto iban = [](std::string_view typed) { return Iban::parse(typed); };
  collecting::MandateAccount account{1, fields.require("iban").parsed(iban), std::nullopt,
                                     fields.text_or_empty("name", any_text), std::nullopt};
  if (const auto bic = fields.find("bic"))
    account.bic = bic->parsed([](std::string_view typed) { return Bic::parse(typed); });
  if (const auto address = fields.find("address")) account.address = debtor_address_from(*address);
  return account;
}

void write_mandate(JsonWriter& out, const collecting::MandateRecord& record, Day day, bool sees_profiles) {
  out.open().field("number", record.id).field("reference", record.reference).field("member", record.member);
  out.field("scheme", text_of(record.scheme)).field("use", text_of(record.use));
  out.field("signed_on", record.signed_on);
  write_mandate_state(out, record, day);
  if (sees_profiles) write_account(out, collecting::account_on(record, day));
  out.array("changes");
  for (const collecting::MandateChangeRecord& change : record.changes) write_mandate_change(out, change);
  out.end_array().field("recorded_at", record.recorded_at).field("recorded_by", record.recorded_by).close();
}

void write_collection(JsonWriter& out, const collecting::Collection& collection, bool sees_profiles) {
  out.open().field("number", collection.number);
  out.field("state", text_of(collecting::state_of(collection.steps))).field("due_on", collection.due_on);
  out.field("message_id", collection.message_id).field("creditor", collection.creditor.identifier.text());
  out.amount_field("amount", collecting::standing_minor(collection), euro_scale).field("unit", "EUR");
  out.field("recorded_at", collection.recorded_at).field("recorded_by", collection.recorded_by);
  out.array("lines");
  for (const collecting::CollectionLine& line : collection.lines)
    write_line(out, collection, line, sees_profiles);
  out.end_array().array("skipped");
  for (const collecting::CollectionSkip& skip : collection.skips)
    out.open()
        .field("member", skip.member)
        .field("reason", text_of(skip.reason))
        .field("words", skip.words)
        .close();
  out.end_array().array("steps");
  for (const collecting::CollectionStep& step : collection.steps) write_collection_step(out, step);
  out.end_array();
  if (sees_profiles) write_rewritten(out, collection_preview_of(collection));
  out.close();
}

}  // namespace coop::api
