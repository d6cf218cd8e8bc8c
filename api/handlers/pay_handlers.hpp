#pragma once
#include "api/answer.hpp"
#include "api/call.hpp"
#include "ledger/database/tx.hpp"

namespace coop::api {

struct Services;

/// Tariffs, pay runs, and what they defer: handlers/tariffs.cpp, handlers/pay_runs.cpp,
/// handlers/deferred_claims.cpp.
Answer list_tariffs(const Call& call, Services& services);
Answer adopt_tariff(Tx& tx, const Call& call, Services& services);
Answer list_pay_runs(const Call& call, Services& services);
Answer propose_pay_run(Tx& tx, const Call& call, Services& services);
Answer show_pay_run(const Call& call, Services& services);
Answer approve_pay_run(Tx& tx, const Call& call, Services& services);
Answer post_pay_run(Tx& tx, const Call& call, Services& services);
Answer cancel_pay_run(Tx& tx, const Call& call, Services& services);
Answer undo_pay_run(Tx& tx, const Call& call, Services& services);
Answer propose_pay_payment(Tx& tx, const Call& call, Services& services);
Answer show_payslip(const Call& call, Services& services);
Answer list_own_payslips(const Call& call, Services& services);
Answer show_own_payslip(const Call& call, Services& services);
Answer list_deferred_claims(const Call& call, Services& services);
Answer list_own_claims(const Call& call, Services& services);
Answer report_deferred_claims(const Call& call, Services& services);
Answer propose_settlement(Tx& tx, const Call& call, Services& services);
Answer propose_old_claims(Tx& tx, const Call& call, Services& services);
Answer propose_lapse(Tx& tx, const Call& call, Services& services);

}  // namespace coop::api
