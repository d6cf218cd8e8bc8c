#include "api/handlers/handlers.hpp"
#include "api/handlers/token_forms.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/access/role_store.hpp"

namespace coop::api {

namespace {

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
  JsonWriter out;
  out.open().array("items");
  for (const auto& grant :
       services.database.in_tx([&](Tx& tx) { return access::list_grants(tx, call.node().id, ended); })) {
    out.open().field("user", grant.user_name).field("role", access::text_of(grant.role));
    out.field("granted_at", grant.granted_at).field("revoked_at", grant.revoked_at).close();
  }
  out.end_array().field("next", std::nullopt).close();
  return ok(out.take());
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
