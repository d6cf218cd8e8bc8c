#include <CLI/CLI.hpp>

#include <iostream>

#include "api/commands/columns.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/node_command.hpp"
#include "ledger/work/circle_service.hpp"
#include "ledger/work/circle_store.hpp"
#include "reports/circle_tables.hpp"

namespace coop::api {

namespace {

struct CircleWords {
  std::string circle;
  std::string title;
  std::string member;
  std::string on;
  std::string reason;
  bool is_unpriced = false;
};

struct CircleCall : NodeCall {
  Tx& tx;
  const CircleWords& words;

  Day day() const { return typed_day(words.on).value_or(today()); }
};

using CircleTask = void (*)(const CircleCall&);

void list_circles_of_node(const CircleCall& call) {
  call.print(reports::table_of_circles(reports::read_report_node(call.tx, call.node.id),
                                       work::read_circles(call.tx, call.node.id), call.today(),
                                       std::nullopt));
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
  call.print(reports::table_of_work_kinds(reports::read_report_node(call.tx, call.node.id),
                                          work::read_work_kinds(call.tx, call.node.id), std::nullopt));
}

void add_kind(const CircleCall& call) {
  work::add_work_kind(call.tx, call.node.id, {call.words.circle, call.words.title, !call.words.is_unpriced},
                      call.author());
  list_kinds(call);
}

using CircleBelow = std::function<CLI::App&(const char* name, const char* meaning, CircleTask task)>;

void add_circle_words(NodeCommand& command, const CircleBelow& below, CircleWords& words) {
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
  command.ask_who({&founded, &joined, &left, &closed, &kind}, access::Action::keep_members);
  command.print_no_table({&shown, &founded, &joined, &left, &closed});
}

}  // namespace

void add_circle(CommandLine& line) {
  const auto words = std::make_shared<CircleWords>();
  NodeCommand command{
      line,
      {"circle",
       "Founds circles, has members join and leave them; kinds of work",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger circle found bcn tech --title Technology --on 2026-01-01 --user ann < password",
        "coopledger circle join bcn tech M0001 --on 2026-01-01 --user ann < password",
        "coopledger circle leave bcn tech M0001 --reason 'moved away' --user ann < password",
        "coopledger circle list bcn", "coopledger circle kinds bcn"}}};
  const auto below = [&](const char* name, const char* meaning, CircleTask task) -> CLI::App& {
    return command.below(name, meaning, [words, task](const NodeCall& call) {
      call.database.in_tx([&](Tx& tx) { task(CircleCall{call, tx, *words}); });
    });
  };
  add_circle_words(command, below, *words);
}

}  // namespace coop::api
