#pragma once
#include "api/answer.hpp"
#include "api/call.hpp"
#include "ledger/database/tx.hpp"

namespace coop::api {

struct Services;

/// What members owe in work: handlers/obligations.cpp.
Answer list_obligations(const Call& call, Services& services);
Answer record_obligation(Tx& tx, const Call& call, Services& services);
Answer show_obligation(const Call& call, Services& services);
Answer add_who_owes(Tx& tx, const Call& call, Services& services);
Answer withdraw_obligation(Tx& tx, const Call& call, Services& services);
Answer list_settlements(const Call& call, Services& services);
Answer settle_obligation(Tx& tx, const Call& call, Services& services);
Answer reverse_settlement(Tx& tx, const Call& call, Services& services);

/// How they stand: handlers/obligation_standings.cpp.
Answer list_standings(const Call& call, Services& services);
Answer list_own_standings(const Call& call, Services& services);
Answer suggest_split(const Call& call, Services& services);
Answer suggest_own_split(const Call& call, Services& services);

/// Tables of hours that come in: handlers/hours_imports.cpp.
Answer import_hours(const Call& call, Services& services);
Answer list_hours_imports(const Call& call, Services& services);

}  // namespace coop::api
