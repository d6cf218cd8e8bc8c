#include <CLI/CLI.hpp>

#include <iostream>

#include "api/commands/columns.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/node_command.hpp"
#include "ledger/rolls/roll_service.hpp"
#include "ledger/rolls/roll_store.hpp"
#include "reports/roll_table.hpp"

namespace coop::api {

namespace {

struct RollWords {
  int number = 0;
  std::string title;
  std::string as_of;
  std::string known_at;
};

struct RollCall : NodeCall {
  const RollWords& words;

  Day day() const { return typed_day(words.as_of).value_or(today()); }
  std::optional<Instant> known_at() const { return typed_instant(words.known_at); }
};

void preview_roll(Tx& tx, const RollCall& call) {
  const rolls::Roll roll = rolls::read_roll(tx, call.node.id, {call.day(), call.known_at()});
  call.print(reports::table_of_roll(reports::read_report_node(tx, call.node.id), roll, roll.lines));
}

void freeze(Tx& tx, const RollCall& call) {
  const rolls::FrozenRoll roll =
      rolls::freeze_roll(tx, call.node.id, {call.words.title, call.day(), call.known_at()}, call.author());
  const rolls::RollClass sum = rolls::sum_of(roll.classes);
  std::cout << "roll " << roll.number.number() << " of " << roll.as_of.text() << ": " << sum.eligible
            << " of " << sum.registered << " may vote, with " << sum.votes
            << (sum.votes == 1 ? " vote" : " votes") << '\n'
            << hex_of(roll.hash) << '\n';
}

void list_rolls(Tx& tx, const RollCall& call) {
  std::vector<std::vector<std::string>> lines;
  for (const rolls::FrozenRoll& roll : rolls::list_rolls(tx, call.node.id, std::nullopt, 1'000)) {
    const rolls::RollClass sum = rolls::sum_of(roll.classes);
    lines.push_back({std::to_string(roll.number.number()), roll.as_of.text(), roll.title,
                     std::to_string(sum.eligible) + " eligible", std::to_string(sum.votes) + " votes",
                     hex_of(roll.hash)});
  }
  std::cout << aligned_columns(lines);
}

void show_roll(Tx& tx, const RollCall& call) {
  const rolls::RollNumber number{call.words.number};
  const rolls::FrozenRoll roll = rolls::read_frozen_roll(tx, call.node.id, number);
  std::vector<rolls::RollLine> lines;
  for (rolls::PlacedLine& one :
       rolls::read_roll_lines(tx, call.node.id, number, {}, 0, std::numeric_limits<int>::max()))
    lines.push_back(std::move(one.line));
  call.print(reports::table_of_roll(reports::read_report_node(tx, call.node.id), roll, lines));
}

void text(Tx& tx, const RollCall& call) {
  std::cout << rolls::read_canonical_text(tx, call.node.id, rolls::RollNumber{call.words.number});
}

using RollWork = void (*)(Tx&, const RollCall&);

}  // namespace

void add_roll(CommandLine& line) {
  const auto words = std::make_shared<RollWords>();
  NodeCommand command{
      line,
      {"roll",
       "Tells who may vote on a day, and freezes it",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger roll preview bcn --as-of 2026-03-31",
        "coopledger roll freeze bcn --as-of 2026-03-31 --title 'Annual assembly' --user ann < password",
        "coopledger roll list bcn", "coopledger roll show bcn 1 --csv",
        "coopledger roll text bcn 1 | sha256sum"}}};
  const auto below = [&](const char* name, const char* meaning, RollWork work) -> CLI::App& {
    return command.below(name, meaning, [words, work](const NodeCall& call) {
      call.database.in_tx([&](Tx& tx) { work(tx, RollCall{call, *words}); });
    });
  };
  CLI::App& previewed = below("preview", "Who may vote on a day, nothing frozen", preview_roll);
  CLI::App& frozen = below("freeze", "Freezes the roll of a day, for good", freeze);
  CLI::App& listed = below("list", "Lists the frozen rolls", list_rolls);
  CLI::App& shown = below("show", "Shows a frozen roll", show_roll);
  CLI::App& told = below("text", "The text of which its hash is the SHA-256", text);
  for (CLI::App* one : {&previewed, &frozen}) {
    one->add_option("--as-of", words->as_of, "the day that decides, such as 2026-03-31; without it today");
    one->add_option("--known-at", words->known_at, "as was known then, such as 2026-04-01T12:00:00Z");
  }
  frozen.add_option("--title", words->title, "what it is for")->required();
  for (CLI::App* one : {&shown, &told})
    one->add_option("number", words->number, "the roll's number")->required();
  command.ask_who({&frozen}, access::Action::keep_members);
  command.print_no_table({&frozen, &listed, &told});
}

}  // namespace coop::api
