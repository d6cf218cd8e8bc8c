#include "api/handlers/collecting_forms.hpp"
#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/handlers/text_limits.hpp"
#include "api/services.hpp"
#include "ledger/collecting/collection_service.hpp"
#include "ledger/collecting/collection_store.hpp"
#include "ledger/collecting/settlement_service.hpp"
#include "ledger/values/euro.hpp"
#include "reports/collecting_tables.hpp"

namespace coop::api {

namespace {

using access::Action;
using collecting::Collection;
using collecting::CollectionLine;
using collecting::CollectionNumber;
using collecting::CollectionSummary;

constexpr int collections_at_once = 500;
constexpr int collected_lines_at_once = 100'000;

CollectionNumber asked_collection(const Call& call) {
  return CollectionNumber{call.path_int("number", Refusal::collection_unknown)};
}

collecting::LinePlace asked_collection_line(const Call& call) {
  return {asked_collection(call), call.path_int("line", Refusal::collection_unknown)};
}

// What a write answers is kept for its repetition, so it holds personal data in a dry run only.
std::string written_collection_json(const Call& call, const Collection& collection) {
  JsonWriter out;
  write_collection(out, collection, call.dry_run && call.may(Action::read_profiles));
  return out.take();
}

Collection read_asked(const Call& call, Services& services) {
  return services.database.in_snapshot(
      [&](Tx& tx) { return collecting::read_collection(tx, call.node().id, asked_collection(call)); });
}

void write_collection_summary(JsonWriter& out, const CollectionSummary& one) {
  out.open().field("number", one.number).field("state", collecting::text_of(one.state));
  out.field("due_on", one.due_on).field("message_id", one.message_id).field("lines", one.lines);
  out.amount_field("amount", one.minor, euro_scale)
      .field("unit", "EUR")
      .field("recorded_at", one.recorded_at)
      .close();
}

}  // namespace

Answer list_collections(const Call& call, Services& services) {
  const auto word = call.query_word("state", {"proposed", "approved", "handed_in", "settled", "cancelled"});
  const auto state = word ? std::optional{collecting::collection_state_from(*word)} : std::nullopt;
  const Page page = call.page();
  const auto read = [=, &call](Tx& tx, const Page& asked) {
    return collecting::list_collections(tx, call.node().id, state, id_before<CollectionNumber>(call, asked),
                                        asked.limit + 1);
  };
  const auto add_place = [](Cursor& place, const CollectionSummary& last) {
    place.add(std::int64_t{last.number.number()});
  };
  if (format_of(call) == Format::json)
    return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
                       write_collection_summary, add_place);
  return list_answer(call, services, page, collections_at_once, [=, &call](Tx& tx, const Page& asked) {
    auto listed = read(tx, asked);
    const auto next = cut_to_page(call, asked, listed, add_place);
    return reports::table_of_collections(reports::read_report_node(tx, call.node().id), listed, next);
  });
}

Answer propose_collection(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"due_on", "final"}};
  collecting::CollectionDraft draft{fields.require("due_on").day(), {}};
  if (const auto last = fields.find("final")) draft.last_for = last->texts(100);
  const Collection collection = collecting::propose(tx, call.node(), draft, call.author());
  return created(written_collection_json(call, collection),
                 call.request.path + "/" + std::to_string(collection.number.number()));
}

Answer show_collection(const Call& call, Services& services) {
  JsonWriter out;
  write_collection(out, read_asked(call, services), call.may(Action::read_profiles));
  return ok(out.take());
}

Answer list_collection_lines(const Call& call, Services& services) {
  const bool sees_profiles = call.may(Action::read_profiles);
  return list_answer(
      call, services, call.page(), collected_lines_at_once, [=, &call](Tx& tx, const Page& asked) {
        const Collection collection = collecting::read_collection(tx, call.node().id, asked_collection(call));
        const int last_shown = int_before(call, asked).value_or(0);
        std::vector<CollectionLine> listed;
        for (const CollectionLine& line : collection.lines)
          if (line.line > last_shown) listed.push_back(line);
        const auto next = cut_to_page(call, asked, listed, [](Cursor& place, const CollectionLine& last) {
          place.add(std::int64_t{last.line});
        });
        return reports::table_of_lines(reports::read_report_node(tx, call.node().id), collection, listed,
                                       sees_profiles, next);
      });
}

Answer show_collection_file(const Call& call, Services& services) {
  const Collection collection = read_asked(call, services);
  Answer answer = content("application/xml", collecting::file_of(collection).xml);
  answer.headers.emplace_back("Content-Disposition",
                              "attachment; filename=\"" + collection.message_id + ".xml\"");
  return answer;
}

Answer exclude_collection_line(Tx& tx, const Call& call, Services&) {
  const std::string reason = asked_reason(call);
  return ok(written_collection_json(
      call,
      collecting::exclude_line(tx, call.node().id, asked_collection_line(call), reason, call.author())));
}

Answer approve_collection(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  return ok(written_collection_json(
      call, collecting::approve(tx, call.node().id, asked_collection(call), call.author())));
}

Answer hand_in_collection(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"on"}};
  const auto on = fields.find("on");
  const Day day = on ? on->day() : today_of(call);
  return ok(written_collection_json(
      call, collecting::hand_in(tx, call.node(), asked_collection(call), day, call.author())));
}

Answer cancel_collection(Tx& tx, const Call& call, Services&) {
  const std::string reason = asked_reason(call);
  return ok(written_collection_json(
      call, collecting::cancel(tx, call.node().id, asked_collection(call), reason, call.author())));
}

Answer settle_collection(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const Day on = JsonObject{JsonValue{body}, {"on"}}.require("on").day();
  return ok(written_collection_json(
      call, collecting::settle(tx, call.node().id, asked_collection(call), on, call.author())));
}

Answer return_collection_line(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"on", "code", "fee"}};
  collecting::LineReturn back{asked_collection_line(call), fields.require("on").day(),
                              fields.require("code").text(any_text), std::nullopt, std::nullopt};
  if (const auto fee = fields.find("fee")) {
    const JsonObject charged{*fee, {"amount", "income"}};
    back.fee_minor = minor_from(charged.require("amount"), services.units.require("EUR"));
    if (const auto income = charged.find("income")) back.fee_income = income->text(255);
  }
  return ok(written_collection_json(call, collecting::return_line(tx, call.node().id, back, call.author())));
}

}  // namespace coop::api
