#include "api/handlers/capital_forms.hpp"
#include "api/handlers/capital_handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/capital/share_class_service.hpp"
#include "ledger/capital/share_store.hpp"
#include "reports/capital_reports.hpp"

namespace coop::api {

namespace {

// A place in the order of code and version.
std::vector<capital::ShareClass> classes_after(const Call& call, const Page& page,
                                               std::vector<capital::ShareClass> classes) {
  if (!page.cursor) return classes;
  OpenedCursor cursor{call.list_name(), *page.cursor};
  const std::string code = cursor.string();
  const auto number = cursor.number();
  std::erase_if(classes, [&](const capital::ShareClass& of) {
    return of.code < code || (of.code == code && of.number <= number);
  });
  return classes;
}

std::string movements_json(const std::vector<capital::Movement>& movements) {
  JsonWriter out;
  out.open().array("movements");
  for (const capital::Movement& movement : movements) write_movement(out, movement);
  out.end_array().close();
  return out.take();
}

reports::Viewpoint asked_viewpoint(const Call& call) {
  const Moment moment = call.moment();
  return {moment.as_of, moment.known_at};
}

}  // namespace

Answer list_share_classes(const Call& call, Services& services) {
  const Page page = call.page();
  auto classes =
      services.database.in_snapshot([&](Tx& tx) { return capital::read_share_classes(tx, call.node().id); });
  return page_answer(
      call, page, classes_after(call, page, std::move(classes)),
      [&](JsonWriter& out, const capital::ShareClass& of) {
        write_share_class(out, of, services.units.of(of.unit_id).scale);
      },
      [](Cursor& place, const capital::ShareClass& last) {
        place.add(last.code).add(std::int64_t{last.number});
      });
}

Answer adopt_share_class(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto adopted = capital::adopt_share_class(
      tx, call.node().id, share_class_from(JsonValue{body}, services.units), call.author());
  JsonWriter out;
  write_share_class(out, adopted, services.units.of(adopted.unit_id).scale);
  return created(out.take(), call.request.path);
}

Answer list_share_movements(const Call& call, Services& services) {
  const Page page = call.page();
  return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) {
    return capital::list_movements(tx, call.node().id, {}, id_before<capital::MovementNumber>(call, page),
                                   page.limit + 1);
  }),
                     write_movement, [](Cursor& place, const capital::Movement& last) {
                       place.add(std::int64_t{last.number.number()});
                     });
}

Answer move_shares(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  return created(movements_json(capital::move_shares(
                     tx, call.node().id, movement_from(JsonValue{body}, services.units), call.author())),
                 call.request.path);
}

Answer withdraw_shares(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto run = capital::withdraw_in_order(
      tx, call.node().id, withdrawal_from(JsonValue{body}, services.units), call.author());
  JsonWriter out;
  write_withdrawal_run(out, run, services.units.of(run.of.unit_id).scale);
  return created(out.take(), call.request.path);
}

Answer report_share_register(const Call& call, Services& services) {
  const Format format = format_of(call);
  const auto viewpoint = asked_viewpoint(call);
  const bool sees_names = call.may(access::Action::read_profiles);
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    return reports::read_share_register(tx, call.node().id, viewpoint, sees_names);
  }),
                      format);
}

Answer report_capital_accounts(const Call& call, Services& services) {
  const Format format = format_of(call);
  const auto viewpoint = asked_viewpoint(call);
  std::optional<Unit> asked;
  if (call.query("unit"))
    asked = call.query_parsed("unit", [&](std::string_view code) { return services.units.require(code); });
  const Unit unit = asked ? *asked : services.units.of(call.node().base_unit);
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    return reports::read_capital_accounts(tx, call.node().id, unit, viewpoint);
  }),
                      format);
}

}  // namespace coop::api
