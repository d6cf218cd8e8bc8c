#include <limits>

#include "api/handlers/disbursement_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/disbursements/approving_service.hpp"
#include "ledger/values/sha256.hpp"
#include "reports/disbursement_tables.hpp"

namespace coop::api {

namespace {

using access::Action;
using disbursements::Disbursement;
using disbursements::DisbursementNumber;
using disbursements::DisbursementSummary;
using disbursements::ListedOrder;

constexpr int disbursements_at_once = 500;
constexpr int orders_at_once = 1'000;

DisbursementNumber asked_disbursement(const Call& call) {
  return DisbursementNumber{call.path_int("number", Refusal::disbursement_unknown)};
}

// Whoever approves sees whom they pay.
bool sees_payees(const Call& call) {
  return call.may(Action::read_profiles) || call.may(Action::approve_payments);
}

// What a write answers is kept for its repetition, so it holds personal data in a dry run only.
std::string written_disbursement_json(const Call& call, const Disbursement& disbursement) {
  JsonWriter out;
  write_disbursement(out, disbursement, call.dry_run && call.may(Action::read_profiles), call.now);
  return out.take();
}

disbursements::OrderFilter order_filter_of(const Call& call) {
  const auto word = call.query_word("state", {"proposed", "approved", "exported", "executed", "returned",
                                              "rejected", "left_out", "cancelled"});
  disbursements::OrderFilter filter{
      .state = word ? std::optional{disbursements::order_state_from(*word)} : std::nullopt,
      .from = call.query_day("from"),
      .to = call.query_day("to"),
      .account = path_of(call, "account"),
      .words = call.query_text("q"),
      .names_are_hidden = !call.may(Action::read_profiles)};
  if (const auto account = call.query_number("bank_account", 1, std::numeric_limits<std::int32_t>::max()))
    filter.bank_account = static_cast<int>(*account);
  return filter;
}

std::optional<disbursements::OrderAfter> order_after(const Call& call, const Page& page) {
  if (!page.cursor) return std::nullopt;
  OpenedCursor cursor{call.list_name(), *page.cursor};
  const auto disbursement = static_cast<int>(cursor.number());
  return disbursements::OrderAfter{disbursement, static_cast<int>(cursor.number())};
}

}  // namespace

Answer list_disbursements(const Call& call, Services& services) {
  const auto word = call.query_word("state", {"proposed", "approved", "exported", "done", "cancelled"});
  const auto state = word ? std::optional{disbursements::disbursement_state_from(*word)} : std::nullopt;
  const Page page = call.page();
  const auto read = [=, &call](Tx& tx, const Page& asked) {
    return disbursements::list_disbursements(tx, call.node().id, state,
                                             id_before<DisbursementNumber>(call, asked), asked.limit + 1);
  };
  const auto add_place = [](Cursor& place, const DisbursementSummary& last) {
    place.add(std::int64_t{last.number.number()});
  };
  if (format_of(call) == Format::json)
    return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
                       write_disbursement_summary, add_place);
  return list_answer(call, services, page, disbursements_at_once, [=, &call](Tx& tx, const Page& asked) {
    auto listed = read(tx, asked);
    const auto next = cut_to_page(call, asked, listed, add_place);
    return reports::table_of_disbursements(reports::read_report_node(tx, call.node().id), listed, next);
  });
}

Answer list_disbursement_orders(const Call& call, Services& services) {
  const bool sees_profiles = call.may(Action::read_profiles);
  const auto filter = order_filter_of(call);
  const Page page = call.page();
  const auto read = [=, &call](Tx& tx, const Page& asked) {
    return disbursements::list_orders(tx, call.node().id, filter, order_after(call, asked), asked.limit + 1);
  };
  const auto add_place = [](Cursor& place, const ListedOrder& last) {
    place.add(std::int64_t{last.disbursement.number()});
    place.add(std::int64_t{last.order});
  };
  if (format_of(call) == Format::json)
    return page_answer(
        call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
        [=](JsonWriter& out, const ListedOrder& one) { write_listed_order(out, one, sees_profiles); },
        add_place);
  return list_answer(call, services, page, orders_at_once, [=, &call](Tx& tx, const Page& asked) {
    auto listed = read(tx, asked);
    const auto next = cut_to_page(call, asked, listed, add_place);
    return reports::table_of_orders(reports::read_report_node(tx, call.node().id), listed, sees_profiles,
                                    next);
  });
}

Answer propose_disbursement(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const auto draft = disbursement_draft_from(JsonValue{body}, services.units.require("EUR"));
  const Disbursement disbursement = disbursements::propose(tx, call.node(), draft, call.author());
  return created(written_disbursement_json(call, disbursement),
                 call.request.path + "/" + std::to_string(disbursement.number.number()));
}

Answer show_disbursement(const Call& call, Services& services) {
  const Disbursement disbursement = services.database.in_snapshot(
      [&](Tx& tx) { return disbursements::read_disbursement(tx, call.node().id, asked_disbursement(call)); });
  JsonWriter out;
  write_disbursement(out, disbursement, sees_payees(call), call.now);
  return ok(out.take());
}

Answer show_disbursement_file(const Call& call, Services& services) {
  const DisbursementNumber number = asked_disbursement(call);
  struct Found {
    std::string bytes;
    std::string name;
  };
  Found found = services.database.in_snapshot([&](Tx& tx) {
    return Found{disbursements::read_file(tx, call.node().id, number),
                 disbursements::read_disbursement(tx, call.node().id, number).message_id};
  });
  const std::string hash = hex_of(sha256_of(found.bytes));
  Answer answer = content("application/xml", std::move(found.bytes));
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + found.name + ".xml\"");
  answer.headers.emplace_back("X-Content-SHA256", hash);
  return answer;
}

Answer leave_out_disbursement_order(Tx& tx, const Call& call, Services&) {
  const int order = call.path_int("order", Refusal::disbursement_unknown);
  return ok(written_disbursement_json(
      call, disbursements::leave_out(tx, call.node().id, {asked_disbursement(call), order},
                                     asked_reason(call), call.author())));
}

Answer approve_disbursement(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  return ok(written_disbursement_json(
      call, disbursements::approve(tx, call.node().id, asked_disbursement(call), call.author())));
}

Answer withdraw_disbursement_approval(Tx& tx, const Call& call, Services&) {
  return ok(
      written_disbursement_json(call, disbursements::withdraw(tx, call.node().id, asked_disbursement(call),
                                                              asked_reason(call), call.author())));
}

Answer cancel_disbursement(Tx& tx, const Call& call, Services&) {
  return ok(
      written_disbursement_json(call, disbursements::cancel(tx, call.node().id, asked_disbursement(call),
                                                            asked_reason(call), call.author())));
}

Answer make_disbursement_file(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  return ok(written_disbursement_json(
      call, disbursements::make_file(tx, call.node().id, asked_disbursement(call), call.author())));
}

Answer say_disbursement_not_taken(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"order", "reason"}};
  std::optional<int> order;
  if (const auto asked = fields.find("order"))
    order = static_cast<int>(asked->number(1, std::numeric_limits<std::int32_t>::max()));
  return ok(written_disbursement_json(
      call, disbursements::say_not_taken(tx, call.node().id, asked_disbursement(call), order,
                                         reason_from(fields), call.author())));
}

}  // namespace coop::api
