#pragma once
#include <optional>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/dues/dues_state_store.hpp"
#include "ledger/dues/overdue.hpp"

namespace coop::dues {

/// What is overdue at that moment of what was charged for these members, or for everybody: exactly what
/// overdue_of() says of the state then, for everybody at the price of a few sums over all charges and
/// payments.
OverdueByMember read_overdue(Tx& tx, NodeId node, const DuesMoment& moment,
                             const std::optional<std::vector<PartyId>>& members = std::nullopt);

/// The memberships whose due for a period that holds the day is waived, all of it.
std::vector<MembershipId> read_wholly_waived(
    Tx& tx, NodeId node, const DuesMoment& moment,
    const std::optional<std::vector<PartyId>>& members = std::nullopt);

}  // namespace coop::dues
