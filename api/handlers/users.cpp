#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/token_forms.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"

namespace coop::api {

namespace {

void write_user(JsonWriter& out, const access::User& user) {
  out.open().field("name", user.name).field("title", user.title).field("is_operator", user.is_operator);
  out.field("has_password", user.has_password).field("created_at", user.created_at);
  out.field("closed_at", user.closed_at).close();
}

std::string user_json(const access::User& user) {
  JsonWriter out;
  write_user(out, user);
  return out.take();
}

}  // namespace

Answer list_users(const Call& call, Services& services) {
  const Page page = call.page();
  const std::string after = text_before(call, page);
  const auto users =
      services.database.in_tx([&](Tx& tx) { return access::read_users(tx, after, page.limit + 1); });
  return page_answer(call, page, users, write_user,
                     [](Cursor& place, const access::User& last) { place.add(last.name); });
}

Answer add_user(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"name", "title", "password", "is_operator"}};
  access::UserDraft draft{fields.require("name").text(200), fields.text_or_empty("title", 1'000),
                          std::nullopt, fields.truth_or("is_operator", false)};
  if (const auto password = fields.find("password")) draft.password = password->text(1'000);
  const access::User user = access::create_user(tx, draft, call.caller.user(), call.now);
  return created(user_json(user), "/v1/users/" + user.name);
}

Answer show_user(const Call& call, Services& services) {
  return ok(user_json(
      services.database.in_tx([&](Tx& tx) { return access::read_user(tx, call.path_value("user")); })));
}

Answer change_user(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"title", "is_operator", "closed"}};
  access::UserChange change;
  if (const auto title = fields.find("title")) change.title = title->text(1'000);
  if (const auto is_operator = fields.find("is_operator")) change.is_operator = is_operator->truth();
  if (const auto closed = fields.find("closed")) change.closed = closed->truth();
  const access::User user = access::change_user(tx, call.path_value("user"), change, call.now);
  return with_fresh_access(ok(user_json(user)), services);
}

Answer set_user_password(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"password"}};
  access::set_password(tx, call.path_value("user"), fields.require("password").text(1'000), call.now);
  return with_fresh_access(ok("{\"changed\":true}"), services);
}

Answer list_user_tokens(const Call& call, Services& services) {
  return token_list_answer(call, services, call.path_value("user"));
}

Answer issue_user_token(Tx& tx, const Call& call, Services& services) {
  return issued_token_answer(tx, call, services, call.path_value("user"));
}

Answer revoke_user_token(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  const auto number = call.path_int("number", Refusal::token_unknown);
  access::revoke_token(tx, call.path_value("user"), access::TokenNumber{number}, call.now);
  return with_fresh_access(ok("{\"revoked\":true}"), services);
}

}  // namespace coop::api
