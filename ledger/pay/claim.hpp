#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/pay/pay_run.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::pay {

/// What a posted run could not pay to a member: a claim that stands until it is settled, or lapses by a
/// resolution. Minor units.
struct DeferredClaim {
  PayRunNumber run;
  PartyId party;
  std::string member;
  Day since;  ///< the run's last day
  DeferredAs as;
  std::string unit;
  int scale;
  std::int64_t deferred_minor;
  std::int64_t settled_minor;  ///< by posted settlements
  std::int64_t lapsed_minor;   ///< by posted resolutions
  std::int64_t waiting_minor;  ///< what proposals that are not posted yet would settle, or let lapse
  std::string account;         ///< where it stands in the books; empty: nowhere
};
/// What is still owed of it.
std::int64_t open_minor_of(const DeferredClaim& claim);
/// How many days it has stood on a day; 0 before its own.
int age_days(const DeferredClaim& claim, Day on);

/// A line of the public summary: what arose, was settled and lapsed in a quarter, and was open at its end.
/// Names nobody. Minor units.
struct ClaimQuarter {
  Day from_on;  ///< the quarter's first day
  DeferredAs as;
  std::string unit;
  int scale;
  std::int64_t arisen_minor;
  std::int64_t settled_minor;
  std::int64_t lapsed_minor;
  std::int64_t open_minor;
  int open_claims;  ///< how many were open at the quarter's end
};

}  // namespace coop::pay
