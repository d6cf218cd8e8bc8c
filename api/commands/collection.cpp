#include <CLI/CLI.hpp>

#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/collecting/collection_service.hpp"
#include "ledger/collecting/mandate_store.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/collecting_tables.hpp"

namespace coop::api {

namespace {

using collecting::CollectionNumber;

struct CollectionWords {
  std::string node;
  std::int32_t number = 0;
  std::string as_of;
  bool as_csv = false;
};

void print_collections(const reports::Table& table, const CollectionWords& words, bool is_first) {
  std::cout << (words.as_csv ? reports::csv_text(table, is_first) : reports::plain_text(table));
}

void list_collections(Tx& tx, const CollectionWords& words, const books::Node& node, Instant) {
  constexpr int at_once = 500;
  std::optional<CollectionNumber> before;
  for (bool is_first = true;; is_first = false) {
    const auto listed = collecting::list_collections(tx, node.id, std::nullopt, before, at_once);
    if (listed.empty() && !is_first) return;
    print_collections(
        reports::table_of_collections(reports::read_report_node(tx, node.id), listed, std::nullopt), words,
        is_first);
    if (listed.size() < static_cast<std::size_t>(at_once)) return;
    before = listed.back().number;
  }
}

void list_collecting_mandates(Tx& tx, const CollectionWords& words, const books::Node& node, Instant now) {
  constexpr int at_once = 500;
  const Day day = words.as_of.empty() ? day_in_zone(now, node.time_zone) : Day::parse(words.as_of);
  collecting::MandateFilter filter{.limit = at_once};
  for (bool is_first = true;; is_first = false) {
    const auto listed = collecting::read_mandates(tx, node.id, filter);
    if (listed.empty() && !is_first) return;
    print_collections(
        reports::table_of_mandates(reports::read_report_node(tx, node.id), day, listed, true, std::nullopt),
        words, is_first);
    if (listed.size() < static_cast<std::size_t>(at_once)) return;
    filter.after = listed.back().id;
  }
}

void show_collection(Tx& tx, const CollectionWords& words, const books::Node& node, Instant) {
  const auto collection = collecting::read_collection(tx, node.id, CollectionNumber{words.number});
  print_collections(reports::table_of_lines(reports::read_report_node(tx, node.id), collection,
                                            collection.lines, true, std::nullopt),
                    words, true);
  if (words.as_csv) return;
  for (const collecting::CollectionSkip& skip : collection.skips)
    std::cout << skip.member << " is left out: " << skip.words << '\n';
}

void write_file(Tx& tx, const CollectionWords& words, const books::Node& node, Instant) {
  const auto collection = collecting::read_collection(tx, node.id, CollectionNumber{words.number});
  std::cout << collecting::file_of(collection).xml;
}

using CollectionWork = void (*)(Tx&, const CollectionWords&, const books::Node&, Instant);

int run_collection(const Settings& settings, const CollectionWords& words, CollectionWork work) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const Instant now = system_clock()();
  database.in_snapshot([&](Tx& tx) { work(tx, words, books::read_node(tx, words.node), now); });
  return static_cast<int>(ExitCode::success);
}

}  // namespace

void add_collection(CommandLine& line) {
  const auto words = std::make_shared<CollectionWords>();
  const auto chosen = std::make_shared<CollectionWork>();
  CLI::App& command = line.add(
      {"collection",
       "Shows direct debits and writes their file for the bank",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger collection list bcn", "coopledger collection show bcn 12",
        "coopledger collection file bcn 12 > bcn-C12.xml", "coopledger collection mandates bcn --csv"}},
      [words, chosen](const Configuration& configuration) {
        return run_collection(configuration.settings, *words, *chosen);
      });
  command.require_subcommand(1);
  const auto add_below = [&](const char* name, const char* meaning, CollectionWork work) -> CLI::App& {
    CLI::App& added = *command.add_subcommand(name, meaning);
    added.fallthrough();
    added.footer("Settings (--database, --data …) and examples: `coopledger collection --help`.");
    added.add_option("node", words->node, "the node's short name, such as bcn")->required();
    added.callback([chosen, work] { *chosen = work; });
    return added;
  };
  CLI::App& listed = add_below("list", "Lists collections, the newest first", list_collections);
  CLI::App& shown =
      add_below("show", "Shows the lines of a collection, and who is left out", show_collection);
  CLI::App& written = add_below("file", "Writes the file of an approved collection (pain.008)", write_file);
  CLI::App& mandates =
      add_below("mandates", "Lists mandates, and whether they can be used", list_collecting_mandates);
  for (CLI::App* one : {&shown, &written})
    one->add_option("number", words->number, "the collection's number")->required();
  for (CLI::App* one : {&listed, &shown, &mandates})
    one->add_flag("--csv", words->as_csv, "for a spreadsheet");
  mandates.add_option("--as-of", words->as_of, "the day, such as 2026-01-31; without it today");
}

}  // namespace coop::api
