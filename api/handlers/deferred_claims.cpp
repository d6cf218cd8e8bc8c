#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/own_member.hpp"
#include "api/handlers/pay_forms.hpp"
#include "api/handlers/pay_handlers.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/pay/claim_store.hpp"
#include "ledger/pay/old_claim_service.hpp"
#include "reports/pay_tables.hpp"

namespace coop::api {

namespace {

constexpr int claims_at_once = 500;

void add_claim_place(Cursor& place, const pay::DeferredClaim& last) {
  place.add(last.since);
  place.add(std::int64_t{last.run.number()});
  place.add(std::int64_t{last.party.number()});
}

std::optional<pay::ClaimPlace> claim_before(const Call& call, const Page& page) {
  if (!page.cursor) return std::nullopt;
  OpenedCursor cursor{call.list_name(), *page.cursor};
  const Day since = cursor.day();
  const auto run = static_cast<std::int32_t>(cursor.number());
  return pay::ClaimPlace{since, pay::PayRunNumber{run}, PartyId{static_cast<std::int32_t>(cursor.number())}};
}

Answer claims_answer(const Call& call, Services& services, const pay::ClaimFilter& filter) {
  const Page page = call.page();
  const Moment moment = call.moment();
  const Day day = moment.as_of.value_or(today_of(call));
  const auto read = [=, &call](Tx& tx, const Page& asked) {
    pay::ClaimFilter wanted = filter;
    wanted.as_of = moment.as_of;
    wanted.known_at = moment.known_at;
    wanted.after = claim_before(call, asked);
    wanted.most = asked.limit + 1;
    return pay::read_claims(tx, call.node().id, wanted);
  };
  if (format_of(call) == Format::json)
    return page_answer(
        call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
        [&](JsonWriter& out, const pay::DeferredClaim& claim) { write_claim(out, claim, day); },
        add_claim_place);
  return list_answer(call, services, page, claims_at_once, [=, &call](Tx& tx, const Page& asked) {
    auto listed = read(tx, asked);
    const auto next = cut_to_page(call, asked, listed, add_claim_place);
    return reports::table_of_claims(reports::read_report_node(tx, call.node().id), listed, day,
                                    moment.known_at, next);
  });
}

std::string run_path(const Call& call, const pay::PayRun& run) {
  return "/v1/nodes/" + call.node().name + "/pay-runs/" + std::to_string(run.number.number());
}

}  // namespace

Answer list_deferred_claims(const Call& call, Services& services) {
  pay::ClaimFilter filter{
      .member = services.database.in_snapshot([&](Tx& tx) { return asked_member(tx, call); }),
      .only_open = call.query_truth("open", false)};
  if (const auto as = call.query_word("deferred_as", {"debt", "equity", "points"}))
    filter.as = pay::deferred_as_from(*as);
  return claims_answer(call, services, filter);
}

Answer list_own_claims(const Call& call, Services& services) {
  const std::string member =
      services.database.in_snapshot([&](Tx& tx) { return require_own_party(tx, call).number; });
  return claims_answer(call, services, {.member = member, .only_open = call.query_truth("open", false)});
}

Answer report_deferred_claims(const Call& call, Services& services) {
  const Format format = format_of(call);
  const Moment moment = call.moment();
  return services.database.in_snapshot([&](Tx& tx) {
    return table_answer(reports::table_of_claim_quarters(
                            reports::read_report_node(tx, call.node().id), {moment.as_of, moment.known_at},
                            pay::read_claim_quarters(tx, call.node().id, moment.as_of, moment.known_at)),
                        format);
  });
}

Answer propose_settlement(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const auto run = pay::propose_settlement(
      tx, call.node().id, settlement_draft_from(JsonValue{body}, services.units), call.author());
  return created(pay_run_json(tx, call, run), run_path(call, run));
}

Answer propose_old_claims(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const auto runs = pay::propose_old_claims(tx, call.node().id,
                                            old_claims_from(JsonValue{body}, services.units), call.author());
  JsonWriter out;
  out.open().array("items");
  for (const pay::PayRun& run : runs) write_pay_run(out, run, std::nullopt);
  out.end_array().close();
  return created(out.take(), run_path(call, runs.front()));
}

Answer propose_lapse(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const auto run = pay::propose_lapse(tx, call.node().id, lapse_draft_from(JsonValue{body}, services.units),
                                      call.author());
  return created(pay_run_json(tx, call, run), run_path(call, run));
}

}  // namespace coop::api
