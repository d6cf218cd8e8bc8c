#pragma once
#include "api/answer.hpp"
#include "api/call.hpp"
#include "ledger/database/tx.hpp"

namespace coop::api {

struct Services;

/// Shares, capital accounts, the surplus that is divided: handlers/shares.cpp and handlers/surplus.cpp.
Answer list_share_classes(const Call& call, Services& services);
Answer adopt_share_class(Tx& tx, const Call& call, Services& services);
Answer list_share_movements(const Call& call, Services& services);
Answer move_shares(Tx& tx, const Call& call, Services& services);
Answer undo_share_movement(Tx& tx, const Call& call, Services& services);
Answer take_back_share_ask(Tx& tx, const Call& call, Services& services);
Answer list_share_asks(const Call& call, Services& services);
Answer withdraw_shares(Tx& tx, const Call& call, Services& services);
Answer report_share_certificate(const Call& call, Services& services);
Answer report_share_register(const Call& call, Services& services);
Answer report_capital_accounts(const Call& call, Services& services);
Answer list_surplus_rules(const Call& call, Services& services);
Answer adopt_surplus_rule(Tx& tx, const Call& call, Services& services);
Answer list_surplus_runs(const Call& call, Services& services);
Answer propose_surplus_run(Tx& tx, const Call& call, Services& services);
Answer show_surplus_run(const Call& call, Services& services);
Answer approve_surplus_run(Tx& tx, const Call& call, Services& services);
Answer cancel_surplus_run(Tx& tx, const Call& call, Services& services);
Answer undo_surplus_run(Tx& tx, const Call& call, Services& services);

}  // namespace coop::api
