#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/job_forms.hpp"
#include "api/handlers/list_page.hpp"
#include "api/services.hpp"
#include "ledger/dues/payee_store.hpp"

namespace coop::api {

namespace {

void write_run(JsonWriter& out, const dues::ChargeRun& run, const dues::RunResult& result,
               UnitDirectory& units) {
  out.open().field("number", run.number).field("from", run.period.first()).field("to", run.period.last());
  out.field("corrections_from", run.corrections_from).field("recorded_at", run.recorded_at);
  out.field("recorded_by", run.recorded_by).field("charged", result.charged);
  out.field("reversed", result.reversed);
  write_amounts(out, "owed", result.owed_minor, units);
  out.close();
}

void write_plan(JsonWriter& out, const dues::MembershipPlan& plan, const NationalKind& national,
                UnitDirectory& units) {
  out.open().field("member", plan.member).field("membership", plan.membership);
  out.field("unchanged", plan.plan.unchanged).array("reverse");
  for (const dues::Charge& charge : plan.plan.wrong) write_charge(out, charge, national, units);
  out.end_array().array("charge");
  for (const dues::Due& due : plan.plan.missing) {
    out.open();
    write_due_fields(out, due, units);
    out.close();
  }
  out.end_array().close();
}

}  // namespace

Answer preview_charge_run(const Call& call, Services& services) {
  call.require_query("period");
  const Period period = call.query_parsed("period", Period::parse);
  const auto corrections_from = call.query_day("corrections_from");
  const dues::RunWindow window = dues::window_of(period, corrections_from);
  const Page page = call.page();
  const MembershipId after = id_before<MembershipId>(call, page).value_or(MembershipId{0});
  NationalKind national;
  const auto plans = services.database.in_snapshot([&](Tx& tx) {
    national = dues::national_kind_of(dues::read_payee(tx, call.node().id));
    return dues::preview_changes(tx, call.node().id, window, after, page.limit + 1);
  });
  return page_answer(
      call, page, plans,
      [&](JsonWriter& out, const dues::MembershipPlan& plan) {
        write_plan(out, plan, national, services.units);
      },
      [](Cursor& place, const dues::MembershipPlan& last) {
        place.add(std::int64_t{last.membership.number()});
      });
}

Answer start_charge_run(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"period", "corrections_from"}};
  const Period period = fields.require("period").parsed(Period::parse);
  const auto from = fields.find("corrections_from");
  const dues::RunWindow window = dues::window_of(period, from ? std::optional{from->day()} : std::nullopt);
  JsonWriter out;
  if (call.dry_run) {
    out.open();
    write_totals(out, dues::preview_totals(tx, call.node().id, window), services.units);
    out.close();
    return ok(out.take());
  }
  const int run = dues::begin_run(tx, call.node().id, window, call.author());
  out.open().field("node", call.node().name).field("run", run).close();
  return job_started(tx, call, services, {"charge_dues", out.take(), std::nullopt});
}

Answer list_charge_runs(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = int_before(call, page);
  return services.database.in_snapshot([&](Tx& tx) {
    const auto runs = dues::list_charge_runs(tx, call.node().id, before, page.limit + 1);
    return page_answer(
        call, page, runs,
        [&](JsonWriter& out, const dues::ChargeRun& run) {
          write_run(out, run, dues::read_run_result(tx, call.node().id, run.number), services.units);
        },
        [](Cursor& place, const dues::ChargeRun& last) { place.add(std::int64_t{last.number}); });
  });
}

Answer show_charge_run(const Call& call, Services& services) {
  const int number = call.path_int("number", Refusal::charge_run_unknown);
  return services.database.in_snapshot([&](Tx& tx) {
    const auto run = dues::find_charge_run(tx, call.node().id, number);
    if (!run) throw Refused{Refusal::charge_run_unknown, "there is no run " + std::to_string(number)};
    JsonWriter out;
    write_run(out, *run, dues::read_run_result(tx, call.node().id, number), services.units);
    return ok(out.take());
  });
}

}  // namespace coop::api
