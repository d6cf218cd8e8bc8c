#include "api/handlers/capital_forms.hpp"
#include "api/handlers/capital_handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/capital/share_class_service.hpp"
#include "ledger/capital/share_store.hpp"
#include "ledger/capital/share_undo_service.hpp"
#include "ledger/members/party_store.hpp"
#include "reports/capital_reports.hpp"
#include "reports/share_tables.hpp"

namespace coop::api {

namespace {

constexpr int movements_at_once = 1'000;

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

capital::MovementNumber asked_movement(const Call& call) {
  return capital::MovementNumber{call.path_int("number", Refusal::share_movement_unknown)};
}

// A class and a member that are asked about must be there.
struct Wanted {
  std::optional<std::string> class_code;
  std::optional<std::string> member;
};
Wanted wanted_shares(const Call& call, Services& services) {
  const NodeId node = call.node().id;
  return services.database.in_snapshot([&](Tx& tx) {
    Wanted wanted;
    if (call.query("share_class"))
      wanted.class_code = call.query_parsed("share_class", [&](std::string_view typed) {
        return capital::read_share_class(tx, node, std::string{typed}, Day::parse("9999-12-31")).code;
      });
    if (call.query("holder"))
      wanted.member = call.query_parsed(
          "holder", [&](std::string_view typed) { return members::read_party(tx, node, typed).number; });
    return wanted;
  });
}

capital::MovementFilter movements_wanted(const Call& call, Services& services) {
  const Wanted wanted = wanted_shares(call, services);
  capital::MovementFilter filter{.class_code = wanted.class_code,
                                 .member = wanted.member,
                                 .from = call.query_day("from"),
                                 .to = call.query_day("to")};
  if (call.query("movement")) filter.kind = call.query_parsed("movement", capital::movement_kind_from);
  return filter;
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
  const auto filter = movements_wanted(call, services);
  const auto read = [=, &call](Tx& tx, const Page& asked) {
    return capital::list_movements(tx, call.node().id, filter,
                                   id_before<capital::MovementNumber>(call, asked), asked.limit + 1);
  };
  const auto place = [](Cursor& cursor, const capital::Movement& last) {
    cursor.add(std::int64_t{last.number.number()});
  };
  if (format_of(call) == Format::json)
    return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
                       write_movement, place);
  return list_answer(call, services, page, movements_at_once, [=, &call](Tx& tx, const Page& asked) {
    auto listed = read(tx, asked);
    const auto next = cut_to_page(call, asked, listed, place);
    return reports::table_of_movements(reports::read_report_node(tx, call.node().id), listed, next);
  });
}

Answer undo_share_movement(Tx& tx, const Call& call, Services&) {
  const auto undone =
      capital::undo_movement(tx, call.node().id, asked_movement(call), asked_reason(call), call.author());
  return created(movements_json({undone}), call.request.path);
}

Answer take_back_share_ask(Tx& tx, const Call& call, Services& services) {
  const auto number = asked_movement(call);
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto taken = capital::take_back_ask(
      tx, call.node().id, take_back_from(JsonValue{body}, number, services.units), call.author());
  return created(movements_json({taken}), call.request.path);
}

Answer list_share_asks(const Call& call, Services& services) {
  const Page page = call.page();
  const Wanted wanted = wanted_shares(call, services);
  capital::AskFilter filter{.class_code = wanted.class_code, .member = wanted.member};
  if (call.query("waiting")) filter.is_waiting = call.query_truth("waiting", true);
  const auto read = [=, &call](Tx& tx, const Page& asked) {
    return capital::list_asks(tx, call.node().id, filter, id_before<capital::MovementNumber>(call, asked),
                              asked.limit + 1);
  };
  const auto place = [](Cursor& cursor, const capital::Ask& last) {
    cursor.add(std::int64_t{last.number.number()});
  };
  if (format_of(call) == Format::json)
    return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
                       write_ask, place);
  return list_answer(call, services, page, movements_at_once, [=, &call](Tx& tx, const Page& asked) {
    auto listed = read(tx, asked);
    const auto next = cut_to_page(call, asked, listed, place);
    return reports::table_of_asks(reports::read_report_node(tx, call.node().id), listed, next);
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
  const Wanted wanted = wanted_shares(call, services);
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    return reports::read_share_register(tx, call.node().id, viewpoint, sees_names,
                                        {.class_code = wanted.class_code, .member = wanted.member});
  }),
                      format);
}

Answer report_share_certificate(const Call& call, Services& services) {
  const Format format = format_of(call);
  const auto viewpoint = asked_viewpoint(call);
  call.require_query("share_class");
  call.require_query("holder");
  const Wanted wanted = wanted_shares(call, services);
  const bool sees_names = call.may(access::Action::read_profiles);
  return table_answer(services.database.in_snapshot([&](Tx& tx) {
    return reports::read_share_certificate(tx, call.node().id, *wanted.class_code, *wanted.member, viewpoint,
                                           today_of(call), sees_names);
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
