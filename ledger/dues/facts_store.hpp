#pragma once
#include <map>
#include <string>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/dues/charge.hpp"
#include "ledger/members/membership.hpp"

namespace coop::dues {

/// Everything that decides what one membership owes, and what it was charged.
struct MembershipDues {
  MembershipId id;
  PartyId member;
  DuesFacts facts;
  std::vector<Charge> charged;  ///< read_bare_charges() of the window
};

/// A stretch of memberships, by id.
struct DuesStretch {
  std::vector<MembershipDues> memberships;
  std::map<PartyId, std::string> numbers;  ///< of every member and payer in it
};

/// Which memberships are read: above `after`, and up to `last` where it is given.
struct StretchOf {
  MembershipId after;
  std::optional<MembershipId> last = std::nullopt;
  int limit;
};

/// Up to `limit` memberships that pay or paid dues or are obliged by their class, with their charges of
/// `window`, bare.
DuesStretch read_dues_stretch(Tx& tx, NodeId node, const StretchOf& which, const Period& window);
/// How many memberships that are.
std::int64_t count_dues_memberships(Tx& tx, NodeId node);

}  // namespace coop::dues
