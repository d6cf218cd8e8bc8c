#include "reports/signoffs.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/offered_form.hpp"
#include "api/handlers/pages.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/reconciling_handlers.hpp"
#include "api/handlers/report_query.hpp"
#include "api/json_reader.hpp"
#include "api/services.hpp"
#include "ledger/bank/signoff_service.hpp"
#include "reports/reconciliation.hpp"

namespace coop::api {

namespace {

using bank::SignoffNumber;

SignoffNumber asked_signoff(const Call& call) {
  return SignoffNumber{call.path_int("number", Refusal::signoff_unknown)};
}

void write_signoff_fields(JsonWriter& out, const bank::Signoff& signoff, const Unit& unit) {
  const bank::SignedFigures& figures = signoff.figures;
  out.field("number", signoff.number).field("bank_account", signoff.account).field("account", signoff.path);
  out.field("as_of", signoff.as_of).field("unit", unit.code);
  out.amount_field("books", figures.books_minor, unit.scale);
  out.field("uncleared_count", figures.uncleared_count);
  out.amount_field("uncleared", figures.uncleared_minor, unit.scale);
  out.field("unbooked_count", figures.unbooked_count);
  out.amount_field("unbooked", figures.unbooked_minor, unit.scale);
  out.amount_field("beginning", figures.beginning_minor, unit.scale);
  out.maybe_amount("bank", figures.bank_minor, unit.scale);
  out.amount_field("difference", figures.difference_minor, unit.scale);
  out.text_or_null("explanation", signoff.explanation).field("last_entry", signoff.last_entry);
  out.field("import", figures.import).field("statement", figures.statement).field("sha256", signoff.hash);
  out.field("live", signoff.is_live).text_or_null("withdrawn_because", signoff.end_reason);
  out.field("signed_by", signoff.signer).field("signed_at", signoff.recorded_at).array("countersigned");
  for (const bank::Countersignature& other : signoff.countersignatures)
    out.open().field("by", other.user).field("at", other.recorded_at).close();
  out.end_array();
}

std::string signoff_json(const bank::Signoff& signoff, Services& services) {
  JsonWriter out;
  out.open();
  write_signoff_fields(out, signoff, services.units.of(signoff.unit));
  out.close();
  return out.take();
}

// What was signed and what changed since stand in the answer that is asked for, not in the list.
std::string whole_json(const bank::Signoff& signoff, const std::vector<bank::SignedChange>& changes,
                       Services& services) {
  JsonWriter out;
  out.open();
  write_signoff_fields(out, signoff, services.units.of(signoff.unit));
  out.field("text", signoff.figures.text).array("changed_by");
  for (const bank::SignedChange& change : changes)
    out.open().field("kind", bank::text_of(change.kind)).field("number", change.number).close();
  out.end_array().close();
  return out.take();
}

bank::SignoffFilter signoff_filter_of(const Call& call, const Page& page) {
  bank::SignoffFilter filter{.before = id_before<SignoffNumber>(call, page), .limit = page.limit + 1};
  if (const auto account = call.query_number("bank_account", 1, std::numeric_limits<std::int32_t>::max()))
    filter.account = bank::BankAccountNumber{static_cast<std::int32_t>(*account)};
  if (call.query("live")) filter.live = call.query_truth("live", true);
  return filter;
}

void add_signoff_place(Cursor& place, const bank::Signoff& last) {
  place.add(std::int64_t{last.number.number()});
}

}  // namespace

Answer sign_reconciliation(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"as_of", "explanation"}};
  const NodeId node = call.node().id;
  const bank::SignoffDraft draft{
      .account = bank::BankAccountNumber{call.path_int("number", Refusal::bank_account_unknown)},
      .as_of = fields.require("as_of").day(),
      .explanation = fields.text_or_empty("explanation", 2'000),
      .today = today_of(call)};
  const auto read = [&](const bank::BankAccount& account) {
    return reports::signed_figures_of(
        reports::read_report_node(tx, node),
        reports::read_reconciliation(tx, node, account, services.units.of(account.unit), draft.as_of, false));
  };
  const bank::Signoff signoff = bank::sign_off(tx, node, draft, read, call.author());
  return created(signoff_json(signoff, services), "/v1/nodes/" + call.node().name + "/bank/signoffs/" +
                                                      std::to_string(signoff.number.number()));
}

Answer list_signoffs(const Call& call, Services& services) {
  const Page page = call.page();
  const bank::SignoffFilter filter = signoff_filter_of(call, page);
  if (format_of(call) == Format::json)
    return page_answer(
        call, page, services.database.in_snapshot([&](Tx& tx) {
          return bank::list_signoffs(tx, call.node().id, filter);
        }),
        [&](JsonWriter& out, const bank::Signoff& one) { out.raw(signoff_json(one, services)); },
        add_signoff_place);
  return list_answer(call, services, page, 500, [&services, call](Tx& tx, const Page& asked) {
    auto listed = bank::list_signoffs(tx, call.node().id, signoff_filter_of(call, asked));
    const auto next = cut_to_page(call, asked, listed, add_signoff_place);
    return reports::table_of_signoffs(
        reports::read_report_node(tx, call.node().id), listed,
        [&](UnitId id) { return services.units.of(id); }, next);
  });
}

Answer show_signoff(const Call& call, Services& services) {
  constexpr std::array<OfferedForm, 3> forms{
      {{"json", "application/json"}, {"html", "text/html"}, {"text", "text/plain"}}};
  const OfferedForm& form = asked_form(call, forms);
  return services.database.in_snapshot([&](Tx& tx) {
    const bank::Signoff signoff = bank::read_signoff(tx, call.node().id, asked_signoff(call));
    const auto changes = bank::read_changes_since(tx, call.node().id, signoff);
    if (form.word == "html")
      return varying(content("text/html; charset=utf-8", reports::signoff_html(signoff, changes)));
    if (form.word == "text")
      return varying(content("text/plain; charset=utf-8", reports::signoff_text(signoff, changes)));
    return varying(ok(whole_json(signoff, changes, services)));
  });
}

Answer countersign_reconciliation(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  return ok(
      signoff_json(bank::countersign(tx, call.node().id, asked_signoff(call), call.author()), services));
}

Answer withdraw_signoff(Tx& tx, const Call& call, Services& services) {
  const std::string reason = asked_reason(call);
  return ok(signoff_json(
      bank::withdraw_signoff(tx, call.node().id, asked_signoff(call), reason, call.author()), services));
}

}  // namespace coop::api
