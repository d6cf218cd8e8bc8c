#include "api/handlers/own_member.hpp"

#include <algorithm>

#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

members::Party require_own_party(Tx& tx, const Call& call) {
  const auto mine = members::read_parties_of_user(tx, call.node().id, call.caller.access->user);
  const auto asked = members::find_party(tx, call.node().id, call.path_value("member"));
  const auto found =
      std::ranges::find_if(mine, [&](const members::Party& party) { return asked && party.id == asked->id; });
  if (found == mine.end())
    throw Refused{Refusal::party_unknown, "you are linked with no member of this number"};
  return *found;
}

}  // namespace coop::api
