#pragma once
#include <optional>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/dues/dues_state.hpp"

namespace coop::dues {

/// From where dues are looked at.
struct DuesMoment {
  Day as_of;
  std::optional<Instant> known_at = std::nullopt;
};

/// The charges and payments that count at that moment: of these debtors, or of all. Charges count from the
/// day on which they are booked until they are reversed, payments until they are returned.
DuesFactsOnDay read_dues_facts(Tx& tx, NodeId node, const DuesMoment& moment,
                               const std::optional<std::vector<PartyId>>& debtors = std::nullopt);
/// Whoever owes or owed charges that are for this party, itself included.
std::vector<PartyId> read_debtors_for(Tx& tx, NodeId node, PartyId member);

}  // namespace coop::dues
