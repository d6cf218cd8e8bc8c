#include "api/handlers/disbursement_forms.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/own_member.hpp"
#include "api/handlers/pay_forms.hpp"
#include "api/handlers/pay_handlers.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/pay/pay_approving_service.hpp"
#include "ledger/pay/pay_run_store.hpp"
#include "ledger/work/circle_store.hpp"
#include "reports/pay_tables.hpp"

namespace coop::api {

namespace {

constexpr int pay_runs_at_once = 500;

pay::PayRunNumber asked_pay_run(const Call& call) {
  return pay::PayRunNumber{call.path_int("number", Refusal::pay_run_unknown)};
}

Answer shown_answer(Tx& tx, const Call& call) {
  return ok(pay_run_json(tx, call, pay::read_pay_run(tx, call.node().id, asked_pay_run(call))));
}

pay::PayRunFilter asked_runs(const Call& call) {
  pay::PayRunFilter filter;
  if (const auto kind = call.query_word("kind", {"wages", "settlement", "lapse", "opening"}))
    filter.kind = pay::pay_run_kind_from(*kind);
  if (const auto state = call.query_word("state", {"proposed", "approved", "posted", "cancelled", "undone"}))
    filter.state = pay::pay_run_state_from(*state);
  return filter;
}

void add_run_place(Cursor& place, const pay::PayRunSummary& last) {
  place.add(std::int64_t{last.number.number()});
}

void add_slip_place(Cursor& place, const pay::PayslipSummary& last) {
  place.add(std::int64_t{last.run.number()});
}

Answer payslip_answer(Tx& tx, const Call& call, const std::string& member) {
  const Format format = format_of(call);
  const auto slip = read_payslip(tx, call.node().id, asked_pay_run(call), member);
  if (format != Format::json)
    return table_answer(reports::table_of_payslip(reports::read_report_node(tx, call.node().id), slip.run,
                                                  slip.share, slip.words),
                        format);
  JsonWriter out;
  write_payslip(out, slip.run, slip.share, slip.words);
  return ok(out.take());
}

}  // namespace

Answer list_pay_runs(const Call& call, Services& services) {
  pay::PayRunFilter filter = asked_runs(call);
  services.database.in_snapshot([&](Tx& tx) {
    filter.member = asked_member(tx, call);
    if (call.query("circle"))
      filter.circle = call.query_parsed("circle", [&](std::string_view typed) {
        return work::read_circle(tx, call.node().id, typed).code;
      });
  });
  const Page page = call.page();
  const auto read = [=, &call](Tx& tx, const Page& asked) {
    pay::PayRunFilter wanted = filter;
    wanted.before = id_before<pay::PayRunNumber>(call, asked);
    wanted.limit = asked.limit + 1;
    return pay::list_pay_runs(tx, call.node().id, wanted);
  };
  if (format_of(call) == Format::json)
    return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
                       write_pay_summary, add_run_place);
  return list_answer(call, services, page, pay_runs_at_once, [=, &call](Tx& tx, const Page& asked) {
    auto listed = read(tx, asked);
    const auto next = cut_to_page(call, asked, listed, add_run_place);
    return reports::table_of_pay_runs(reports::read_report_node(tx, call.node().id), listed, next);
  });
}

Answer propose_pay_run(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const auto run = pay::propose_wages(tx, call.node().id, wages_draft_from(JsonValue{body}, services.units),
                                      call.author());
  return created(pay_run_json(tx, call, run), call.request.path + "/" + std::to_string(run.number.number()));
}

Answer show_pay_run(const Call& call, Services& services) {
  const auto number = asked_pay_run(call);
  const Format format = format_of(call);
  return services.database.in_snapshot([&](Tx& tx) {
    const auto run = pay::read_pay_run(tx, call.node().id, number);
    if (format == Format::json) return ok(pay_run_json(tx, call, run));
    return table_answer(reports::table_of_pay_run(reports::read_report_node(tx, call.node().id), run,
                                                  pay::explain(tx, call.node().id, run)),
                        format);
  });
}

Answer approve_pay_run(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  pay::approve_pay_run(tx, call.node().id, asked_pay_run(call), call.author());
  return shown_answer(tx, call);
}

Answer post_pay_run(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  const auto run = pay::post_pay_run(tx, call.node().id, asked_pay_run(call), call.author());
  return ok(pay_run_json(tx, call, run));
}

Answer cancel_pay_run(Tx& tx, const Call& call, Services&) {
  pay::cancel_pay_run(tx, call.node().id, asked_pay_run(call), asked_reason(call), call.author());
  return shown_answer(tx, call);
}

Answer undo_pay_run(Tx& tx, const Call& call, Services&) {
  pay::undo_pay_run(tx, call.node().id, asked_pay_run(call), asked_reason(call), call.author());
  return shown_answer(tx, call);
}

Answer propose_pay_payment(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto payment = pay::propose_pay_payment(tx, call.node(), asked_pay_run(call),
                                                payment_draft_from(JsonValue{body}), call.author());
  JsonWriter out;
  write_disbursement(out, payment.proposed, call.dry_run && call.may(access::Action::read_profiles), call.now,
                     &payment.not_ordered);
  return created(out.take(), "/v1/nodes/" + call.node().name + "/disbursements/" +
                                 std::to_string(payment.proposed.number.number()));
}

Answer show_payslip(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    return payslip_answer(tx, call,
                          members::read_party(tx, call.node().id, call.path_value("member")).number);
  });
}

Answer list_own_payslips(const Call& call, Services& services) {
  const Page page = call.page();
  return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) {
    return pay::list_payslips(tx, call.node().id, require_own_party(tx, call).number,
                              id_before<pay::PayRunNumber>(call, page), page.limit + 1);
  }),
                     write_payslip_summary, add_slip_place);
}

Answer show_own_payslip(const Call& call, Services& services) {
  return services.database.in_snapshot(
      [&](Tx& tx) { return payslip_answer(tx, call, require_own_party(tx, call).number); });
}

}  // namespace coop::api
