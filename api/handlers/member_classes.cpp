#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/member_forms.hpp"
#include "api/handlers/member_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/members/class_service.hpp"
#include "ledger/members/class_store.hpp"

namespace coop::api {

Answer list_classes(const Call& call, Services& services) {
  const Page page = call.page();
  const std::string after = text_before(call, page);
  auto found =
      services.database.in_snapshot([&](Tx& tx) { return members::read_classes(tx, call.node().id); });
  std::erase_if(found, [&](const members::MemberClass& of) { return of.code <= after; });
  return page_answer(
      call, page, std::move(found),
      [&](JsonWriter& out, const members::MemberClass& of) { write_class(out, of, services.units); },
      [](Cursor& place, const members::MemberClass& last) { place.add(last.code); });
}

Answer add_class(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"code", "title"}};
  const JsonValue code = fields.require("code");
  code.parsed([](std::string_view text) { return members::require_class_code(text), true; });
  const std::string title = fields.require("title").text(200);
  const members::MemberClass of =
      members::add_class(tx, call.node().id, std::string{code.text()}, title, call.author());
  JsonWriter out;
  write_class(out, of, services.units);
  return created(out.take(), "/v1/nodes/" + call.node().name + "/member-classes/" + of.code);
}

Answer show_class(const Call& call, Services& services) {
  const members::MemberClass of = services.database.in_snapshot(
      [&](Tx& tx) { return members::read_class(tx, call.node().id, call.path_value("class")); });
  JsonWriter out;
  write_class(out, of, services.units);
  return ok(out.take());
}

Answer rename_class(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"title"}};
  const std::string title = fields.require("title").text(200);
  JsonWriter out;
  write_class(out, members::rename_class(tx, call.node().id, call.path_value("class"), title, call.author()),
              services.units);
  return ok(out.take());
}

Answer adopt_rule(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const members::ClassRule rule =
      class_rule_from(JsonValue{body}, [&](std::string_view code) { return services.units.require(code); });
  const std::string& code = call.path_value("class");
  JsonWriter out;
  write_rule(out, members::adopt_rule(tx, call.node().id, code, rule, call.author()), services.units);
  return created(out.take(), "/v1/nodes/" + call.node().name + "/member-classes/" + code);
}

}  // namespace coop::api
