#include "ledger/values/refusal.hpp"

#include <utility>

namespace coop {

Refused::Refused(Refusal refusal, std::string detail, std::string field)
    : refusal_{refusal}, detail_{std::move(detail)}, field_{std::move(field)}, what_{text_of(refusal).code} {
  if (!detail_.empty()) what_ += ": " + detail_;
  if (!field_.empty()) what_ += " (" + field_ + ")";
}

Refused Refused::below(std::string_view prefix) const {
  return Refused{refusal_, detail_, std::string{prefix} + field_};
}

}  // namespace coop
