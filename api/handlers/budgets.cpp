#include "api/handlers/dues_forms.hpp"
#include "api/handlers/fund_forms.hpp"
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

constexpr std::size_t longest_words_of_budgets = 4'000;  // the services judge the lengths
constexpr int budgets_at_once = 500;

std::optional<std::string> code_if_any(const JsonObject& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found ? std::optional{found->text(longest_words_of_budgets)} : std::nullopt;
}

funds::BudgetRevisionDraft revision_from(const JsonObject& fields, const Unit& unit, Day first_day) {
  funds::BudgetRevisionDraft draft{.from_on = first_day,
                                   .lines = {},
                                   .decision = fields.require("decision").text(longest_words_of_budgets)};
  if (const auto beyond = fields.find("beyond")) draft.beyond = beyond->parsed(funds::beyond_budget_from);
  const auto lines = fields.require("lines").elements();
  for (const JsonValue& one : lines) {
    const JsonObject parts{one, {"title", "fund", "cost_object", "amount"}};
    draft.lines.push_back({parts.require("title").text(longest_words_of_budgets), code_if_any(parts, "fund"),
                           code_if_any(parts, "cost_object"), minor_from(parts.require("amount"), unit)});
  }
  return draft;
}

funds::BudgetDraft budget_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value,
                          {"title", "circle", "unit", "from_on", "until_on", "beyond", "lines", "decision"}};
  const Unit unit = unit_from(fields, units);
  const Day from_on = fields.require("from_on").day();
  return {.title = fields.require("title").text(longest_words_of_budgets),
          .circle = code_if_any(fields, "circle"),
          .unit = unit.id,
          .from_on = from_on,
          .until_on = fields.require("until_on").day(),
          .first = revision_from(fields, unit, from_on)};
}

void write_budget_revision(JsonWriter& out, const funds::BudgetRevision& revision, int scale) {
  const funds::BudgetRevisionDraft& draft = revision.draft;
  out.open().field("number", revision.number).field("from_on", draft.from_on);
  out.field("beyond", funds::text_of(draft.beyond)).array("lines");
  for (const funds::BudgetLine& line : draft.lines)
    out.open()
        .field("title", line.title)
        .field("fund", line.fund)
        .field("cost_object", line.cost_object)
        .amount_field("amount", line.minor, scale)
        .close();
  out.end_array().field("decision", draft.decision).field("recorded_at", revision.recorded_at);
  out.field("recorded_by", revision.recorded_by_name).close();
}

void write_budget(JsonWriter& out, const Budget& budget, UnitDirectory& units) {
  const Unit unit = units.of(budget.unit);
  out.open().field("number", budget.number).field("title", budget.title);
  out.text_or_null("circle", budget.circle).field("unit", unit.code).field("from_on", budget.from_on);
  out.field("until_on", budget.until_on).field("recorded_at", budget.recorded_at);
  out.field("recorded_by", budget.recorded_by_name).array("revisions");
  for (const funds::BudgetRevision& revision : budget.revisions)
    write_budget_revision(out, revision, unit.scale);
  out.end_array().close();
}

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
  const JsonObject fields{JsonValue{body}, {"from_on", "beyond", "lines", "decision"}};
  const auto draft = revision_from(fields, unit, fields.require("from_on").day());
  return ok(budget_json(funds::revise_budget(tx, call.node().id, number, draft, call.author()), services));
}

}  // namespace coop::api
