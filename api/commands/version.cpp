#include <CLI/CLI.hpp>

#include <iostream>

#include "api/commands/commands.hpp"
#include "ledger/database/migrations.hpp"

namespace coop::api {

namespace {

int run_version() {
  std::cout << "coopledger " << COOP_VERSION << ", schema " << embedded_migrations().back().name << "\n";
  return static_cast<int>(ExitCode::success);
}

}  // namespace

void add_version(CommandLine& line) {
  line.add({"version",
            "Prints the version of the program and of the schema it brings",
            {},
            {"coopledger version"}},
           [](const Configuration&) { return run_version(); });
}

}  // namespace coop::api
