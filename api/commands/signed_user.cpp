#include "api/commands/signed_user.hpp"

#include <algorithm>
#include <vector>

#include "api/commands/typed_password.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

// Who may do it in the node, by the roles that are held now.
std::vector<UserId> users_who_may(Database& database, const books::Node& node, access::Action action) {
  const auto allowed = access::permission_of(action).roles;
  std::vector<UserId> users;
  for (const access::RoleGrant& grant :
       database.in_snapshot([&](Tx& tx) { return access::read_grants(tx, node.id, false); }))
    if (std::ranges::find(allowed, grant.role) != allowed.end()) users.push_back(grant.user);
  return users;
}

}  // namespace

bool has_role_for(Database& database, const books::Node& node, const books::Author& author,
                  access::Action action) {
  const auto users = users_who_may(database, node, action);
  return author.user && std::ranges::find(users, *author.user) != users.end();
}

bool somebody_has_role_for(Database& database, const books::Node& node, access::Action action) {
  return !users_who_may(database, node, action).empty();
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
