#include <CLI/CLI.hpp>

#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "ledger/database/migrations.hpp"

namespace coop::api {

namespace {

int run_migrate(const Settings& settings, bool check_only) {
  const BooksDatabase books{settings, check_only ? BooksUse::look : BooksUse::fill};
  Database owner{books.owner_settings()};
  if (check_only) {
    const bool current = is_migrated(owner);
    std::cout << (current ? "the schema is up to date\n" : "the schema is not at this program's version\n");
    return static_cast<int>(current ? ExitCode::success : ExitCode::refused);
  }
  const MigrationReport report = migrate(owner);
  for (const std::string& name : report.applied) std::cout << "applied " << name << "\n";
  std::cout << "the schema is at " << report.newest << "\n";
  return static_cast<int>(ExitCode::success);
}

}  // namespace

void add_migrate(CommandLine& line) {
  const auto check_only = std::make_shared<bool>(false);
  CLI::App& command =
      line.add({"migrate",
                "Brings the database's schema to this program's version; doing it twice does nothing",
                {SettingGroup::books, SettingGroup::log},
                {"coopledger migrate --data /var/lib/coopledger",
                 "coopledger migrate --database postgresql://coopledger@db/books --owner-database "
                 "postgresql://owner@db/books",
                 "coopledger migrate --check && echo ready   # changes nothing"}},
               [check_only](const Configuration& configuration) {
                 return run_migrate(configuration.settings, *check_only);
               });
  command.add_flag("--check", *check_only, "only says whether the schema is up to date (exit code 1 if not)");
}

}  // namespace coop::api
