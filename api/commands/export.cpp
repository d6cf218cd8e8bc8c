#include <CLI/CLI.hpp>

#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/long_work.hpp"
#include "ledger/journals/native_service.hpp"

namespace coop::api {

namespace {

struct ExportWords {
  std::string node;
  std::string format = "hledger";
  std::string output = "-";
};

int run_export(const Settings& settings, const ExportWords& words) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const journals::Watch watch = watch_on_terminal();
  std::int64_t entries = 0;
  const bool done = write_whole_file(words.output, Readers::usual, [&](const journals::Sink& sink) {
    const auto exported = words.format == "native"
                              ? journals::export_native(database, words.node, system_clock()(), sink, watch)
                              : journals::export_journal(database, words.node,
                                                         journals::dialect_from(words.format), sink, watch);
    entries = exported.entries;
    return exported.complete;
  });
  std::cerr << (done ? "" : "stopped: ") << entries << " entries of " << words.node << " written as "
            << words.format << '\n';
  return static_cast<int>(done ? ExitCode::success : ExitCode::refused);
}

}  // namespace

void add_export(CommandLine& line) {
  const auto words = std::make_shared<ExportWords>();
  CLI::App& command = line.add(
      {"export",
       "Writes the books of a node as a journal of hledger, ledger or beancount, or complete",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger export bcn --format hledger > bcn.journal && hledger -f bcn.journal check -s",
        "coopledger export bcn --format beancount --output bcn.beancount",
        "coopledger export bcn --format native --output bcn.ndjson   # complete: coopledger restore reads "
        "it"}},
      [words](const Configuration& configuration) { return run_export(configuration.settings, *words); });
  command.add_option("node", words->node, "the node's name")->required();
  command.add_option("--format", words->format, "hledger, ledger, beancount or native (complete)")
      ->check(CLI::IsMember({"hledger", "ledger", "beancount", "native"}))
      ->capture_default_str();
  command.add_option("--output", words->output, "the file to write; - is standard output")
      ->capture_default_str();
}

}  // namespace coop::api
