#include <CLI/CLI.hpp>

#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/demo_loading.hpp"
#include "ledger/database/migrations.hpp"

namespace coop::api {

namespace {

int run_demo(const Settings& settings) {
  const BooksDatabase books{settings, BooksUse::fill};
  Database owner{books.owner_settings()};
  migrate(owner);
  Database service{books.service_settings()};
  load_demo_aloud(service);
  return static_cast<int>(ExitCode::success);
}

}  // namespace

void load_demo_aloud(Database& database) {
  const auto say = [](const std::string& step, int done, int of) {
    std::cout << "demo " << done << "/" << of << "  " << step << std::endl;
  };
  const demo::DemoReport report = demo::load_demo(database, say);
  std::cout << "\nThe demonstration is there: " << report.entries_recorded << " entries recorded, "
            << report.entries_there_already << " were there already. Sign in with name and password as\n\n";
  for (const demo::SignIn& sign_in : report.sign_ins) {
    std::cout << "  " << sign_in.user
              << std::string(sign_in.user.size() < 8 ? 8 - sign_in.user.size() : 1, ' ') << sign_in.password
              << std::string(sign_in.password.size() < 22 ? 22 - sign_in.password.size() : 1, ' ')
              << sign_in.roles << "\n";
  }
  std::cout << "\nThese passwords are public: never use them beside real books.\n" << std::endl;
}

void add_demo(CommandLine& line) {
  line.add({"demo",
            "Loads the demonstration: five co-operatives with a year of entries; doing it twice adds nothing",
            {SettingGroup::books, SettingGroup::log},
            {"coopledger demo --data /var/lib/coopledger-demo", "coopledger serve --demo"}},
           [](const Configuration& configuration) { return run_demo(configuration.settings); });
}

}  // namespace coop::api
