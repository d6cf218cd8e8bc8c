#pragma once
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "ledger/collecting/collection.hpp"
#include "ledger/dues/dues_state.hpp"

namespace coop::collecting {

/// That a charge is part of a collection.
struct Claim {
  CollectionNumber collection;
  bool is_settled;  ///< else the collection is still open
};

/// Everything that decides what is proposed to be collected.
struct ProposalFacts {
  Day due_on;
  UnitId euro;
  std::span<const dues::ChargeState> charges;      ///< how the charges stand on the day
  std::map<PartyId, std::string> numbers;          ///< of everybody concerned
  std::vector<MandateRecord> mandates;             ///< by id
  std::map<ChargeNumber, Claim> claims;            ///< charges that collections hold
  std::map<PartyId, CollectionNumber> on_the_way;  ///< who has a line in a collection that is not settled
  std::set<PartyId> last_for;                      ///< from whom nothing is collected after this
};

/// What a proposal consists of, before it has a number.
struct Proposal {
  std::vector<CollectionLine> lines;  ///< in any order, without numbers and end-to-end ids
  std::vector<CollectionSkip> skips;  ///< in any order
};

/// What everybody with a mandate owes on the day: every charge that is due until then, open, and in no other
/// collection, on one line under the mandate that was signed last of those that can be used. Whoever owes
/// something, or gave a mandate that was not cancelled, is on a line or among those who are left out.
Proposal proposal_of(const ProposalFacts& facts);

/// Moves lines that no bank would take to those who are left out, sorts both by member number, and gives the
/// lines that stay numbers from 1 and end-to-end ids.
void put_in_order(Collection& collection);

/// Why something is not owed any more that a line collects, in plain words; empty if all of it is.
/// `open_minor` is what is open of each charge.
std::string no_longer_owed(const CollectionLine& line,
                           const std::map<ChargeNumber, std::int64_t>& open_minor);

}  // namespace coop::collecting
