#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/books/unit_store.hpp"

namespace coop::api {

namespace {

constexpr int most_units = 500;  // so that all currencies come at once, where no limit is asked for

void write_unit(JsonWriter& out, const books::ListedUnit& listed) {
  out.open().field("code", listed.unit.code).field("name", listed.name).field("scale", listed.unit.scale);
  out.field("origin", books::text_of(listed.origin)).close();
}

}  // namespace

Answer list_units(const Call& call, Services& services) {
  const Page page = call.page(most_units);
  books::UnitListing wanted{std::nullopt, text_before(call, page), page.limit + 1};
  if (call.query("origin")) wanted.origin = call.query_parsed("origin", books::unit_origin_from);
  const auto units = services.database.in_tx([&](Tx& tx) { return books::read_units(tx, wanted); });
  return page_answer(call, page, units, write_unit,
                     [](Cursor& place, const books::ListedUnit& last) { place.add(last.unit.code); });
}

Answer add_unit(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"code", "name", "scale", "origin"}};
  const std::string code = fields.require("code").text(24);
  const std::string name = fields.require("name").text(200);
  const auto scale = static_cast<int>(fields.require("scale").number(0, 6));
  const auto origin = fields.find("origin");
  const UnitOrigin from = origin ? origin->parsed(books::unit_origin_from) : UnitOrigin::local;
  if (name.empty()) fields.require("name").refuse(Refusal::field_invalid, "a unit has a name");
  fields.require("code").parsed([](std::string_view text) { return require_unit_code(text), true; });
  const Unit unit = books::insert_unit(tx, code, name, scale, from);
  JsonWriter out;
  write_unit(out, {unit, name, from});
  return created(out.take(), "/v1/units");
}

}  // namespace coop::api
