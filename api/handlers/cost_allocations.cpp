#include "api/handlers/cost_forms.hpp"
#include "api/handlers/cost_handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/costs/cost_allocation_service.hpp"
#include "ledger/costs/cost_allocation_store.hpp"
#include "ledger/costs/cost_bill_store.hpp"
#include "reports/cost_evidence.hpp"
#include "reports/cost_tables.hpp"

namespace coop::api {

namespace {

costs::CostAllocationNumber asked_allocation(const Call& call) {
  return costs::CostAllocationNumber{call.path_int("number", Refusal::cost_allocation_unknown)};
}

std::string allocation_json(Tx& tx, NodeId node, const costs::CostAllocation& allocation) {
  JsonWriter out;
  write_cost_allocation(out, {allocation, costs::explain_cost_allocation(tx, node, allocation),
                              costs::read_cost_bills(tx, node, {.allocation = allocation.number}),
                              costs::read_allocated_usage(tx, node, allocation.number)});
  return out.take();
}

}  // namespace

Answer list_cost_allocations(const Call& call, Services& services) {
  const Page page = call.page();
  costs::CostAllocationFilter filter{.pool = call.query_text("pool"),
                                     .state = {},
                                     .from = call.query_day("from"),
                                     .to = call.query_day("to"),
                                     .before = id_before<costs::CostAllocationNumber>(call, page)};
  if (const auto state = call.query_word("state", {"proposed", "posted", "cancelled", "reversed"}))
    filter.state = std::string{*state};
  return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) {
    return costs::list_cost_allocations(tx, call.node().id, filter, page.limit + 1);
  }),
                     write_cost_allocation_summary,
                     [](Cursor& place, const costs::CostAllocationSummary& last) {
                       place.add(std::int64_t{last.number.number()});
                     });
}

Answer propose_cost_allocation(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const NodeId node = call.node().id;
  const auto allocation =
      costs::propose_cost_allocation(tx, node, cost_allocation_from(JsonValue{body}), call.author());
  const std::string place = call.request.path + "/" + std::to_string(allocation.number.number());
  return created(allocation_json(tx, node, allocation), place);
}

Answer show_cost_allocation(const Call& call, Services& services) {
  const auto number = asked_allocation(call);
  const Format format = format_of(call);
  const NodeId node = call.node().id;
  return services.database.in_snapshot([&](Tx& tx) {
    const auto allocation = costs::read_cost_allocation(tx, node, number);
    if (format == Format::json) return ok(allocation_json(tx, node, allocation));
    return table_answer(
        reports::table_of_cost_allocation(reports::read_report_node(tx, node), allocation,
                                          costs::explain_cost_allocation(tx, node, allocation).division),
        format);
  });
}

Answer approve_cost_allocation(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  const NodeId node = call.node().id;
  return ok(allocation_json(tx, node,
                            costs::approve_cost_allocation(tx, node, asked_allocation(call), call.author())));
}

Answer cancel_cost_allocation(Tx& tx, const Call& call, Services&) {
  const NodeId node = call.node().id;
  return ok(allocation_json(
      tx, node,
      costs::cancel_cost_allocation(tx, node, asked_allocation(call), asked_reason(call), call.author())));
}

Answer reverse_cost_allocation(Tx& tx, const Call& call, Services&) {
  const NodeId node = call.node().id;
  return ok(allocation_json(
      tx, node,
      costs::reverse_cost_allocation(tx, node, asked_allocation(call), asked_reason(call), call.author())));
}

Answer show_cost_evidence(const Call& call, Services& services) {
  const auto number = asked_allocation(call);
  const std::string participant = call.require_query("participant");
  const Format format = format_of(call);
  const NodeId node = call.node().id;
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    const auto allocation = costs::read_cost_allocation(tx, node, number);
    const auto explained = costs::explain_cost_allocation(tx, node, allocation);
    const auto bills = costs::read_cost_bills(tx, node, {.allocation = number});
    const auto used = costs::read_allocated_usage(tx, node, number);
    return reports::table_of_cost_evidence(reports::read_report_node(tx, node),
                                           {allocation, explained.division, bills, used}, participant);
  }),
                      format);
}

Answer report_cost_account(const Call& call, Services& services) {
  const std::string participant = call.require_query("participant");
  const Format format = format_of(call);
  const auto from = call.query_day("from");
  const auto to = last_day_of(call);
  const auto known_at = call.query_instant("known_at");
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    return reports::read_cost_account(tx, call.node().id, participant, from, to, known_at);
  }),
                      format);
}

Answer report_cost_pool(const Call& call, Services& services) {
  const std::string pool = call.require_query("pool");
  const Format format = format_of(call);
  const auto from = call.query_day("from");
  const auto to = last_day_of(call);
  const auto known_at = call.query_instant("known_at");
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    return reports::read_cost_pool_statement(tx, call.node().id, pool, from, to, known_at);
  }),
                      format);
}

Answer report_cost_claims(const Call& call, Services& services) {
  const Format format = format_of(call);
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    const Moment moment = call.moment();
    return reports::read_cost_claims(tx, call.node().id, {moment.as_of, moment.known_at});
  }),
                      format);
}

}  // namespace coop::api
