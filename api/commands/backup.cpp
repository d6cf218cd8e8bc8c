#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/long_work.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/database/migrations.hpp"
#include "ledger/journals/native_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

struct BackupWords {
  std::string folder;
  std::vector<std::string> nodes;
};

int run_backup(const Settings& settings, BackupWords words) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  if (words.nodes.empty()) {
    for (const auto& node : database.in_snapshot([](Tx& tx) { return books::read_nodes(tx); })) {
      words.nodes.push_back(node.name);
    }
  }
  std::filesystem::create_directories(words.folder);
  const journals::Watch watch = watch_on_terminal();
  for (const std::string& node : words.nodes) {
    const auto file = std::filesystem::path{words.folder} / (node + ".ndjson");
    std::int64_t entries = 0;
    const bool done = write_whole_file(file.string(), Readers::owner, [&](const journals::Sink& sink) {
      const auto exported = journals::export_native(database, node, system_clock()(), sink, watch);
      entries = exported.entries;
      return exported.complete;
    });
    if (!done) return static_cast<int>(ExitCode::refused);
    const auto summary = journals::check_native(file, watch);
    std::cout << file.string() << ": " << entries << " entries, checked, last hash "
              << hex_of(summary.last_hash) << '\n';
  }
  return static_cast<int>(ExitCode::success);
}

struct RestoreWords {
  std::vector<std::string> files;
  bool check_only = false;
};

void print_restored(const std::string& file, const journals::NativeSummary& summary, std::string_view what) {
  std::cout << file << ": " << what << " node " << summary.node << ", " << summary.entries
            << " entries, last hash " << hex_of(summary.last_hash) << '\n';
}

/// So that a mistyped name begins no books.
void require_readable(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (file != "-" && !std::ifstream{file})
      throw Refused{Refusal::import_unreadable, "the file " + file + " cannot be opened"};
  }
}

int run_restore(const Settings& settings, const RestoreWords& words) {
  const journals::Watch watch = watch_on_terminal();
  if (words.check_only) {
    for (const std::string& file : words.files) {
      const InputFile input{file};
      const auto summary = journals::check_native(input.path(), watch);
      if (!summary.complete) return static_cast<int>(ExitCode::refused);
      print_restored(file, summary, "every line follows,");
    }
    return static_cast<int>(ExitCode::success);
  }
  require_readable(words.files);
  const BooksDatabase books{settings, BooksUse::fill};
  Database owner{books.owner_settings()};
  migrate(owner);
  Database database{books.service_settings()};
  for (const std::string& file : words.files) {
    const InputFile input{file};
    const auto summary = journals::restore_native(database, input.path(), system_clock()(), watch);
    if (!summary.complete) return static_cast<int>(ExitCode::refused);
    print_restored(file, summary, "restored");
  }
  return static_cast<int>(ExitCode::success);
}

}  // namespace

void add_backup(CommandLine& line) {
  const auto words = std::make_shared<BackupWords>();
  CLI::App& command = line.add(
      {"backup",
       "Writes the complete books of every node into a folder, one file a node that its owner alone may "
       "read, and "
       "reads them back to check",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger backup /var/backups/coopledger", "coopledger backup here --node bcn --node mcr"}},
      [words](const Configuration& configuration) { return run_backup(configuration.settings, *words); });
  command.add_option("folder", words->folder, "where the files go; made if it is missing")->required();
  command.add_option("--node", words->nodes, "only this node (may be given several times)");
}

void add_restore(CommandLine& line) {
  const auto words = std::make_shared<RestoreWords>();
  CLI::App& command = line.add(
      {"restore",
       "Makes nodes again from complete exports: the same numbers, instants and hashes",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger restore /var/backups/coopledger/*.ndjson",
        "coopledger restore --check bcn.ndjson   # verifies every line; needs no database"}},
      [words](const Configuration& configuration) { return run_restore(configuration.settings, *words); });
  command.add_option("files", words->files, "complete exports; - is standard input")->required();
  command.add_flag("--check", words->check_only, "only reads and verifies the files; touches no database");
}

}  // namespace coop::api
