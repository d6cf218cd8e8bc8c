#include "api/handlers/handlers.hpp"
#include "api/handlers/token_forms.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/books/node_service.hpp"

namespace coop::api {

namespace {

constexpr std::size_t most_password = 1'000;

/// Counts an attempt to tell a password, by the client's address and the user's name.
/// Throws Refused: rate_limited.
void count_attempt(const Call& call, Services& services, const std::string& user) {
  if (!services.sign_ins) return;
  services.sign_ins->require("address " + call.request.remote, call.now);
  services.sign_ins->require("user " + user, call.now);
}

/// The token of this request, of a caller who is signed in.
std::string_view own_token_of(const Call& call) {
  const std::string_view header = *call.request.header("authorization");
  return header.substr(header.rfind(' ') + 1);
}

}  // namespace

Answer sign_in(const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"name", "password"}};
  const std::string name = fields.require("name").text(200);
  const std::string password = fields.require("password").text(most_password);
  count_attempt(call, services, name);
  return new_token_answer(access::sign_in(services.database, name, password, call.now), "/v1/me/tokens");
}

Answer sign_out(const Call& call, Services& services) {
  call.require_no_fields();
  services.database.in_tx([&](Tx& tx) { access::sign_out(tx, own_token_of(call), call.now); });
  services.tokens.forget_all();
  return ok("{\"signed_out\":true}");
}

Answer show_myself(const Call& call, Services& services) {
  const access::Access& access = *call.caller.access;
  std::map<NodeId, std::string> names;
  for (const auto& node : services.database.in_tx([](Tx& tx) { return books::read_nodes(tx); }))
    names.emplace(node.id, node.name);
  JsonWriter out;
  out.open().field("name", access.name).field("is_operator", access.is_operator).array("roles");
  for (const auto& held : access.roles)
    out.open().field("node", names.at(held.node)).field("role", access::text_of(held.role)).close();
  out.end_array().array("scopes");
  for (const auto scope : access.scopes) out.value(access::text_of(scope));
  out.end_array();
  if (access.only_node) out.field("only_node", names.at(*access.only_node));
  else out.field("only_node", std::nullopt);
  out.field("expires_at", access.expires_at).close();
  return ok(out.take());
}

Answer change_my_password(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"old_password", "password"}};
  access::OwnPassword given{std::nullopt, fields.require("password").text(most_password)};
  if (const auto old = fields.find("old_password")) given.old_password = old->text(most_password);
  const std::string& user = call.caller.access->name;
  count_attempt(call, services, user);
  access::change_password(tx, user, given, own_token_of(call), call.now);
  return with_fresh_access(ok("{\"changed\":true}"), services);
}

Answer list_my_tokens(const Call& call, Services& services) {
  return token_list_answer(call, services, call.caller.access->name);
}

Answer issue_my_token(Tx& tx, const Call& call, Services& services) {
  return issued_token_answer(tx, call, services, call.caller.access->name);
}

Answer revoke_my_token(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  const auto number = call.path_int("number", Refusal::token_unknown);
  access::revoke_token(tx, call.caller.access->name, access::TokenNumber{number}, call.now);
  return with_fresh_access(ok("{\"revoked\":true}"), services);
}

}  // namespace coop::api
