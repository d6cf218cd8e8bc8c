#include "api/handlers/handlers.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/books/chart_service.hpp"

namespace coop::api {

namespace {

std::string_view text_of(books::ChartUnits units) {
  switch (units) {
    case books::ChartUnits::currencies:
      return "currencies";
    case books::ChartUnits::locals:
      return "locals";
    case books::ChartUnits::hours:
      return "hours";
    case books::ChartUnits::all:
      break;
  }
  return "all";
}

void write_accounts(JsonWriter& out, const books::ChartTemplate& chart) {
  out.array("accounts");
  for (const auto& account : chart.accounts) {
    out.open()
        .field("path", account.path)
        .field("type", books::text_of(account.type))
        .field("title", account.title);
    out.field("purpose", account.purpose).field("units", text_of(account.units)).array("required");
    for (const auto kind : account.required) out.value(books::text_of(kind));
    out.end_array().close();
  }
  out.end_array();
}

}  // namespace

Answer list_charts(const Call&, Services&) {
  JsonWriter out;
  out.open().array("items");
  for (const auto& chart : books::chart_templates())
    out.open().field("name", chart.name).field("title", chart.title).field("purpose", chart.purpose).close();
  out.end_array().field("next", std::nullopt).close();
  return ok(out.take());
}

Answer show_chart(const Call& call, Services&) {
  const auto& chart = books::require_chart_template(call.path_value("template"));
  JsonWriter out;
  out.open().field("name", chart.name).field("title", chart.title).field("purpose", chart.purpose);
  write_accounts(out, chart);
  out.close();
  return ok(out.take());
}

Answer apply_chart(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"template", "units", "opened_on"}};
  const auto& chart = *fields.require("template").parsed([](std::string_view name) {
    return &books::require_chart_template(name);
  });
  std::vector<std::string> units;
  for (const JsonValue& unit : fields.require("units").elements())
    units.push_back(unit.parsed([&](std::string_view code) { return services.units.require(code).code; }));
  const auto opened_on = fields.find("opened_on");
  const Day from = opened_on ? opened_on->day() : day_in_zone(call.now, call.node().time_zone);
  const auto applied = books::apply_chart(tx, call.node().id, chart, units, from, call.author());
  JsonWriter out;
  out.open().field("template", chart.name).field("opened_on", from).field("opened", applied.opened);
  out.field("existed", applied.existed).field("opened_earlier", applied.opened_earlier).close();
  return ok(out.take());
}

}  // namespace coop::api
