#include <CLI/CLI.hpp>

#include <iostream>
#include <sstream>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/work/hours_store.hpp"
#include "reports/hours_tables.hpp"

namespace coop::api {

namespace {

struct HoursWords {
  std::string node;
  std::string member;
  std::string circle;
  std::string from;
  std::string to;
  std::string by = "member";
  bool as_csv = false;
};

struct HoursCall {
  Database& database;
  const HoursWords& words;
  books::Node node;
};

std::optional<Day> maybe_day(const std::string& typed) {
  return typed.empty() ? std::nullopt : std::optional{Day::parse(typed)};
}

work::HoursFilter filter_of_words(const HoursWords& words) {
  return {.member = words.member,
          .circle = words.circle,
          .from = maybe_day(words.from),
          .to = maybe_day(words.to)};
}

void list_hours_of_node(const HoursCall& call) {
  work::HoursFilter filter = filter_of_words(call.words);
  filter.limit = 500;
  for (bool is_first = true;; is_first = false) {
    const auto listed =
        call.database.in_snapshot([&](Tx& tx) { return work::list_hours(tx, call.node.id, filter); });
    if (listed.empty() && !is_first) return;
    const auto table = call.database.in_snapshot([&](Tx& tx) {
      return reports::table_of_hours(reports::read_report_node(tx, call.node.id), listed, std::nullopt);
    });
    std::cout << (call.words.as_csv ? reports::csv_text(table, is_first) : reports::plain_text(table));
    if (listed.size() < static_cast<std::size_t>(filter.limit)) return;
    filter.before = listed.back().number;
  }
}

void add_up_hours(const HoursCall& call) {
  work::HoursGrouping grouping;
  std::istringstream typed{call.words.by};
  for (std::string word; std::getline(typed, word, ',');) {
    if (word == "member") grouping.by_member = true;
    else if (word == "circle") grouping.by_circle = true;
    else if (word == "work") grouping.by_kind = true;
    else if (word == "intent") grouping.by_intent = true;
    else if (word == "month") grouping.by_month = true;
    else throw Refused{Refusal::field_invalid, "--by knows member, circle, work, intent, month"};
  }
  const auto table = call.database.in_snapshot([&](Tx& tx) {
    const auto sums = work::sum_hours(tx, call.node.id, grouping, filter_of_words(call.words), std::nullopt);
    return reports::table_of_hours_sums(reports::read_report_node(tx, call.node.id), sums, grouping);
  });
  std::cout << (call.words.as_csv ? reports::csv_text(table) : reports::plain_text(table));
}

using HoursTask = void (*)(const HoursCall&);

int run_hours(const Settings& settings, const HoursWords& words, HoursTask task) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const auto node = database.in_snapshot([&](Tx& tx) { return books::read_node(tx, words.node); });
  task({database, words, node});
  return static_cast<int>(ExitCode::success);
}

}  // namespace

void add_hours(CommandLine& line) {
  const auto words = std::make_shared<HoursWords>();
  const auto chosen = std::make_shared<HoursTask>();
  CLI::App& command = line.add({"hours",
                                "Lists hours, and adds them up",
                                {SettingGroup::books, SettingGroup::log},
                                {"coopledger hours list bcn --circle tech --from 2026-01-01",
                                 "coopledger hours sums bcn --by member,intent --csv"}},
                               [words, chosen](const Configuration& configuration) {
                                 return run_hours(configuration.settings, *words, *chosen);
                               });
  command.require_subcommand(1);
  const auto below = [&](const char* name, const char* meaning, HoursTask task) -> CLI::App& {
    CLI::App& added = *command.add_subcommand(name, meaning);
    added.fallthrough();
    added.footer("Settings (--database, --data …) and examples: `coopledger hours --help`.");
    added.add_option("node", words->node, "the node's short name, such as bcn")->required();
    added.add_option("--member", words->member, "only of this member");
    added.add_option("--circle", words->circle, "only of this circle");
    added.add_option("--from", words->from, "worked from this day on");
    added.add_option("--to", words->to, "worked up to this day");
    added.add_flag("--csv", words->as_csv, "for a spreadsheet");
    added.callback([chosen, task] { *chosen = task; });
    return added;
  };
  below("list", "Lists hours, the latest recorded first", list_hours_of_node);
  CLI::App& sums = below("sums", "Adds up what counts, waits, was rejected and was taken back", add_up_hours);
  sums.add_option("--by", words->by, "member, circle, work, intent, month; commas between");
}

}  // namespace coop::api
