#pragma once
#include <functional>
#include <memory>

#include "api/configuration.hpp"

namespace CLI {
class App;
}

namespace coop::api {

/// What a subcommand of `coopledger capital` does; returns the exit code.
using CapitalChoice = std::function<int(const Settings&)>;

/// Adds the subcommands that write: shares moved, taken back, undone, the queue paid, a surplus proposed,
/// approved, cancelled, undone.
/// What is written is a file of JSON as the API takes it.
void add_capital_writes(CLI::App& command, const std::shared_ptr<CapitalChoice>& chosen);

}  // namespace coop::api
