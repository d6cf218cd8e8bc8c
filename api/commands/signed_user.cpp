#include "api/commands/signed_user.hpp"

#include <algorithm>

#include "api/commands/typed_password.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

bool has_role_for(Database& database, const books::Node& node, const books::Author& author,
                  access::Action action) {
  const auto allowed = access::permission_of(action).roles;
  const auto grants = database.in_snapshot([&](Tx& tx) { return access::read_grants(tx, node.id, false); });
  return std::ranges::any_of(grants, [&](const access::RoleGrant& grant) {
    return grant.user == author.user && std::ranges::find(allowed, grant.role) != allowed.end();
  });
}

books::Author require_signed_author(Database& database, const books::Node& node, const std::string& user,
                                    access::Action action, Instant now) {
  const books::Author author{access::require_password(database, user, asked_password(), now), now};
  if (has_role_for(database, node, author, action)) return author;
  const auto allowed = access::permission_of(action).roles;
  std::string who;
  for (const access::Role role : allowed)
    who += (who.empty() ? "" : role == allowed.back() ? " or " : ", ") + std::string{access::text_of(role)};
  throw Refused{Refusal::role_missing,
                user + " may not do this in " + node.name + ": it takes the role " + who};
}

}  // namespace coop::api
