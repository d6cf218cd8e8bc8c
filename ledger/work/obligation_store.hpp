#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/members/party.hpp"
#include "ledger/work/obligation.hpp"

namespace coop::work {

/// Which obligations are wanted. Empty: all.
struct ObligationFilter {
  std::optional<PartyId> member = {};      ///< who owes them
  std::optional<std::string> circle = {};  ///< to which they are owed
  std::optional<Day> on = {};              ///< a day of their time
  std::optional<ObligationNumber> only = {};
  std::optional<ObligationNumber> before = {};
  int limit = 100;
};
/// Those, the newest first.
std::vector<Obligation> list_obligations(Tx& tx, NodeId node, const ObligationFilter& filter);
/// The obligation of this number. Throws Refused: obligation_unknown.
Obligation read_obligation(Tx& tx, NodeId node, ObligationNumber number);
/// Writes an obligation with the next number. The head must be locked.
ObligationNumber insert_obligation(Tx& tx, NodeId node, const ObligationTerms& terms,
                                   std::optional<CircleId> circle, const books::Author& author);

/// Those of the parties who owe it already.
std::vector<PartyId> read_who_owes(Tx& tx, NodeId node, ObligationNumber obligation,
                                   std::span<const members::Party> parties);
/// Somebody of the parties, and an obligation toward which their hours count in a part of the time already.
struct OverlappingObligation {
  PartyId party;
  ObligationNumber number;
};
/// The first there is, by party; what is owed to a circle and to the node are told apart.
std::optional<OverlappingObligation> find_overlapping(Tx& tx, NodeId node,
                                                      std::span<const members::Party> parties,
                                                      const ObligationTerms& terms,
                                                      std::optional<CircleId> circle);
/// Writes who owes it. The head must be locked.
void insert_obligation_members(Tx& tx, NodeId node, ObligationNumber obligation,
                               std::span<const members::Party> parties, const books::Author& author);
/// Writes that nobody owes it any more. The head must be locked.
void insert_withdrawal(Tx& tx, NodeId node, ObligationNumber obligation, const std::string& reason,
                       const books::Author& author);

/// The settlements of an obligation after this one, by number; of one member or all.
std::vector<ObligationSettlement> read_settlements(Tx& tx, NodeId node, ObligationNumber obligation,
                                                   std::optional<PartyId> member, int after, int limit);
/// A settlement to be written.
struct NewSettlement {
  SettlementKind kind;
  PartyId party;
  Day on;
  std::optional<std::int64_t> minor = {};
  std::optional<int> minutes = {};
  std::optional<EntryNumber> entry = {};
  std::optional<int> reverses = {};
  std::string words = {};
};
/// Writes it. The head must be locked. Returns its number.
int insert_settlement(Tx& tx, NodeId node, ObligationNumber obligation, const NewSettlement& settlement,
                      const books::Author& author);

/// Whether a settlement was taken back.
bool is_reversed(Tx& tx, NodeId node, ObligationNumber obligation, int settlement);

/// What a member gave by an entry in a unit, and how much of it settles obligations in that unit. Minor
/// units.
struct EntrySettling {
  bool is_reversed;
  std::int64_t given_minor;
  std::int64_t settled_minor;
};
/// Nothing: there is no such entry.
std::optional<EntrySettling> find_entry_settling(Tx& tx, NodeId node, EntryNumber entry, PartyId party,
                                                 UnitId unit);
/// Whether the user signs in as the party that owes it, or did since it was recorded; without a party, as any
/// that owes it.
bool is_own_debt(Tx& tx, NodeId node, ObligationNumber obligation, std::optional<PartyId> party, UserId user);

}  // namespace coop::work
