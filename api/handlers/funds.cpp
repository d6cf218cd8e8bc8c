#include "api/handlers/fund_forms.hpp"
#include "api/handlers/fund_handlers.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/funds/fund_store.hpp"
#include "reports/fund_tables.hpp"

namespace coop::api {

namespace {

std::string fund_json(Tx& tx, const Call& call, Services& services, const funds::Fund& fund) {
  const Day today = today_of(call);
  std::optional<funds::FundFigures> figures;
  if (terms_on(fund.terms, today) != nullptr)
    figures = funds::read_figures_of(tx, call.node().id, fund, today);
  JsonWriter out;
  write_fund(out, fund, figures, today, services.units);
  return out.take();
}

}  // namespace

Answer report_funds(const Call& call, Services& services) {
  const Format format = format_of(call);
  const Moment moment = call.moment();
  const funds::FundView view{moment.as_of.value_or(today_of(call)), moment.known_at, {}};
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    return reports::table_of(reports::read_fund_list(tx, call.node().id, view));
  }),
                      format);
}

Answer report_fund_statement(const Call& call, Services& services) {
  const Format format = format_of(call);
  reports::FundStatementQuery query{.fund = call.path_value("fund"),
                                    .period = period_of(call),
                                    .known_at = call.query_instant("known_at"),
                                    .base_unit = services.units.of(call.node().base_unit)};
  if (call.query("unit"))
    query.unit =
        call.query_parsed("unit", [&](std::string_view code) { return services.units.require(code); });
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    return reports::table_of(reports::read_fund_statement(tx, call.node().id, query));
  }),
                      format);
}

Answer show_fund(const Call& call, Services& services) {
  return ok(services.database.in_snapshot([&](Tx& tx) {
    return fund_json(tx, call, services, funds::read_fund(tx, call.node().id, call.path_value("fund")));
  }));
}

Answer adopt_fund_terms(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto draft = fund_terms_from(JsonValue{body}, services.units);
  const funds::Fund fund =
      funds::adopt_fund_terms(tx, call.node().id, call.path_value("fund"), draft, call.author());
  return created(fund_json(tx, call, services, fund),
                 "/v1/nodes/" + call.node().name + "/funds/" + fund.dimension.code);
}

}  // namespace coop::api
