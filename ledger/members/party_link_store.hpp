#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/members/party.hpp"

namespace coop::members {

/// That a sign-in is or was a party's.
struct PartyLink {
  PartyId party;
  std::optional<Instant> unlinked_at;  ///< of the last link; nothing: they are linked
};

/// What organisations declared, by number.
std::vector<HeadCount> read_head_counts(Tx& tx, NodeId node, PartyId party);
/// Writes the next declaration. The head must be locked. Returns its number.
int insert_head_count(Tx& tx, NodeId node, PartyId party, Day from_on, int members, Instant at,
                      std::optional<UserId> by);

/// The user of this name. Throws Refused: user_unknown.
UserId read_user_id(Tx& tx, std::string_view name);
/// The names of the users who see the party's own view.
std::vector<std::string> read_linked_users(Tx& tx, NodeId node, PartyId party);
/// The parties whose own view the user sees, by number.
std::vector<Party> read_parties_of_user(Tx& tx, NodeId node, UserId user);
/// The parties that the user is or ever was linked with, each once.
std::vector<PartyLink> read_links_of_user(Tx& tx, NodeId node, UserId user);
/// Whether one of these members' sign-ins is this user, or was at any time since: nobody approves what is
/// theirs by ending the link before.
bool was_one_of(Tx& tx, NodeId node, UserId user, const std::vector<std::string>& members, Instant since);
/// Links a user with a party, if they are not linked. Returns whether they were not.
bool insert_party_user(Tx& tx, NodeId node, PartyId party, UserId user, Instant at, std::optional<UserId> by);
/// Ends the link with one user, or without one with all; that they were linked stays known. Returns how many
/// were ended.
int end_party_users(Tx& tx, NodeId node, PartyId party, std::optional<UserId> user, Instant at,
                    std::optional<UserId> by);

}  // namespace coop::members
