#pragma once
#include <string>

namespace coop {

/// Refuses a reason that says nothing, or more than 500 bytes.
/// Throws Refused: field_invalid, at `/reason`.
void require_reason(const std::string& reason);

}  // namespace coop
