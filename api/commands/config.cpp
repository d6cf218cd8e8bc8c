#include <CLI/CLI.hpp>

#include <iostream>

#include "api/commands/commands.hpp"

namespace coop::api {

namespace {

int run_config(const Configuration& configuration) {
  std::cout << text_of(configuration);
  return static_cast<int>(ExitCode::success);
}

}  // namespace

void add_config(CommandLine& line) {
  line.add({"config",
            "Prints the settings in force and where each comes from; passwords are masked",
            {SettingGroup::books, SettingGroup::service, SettingGroup::log},
            {"coopledger config",
             "COOPLEDGER_LISTEN=unix:/run/coopledger/http coopledger config --log-level debug",
             "coopledger config > coopledger.toml   # a file to begin with"}},
           run_config);
}

}  // namespace coop::api
