#include "api/handlers/capital_forms.hpp"
#include "api/handlers/capital_handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "reports/capital_reports.hpp"

namespace coop::api {

namespace {

constexpr int runs_at_once = 500;

capital::SurplusRunNumber asked_run(const Call& call) {
  return capital::SurplusRunNumber{call.path_int("number", Refusal::surplus_run_unknown)};
}

std::string run_json(const capital::SurplusRun& run) {
  JsonWriter out;
  write_surplus_run(out, run);
  return out.take();
}

}  // namespace

Answer list_surplus_rules(const Call& call, Services& services) {
  const Page page = call.page();
  auto rules =
      services.database.in_snapshot([&](Tx& tx) { return capital::read_surplus_rules(tx, call.node().id); });
  if (const auto after = int_before(call, page))
    std::erase_if(rules, [&](const capital::SurplusRule& rule) { return rule.number <= *after; });
  return page_answer(
      call, page, std::move(rules), write_surplus_rule,
      [](Cursor& place, const capital::SurplusRule& last) { place.add(std::int64_t{last.number}); });
}

Answer adopt_surplus_rule(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  JsonWriter out;
  write_surplus_rule(
      out, capital::adopt_surplus_rule(tx, call.node().id, surplus_rule_from(JsonValue{body}, services.units),
                                       call.author()));
  return created(out.take(), call.request.path);
}

Answer list_surplus_runs(const Call& call, Services& services) {
  const Page page = call.page();
  capital::SurplusFilter filter;
  if (const auto state = call.query_word("state", {"proposed", "booked", "cancelled", "undone"}))
    filter.state = std::string{*state};
  if (call.query("source")) filter.source = call.query_parsed("source", capital::surplus_source_from);
  const auto read = [=, &call](Tx& tx, const Page& asked) {
    return capital::list_surplus_runs(tx, call.node().id, filter,
                                      id_before<capital::SurplusRunNumber>(call, asked), asked.limit + 1);
  };
  const auto place = [](Cursor& cursor, const capital::SurplusSummary& last) {
    cursor.add(std::int64_t{last.number.number()});
  };
  if (format_of(call) == Format::json)
    return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
                       write_surplus_summary, place);
  return list_answer(call, services, page, runs_at_once, [=, &call](Tx& tx, const Page& asked) {
    auto listed = read(tx, asked);
    const auto next = cut_to_page(call, asked, listed, place);
    return reports::table_of_surplus_runs(reports::read_report_node(tx, call.node().id), listed, next);
  });
}

Answer propose_surplus_run(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const auto run = capital::propose_surplus_run(
      tx, call.node().id, surplus_draft_from(JsonValue{body}, services.units), call.author());
  return created(run_json(run), call.request.path + "/" + std::to_string(run.number.number()));
}

Answer show_surplus_run(const Call& call, Services& services) {
  const auto number = asked_run(call);
  const Format format = format_of(call);
  if (format == Format::json)
    return ok(run_json(services.database.in_snapshot(
        [&](Tx& tx) { return capital::read_surplus_run(tx, call.node().id, number); })));
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    return reports::table_of_surplus_run(reports::read_report_node(tx, call.node().id),
                                         capital::read_surplus_run(tx, call.node().id, number));
  }),
                      format);
}

Answer approve_surplus_run(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  return ok(run_json(capital::approve_surplus_run(tx, call.node().id, asked_run(call), call.author())));
}

Answer cancel_surplus_run(Tx& tx, const Call& call, Services&) {
  return ok(run_json(
      capital::cancel_surplus_run(tx, call.node().id, asked_run(call), asked_reason(call), call.author())));
}

Answer undo_surplus_run(Tx& tx, const Call& call, Services&) {
  return ok(run_json(
      capital::undo_surplus_run(tx, call.node().id, asked_run(call), asked_reason(call), call.author())));
}

}  // namespace coop::api
