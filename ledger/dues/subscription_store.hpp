#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/dues/subscription.hpp"

namespace coop::dues {

/// Adds a subscription after those that the membership has, and returns its number.
int insert_subscription(Tx& tx, NodeId node, MembershipId membership, const Subscription& subscription,
                        const books::Author& author);
/// The membership's subscriptions, by number.
std::vector<Subscription> list_subscriptions(Tx& tx, NodeId node, MembershipId membership);

/// A concession with how it ended, as it is listed.
struct ConcessionOnRecord {
  Concession concession;             ///< until its last day, however that came
  std::optional<std::string> ended;  ///< the reason for which it was ended early
};
/// Adds a concession after those that the membership has, and returns its number.
int insert_concession(Tx& tx, NodeId node, MembershipId membership, const Concession& concession,
                      const books::Author& author);
/// Ends a concession after `last_on`; false if it was ended already.
bool insert_concession_end(Tx& tx, NodeId node, MembershipId membership, int concession, Day last_on,
                           const std::string& reason, const books::Author& author);
/// The membership's concessions, by number.
std::vector<ConcessionOnRecord> list_concessions(Tx& tx, NodeId node, MembershipId membership);

}  // namespace coop::dues
