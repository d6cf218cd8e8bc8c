#include <limits>

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/obligation_forms.hpp"
#include "api/handlers/obligation_handlers.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/work/circle_store.hpp"
#include "ledger/work/obligation_service.hpp"
#include "ledger/work/obligation_store.hpp"
#include "reports/obligation_tables.hpp"

namespace coop::api {

namespace {

using work::Obligation;
using work::ObligationNumber;
using work::ObligationSettlement;

constexpr int obligations_at_once = 500;

ObligationNumber asked_obligation(const Call& call) {
  return ObligationNumber{call.path_int("number", Refusal::obligation_unknown)};
}

std::string obligation_json(const Obligation& obligation, Services& services) {
  JsonWriter out;
  write_obligation(out, obligation, services.units);
  return out.take();
}

std::string settlement_json(const ObligationSettlement& settlement, const work::ObligationTerms& terms,
                            Services& services) {
  JsonWriter out;
  write_settlement(out, settlement, terms, services.units);
  return out.take();
}

std::vector<Obligation> read_obligations(Tx& tx, const Call& call, const Page& page) {
  work::ObligationFilter filter{.member = asked_party_in(tx, call, "member"),
                                .on = call.query_day("on"),
                                .before = id_before<ObligationNumber>(call, page),
                                .limit = page.limit + 1};
  if (call.query("circle"))
    filter.circle = call.query_parsed(
        "circle", [&](std::string_view typed) { return work::read_circle(tx, call.node().id, typed).code; });
  return work::list_obligations(tx, call.node().id, filter);
}

void add_obligation_place(Cursor& place, const Obligation& last) {
  place.add(std::int64_t{last.number.number()});
}

void add_settlement_place(Cursor& place, const ObligationSettlement& last) {
  place.add(std::int64_t{last.number});
}

std::vector<ObligationSettlement> read_settlements_page(Tx& tx, const Call& call, const Page& page) {
  return work::read_settlements(tx, call.node().id, asked_obligation(call),
                                asked_party_in(tx, call, "member"), int_before(call, page).value_or(0),
                                page.limit + 1);
}

}  // namespace

Answer list_obligations(const Call& call, Services& services) {
  const Page page = call.page();
  if (format_of(call) == Format::json)
    return page_answer(
        call, page, services.database.in_snapshot([&](Tx& tx) { return read_obligations(tx, call, page); }),
        [&](JsonWriter& out, const Obligation& one) { write_obligation(out, one, services.units); },
        add_obligation_place);
  return list_answer(call, services, page, obligations_at_once, [&services, call](Tx& tx, const Page& asked) {
    auto listed = read_obligations(tx, call, asked);
    const auto next = cut_to_page(call, asked, listed, add_obligation_place);
    return reports::table_of_obligations(
        reports::read_report_node(tx, call.node().id), listed,
        [&](UnitId id) { return services.units.of(id); }, next);
  });
}

Answer record_obligation(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto asked = obligation_from(JsonValue{body}, services.units);
  const Obligation obligation =
      work::record_obligation(tx, call.node(), asked.terms, asked.members, call.author());
  return created(obligation_json(obligation, services),
                 call.request.path + "/" + std::to_string(obligation.number.number()));
}

Answer show_obligation(const Call& call, Services& services) {
  return ok(obligation_json(services.database.in_snapshot([&](Tx& tx) {
    return work::read_obligation(tx, call.node().id, asked_obligation(call));
  }),
                            services));
}

Answer add_who_owes(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto members = debtors_from(JsonObject{JsonValue{body}, {"members"}});
  return ok(obligation_json(
      work::add_who_owes(tx, call.node(), asked_obligation(call), members, call.author()), services));
}

Answer withdraw_obligation(Tx& tx, const Call& call, Services& services) {
  const std::string reason = asked_reason(call);
  return ok(obligation_json(
      work::withdraw_obligation(tx, call.node(), asked_obligation(call), reason, call.author()), services));
}

Answer list_settlements(const Call& call, Services& services) {
  const Page page = call.page();
  const Obligation obligation = services.database.in_snapshot(
      [&](Tx& tx) { return work::read_obligation(tx, call.node().id, asked_obligation(call)); });
  if (format_of(call) == Format::json)
    return page_answer(
        call, page,
        services.database.in_snapshot([&](Tx& tx) { return read_settlements_page(tx, call, page); }),
        [&](JsonWriter& out, const ObligationSettlement& one) {
          write_settlement(out, one, obligation.terms, services.units);
        },
        add_settlement_place);
  return list_answer(call, services, page, obligations_at_once,
                     [&services, call, obligation](Tx& tx, const Page& asked) {
                       auto listed = read_settlements_page(tx, call, asked);
                       const auto next = cut_to_page(call, asked, listed, add_settlement_place);
                       return reports::table_of_settlements(
                           reports::read_report_node(tx, call.node().id), obligation, listed,
                           [&](UnitId id) { return services.units.of(id); }, next);
                     });
}

Answer settle_obligation(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const ObligationNumber number = asked_obligation(call);
  const Obligation obligation = work::read_obligation(tx, call.node().id, number);
  const auto draft = settlement_from(JsonValue{body}, obligation.terms, services.units);
  return ok(settlement_json(work::settle_obligation(tx, call.node(), number, draft, call.author()),
                            obligation.terms, services));
}

Answer reverse_settlement(Tx& tx, const Call& call, Services& services) {
  const std::string reason = asked_reason(call);
  const ObligationNumber number = asked_obligation(call);
  const int settlement = call.path_int("settlement", Refusal::obligation_settlement_unknown);
  const Obligation obligation = work::read_obligation(tx, call.node().id, number);
  return ok(
      settlement_json(work::reverse_settlement(tx, call.node(), number, settlement, reason, call.author()),
                      obligation.terms, services));
}

}  // namespace coop::api
