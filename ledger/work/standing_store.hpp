#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/work/obligation.hpp"

namespace coop::work {

/// Where a list of standings goes on.
struct StandingPlace {
  ObligationNumber obligation;
  std::string member;
};

/// Which standings are wanted. Empty: all.
struct StandingFilter {
  std::optional<ObligationNumber> obligation = {};
  std::optional<PartyId> member = {};
  std::optional<std::string> circle = {};
  std::optional<bool> complete = {};
  std::optional<Day> as_of = {};         ///< what was done and settled up to this day
  std::optional<Instant> known_at = {};  ///< as was known then
  std::optional<StandingPlace> after = {};
  int limit = 100;
};

/// How a member stands with an obligation.
struct MemberStanding {
  ObligationNumber obligation;
  ObligationTerms terms;
  PartyId party;
  std::string member;
  ObligationDone done;
};

/// Those, by obligation and member number, without obligations that were withdrawn. Approved hours with the
/// intent `obligation` count toward the obligation to their circle, where the member has one on that day,
/// else toward the one to the node. Always the same number of statements.
std::vector<MemberStanding> read_standings(Tx& tx, NodeId node, const StandingFilter& filter);

/// The obligation toward which hours of a party in a circle on a day count, and what was done of it; nothing:
/// there is none.
std::optional<MemberStanding> find_standing_for(Tx& tx, NodeId node, PartyId party, CircleId circle, Day day);

}  // namespace coop::work
