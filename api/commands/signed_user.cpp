#include "api/commands/signed_user.hpp"

#include <algorithm>

#include "api/commands/typed_password.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

books::Author require_signed_author(Database& database, const books::Node& node, const std::string& user,
                                    access::Action action, Instant now) {
  const UserId id = access::require_password(database, user, asked_password(), now);
  const auto allowed = access::permission_of(action).roles;
  const auto grants = database.in_snapshot([&](Tx& tx) { return access::read_grants(tx, node.id, false); });
  for (const access::RoleGrant& grant : grants)
    if (grant.user_name == user && std::ranges::find(allowed, grant.role) != allowed.end()) return {id, now};
  std::string who;
  for (const access::Role role : allowed)
    who += (who.empty() ? "" : role == allowed.back() ? " or " : ", ") + std::string{access::text_of(role)};
  throw Refused{Refusal::role_missing,
                user + " may not do this in " + node.name + ": it takes the role " + who};
}

}  // namespace coop::api
