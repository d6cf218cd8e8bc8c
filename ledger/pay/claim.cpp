#include "ledger/pay/claim.hpp"

#include <algorithm>

namespace coop::pay {

std::int64_t open_minor_of(const DeferredClaim& claim) {
  return claim.deferred_minor - claim.settled_minor - claim.lapsed_minor;
}

int age_days(const DeferredClaim& claim, Day on) { return std::max(0, on.count() - claim.since.count()); }

}  // namespace coop::pay
