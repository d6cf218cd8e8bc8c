#pragma once
#include <string>
#include <utility>
#include <vector>

#include "ledger/dues/notice.hpp"
#include "ledger/values/period.hpp"

namespace coop::dues {

/// "15 December 2026"
std::string day_in_words(Day day);

/// "December 2026", "2026", or "3 December 2026 to 31 December 2026".
std::string period_in_words(const Period& period);

/// "12.34 EUR", the scale as the notice's unit has it.
std::string amount_in_words(const Notice& notice, std::int64_t minor);

/// One sentence: what is to be paid until when, that nothing is, or what credit is left.
std::string request_of(const Notice& notice);

/// What to type into a bank's form, as names and values in its order; empty if nothing is to be paid, or not
/// by transfer.
std::vector<std::pair<std::string, std::string>> transfer_form_of(const Notice& notice);

}  // namespace coop::dues
