#pragma once
#include "api/call.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/members/party.hpp"

namespace coop::api {

/// The member of the path, who is one that the caller is or acts for. Throws Refused: party_unknown.
members::Party require_own_party(Tx& tx, const Call& call);

}  // namespace coop::api
