#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/token_forms.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"

namespace coop::api {

namespace {

access::GrantPlace grant_place_of(const Call& call, const std::string& cursor) {
  OpenedCursor opened{call.list_name(), cursor};
  std::string user = opened.string();
  std::string role = opened.string();
  return {std::move(user), std::move(role), Instant{std::chrono::microseconds{opened.number()}}};
}

void add_grant_place(Cursor& place, const access::RoleGrant& last) {
  place.add(last.user_name)
      .add(access::text_of(last.role))
      .add(std::int64_t{last.granted_at.time_since_epoch().count()});
}

void write_grant(JsonWriter& out, const access::RoleGrant& grant) {
  out.open().field("user", grant.user_name).field("role", access::text_of(grant.role));
  out.field("granted_at", grant.granted_at).field("granted_by", grant.granted_by);
  out.field("revoked_at", grant.revoked_at).field("revoked_by", grant.revoked_by).close();
}

access::Role asked_role(const Call& call) { return access::role_from_text(call.path_value("role")); }

Answer role_answer(const Call& call, access::Role role, bool holds, bool changed) {
  JsonWriter out;
  out.open()
      .field("user", call.path_value("user"))
      .field("role", access::text_of(role))
      .field("holds", holds);
  out.field("changed", changed).close();
  return ok(out.take());
}

}  // namespace

Answer list_roles(const Call& call, Services& services) {
  const bool ended = call.query_truth("ended", false);
  const Page page = call.page();
  const access::GrantPlace after = page.cursor ? grant_place_of(call, *page.cursor) : access::GrantPlace{};
  const auto grants = services.database.in_tx(
      [&](Tx& tx) { return access::read_grants(tx, call.node().id, ended, after, page.limit + 1); });
  return page_answer(call, page, grants, write_grant, add_grant_place);
}

Answer grant_role(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  const access::Role role = asked_role(call);
  const bool changed =
      access::grant_role(tx, call.node().id, call.path_value("user"), role, call.caller.user(), call.now);
  return with_fresh_access(role_answer(call, role, true, changed), services);
}

Answer revoke_role(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  const access::Role role = asked_role(call);
  const bool changed =
      access::revoke_role(tx, call.node().id, call.path_value("user"), role, call.caller.user(), call.now);
  return with_fresh_access(role_answer(call, role, false, changed), services);
}

}  // namespace coop::api
