#pragma once
#include <string>

#include "ledger/proof/entry_check.hpp"

namespace coop::proof {

/// "12.34 EUR"; minor units where the account is not known.
std::string amount_text(const KnownAccount* account, WideSum amount_minor);
/// "'assets:bank' (EUR)", or "the unknown account 17".
std::string account_text(const KnownAccount* account, std::int64_t id);
/// "2026-01" of a month counted as year * 12 + month - 1.
std::string month_text(std::int64_t month);
/// "2026".
std::string year_text(std::int64_t year);

}  // namespace coop::proof
