#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/books/node_service.hpp"

namespace coop::api {

namespace {

constexpr std::size_t most_node_text = 200;  // the books judge the lengths; this only bounds what is read

void write_node(JsonWriter& out, const books::Node& node, UnitDirectory& units) {
  out.open()
      .field("name", node.name)
      .field("title", node.title)
      .field("base_unit", units.of(node.base_unit).code);
  out.field("country", node.country).field("time_zone", node.time_zone);
  out.object("fiscal_year_start").field("month", static_cast<int>(node.fiscal_start.month));
  out.field("day", static_cast<int>(node.fiscal_start.day)).close();
  out.close();
}

std::string node_json(const books::Node& node, UnitDirectory& units) {
  JsonWriter out;
  write_node(out, node, units);
  return out.take();
}

FiscalYearStart fiscal_start_from(const JsonObject& fields) {
  const auto given = fields.find("fiscal_year_start");
  if (!given) return {1, 1};
  const JsonObject parts{*given, {"month", "day"}};
  return {static_cast<unsigned>(parts.require("month").number(1, 12)),
          static_cast<unsigned>(parts.require("day").number(1, 28))};
}

/// The nodes in which the caller has a role; null: all, of an operator.
std::optional<std::vector<NodeId>> visible_to(const access::Access& access) {
  if (access.is_operator && !access.only_node) return std::nullopt;
  std::vector<NodeId> visible;
  if (access.is_operator) visible.push_back(*access.only_node);
  for (const access::HeldRole& held : access.roles)
    if (!access.only_node || *access.only_node == held.node) visible.push_back(held.node);
  return visible;
}

/// The name of a time zone that this machine knows.
std::string time_zone_from(const Call& call, JsonValue zone) {
  zone.parsed([&](std::string_view name) { return day_in_zone(call.now, std::string{name}); });
  return zone.text(60);
}

}  // namespace

Answer list_nodes(const Call& call, Services& services) {
  const Page page = call.page();
  const books::NodeListing wanted{visible_to(*call.caller.access), text_before(call, page), page.limit + 1};
  const auto nodes = services.database.in_tx([&](Tx& tx) { return books::read_nodes(tx, wanted); });
  return page_answer(
      call, page, nodes,
      [&](JsonWriter& out, const books::Node& node) { write_node(out, node, services.units); },
      [](Cursor& place, const books::Node& last) { place.add(last.name); });
}

Answer add_node(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body},
                          {"name", "title", "base_unit", "country", "time_zone", "fiscal_year_start"}};
  const books::NodeDraft draft{fields.require("name").text(most_node_text),
                               fields.require("title").text(most_node_text),
                               fields.require("base_unit").text(24),
                               fields.require("country").text(most_node_text),
                               time_zone_from(call, fields.require("time_zone")),
                               fiscal_start_from(fields)};
  const books::Node node = books::make_node(tx, draft, call.author());
  return created(node_json(node, services.units), "/v1/nodes/" + node.name);
}

Answer show_node(const Call& call, Services& services) { return ok(node_json(call.node(), services.units)); }

Answer change_node(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"title", "country", "time_zone"}};
  books::NodeChange change;
  if (const auto title = fields.find("title")) change.title = title->text(most_node_text);
  if (const auto country = fields.find("country")) change.country = country->text(most_node_text);
  if (const auto zone = fields.find("time_zone")) change.time_zone = time_zone_from(call, *zone);
  const books::Node node = books::change_node(tx, call.node().name, change, call.author());
  Answer answer = ok(node_json(node, services.units));
  answer.afterwards = [&services, name = node.name] { services.nodes.forget(name); };
  return answer;
}

}  // namespace coop::api
