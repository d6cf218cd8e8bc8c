#include "api/handlers/token_forms.hpp"

#include "api/handlers/list_page.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/access/token_directory_service.hpp"

namespace coop::api {

namespace {

std::string token_json(const access::IssuedToken& token, bool with_secret) {
  JsonWriter out;
  out.open().field("number", token.number);
  if (with_secret) out.field("token", token.text);
  else out.field("token", std::nullopt);
  out.field("expires_at", token.expires_at).close();
  return out.take();
}

void write_token(JsonWriter& out, const access::TokenSummary& token) {
  out.open().field("number", token.number);
  out.field("origin", token.origin == access::TokenOrigin::sign_in ? "sign_in" : "issued");
  out.field("label", token.label).array("scopes");
  for (const auto scope : token.scopes) out.value(access::text_of(scope));
  out.end_array().field("only_node", token.only_node).field("issued_at", token.issued_at);
  out.field("expires_at", token.expires_at).field("revoked_at", token.revoked_at);
  out.field("last_used_on", token.last_used_on).close();
}

}  // namespace

Answer token_list_answer(const Call& call, Services& services, const std::string& user) {
  const Page page = call.page();
  const auto before = id_before<access::TokenNumber>(call, page);
  const auto tokens =
      services.database.in_tx([&](Tx& tx) { return access::read_tokens(tx, user, before, page.limit + 1); });
  return page_answer(call, page, tokens, write_token, [](Cursor& place, const access::TokenSummary& last) {
    place.add(std::int64_t{last.number.number()});
  });
}

Answer issued_token_answer(Tx& tx, const Call& call, Services& services, const std::string& user) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"label", "scopes", "only_node", "days"}};
  access::TokenDraft draft{fields.text_or_empty("label", 200), {}, std::nullopt, call.now};
  for (const JsonValue& scope : fields.require("scopes").elements())
    draft.scopes.push_back(scope.parsed(access::scope_from_text));
  if (const auto node = fields.find("only_node"))
    draft.only_node = node->parsed([&](std::string_view name) { return services.nodes.require(name)->id; });
  const auto days = fields.find("days");
  draft.expires_at = call.now + std::chrono::hours{24 * (days ? days->number(1, 730) : 90)};
  const auto token = access::issue_token(tx, user, draft, call.caller.access.get(), call.now);
  return new_token_answer(token, call.request.path + "/" + std::to_string(token.number.number()));
}

Answer new_token_answer(const access::IssuedToken& token, const std::string& address) {
  Answer answer = created(token_json(token, true), address);
  answer.body_when_repeated = token_json(token, false);
  return answer;
}

Answer with_fresh_access(Answer answer, Services& services) {
  answer.afterwards = [&services] { services.tokens.forget_all(); };
  return answer;
}

}  // namespace coop::api
