#include "reports/cash_counts.hpp"
#include "api/handlers/dues_forms.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/reconciling_handlers.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/bank/bank_account_service.hpp"
#include "ledger/bank/cash_count_service.hpp"
#include "ledger/values/money.hpp"

namespace coop::api {

namespace {

using bank::CashCountNumber;

CashCountNumber asked_count(const Call& call) {
  return CashCountNumber{call.path_int("number", Refusal::cash_count_unknown)};
}

std::string count_json(const bank::CashCount& count, Services& services) {
  const Unit unit = services.units.of(count.unit);
  JsonWriter out;
  out.open().field("number", count.number).field("bank_account", count.account).field("account", count.path);
  out.field("counted_on", count.counted_on).field("unit", unit.code).array("coins");
  for (const bank::CashPiece& piece : count.pieces)
    out.open().amount_field("value", piece.value_minor, unit.scale).field("pieces", piece.pieces).close();
  out.end_array().amount_field("total", count.total_minor, unit.scale);
  out.amount_field("books", count.books_minor, unit.scale);
  out.amount_field("difference", checked_add(count.total_minor, -count.books_minor), unit.scale);
  out.field("live", count.is_live).text_or_null("withdrawn_because", count.end_reason);
  out.field("counted_by", count.counter).field("recorded_at", count.recorded_at).array("witnessed");
  for (const bank::CashWitness& one : count.witnesses)
    out.open().field("by", one.user).field("at", one.recorded_at).close();
  out.end_array().array("entries");
  for (const EntryNumber entry : count.entries) out.value(entry);
  out.end_array().close();
  return out.take();
}

bank::CashCountFilter count_filter_of(const Call& call, const Page& page) {
  bank::CashCountFilter filter{.before = id_before<CashCountNumber>(call, page), .limit = page.limit + 1};
  if (const auto account = call.query_number("bank_account", 1, std::numeric_limits<std::int32_t>::max()))
    filter.account = bank::BankAccountNumber{static_cast<std::int32_t>(*account)};
  if (call.query("live")) filter.live = call.query_truth("live", true);
  return filter;
}

void add_count_place(Cursor& place, const bank::CashCount& last) {
  place.add(std::int64_t{last.number.number()});
}

std::vector<bank::CashPiece> pieces_from(const JsonValue& coins, const Unit& unit) {
  std::vector<bank::CashPiece> pieces;
  for (const JsonValue& coin : coins.elements()) {
    const JsonObject fields{coin, {"value", "pieces"}};
    pieces.push_back(
        {minor_from(fields.require("value"), unit), fields.require("pieces").number(0, 1'000'000'000)});
  }
  return pieces;
}

}  // namespace

Answer count_cash(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"counted_on", "coins"}};
  const auto account = bank::read_bank_account(
      tx, call.node().id, bank::BankAccountNumber{call.path_int("number", Refusal::bank_account_unknown)});
  const Unit unit = services.units.of(account.unit);
  const bank::CashCount count =
      bank::count_cash(tx, call.node().id,
                       {account.number, fields.require("counted_on").day(),
                        pieces_from(fields.require("coins"), unit), today_of(call), unit.code},
                       call.author());
  return created(count_json(count, services), "/v1/nodes/" + call.node().name + "/bank/cash-counts/" +
                                                  std::to_string(count.number.number()));
}

Answer list_cash_counts(const Call& call, Services& services) {
  const Page page = call.page();
  const bank::CashCountFilter filter = count_filter_of(call, page);
  if (format_of(call) == Format::json)
    return page_answer(
        call, page, services.database.in_snapshot([&](Tx& tx) {
          return bank::list_cash_counts(tx, call.node().id, filter);
        }),
        [&](JsonWriter& out, const bank::CashCount& one) { out.raw(count_json(one, services)); },
        add_count_place);
  return list_answer(call, services, page, 500, [&services, call](Tx& tx, const Page& asked) {
    auto listed = bank::list_cash_counts(tx, call.node().id, count_filter_of(call, asked));
    const auto next = cut_to_page(call, asked, listed, add_count_place);
    return reports::table_of_cash_counts(
        reports::read_report_node(tx, call.node().id), listed,
        [&](UnitId id) { return services.units.of(id); }, next);
  });
}

Answer show_cash_count(const Call& call, Services& services) {
  const Format format = format_of(call);
  return services.database.in_snapshot([&](Tx& tx) {
    const bank::CashCount count = bank::read_cash_count(tx, call.node().id, asked_count(call));
    if (format == Format::json) return ok(count_json(count, services));
    return table_answer(reports::table_of_count_sheet(reports::read_report_node(tx, call.node().id), count,
                                                      services.units.of(count.unit)),
                        format);
  });
}

Answer witness_cash_count(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  return ok(count_json(bank::witness_cash(tx, call.node().id, asked_count(call), call.author()), services));
}

Answer withdraw_cash_count(Tx& tx, const Call& call, Services& services) {
  const std::string reason = asked_reason(call);
  return ok(count_json(
      bank::withdraw_cash_count(tx, call.node().id, asked_count(call), reason, call.author()), services));
}

Answer book_cash_difference(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"account", "description"}};
  const bank::CashCount count =
      bank::book_cash_difference(tx, call.node().id, asked_count(call), fields.require("account").text(1'000),
                                 fields.text_or_empty("description", 1'000), call.author());
  return ok(count_json(count, services));
}

}  // namespace coop::api
