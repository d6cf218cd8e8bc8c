#pragma once
#include <string>
#include <string_view>

#include "ledger/sharing/division.hpp"

namespace coop::sharing {

/// Figures as they are kept with what was divided: [{"name": "fee", "value": "5/2"}], by name.
std::string figures_text(const Figures& figures);
/// Reads them. Throws Refused: field_invalid, name_malformed, amount_overflow.
Figures figures_from_text(std::string_view text);

}  // namespace coop::sharing
