#include "api/handlers/fund_forms.hpp"
#include "api/handlers/fund_handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/funds/spending_mandate_store.hpp"
#include "reports/fund_tables.hpp"

namespace coop::api {

namespace {

using funds::SpendingMandate;
using funds::SpendingMandateNumber;

constexpr int spending_mandates_at_once = 500;

SpendingMandateNumber asked_mandate_number(const Call& call) {
  return SpendingMandateNumber{call.path_int("number", Refusal::spending_mandate_unknown)};
}

std::string spending_mandate_json(const Call& call, const SpendingMandate& mandate, Services& services) {
  JsonWriter out;
  write_spending_mandate(out, mandate, today_of(call), services.units);
  return out.take();
}

funds::SpendingMandateFilter mandate_filter_of(const Call& call, const Page& page) {
  const auto word = call.query_word("state", {"upcoming", "open", "over", "recalled", "pending"});
  funds::SpendingMandateFilter filter{.fund = call.query_text("fund"),
                                      .today = today_of(call),
                                      .before = id_before<SpendingMandateNumber>(call, page),
                                      .limit = page.limit + 1};
  if (word) filter.state = funds::spending_mandate_state_from(*word);
  return filter;
}

void add_mandate_place(Cursor& place, const SpendingMandate& last) {
  place.add(std::int64_t{last.number.number()});
}

}  // namespace

Answer list_spending_mandates(const Call& call, Services& services) {
  const Page page = call.page();
  const auto read = [&call](Tx& tx, const Page& asked) {
    const auto filter = mandate_filter_of(call, asked);
    if (filter.fund) funds::read_fund(tx, call.node().id, *filter.fund);
    return funds::list_spending_mandates(tx, call.node().id, filter);
  };
  const Day today = today_of(call);
  if (format_of(call) == Format::json)
    return page_answer(
        call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
        [&](JsonWriter& out, const SpendingMandate& one) {
          write_spending_mandate(out, one, today, services.units);
        },
        add_mandate_place);
  return list_answer(call, services, page, spending_mandates_at_once,
                     [read, &call, &services, today](Tx& tx, const Page& asked) {
                       auto listed = read(tx, asked);
                       const auto next = cut_to_page(call, asked, listed, add_mandate_place);
                       return reports::table_of_spending_mandates(
                           reports::read_report_node(tx, call.node().id), listed, today,
                           [&](UnitId id) { return services.units.of(id); }, next);
                     });
}

Answer show_spending_mandate(const Call& call, Services& services) {
  const SpendingMandate mandate = services.database.in_snapshot(
      [&](Tx& tx) { return funds::read_spending_mandate(tx, call.node().id, asked_mandate_number(call)); });
  return ok(spending_mandate_json(call, mandate, services));
}

Answer grant_spending_mandate(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto draft = spending_mandate_from(JsonValue{body}, services.units);
  const SpendingMandate mandate = funds::grant(tx, call.node().id, draft, today_of(call), call.author());
  return created(spending_mandate_json(call, mandate, services),
                 call.request.path + "/" + std::to_string(mandate.number.number()));
}

Answer approve_spending_mandate(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  return ok(spending_mandate_json(
      call,
      funds::approve_mandate(tx, call.node().id, asked_mandate_number(call), today_of(call), call.author()),
      services));
}

Answer recall_spending_mandate(Tx& tx, const Call& call, Services& services) {
  const std::string reason = asked_reason(call);
  return ok(spending_mandate_json(
      call,
      funds::recall(tx, call.node().id, asked_mandate_number(call), reason, today_of(call), call.author()),
      services));
}

Answer draw_on_spending_mandate(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const SpendingMandateNumber number = asked_mandate_number(call);
  const auto draft =
      draw_from(JsonValue{body}, funds::read_spending_mandate(tx, call.node().id, number), services.units);
  return ok(spending_mandate_json(
      call, funds::draw(tx, call.node().id, number, draft, today_of(call), call.author()), services));
}

Answer name_entry_of_draw(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"entry"}};
  const EntryNumber entry{fields.require("entry").number(1, std::numeric_limits<std::int32_t>::max())};
  const int draw = call.path_int("draw", Refusal::draw_unknown);
  return ok(spending_mandate_json(call,
                                  funds::pay_draw(tx, call.node().id, asked_mandate_number(call), draw, entry,
                                                  today_of(call), call.author()),
                                  services));
}

Answer take_draw_back(Tx& tx, const Call& call, Services& services) {
  const std::string reason = asked_reason(call);
  const int draw = call.path_int("draw", Refusal::draw_unknown);
  return ok(spending_mandate_json(call,
                                  funds::take_draw_back(tx, call.node().id, asked_mandate_number(call), draw,
                                                        reason, today_of(call), call.author()),
                                  services));
}

}  // namespace coop::api
