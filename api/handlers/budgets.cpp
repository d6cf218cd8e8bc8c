#include "api/handlers/budget_forms.hpp"
#include "api/handlers/fund_handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/funds/budget_service.hpp"
#include "reports/budget_tables.hpp"

namespace coop::api {

namespace {

using funds::Budget;
using funds::BudgetNumber;

constexpr int budgets_at_once = 500;

std::string budget_json(const Budget& budget, Services& services) {
  JsonWriter out;
  write_budget(out, budget, services.units);
  return out.take();
}

BudgetNumber asked_budget(const Call& call) {
  return BudgetNumber{call.path_int("number", Refusal::budget_unknown)};
}

void add_budget_place(Cursor& place, const Budget& last) { place.add(std::int64_t{last.number.number()}); }

}  // namespace

Answer list_budgets(const Call& call, Services& services) {
  const Page page = call.page();
  const auto circle = call.query_text("circle");
  const auto read = [&call, circle](Tx& tx, const Page& asked) {
    if (circle && !funds::has_circle(tx, call.node().id, *circle))
      throw Refused{Refusal::circle_unknown, "there is no circle " + *circle, "?circle"};
    return funds::list_budgets(
        tx, call.node().id,
        {.circle = circle, .before = id_before<BudgetNumber>(call, asked), .limit = asked.limit + 1});
  };
  if (format_of(call) == Format::json)
    return page_answer(
        call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
        [&](JsonWriter& out, const Budget& one) { write_budget(out, one, services.units); },
        add_budget_place);
  const Day today = today_of(call);
  return list_answer(call, services, page, budgets_at_once,
                     [read, &call, &services, today](Tx& tx, const Page& asked) {
                       auto listed = read(tx, asked);
                       const auto next = cut_to_page(call, asked, listed, add_budget_place);
                       return reports::table_of_budgets(
                           reports::read_report_node(tx, call.node().id), listed, today,
                           [&](UnitId id) { return services.units.of(id); }, next);
                     });
}

Answer show_budget(const Call& call, Services& services) {
  return ok(budget_json(services.database.in_snapshot([&](Tx& tx) {
    return funds::read_budget(tx, call.node().id, asked_budget(call));
  }),
                        services));
}

Answer report_budget(const Call& call, Services& services) {
  const Format format = format_of(call);
  const Moment moment = call.moment();
  const reports::BudgetQuery query{asked_budget(call), moment.as_of.value_or(today_of(call)), moment.known_at,
                                   [&](UnitId id) { return services.units.of(id); }};
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    return reports::table_of(reports::read_budget_report(tx, call.node().id, query));
  }),
                      format);
}

Answer adopt_budget(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const auto draft = budget_from(JsonValue{body}, services.units);
  const Budget budget = funds::adopt_budget(tx, call.node().id, draft, call.author());
  return created(budget_json(budget, services),
                 call.request.path + "/" + std::to_string(budget.number.number()));
}

Answer revise_budget(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const BudgetNumber number = asked_budget(call);
  const Unit unit = services.units.of(funds::read_budget(tx, call.node().id, number).unit);
  const auto draft = budget_revision_from(JsonValue{body}, unit);
  return ok(budget_json(funds::revise_budget(tx, call.node().id, number, draft, call.author()), services));
}

}  // namespace coop::api
