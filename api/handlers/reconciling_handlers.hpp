#pragma once
#include "api/answer.hpp"
#include "api/call.hpp"

namespace coop {
class Tx;
}

namespace coop::api {

struct Services;

/// How files are read that do not decide it: handlers/reading_profiles.cpp.
Answer list_reading_profiles(const Call& call, Services& services);
Answer save_reading_profile(Tx& tx, const Call& call, Services& services);
Answer read_bank_file_again(Tx& tx, const Call& call, Services& services);

/// Signatures under reconciliations: handlers/signoffs.cpp.
Answer sign_reconciliation(Tx& tx, const Call& call, Services& services);
Answer list_signoffs(const Call& call, Services& services);
Answer show_signoff(const Call& call, Services& services);
Answer countersign_reconciliation(Tx& tx, const Call& call, Services& services);
Answer withdraw_signoff(Tx& tx, const Call& call, Services& services);

/// Counts of cash: handlers/cash_counts.cpp.
Answer count_cash(Tx& tx, const Call& call, Services& services);
Answer list_cash_counts(const Call& call, Services& services);
Answer show_cash_count(const Call& call, Services& services);
Answer witness_cash_count(Tx& tx, const Call& call, Services& services);
Answer withdraw_cash_count(Tx& tx, const Call& call, Services& services);
Answer book_cash_difference(Tx& tx, const Call& call, Services& services);

}  // namespace coop::api
