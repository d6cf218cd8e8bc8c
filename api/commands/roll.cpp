#include <CLI/CLI.hpp>

#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/columns.hpp"
#include "api/commands/commands.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/rolls/roll_service.hpp"
#include "ledger/rolls/roll_store.hpp"
#include "reports/roll_table.hpp"

namespace coop::api {

namespace {

struct RollWords {
  std::string node;
  int number = 0;
  std::string title;
  std::string as_of;
  std::string known_at;
  bool as_csv = false;
};

struct RollCall {
  const RollWords& words;
  books::Node node;
  Instant now;
};

Day day_of(const RollCall& call) {
  return call.words.as_of.empty() ? day_in_zone(call.now, call.node.time_zone) : Day::parse(call.words.as_of);
}

std::optional<Instant> instant_of(const RollCall& call) {
  if (call.words.known_at.empty()) return std::nullopt;
  return instant_from_text(call.words.known_at);
}

void print(const reports::Table& table, const RollWords& words) {
  std::cout << (words.as_csv ? reports::csv_text(table) : reports::plain_text(table));
}

void preview(Tx& tx, const RollCall& call) {
  const rolls::Roll roll = rolls::read_roll(tx, call.node.id, {day_of(call), instant_of(call)});
  print(reports::table_of_roll(reports::read_report_node(tx, call.node.id), roll, roll.lines), call.words);
}

void freeze(Tx& tx, const RollCall& call) {
  const rolls::FrozenRoll roll = rolls::freeze_roll(
      tx, call.node.id, {call.words.title, day_of(call), instant_of(call)}, {std::nullopt, call.now});
  const rolls::RollClass sum = rolls::sum_of(roll.classes);
  std::cout << "roll " << roll.number.number() << " of " << roll.as_of.text() << ": " << sum.eligible
            << " of " << sum.registered << " may vote, with " << sum.votes
            << (sum.votes == 1 ? " vote" : " votes") << '\n'
            << hex_of(roll.hash) << '\n';
}

void list(Tx& tx, const RollCall& call) {
  std::vector<std::vector<std::string>> lines;
  for (const rolls::FrozenRoll& roll : rolls::list_rolls(tx, call.node.id, std::nullopt, 1'000)) {
    const rolls::RollClass sum = rolls::sum_of(roll.classes);
    lines.push_back({std::to_string(roll.number.number()), roll.as_of.text(), roll.title,
                     std::to_string(sum.eligible) + " eligible", std::to_string(sum.votes) + " votes",
                     hex_of(roll.hash)});
  }
  std::cout << aligned_columns(lines);
}

void show(Tx& tx, const RollCall& call) {
  const rolls::RollNumber number{call.words.number};
  const rolls::FrozenRoll roll = rolls::read_frozen_roll(tx, call.node.id, number);
  std::vector<rolls::RollLine> lines;
  for (rolls::PlacedLine& one :
       rolls::read_roll_lines(tx, call.node.id, number, {}, 0, std::numeric_limits<int>::max()))
    lines.push_back(std::move(one.line));
  print(reports::table_of_roll(reports::read_report_node(tx, call.node.id), roll, lines), call.words);
}

void text(Tx& tx, const RollCall& call) {
  std::cout << rolls::read_canonical_text(tx, call.node.id, rolls::RollNumber{call.words.number});
}

using RollWork = void (*)(Tx&, const RollCall&);

int run_roll(const Settings& settings, const RollWords& words, RollWork work) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const Instant now = system_clock()();
  database.in_tx([&](Tx& tx) { work(tx, {words, books::read_node(tx, words.node), now}); });
  return static_cast<int>(ExitCode::success);
}

CLI::App& add_below(CLI::App& command, const std::string& name, const std::string& meaning,
                    const std::shared_ptr<RollWords>& words, const std::shared_ptr<RollWork>& chosen,
                    RollWork work) {
  CLI::App& added = *command.add_subcommand(name, meaning);
  added.fallthrough();
  added.footer("Settings (--database, --data …) and examples: `coopledger roll --help`.");
  added.add_option("node", words->node, "the node's short name, such as bcn")->required();
  added.callback([chosen, work] { *chosen = work; });
  return added;
}

}  // namespace

void add_roll(CommandLine& line) {
  const auto words = std::make_shared<RollWords>();
  const auto chosen = std::make_shared<RollWork>();
  CLI::App& command = line.add(
      {"roll",
       "Tells who may vote on a day, and freezes it",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger roll preview bcn --as-of 2026-03-31",
        "coopledger roll freeze bcn --as-of 2026-03-31 --title 'Annual assembly'", "coopledger roll list bcn",
        "coopledger roll show bcn 1 --csv", "coopledger roll text bcn 1 | sha256sum"}},
      [words, chosen](const Configuration& configuration) {
        return run_roll(configuration.settings, *words, *chosen);
      });
  command.require_subcommand(1);
  CLI::App& previewed =
      add_below(command, "preview", "Who may vote on a day, nothing frozen", words, chosen, preview);
  CLI::App& frozen =
      add_below(command, "freeze", "Freezes the roll of a day, for good", words, chosen, freeze);
  add_below(command, "list", "Lists the frozen rolls", words, chosen, list);
  CLI::App& shown = add_below(command, "show", "Shows a frozen roll", words, chosen, show);
  CLI::App& told =
      add_below(command, "text", "The text of which its hash is the SHA-256", words, chosen, text);
  for (CLI::App* one : {&previewed, &frozen}) {
    one->add_option("--as-of", words->as_of, "the day that decides, such as 2026-03-31; without it today");
    one->add_option("--known-at", words->known_at, "as was known then, such as 2026-04-01T12:00:00Z");
  }
  frozen.add_option("--title", words->title, "what it is for")->required();
  for (CLI::App* one : {&shown, &told})
    one->add_option("number", words->number, "the roll's number")->required();
  for (CLI::App* one : {&previewed, &shown}) one->add_flag("--csv", words->as_csv, "for a spreadsheet");
}

}  // namespace coop::api
