#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/member_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/handlers/work_forms.hpp"
#include "api/services.hpp"
#include "ledger/work/circle_service.hpp"
#include "ledger/work/circle_store.hpp"
#include "reports/circle_tables.hpp"

namespace coop::api {

namespace {

constexpr std::size_t any_circle_text = 4'000;
constexpr int circles_at_once = 100;

std::string circle_json(const work::Circle& circle) {
  JsonWriter out;
  write_circle(out, circle);
  return out.take();
}

void add_circle_place(Cursor& place, const work::Circle& last) { place.add(std::string_view{last.code}); }

void add_kind_place(Cursor& place, const work::WorkKind& last) { place.add(std::string_view{last.code}); }

}  // namespace

Answer list_circles(const Call& call, Services& services) {
  const Page page = call.page();
  const auto read = [call](Tx& tx, const Page& asked) {
    return work::list_circles(tx, call.node().id, text_before(call, asked), asked.limit + 1);
  };
  if (format_of(call) == Format::json)
    return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
                       write_circle, add_circle_place);
  const Day today = today_of(call);
  return list_answer(call, services, page, circles_at_once, [call, read, today](Tx& tx, const Page& asked) {
    auto listed = read(tx, asked);
    const auto next = cut_to_page(call, asked, listed, add_circle_place);
    return reports::table_of_circles(reports::read_report_node(tx, call.node().id), listed, today, next);
  });
}

Answer found_circle(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const work::Circle circle =
      work::found_circle(tx, call.node().id, circle_draft_from(JsonValue{body}), call.author());
  return created(circle_json(circle), "/v1/nodes/" + call.node().name + "/circles/" + circle.code);
}

Answer show_circle(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    return ok(circle_json(work::read_circle(tx, call.node().id, call.path_value("circle"))));
  });
}

Answer join_circle(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"member", "from_on"}};
  const std::string member = fields.require("member").text(any_circle_text);
  const Day from_on = fields.require("from_on").day();
  std::optional<work::Circle> circle;
  JsonValue{body}.judged([&] {
    circle = work::join_circle(tx, call.node().id, call.path_value("circle"), member, from_on, call.author());
  });
  return ok(circle_json(*circle));
}

Answer leave_circle(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"member", "until_on", "reason"}};
  const std::string member = fields.require("member").text(any_circle_text);
  const Day until_on = fields.require("until_on").day();
  const std::string reason = fields.require("reason").text(any_circle_text);
  return ok(circle_json(work::leave_circle(tx, call.node().id, call.path_value("circle"), member, until_on,
                                           reason, call.author())));
}

Answer close_circle(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"until_on", "reason"}};
  const Day until_on = fields.require("until_on").day();
  const std::string reason = fields.require("reason").text(any_circle_text);
  return ok(circle_json(
      work::close_circle(tx, call.node().id, call.path_value("circle"), until_on, reason, call.author())));
}

Answer list_work_kinds(const Call& call, Services& services) {
  const Page page = call.page();
  const auto read = [call](Tx& tx, const Page& asked) {
    return work::list_work_kinds(tx, call.node().id, text_before(call, asked), asked.limit + 1);
  };
  if (format_of(call) == Format::json)
    return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
                       write_work_kind, add_kind_place);
  return list_answer(call, services, page, circles_at_once, [call, read](Tx& tx, const Page& asked) {
    auto listed = read(tx, asked);
    const auto next = cut_to_page(call, asked, listed, add_kind_place);
    return reports::table_of_work_kinds(reports::read_report_node(tx, call.node().id), listed, next);
  });
}

Answer add_work_kind(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const work::WorkKind kind =
      work::add_work_kind(tx, call.node().id, work_kind_from(JsonValue{body}), call.author());
  JsonWriter out;
  write_work_kind(out, kind);
  return created(out.take(), "/v1/nodes/" + call.node().name + "/work-kinds");
}

}  // namespace coop::api
