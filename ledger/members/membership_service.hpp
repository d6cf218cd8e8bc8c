#pragma once
#include <string_view>
#include <vector>

#include "ledger/books/node_service.hpp"
#include "ledger/members/membership.hpp"

namespace coop::members {

/// Begins a membership on the day on which it was applied for, admitted where a day is given.
/// Throws Refused: node_unknown, party_unknown, class_unknown, field_invalid, change_too_early (admitted
/// before applied), membership_overlaps (the party is in the class on one of these days already).
Membership begin_membership(Tx& tx, NodeId node, const MembershipDraft& draft, const books::Author& author);
/// Begins many, all or none. Returns their ids in their order.
std::vector<MembershipId> begin_memberships(Tx& tx, NodeId node, const std::vector<MembershipDraft>& drafts,
                                            const books::Author& author);
/// Records a change, which may be of a past day as long as the later ones still follow.
/// Throws Refused: node_unknown, membership_unknown, and what require_change refuses.
Membership change_membership(Tx& tx, NodeId node, MembershipId id, const ChangeDraft& change,
                             const books::Author& author);
/// Takes a change back: it counts no more, and stays on record. A membership whose last change is taken back
/// never was. Throws Refused: node_unknown, membership_unknown, what require_annulment refuses,
/// membership_overlaps (it would go on into the days of another one).
Membership annul_change(Tx& tx, NodeId node, MembershipId id, int number, std::string_view reason,
                        const books::Author& author);

}  // namespace coop::members
