#include "ledger/values/reason.hpp"

#include "ledger/values/refusal.hpp"

namespace coop {

void require_reason(const std::string& reason) {
  if (reason.empty() || reason.size() > 500)
    throw Refused{Refusal::field_invalid, "a reason has 1 to 500 bytes", "/reason"};
}

}  // namespace coop
