#include "api/handlers/cost_forms.hpp"
#include "api/handlers/cost_handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/costs/cost_bill_service.hpp"
#include "ledger/costs/cost_bill_store.hpp"
#include "ledger/costs/cost_pool_service.hpp"
#include "ledger/costs/cost_pool_store.hpp"
#include "ledger/costs/cost_usage_store.hpp"
#include "reports/cost_tables.hpp"

namespace coop::api {

namespace {

costs::CostBillFilter bill_filter_of(const Call& call, const Page& page) {
  costs::CostBillFilter filter{.pool = call.query_text("pool"),
                               .payer = call.query_text("payer"),
                               .from = call.query_day("from"),
                               .to = call.query_day("to"),
                               .after = id_before<costs::CostBillNumber>(call, page),
                               .most = page.limit + 1};
  if (call.query("bill")) filter.kind = call.query_parsed("bill", costs::cost_bill_kind_from);
  if (call.query("state")) filter.state = call.query_parsed("state", costs::cost_bill_state_from);
  return filter;
}

std::string bill_json(const costs::CostBill& bill) {
  JsonWriter out;
  write_cost_bill(out, bill);
  return out.take();
}

}  // namespace

Answer list_cost_pools(const Call& call, Services& services) {
  const Page page = call.page();
  return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) {
    return costs::read_cost_pools(tx, call.node().id,
                                  {.after = text_before(call, page), .most = page.limit + 1});
  }),
                     write_cost_pool,
                     [](Cursor& place, const costs::CostPool& last) { place.add(last.code); });
}

Answer adopt_cost_pool(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const auto pool = costs::adopt_cost_pool(tx, call.node().id,
                                           cost_pool_from(JsonValue{body}, services.units), call.author());
  JsonWriter out;
  write_cost_pool(out, pool);
  return created(out.take(), call.request.path + "/" + pool.code);
}

Answer show_cost_pool(const Call& call, Services& services) {
  JsonWriter out;
  write_cost_pool(out, services.database.in_snapshot([&](Tx& tx) {
    return costs::read_cost_pool(tx, call.node().id, call.path_value("code"));
  }));
  return ok(out.take());
}

Answer list_cost_bills(const Call& call, Services& services) {
  const Page page = call.page();
  const Format format = format_of(call);
  auto found = services.database.in_snapshot(
      [&](Tx& tx) { return costs::read_cost_bills(tx, call.node().id, bill_filter_of(call, page)); });
  const auto add_place = [](Cursor& place, const costs::CostBill& last) {
    place.add(std::int64_t{last.number.number()});
  };
  if (format == Format::json) return page_answer(call, page, std::move(found), write_cost_bill, add_place);
  const auto next = cut_to_page(call, page, found, add_place);
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    return reports::table_of_cost_bills(reports::read_report_node(tx, call.node().id), found, next);
  }),
                      format);
}

Answer record_cost_bill(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto bill = costs::record_cost_bill(tx, call.node().id,
                                            cost_bill_from(JsonValue{body}, services.units), call.author());
  return created(bill_json(bill), call.request.path);
}

Answer withdraw_cost_bill(Tx& tx, const Call& call, Services&) {
  const costs::CostBillNumber number{call.path_int("number", Refusal::cost_bill_unknown)};
  return ok(
      bill_json(costs::withdraw_cost_bill(tx, call.node().id, number, asked_reason(call), call.author())));
}

Answer list_cost_usage(const Call& call, Services& services) {
  const Page page = call.page();
  const costs::CostUsageFilter filter{.pool = call.query_text("pool"),
                                      .participant = call.query_text("participant"),
                                      .measure = call.query_text("measure"),
                                      .from = call.query_day("from"),
                                      .to = call.query_day("to"),
                                      .after = id_before<costs::CostUsageNumber>(call, page),
                                      .most = page.limit + 1};
  return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) {
    return costs::read_cost_usage(tx, call.node().id, filter);
  }),
                     write_cost_usage, [](Cursor& place, const costs::CostUsage& last) {
                       place.add(std::int64_t{last.number.number()});
                     });
}

Answer record_cost_usage(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const auto drafts = cost_usage_from(JsonValue{body});
  const auto recorded = costs::record_cost_usage(tx, call.node().id, drafts, call.author());
  JsonWriter out;
  out.open().field("known", static_cast<std::int64_t>(drafts.size() - recorded.size())).array("recorded");
  for (const costs::CostUsage& usage : recorded) write_cost_usage(out, usage);
  out.end_array().close();
  return created(out.take(), call.request.path);
}

Answer count_cost_members(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  JsonWriter out;
  write_cost_usage(out, costs::count_cost_members(tx, call.node().id,
                                                  member_count_from(JsonValue{body}, call.path_value("code")),
                                                  call.author()));
  return created(out.take(), call.request.path);
}

}  // namespace coop::api
