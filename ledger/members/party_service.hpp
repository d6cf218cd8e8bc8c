#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/node_service.hpp"
#include "ledger/members/party.hpp"

namespace coop::members {

/// Adds a person or organisation under the number given, or the next free one of the form M0001. A member of
/// this number whom the books know already becomes this party, and what was written of its name there goes.
/// Throws Refused: node_unknown, name_malformed (number), field_invalid and iban_malformed (profile),
/// party_exists.
Party add_party(Tx& tx, NodeId node, const PartyDraft& draft, const books::Author& author);
/// Adds many, all or none. Returns them in their order.
std::vector<Party> add_parties(Tx& tx, NodeId node, const std::vector<PartyDraft>& drafts,
                               const books::Author& author);

/// Changes personal data. Throws Refused: node_unknown, party_unknown, party_erased, field_missing (a name,
/// where there is no profile yet), field_invalid, iban_malformed.
Profile change_profile(Tx& tx, NodeId node, std::string_view number, const ProfileChange& change,
                       const books::Author& author);
/// Erases personal data and sign-ins for good; entries, memberships and the number stay.
/// Throws Refused: node_unknown, party_unknown, field_invalid (reason of 1 to 500 bytes), party_erased.
void erase_party(Tx& tx, NodeId node, std::string_view number, const std::string& reason,
                 const books::Author& author);

/// Declares how many members an organisation has from a day on.
/// Throws Refused: node_unknown, party_unknown, party_not_organisation, field_invalid (members).
HeadCount declare_head_count(Tx& tx, NodeId node, std::string_view number, Day from_on, int members,
                             const books::Author& author);

/// Lets a user see the party's own view; once is enough.
/// Throws Refused: node_unknown, party_unknown, user_unknown, party_erased.
void link_user(Tx& tx, NodeId node, std::string_view number, std::string_view user,
               const books::Author& author);
/// Ends that. Throws Refused: node_unknown, party_unknown, user_unknown (nobody so called is linked).
void unlink_user(Tx& tx, NodeId node, std::string_view number, std::string_view user,
                 const books::Author& author);

}  // namespace coop::members
