#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/members/membership.hpp"

namespace coop::members {

/// Which memberships are asked for; everything where empty.
struct MembershipFilter {
  std::optional<PartyId> party = {};
  std::optional<MembershipId> id = {};
  std::optional<Day> on_or_after = {};     ///< those that lasted until then at least
  std::optional<Day> on_or_before = {};    ///< those that had begun by then
  std::optional<MembershipId> after = {};  ///< by id: those that come after it
  std::optional<int> limit = {};
  bool with_taken_back = false;
};

/// The memberships that are wanted, by id, each with all its changes.
std::vector<Membership> read_memberships(Tx& tx, NodeId node, const MembershipFilter& wanted);
/// The membership of this id, taken back or not. Throws Refused: membership_unknown.
Membership read_membership(Tx& tx, NodeId node, MembershipId id);

/// A membership to be written, its party and class known.
struct NewMembership {
  PartyId party;
  ClassId class_id;
  MembershipDraft draft;
};
/// Writes memberships with the changes "applied" and, where a day is given, "admitted". The head must be
/// locked. Those that would overlap another one are left out: returns the ids of the written ones in their
/// order, nothing where one was left out.
std::vector<std::optional<MembershipId>> insert_memberships(Tx& tx, NodeId node,
                                                            const std::vector<NewMembership>& wanted,
                                                            Instant at, std::optional<UserId> by);
/// Writes the next change. The head must be locked. Returns its number.
int insert_change(Tx& tx, NodeId node, MembershipId id, const ChangeDraft& change, Instant at,
                  std::optional<UserId> by, std::optional<int> annuls = {});
/// Writes what follows from its changes: its last day, and whether it was taken back.
void update_membership(Tx& tx, NodeId node, MembershipId id, std::optional<Day> until_on, bool taken_back);
/// Another membership of its party in its class whose days overlap its own if it lasts until `until_on`.
std::optional<MembershipId> find_overlapping(Tx& tx, NodeId node, const Membership& membership,
                                             std::optional<Day> until_on);

}  // namespace coop::members
