#include <CLI/CLI.hpp>

#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/columns.hpp"
#include "api/commands/commands.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/work/circle_service.hpp"
#include "ledger/work/circle_store.hpp"
#include "reports/circle_tables.hpp"

namespace coop::api {

namespace {

struct CircleWords {
  std::string node;
  std::string circle;
  std::string title;
  std::string member;
  std::string on;
  std::string reason;
  bool is_unpriced = false;
  bool as_csv = false;
};

struct CircleCall {
  Tx& tx;
  const CircleWords& words;
  books::Node node;
  Instant now;

  Day today() const { return day_in_zone(now, node.time_zone); }
  Day day() const { return words.on.empty() ? today() : Day::parse(words.on); }
  books::Author author() const { return {std::nullopt, now}; }
};

using CircleTask = void (*)(const CircleCall&);

void print_table_of(const CircleCall& call, const reports::Table& table) {
  std::cout << (call.words.as_csv ? reports::csv_text(table) : reports::plain_text(table));
}

void list_circles_of_node(const CircleCall& call) {
  print_table_of(
      call, reports::table_of_circles(reports::read_report_node(call.tx, call.node.id),
                                      work::read_circles(call.tx, call.node.id), call.today(), std::nullopt));
}

void print_circle(const work::Circle& circle) {
  std::cout << circle.code << ": " << circle.title << ", from " << circle.from_on.text() << '\n';
  std::vector<std::vector<std::string>> lines;
  for (const work::CircleStep& step : circle.steps)
    lines.push_back({step.on.text(), std::string{work::text_of(step.kind)}, step.member, step.reason});
  std::cout << aligned_columns(lines);
}

void show_one_circle(const CircleCall& call) {
  print_circle(work::read_circle(call.tx, call.node.id, call.words.circle));
}

void found_a_circle(const CircleCall& call) {
  print_circle(work::found_circle(call.tx, call.node.id, {call.words.circle, call.words.title, call.day()},
                                  call.author()));
}

void join_a_circle(const CircleCall& call) {
  print_circle(work::join_circle(call.tx, call.node.id, call.words.circle, call.words.member, call.day(),
                                 call.author()));
}

void leave_a_circle(const CircleCall& call) {
  print_circle(work::leave_circle(call.tx, call.node.id, call.words.circle, call.words.member, call.day(),
                                  call.words.reason, call.author()));
}

void close_a_circle(const CircleCall& call) {
  print_circle(work::close_circle(call.tx, call.node.id, call.words.circle, call.day(), call.words.reason,
                                  call.author()));
}

void list_kinds(const CircleCall& call) {
  print_table_of(call,
                 reports::table_of_work_kinds(reports::read_report_node(call.tx, call.node.id),
                                              work::read_work_kinds(call.tx, call.node.id), std::nullopt));
}

void add_kind(const CircleCall& call) {
  work::add_work_kind(call.tx, call.node.id, {call.words.circle, call.words.title, !call.words.is_unpriced},
                      call.author());
  list_kinds(call);
}

int run_circle(const Settings& settings, const CircleWords& words, CircleTask task) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const Instant now = system_clock()();
  database.in_tx([&](Tx& tx) { task({tx, words, books::read_node(tx, words.node), now}); });
  return static_cast<int>(ExitCode::success);
}

using CircleBelow = std::function<CLI::App&(const char* name, const char* meaning, CircleTask task)>;

void add_circle_words(const CircleBelow& below, CircleWords& words) {
  below("list", "Lists circles, and how many are in each today", list_circles_of_node);
  CLI::App& shown = below("show", "Shows who joined and left a circle", show_one_circle);
  CLI::App& founded =
      below("found", "Founds a circle; the first one brings the usual kinds of work", found_a_circle);
  CLI::App& joined = below("join", "Has a member join a circle from a day on", join_a_circle);
  CLI::App& left =
      below("leave", "Has a member leave a circle; the day is the last one in it", leave_a_circle);
  CLI::App& closed = below("close", "Closes a circle; the day is its last one", close_a_circle);
  below("kinds", "Lists the kinds of work", list_kinds);
  CLI::App& kind = below("add-kind", "Adds a kind of work", add_kind);
  for (CLI::App* one : {&shown, &founded, &joined, &left, &closed})
    one->add_option("circle", words.circle, "the circle's code, such as tech")->required();
  kind.add_option("code", words.circle, "the code of the kind, such as teaching")->required();
  for (CLI::App* one : {&founded, &kind})
    one->add_option("--title", words.title, "what it is called")->required();
  kind.add_flag("--no-price", words.is_unpriced, "its hours are counted, and never paid");
  for (CLI::App* one : {&joined, &left})
    one->add_option("member", words.member, "the member's number")->required();
  for (CLI::App* one : {&founded, &joined, &left, &closed})
    one->add_option("--on", words.on, "the first day, or the last one; today without it");
  for (CLI::App* one : {&left, &closed}) one->add_option("--reason", words.reason, "why")->required();
}

}  // namespace

void add_circle(CommandLine& line) {
  const auto words = std::make_shared<CircleWords>();
  const auto chosen = std::make_shared<CircleTask>();
  CLI::App& command = line.add({"circle",
                                "Founds circles, has members join and leave them; kinds of work",
                                {SettingGroup::books, SettingGroup::log},
                                {"coopledger circle found bcn tech --title Technology --on 2026-01-01",
                                 "coopledger circle join bcn tech M0001 --on 2026-01-01",
                                 "coopledger circle leave bcn tech M0001 --reason 'moved away'",
                                 "coopledger circle list bcn", "coopledger circle kinds bcn"}},
                               [words, chosen](const Configuration& configuration) {
                                 return run_circle(configuration.settings, *words, *chosen);
                               });
  command.require_subcommand(1);
  const auto below = [&](const char* name, const char* meaning, CircleTask task) -> CLI::App& {
    CLI::App& added = *command.add_subcommand(name, meaning);
    added.fallthrough();
    added.footer("Settings (--database, --data …) and examples: `coopledger circle --help`.");
    added.add_option("node", words->node, "the node's short name, such as bcn")->required();
    added.add_flag("--csv", words->as_csv, "for a spreadsheet, of lists");
    added.callback([chosen, task] { *chosen = task; });
    return added;
  };
  add_circle_words(below, *words);
}

}  // namespace coop::api
