#pragma once
#include "api/answer.hpp"
#include "api/call.hpp"
#include "ledger/database/tx.hpp"

namespace coop::api {

struct Services;

/// Funds: handlers/funds.cpp.
Answer report_funds(const Call& call, Services& services);
Answer report_fund_statement(const Call& call, Services& services);
Answer show_fund(const Call& call, Services& services);
Answer adopt_fund_terms(Tx& tx, const Call& call, Services& services);

/// Spending mandates: handlers/spending_mandates.cpp.
Answer list_spending_mandates(const Call& call, Services& services);
Answer show_spending_mandate(const Call& call, Services& services);
Answer grant_spending_mandate(Tx& tx, const Call& call, Services& services);
Answer approve_spending_mandate(Tx& tx, const Call& call, Services& services);
Answer recall_spending_mandate(Tx& tx, const Call& call, Services& services);
Answer draw_on_spending_mandate(Tx& tx, const Call& call, Services& services);
Answer name_entry_of_draw(Tx& tx, const Call& call, Services& services);
Answer take_draw_back(Tx& tx, const Call& call, Services& services);

/// Rules of spending: handlers/spending_rules.cpp.
Answer list_spending_rules(const Call& call, Services& services);
Answer adopt_spending_rule(Tx& tx, const Call& call, Services& services);

/// Budgets: handlers/budgets.cpp.
Answer list_budgets(const Call& call, Services& services);
Answer show_budget(const Call& call, Services& services);
Answer report_budget(const Call& call, Services& services);
Answer adopt_budget(Tx& tx, const Call& call, Services& services);
Answer revise_budget(Tx& tx, const Call& call, Services& services);

/// Rounds of allocation: handlers/allocation_rounds.cpp.
Answer list_allocation_rounds(const Call& call, Services& services);
Answer show_allocation_round(const Call& call, Services& services);
Answer begin_allocation_round(Tx& tx, const Call& call, Services& services);
Answer propose_in_round(Tx& tx, const Call& call, Services& services);
Answer give_in_round(Tx& tx, const Call& call, Services& services);
Answer give_back_in_round(Tx& tx, const Call& call, Services& services);
Answer close_allocation_round(Tx& tx, const Call& call, Services& services);
Answer give_up_allocation_round(Tx& tx, const Call& call, Services& services);

/// What members give of their own shares: handlers/own_allocations.cpp.
Answer list_own_rounds(const Call& call, Services& services);
Answer give_own_share(Tx& tx, const Call& call, Services& services);
Answer give_own_share_back(Tx& tx, const Call& call, Services& services);

}  // namespace coop::api
