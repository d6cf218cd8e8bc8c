#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/pay/pay_run.hpp"

namespace coop::pay {

/// What stood open to a member before these books began. Minor units.
struct OldClaim {
  std::string member;
  Day since;
  std::int64_t minor;
};
/// Claims that a co-operative brings with it, all of one kind and unit.
struct OldClaimsDraft {
  Day booked_on;
  Unit unit;
  DeferredAs deferred_as;  ///< not gifts
  std::string against;     ///< an expense, or equity where it is one of years before
  std::string deferred;    ///< where debt or equity stands; empty for points
  std::vector<OldClaim> claims;
  std::string decision;
};
/// The most claims at once.
inline constexpr std::size_t most_old_claims = 10'000;

/// Proposes to take claims in: a run for each day since when some stand, in the order of the days. Two people
/// approve each who are not in it. From then on they are claims like others: in the register, settled,
/// lapsed; undoing the run takes them back. Throws Refused, in this order: decision_missing, field_invalid
/// (decision, a gift, no claim or too many), account_unknown, account_not_open, and of each claim in turn,
/// with its place: field_invalid (not above zero; since after the day of booking), party_unknown,
/// field_invalid (one member twice for a day).
std::vector<PayRun> propose_old_claims(Tx& tx, NodeId node, const OldClaimsDraft& draft,
                                       const books::Author& author);

}  // namespace coop::pay
