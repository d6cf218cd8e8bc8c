#pragma once
#include <optional>
#include <string>

#include "ledger/books/node_service.hpp"
#include "ledger/dues/subscription_store.hpp"

namespace coop::dues {

/// What a membership is to pay from a day on.
struct SubscriptionDraft {
  Day from_on;
  std::optional<std::string> tier;  ///< its code; nothing: the dues end
  std::optional<std::int64_t> chosen_minor;
  std::optional<std::string> payer;  ///< a member number; nothing: the member
  int instalments = 1;
};
/// Sets it. Throws Refused: membership_unknown, tier_unknown, tier_without_price, party_unknown,
/// field_invalid (less than the minimum, instalments that the tier's periods cannot hold, before the
/// membership).
Subscription subscribe(Tx& tx, NodeId node, MembershipId membership, const SubscriptionDraft& draft,
                       const books::Author& author);

/// Grants a concession. Throws Refused: membership_unknown, field_invalid, day_malformed.
Concession grant_concession(Tx& tx, NodeId node, MembershipId membership, Concession concession,
                            const books::Author& author);
/// Ends a concession after `last_on`, for a reason. Throws Refused: membership_unknown, concession_unknown,
/// field_invalid (reason; ended already).
void end_concession(Tx& tx, NodeId node, MembershipId membership, int concession, Day last_on,
                    const std::string& reason, const books::Author& author);

}  // namespace coop::dues
