#pragma once
#include "api/answer.hpp"
#include "api/call.hpp"
#include "ledger/database/tx.hpp"

namespace coop::api {

struct Services;

/// What is shared, bills and usage: handlers/costs.cpp; the table: handlers/table_imports.cpp.
Answer list_cost_pools(const Call& call, Services& services);
Answer adopt_cost_pool(Tx& tx, const Call& call, Services& services);
Answer show_cost_pool(const Call& call, Services& services);
Answer list_cost_bills(const Call& call, Services& services);
Answer record_cost_bill(Tx& tx, const Call& call, Services& services);
Answer withdraw_cost_bill(Tx& tx, const Call& call, Services& services);
Answer list_cost_usage(const Call& call, Services& services);
Answer record_cost_usage(Tx& tx, const Call& call, Services& services);
Answer count_cost_members(Tx& tx, const Call& call, Services& services);
Answer import_cost_usage(const Call& call, Services& services);

/// Periods that are divided, and reports: handlers/cost_allocations.cpp.
Answer list_cost_allocations(const Call& call, Services& services);
Answer propose_cost_allocation(Tx& tx, const Call& call, Services& services);
Answer show_cost_allocation(const Call& call, Services& services);
Answer approve_cost_allocation(Tx& tx, const Call& call, Services& services);
Answer cancel_cost_allocation(Tx& tx, const Call& call, Services& services);
Answer reverse_cost_allocation(Tx& tx, const Call& call, Services& services);
Answer show_cost_evidence(const Call& call, Services& services);
Answer report_cost_account(const Call& call, Services& services);
Answer report_cost_pool(const Call& call, Services& services);
Answer report_cost_claims(const Call& call, Services& services);

}  // namespace coop::api
