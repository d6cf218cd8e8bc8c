#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/members/party.hpp"

namespace coop::members {

/// The party of this number, upper and lower case being the same.
std::optional<Party> find_party(Tx& tx, NodeId node, std::string_view number);
/// The same, which must exist. Throws Refused: party_unknown.
Party read_party(Tx& tx, NodeId node, std::string_view number);
/// The parties of these numbers, in their order; nothing where there is none.
std::vector<std::optional<Party>> find_parties(Tx& tx, NodeId node, const std::vector<std::string>& numbers);
/// The same, which must all exist. Throws Refused: party_unknown, naming the first that is none.
std::vector<Party> read_parties(Tx& tx, NodeId node, const std::vector<std::string>& numbers);
/// The member numbers of every party of the node.
std::map<PartyId, std::string> read_party_numbers(Tx& tx, NodeId node);
/// The member number of a party that exists.
std::string read_party_number(Tx& tx, NodeId node, PartyId party);
/// One of these numbers that is taken, if any is.
std::optional<std::string> find_taken_number(Tx& tx, NodeId node, const std::vector<std::string>& numbers);
/// The highest number of the form M0001 that the node's books know, 0 if there is none.
std::int64_t highest_party_number(Tx& tx, NodeId node);

/// Writes parties, whose numbers must be given and whose dimensions must exist, and their profiles. A
/// dimension that had a name of its own loses it. The head must be locked. Returns them in their order.
std::vector<Party> insert_parties(Tx& tx, NodeId node, std::span<const PartyDraft> drafts, Instant at,
                                  std::optional<UserId> by);

/// The party's personal data, if it has any.
std::optional<Profile> find_profile(Tx& tx, NodeId node, PartyId party);
/// Writes the party's profile, new or changed.
void put_profile(Tx& tx, NodeId node, PartyId party, const Profile& profile, Instant at);
/// Removes it, if there is one.
void delete_profile(Tx& tx, NodeId node, PartyId party);
/// Records that the personal data is gone; profile and sign-ins must be gone.
void insert_erasure(Tx& tx, NodeId node, PartyId party, const std::string& reason, Instant at,
                    std::optional<UserId> by);
/// The erasure of the party, if it was erased.
std::optional<Erasure> find_erasure(Tx& tx, NodeId node, PartyId party);

}  // namespace coop::members
