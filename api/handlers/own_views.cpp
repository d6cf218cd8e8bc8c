#include <algorithm>

#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/offered_form.hpp"
#include "api/handlers/own_view_forms.hpp"
#include "api/handlers/pages.hpp"
#include "api/handlers/report_query.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/members/own_link_service.hpp"
#include "ledger/members/own_link_store.hpp"
#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

Day statement_from(const Call& call, const books::Node& node, Day as_of) {
  const Day from = call.query_day("from").value_or(reports::usual_start(node, as_of));
  if (from > as_of) throw Refused{Refusal::day_malformed, "the statement begins after its last day", "?from"};
  return from;
}

Answer own_view_answer(Tx& tx, const Call& call, Services& services, const books::Node& node,
                       const members::Party& party) {
  const Moment moment = call.moment();
  const Day as_of = moment.as_of.value_or(day_in_zone(call.now, node.time_zone));
  const auto view =
      reports::read_own_view(tx, node.id, party, {as_of, moment.known_at}, statement_from(call, node, as_of));
  constexpr std::array forms{OfferedForm{"json", "application/json"}, OfferedForm{"page", "text/html"},
                             OfferedForm{"text", "text/plain"}, OfferedForm{"csv", "text/csv"}};
  const std::string_view form = asked_form(call, forms).word;
  if (form == "json") return varying(ok(own_view_json(node, view, services.units)));
  if (form == "page") return varying(page(party.number, own_view_page(node, view, services.units)));
  const auto table =
      reports::table_of_own_view(view, node.title, [&](UnitId id) { return services.units.of(id); });
  return varying(table_answer(table, form == "csv" ? Format::csv : Format::text));
}

// With the path that opens it, as long as it does.
void write_link(JsonWriter& out, Tx& tx, const Call& call, const members::OwnLink& link, bool with_path) {
  out.open().field("number", link.number).field("expires_at", link.expires_at);
  out.field("recorded_at", link.recorded_at).field("recorded_by", link.recorded_by);
  out.field("ended_at", link.ended_at);
  if (with_path && members::is_open(link, call.now))
    out.field("path", "/v1/own-views/" + members::text_of_link(tx, call.node(), link));
  else out.field("path", std::nullopt);
  out.close();
}

std::string link_json(Tx& tx, const Call& call, const members::OwnLink& link, bool with_path) {
  JsonWriter out;
  write_link(out, tx, call, link, with_path);
  return out.take();
}

}  // namespace

Answer show_own_view(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    const auto mine = members::read_parties_of_user(tx, call.node().id, call.caller.access->user);
    const auto asked = members::find_party(tx, call.node().id, call.path_value("member"));
    const auto found = std::ranges::find_if(
        mine, [&](const members::Party& party) { return asked && party.id == asked->id; });
    if (found == mine.end())
      throw Refused{Refusal::party_unknown, "you are linked with no member of this number"};
    return own_view_answer(tx, call, services, call.node(), *found);
  });
}

Answer show_view_of_member(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    const auto party = members::read_party(tx, call.node().id, call.path_value("member"));
    return own_view_answer(tx, call, services, call.node(), party);
  });
}

Answer open_own_link(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    const auto opened = members::open_own_link(tx, call.path_value("link"), call.now);
    return own_view_answer(tx, call, services, opened.node, opened.party);
  });
}

Answer list_own_links(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = int_before(call, page);
  return services.database.in_snapshot([&](Tx& tx) {
    const auto party = members::read_party(tx, call.node().id, call.path_value("member"));
    return page_answer(
        call, page, members::list_own_links(tx, call.node().id, party.id, before, page.limit + 1),
        [&](JsonWriter& out, const members::OwnLink& link) { write_link(out, tx, call, link, true); },
        [](Cursor& place, const members::OwnLink& last) { place.add(std::int64_t{last.number}); });
  });
}

Answer make_own_link(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"days"}};
  const auto days = fields.find("days");
  const auto link = members::make_own_link(
      tx, call.node().id, call.path_value("member"),
      days ? static_cast<int>(days->number(1, members::most_link_days)) : members::usual_link_days,
      call.author());
  Answer answer =
      created(link_json(tx, call, link, true), call.request.path + "/" + std::to_string(link.number));
  answer.body_when_repeated = link_json(tx, call, link, false);
  return answer;
}

Answer end_own_link(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  const auto link = members::end_own_link(tx, call.node().id, call.path_value("member"),
                                          call.path_int("number", Refusal::link_invalid), call.author());
  return ok(link_json(tx, call, link, false));
}

}  // namespace coop::api
