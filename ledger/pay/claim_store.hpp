#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/pay/claim.hpp"

namespace coop::pay {

/// Where a list of claims goes on.
struct ClaimPlace {
  Day since;
  PayRunNumber run;
  PartyId party;
};
/// Which claims are wanted; nothing: all.
struct ClaimFilter {
  std::string member = {};
  std::optional<DeferredAs> as = {};
  std::optional<UnitId> unit = {};
  std::optional<Day> since_until = {};   ///< those of runs whose last day is not after it
  std::optional<Day> booked_until = {};  ///< those that were booked by then
  std::optional<Day> as_of = {};         ///< as they stood by what was booked up to a day
  std::optional<Instant> known_at = {};  ///< as was known then
  bool only_open = false;
  std::optional<ClaimPlace> after = {};
  std::optional<int> most = {};
};
/// Claims of posted runs, the oldest first.
std::vector<DeferredClaim> read_claims(Tx& tx, NodeId node, const ClaimFilter& filter);

/// What arose, was settled and lapsed in each quarter in which something did, by the days of the entries; the
/// oldest first. By what was booked up to a day and recorded up to an instant, where they are given.
std::vector<ClaimQuarter> read_claim_quarters(Tx& tx, NodeId node, std::optional<Day> as_of = {},
                                              std::optional<Instant> known_at = {});

}  // namespace coop::pay
