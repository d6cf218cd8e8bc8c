#pragma once
#include "api/commands/node_command.hpp"

namespace coop::api {

/// Adds to `coopledger costs` what writes: begins a pool and its terms, records bills, divides a period,
/// approves, gives up and takes back a division.
void add_costs_requests(NodeCommand& command);

}  // namespace coop::api
