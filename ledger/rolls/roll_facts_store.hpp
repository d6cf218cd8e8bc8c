#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/dues/dues_state_store.hpp"
#include "ledger/rolls/roll.hpp"

namespace coop::rolls {

/// A membership and whose it is. Its changes are those that were known at the moment, without their words.
struct KnownMembership {
  members::Membership membership;
  members::Party party;
};
/// Gives every membership that was known at the moment to `take`, by id: of one member, or of all.
void each_known_membership(Tx& tx, NodeId node, const dues::DuesMoment& moment, std::optional<PartyId> only,
                           const std::function<void(const KnownMembership&)>& take);

/// How many members the organisations declare to have on the day, as known then.
std::map<PartyId, int> read_head_counts(Tx& tx, NodeId node, const dues::DuesMoment& moment,
                                        std::optional<PartyId> only);

/// A meeting of the twelve months up to the day, as known then, and who was there.
struct HeldMeeting {
  members::ExpectedMeeting meeting;
  std::optional<ClassId> class_id;  ///< whose meeting it was; nothing: of all
  std::set<PartyId> present;
};
/// Reads them, the earliest first; of whom was there, one member or all.
std::vector<HeldMeeting> read_held_meetings(Tx& tx, NodeId node, const dues::DuesMoment& moment,
                                            std::optional<PartyId> only);

/// The roll of a day, as known at an instant (nothing: now): of everybody, or with the lines and counts of
/// one member only.
Roll read_roll(Tx& tx, NodeId node, const dues::DuesMoment& moment, std::optional<PartyId> only = {});

}  // namespace coop::rolls
