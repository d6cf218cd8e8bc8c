#pragma once
#include "api/commands/node_command.hpp"

namespace coop::api {

/// Adds to `coopledger payrun` what takes a request as the API does (settle, lapse, pay), what ends a run
/// (cancel, undo), and what shows one member or all claims (payslip, claims).
void add_payrun_requests(NodeCommand& command);

}  // namespace coop::api
