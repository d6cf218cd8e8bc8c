#include "api/handlers/collecting_forms.hpp"
#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/report_query.hpp"
#include "api/handlers/text_limits.hpp"
#include "api/services.hpp"
#include "ledger/collecting/creditor_store.hpp"
#include "ledger/collecting/mandate_service.hpp"
#include "ledger/collecting/mandate_store.hpp"
#include "reports/collecting_tables.hpp"

namespace coop::api {

namespace {

using access::Action;
using collecting::MandateId;
using collecting::MandateRecord;

constexpr int mandates_at_once = 500;

MandateId asked_mandate(const Call& call) {
  return MandateId{call.path_int("number", Refusal::mandate_unknown)};
}

void write_creditor(JsonWriter& out, const collecting::CreditorRecord& record) {
  const collecting::Creditor& creditor = record.creditor;
  out.open().field("number", record.number).field("identifier", creditor.identifier.text());
  out.field("name", creditor.name).field("iban", creditor.iban.text());
  out.field("bic", creditor.bic ? std::optional{creditor.bic->text()} : std::nullopt);
  out.field("account", creditor.account).field("recorded_at", record.recorded_at);
  out.field("recorded_by", record.recorded_by).close();
}

// Whether a mandate is usable follows from its history: the list is read on until a page is full.
std::vector<MandateRecord> read_page(Tx& tx, const Call& call, const Page& page, Day day) {
  const auto status = call.query_word(
      "status", {"usable", "on_hold", "expired", "cancelled", "used_up", "not_signed", "erased"});
  collecting::MandateFilter filter{.party = asked_party_in(tx, call, "member"),
                                   .reference = call.query_text("reference"),
                                   .after = id_before<MandateId>(call, page),
                                   .limit = mandates_at_once};
  std::vector<MandateRecord> listed;
  for (bool is_more = true; is_more;) {
    auto found = collecting::read_mandates(tx, call.node().id, filter);
    is_more = found.size() == static_cast<std::size_t>(mandates_at_once);
    for (MandateRecord& record : found) {
      filter.after = record.id;
      if (status && collecting::status_on(record, day) != *status) continue;
      listed.push_back(std::move(record));
      if (listed.size() > static_cast<std::size_t>(page.limit)) return listed;
    }
  }
  return listed;
}

std::string reason_if_given(const JsonObject& fields) {
  const auto reason = fields.find("reason");
  if (!reason) return {};
  const std::string text = reason->text(any_text);
  if (text.empty()) reason->refuse(Refusal::field_invalid, "leave it out, or say something");
  return text;
}

std::string mandate_json(const Call& call, const MandateRecord& record, bool sees_profiles) {
  JsonWriter out;
  write_mandate(out, record, call.moment().as_of.value_or(today_of(call)), sees_profiles);
  return out.take();
}

}  // namespace

Answer show_creditor(const Call& call, Services& services) {
  return ok(services.database.in_snapshot([&](Tx& tx) {
    JsonWriter out;
    out.open().array("items");
    for (const auto& record : collecting::read_creditors(tx, call.node().id)) write_creditor(out, record);
    out.end_array().close();
    return out.take();
  }));
}

Answer set_creditor(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"identifier", "name", "iban", "bic", "account"}};
  collecting::Creditor creditor{
      fields.require("identifier").parsed(collecting::CreditorIdentifier::parse),
      fields.require("name").text(any_text),
      fields.require("iban").parsed([](std::string_view typed) { return Iban::parse(typed); }), std::nullopt,
      fields.require("account").text(255)};
  if (const auto bic = fields.find("bic"))
    creditor.bic = bic->parsed([](std::string_view typed) { return Bic::parse(typed); });
  JsonWriter out;
  write_creditor(out, collecting::set_creditor(tx, call.node().id, creditor, call.author()));
  return ok(out.take());
}

Answer list_mandates(const Call& call, Services& services) {
  const bool sees_profiles = call.may(Action::read_profiles);
  const Day day = call.moment().as_of.value_or(today_of(call));
  const Page page = call.page();
  const auto add_place = [](Cursor& place, const MandateRecord& last) {
    place.add(std::int64_t{last.id.number()});
  };
  if (format_of(call) == Format::json)
    return page_answer(
        call, page, services.database.in_snapshot([&](Tx& tx) { return read_page(tx, call, page, day); }),
        [&](JsonWriter& out, const MandateRecord& record) { write_mandate(out, record, day, sees_profiles); },
        add_place);
  return list_answer(call, services, page, mandates_at_once, [=, &call](Tx& tx, const Page& asked) {
    auto listed = read_page(tx, call, asked, day);
    const auto next = cut_to_page(call, asked, listed, add_place);
    return reports::table_of_mandates(reports::read_report_node(tx, call.node().id), day, listed,
                                      sees_profiles, next);
  });
}

Answer show_mandate(const Call& call, Services& services) {
  return ok(mandate_json(call, services.database.in_snapshot([&](Tx& tx) {
    return collecting::read_mandate(tx, call.node().id, asked_mandate(call));
  }),
                         call.may(Action::read_profiles)));
}

// What a write answers is kept for its repetition, so it holds no personal data.
Answer sign_mandate(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{
      JsonValue{body},
      {"member", "reference", "scheme", "use", "signed_on", "used_on", "iban", "bic", "name", "address"}};
  const std::string member = member_from(tx, call, fields.require("member"));
  const Day signed_on = fields.require("signed_on").day();
  collecting::MandateAccount account = mandate_account_from(fields);
  collecting::MandateDraft draft{.member = member,
                                 .reference = std::nullopt,
                                 .signed_on = signed_on,
                                 .used_on = std::nullopt,
                                 .iban = account.iban,
                                 .bic = account.bic,
                                 .name = std::nullopt,
                                 .address = account.address};
  if (const auto reference = fields.find("reference")) draft.reference = reference->text(200);
  if (const auto scheme = fields.find("scheme"))
    draft.scheme = scheme->parsed(collecting::mandate_scheme_from);
  if (const auto use = fields.find("use")) draft.use = use->parsed(collecting::mandate_use_from);
  if (const auto used_on = fields.find("used_on")) draft.used_on = used_on->day();
  if (fields.find("name")) draft.name = account.name;
  const MandateRecord record = collecting::sign_mandate(tx, call.node().id, draft, call.author());
  return created(mandate_json(call, record, false),
                 call.request.path + "/" + std::to_string(record.id.number()));
}

Answer change_mandate(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"change", "on", "code", "reason"}};
  collecting::MandateChangeDraft draft{asked_mandate(call),
                                       fields.require("change").parsed(collecting::mandate_change_kind_from),
                                       fields.require("on").day()};
  if (draft.kind == collecting::MandateChangeKind::account_changed)
    fields.require("change").refuse(Refusal::field_invalid, "another account has an address of its own");
  if (const auto code = fields.find("code")) {
    draft.code = code->text(any_text);
    if (draft.code.empty()) code->refuse(Refusal::field_invalid, "a bank's reason is not empty");
  }
  draft.reason = reason_if_given(fields);
  return ok(mandate_json(call, collecting::change_mandate(tx, call.node().id, draft, call.author()), false));
}

Answer change_mandate_account(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"on", "iban", "bic", "name", "address", "reason"}};
  fields.require("name");
  collecting::MandateChangeDraft draft{asked_mandate(call), collecting::MandateChangeKind::account_changed,
                                       fields.require("on").day()};
  draft.account = mandate_account_from(fields);
  draft.reason = reason_if_given(fields);
  return ok(mandate_json(call, collecting::change_mandate(tx, call.node().id, draft, call.author()), false));
}

}  // namespace coop::api
