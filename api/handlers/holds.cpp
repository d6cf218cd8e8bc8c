#include "api/handlers/draft_reader.hpp"
#include "api/handlers/entry_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/receipt.hpp"
#include "api/handlers/report_query.hpp"
#include "api/handlers/text_limits.hpp"
#include "api/services.hpp"
#include "ledger/books/hold_list_store.hpp"
#include "ledger/books/hold_service.hpp"
#include "ledger/books/hold_store.hpp"

namespace coop::api {

namespace {

HoldNumber asked_hold(const Call& call) {
  return HoldNumber{call.path_number("number", Refusal::hold_unknown)};
}

std::string hold_address_of(const Call& call, HoldNumber number) {
  return "/v1/nodes/" + call.node().name + "/holds/" + std::to_string(number.number());
}

void write_hold(JsonWriter& out, const std::string& node, const books::Hold& hold) {
  out.open().field("node", node).field("number", hold.number).field("state", books::text_of(hold.state));
  out.field("made_at", hold.made_at).field("made_by", hold.made_by).field("expires_at", hold.expires_at);
  out.field("ended_at", hold.ended_at).field("ended_by", hold.ended_by);
  out.field("entry", hold.entry)
      .field("description", hold.description)
      .text_or_null("reference", hold.reference);
  write_postings(out, hold.postings);
  out.close();
}

books::HoldState state_from(std::string_view text) {
  for (const auto state : {books::HoldState::open, books::HoldState::posted, books::HoldState::voided})
    if (books::text_of(state) == text) return state;
  return books::HoldState::expired;
}

books::HoldFilter hold_filter_of(const Call& call) {
  books::HoldFilter filter{std::nullopt, path_of(call, "account")};
  if (const auto word = call.query_word("state", {"open", "posted", "voided", "expired"}))
    filter.state = state_from(*word);
  return filter;
}

books::HoldOrder hold_order_of(const Call& call) {
  const auto sort = call.query_word("sort", {"number", "-number", "expires_at"}).value_or("-number");
  return sort == "number"       ? books::HoldOrder::oldest_first
         : sort == "expires_at" ? books::HoldOrder::first_to_expire_first
                                : books::HoldOrder::newest_first;
}

std::optional<books::HoldPlace> hold_place_of(const Call& call, const Page& page) {
  if (!page.cursor) return std::nullopt;
  OpenedCursor cursor{call.list_name(), *page.cursor};
  const HoldNumber number{cursor.number()};
  const std::string expires_at = cursor.string();
  return books::HoldPlace{number,
                          expires_at.empty() ? std::nullopt : std::optional{instant_from_text(expires_at)}};
}

}  // namespace

Answer make_hold(const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const books::HoldDraft draft =
      DraftReader{services.units, true}.hold_from(JsonValue{body}, call.request_key(), call.caller.user());
  const auto made = [&](Tx& tx) { return books::make_hold(tx, call.node().id, draft, call.author()); };
  const books::MadeHold hold =
      call.dry_run ? services.database.in_dry_tx(made) : services.database.in_tx(made);
  JsonWriter out;
  out.open();
  if (call.dry_run) out.field("dry_run", true);
  out.field("node", call.node().name).field("number", hold.number).close();
  if (call.dry_run) return ok(out.take());
  Answer answer = created(out.take(), hold_address_of(call, hold.number));
  if (hold.repeated) answer.headers.emplace_back("Idempotent-Replay", "true");
  return answer;
}

Answer list_holds(const Call& call, Services& services) {
  const books::HoldFilter filter = hold_filter_of(call);
  const books::HoldOrder order = hold_order_of(call);
  const Page page = call.page(50, 200);
  const auto after = hold_place_of(call, page);
  const auto holds = services.database.in_tx([&](Tx& tx) {
    std::vector<books::Hold> found;
    for (const HoldNumber number :
         books::list_hold_numbers(tx, call.node().id, filter, after, order, page.limit + 1))
      found.push_back(books::read_hold(tx, call.node().id, number));
    return found;
  });
  return page_answer(
      call, page, holds,
      [&](JsonWriter& out, const books::Hold& hold) { write_hold(out, call.node().name, hold); },
      [](Cursor& place, const books::Hold& last) {
        place.add(last.number.number()).add(last.expires_at ? coop::text_of(*last.expires_at) : "");
      });
}

Answer show_hold(const Call& call, Services& services) {
  JsonWriter out;
  write_hold(out, call.node().name, services.database.in_tx([&](Tx& tx) {
    return books::read_hold(tx, call.node().id, asked_hold(call));
  }));
  return ok(out.take());
}

Answer post_hold(const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const JsonObject fields{JsonValue{body},
                          {"booked_on", "late", "description", "reference", "source", "postings"}};
  books::Draft draft{call.request_key(),
                     call.caller.user(),
                     fields.require("booked_on").day(),
                     books::LateEntry::refuse,
                     fields.text_or_empty("description", any_text),
                     fields.text_or_empty("reference", any_text),
                     fields.text_or_empty("source", any_text),
                     std::nullopt,
                     asked_hold(call),
                     {}};
  if (const auto late = fields.find("late")) draft.late = late->parsed(late_from);
  if (const auto lines = fields.find("postings"))
    draft.postings = DraftReader{services.units, true}.postings_from(*lines);
  const auto posted = [&](Tx& tx) { return books::post_hold(tx, call.node().id, draft, call.author()); };
  if (call.dry_run) return dry_receipt_answer(call.node().name, services.database.in_dry_tx(posted));
  return receipt_answer(call.node().name, services.database.in_tx(posted));
}

Answer void_hold(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  JsonWriter out;
  write_hold(out, call.node().name, books::void_hold_of(tx, call.node().id, asked_hold(call), call.author()));
  return ok(out.take());
}

}  // namespace coop::api
