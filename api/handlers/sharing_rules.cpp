#include <limits>

#include "api/handlers/list_page.hpp"
#include "api/handlers/report_query.hpp"
#include "api/handlers/sharing_forms.hpp"
#include "api/handlers/sharing_handlers.hpp"
#include "api/handlers/sharing_trial.hpp"
#include "api/services.hpp"
#include "ledger/sharing/place_value_service.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/sharing/rule_store.hpp"
#include "reports/sharing_tables.hpp"

namespace coop::api {

namespace {

std::string asked_code(const Call& call) { return call.path_value("code"); }

std::string asked_name_from(std::string_view text) {
  sharing::require_name(text);
  return std::string{text};
}

std::string place_from(std::string_view text) {
  if (text.empty() || text.size() > 60)
    throw Refused{Refusal::field_invalid, "a place has 1 to 60 characters"};
  return std::string{text};
}

// Whoever tries a rule on what was paid sees what was paid.
Answer tried_answer(Tx& tx, const Call& call, const std::string& code, const AskedTry& asked, Format format) {
  if (asked.past)
    access::require_allowed(call.caller.access.get(), access::Action::read_books, call.node().id, call.now);
  const TriedRule tried = try_asked(tx, call.node().id, code, asked);
  const auto* given = tried.given ? &*tried.given : nullptr;
  if (format != Format::json)
    return table_answer(reports::table_of_division(reports::read_report_node(tx, call.node().id),
                                                   tried.version, tried.pot, tried.division, given),
                        format);
  JsonWriter out;
  write_division(out, tried.version, tried.pot, tried.division, given);
  return ok(out.take());
}

}  // namespace

Answer list_sharing_rules(const Call& call, Services& services) {
  const Page page = call.page();
  // Without a day: of each rule the newest version.
  const Day on = call.query_day("on").value_or(Day::parse("9999-12-31"));
  const std::string after = text_before(call, page);
  auto found = services.database.in_snapshot([&](Tx& tx) {
    return sharing::read_versions(tx, call.node().id, {.on = on, .after = after, .most = page.limit + 1});
  });
  return page_answer(call, page, std::move(found), write_rule_version,
                     [](Cursor& place, const sharing::RuleVersion& last) { place.add(last.is.code); });
}

Answer adopt_sharing_rule(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto version = sharing::adopt_version(tx, call.node().id, version_draft_from(body), call.author());
  JsonWriter out;
  write_rule_version(out, version);
  return created(out.take(), call.request.path + "/" + version.is.code);
}

Answer show_sharing_rule(const Call& call, Services& services) {
  const auto versions = services.database.in_snapshot(
      [&](Tx& tx) { return sharing::read_rule_versions(tx, call.node().id, asked_code(call)); });
  JsonWriter out;
  out.open().field("code", asked_code(call)).array("versions");
  for (const sharing::RuleVersion& version : versions) write_rule_version(out, version);
  out.end_array().close();
  return ok(out.take());
}

Answer try_sharing_rule(const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const Format format = format_of(call);
  return services.database.in_snapshot([&](Tx& tx) {
    sharing::read_rule_versions(tx, call.node().id, asked_code(call));
    return tried_answer(tx, call, asked_code(call),
                        asked_try_from(JsonValue{body}, services.units, today_of(call)), format);
  });
}

Answer try_new_sharing_rule(const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const Format format = format_of(call);
  const AskedTry asked = asked_try_of_rule_from(body, services.units, today_of(call));
  return services.database.in_snapshot([&](Tx& tx) { return tried_answer(tx, call, {}, asked, format); });
}

Answer list_place_values(const Call& call, Services& services) {
  const Page page = call.page();
  const auto after = id_before<sharing::PlaceValueNumber>(call, page);
  sharing::PlaceValueFilter filter{.after = after, .most = page.limit + 1};
  if (call.query("name")) filter.name = call.query_parsed("name", asked_name_from);
  if (call.query("place")) filter.place = call.query_parsed("place", place_from);
  auto found = services.database.in_snapshot(
      [&](Tx& tx) { return sharing::read_place_values(tx, call.node().id, filter); });
  return page_answer(
      call, page, std::move(found), write_place_value,
      [](Cursor& place, const sharing::RecordedPlaceValue& last) { place.add(last.number.number()); });
}

Answer record_place_value(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto value =
      sharing::record_place_value(tx, call.node().id, place_value_from(JsonValue{body}), call.author());
  JsonWriter out;
  write_place_value(out, value);
  return created(out.take(), call.request.path);
}

}  // namespace coop::api
