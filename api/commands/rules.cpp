#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <string>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/json_file.hpp"
#include "api/commands/signed_user.hpp"
#include "api/handlers/sharing_forms.hpp"
#include "api/handlers/sharing_trial.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/sharing/rule_store.hpp"
#include "ledger/sharing/rule_words.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/sharing_tables.hpp"

namespace coop::api {

namespace {

void print_words(const sharing::SharingRule& rule) {
  int number = 0;
  for (const std::string& sentence : sharing::words_of(rule))
    std::cout << "  " << ++number << ". " << sentence << '\n';
}

int print_examples(const std::string& code) {
  if (!code.empty()) sharing::example_rule(code);
  for (const sharing::ExampleRule& example : sharing::example_rules()) {
    if (!code.empty() && example.code != code) continue;
    const sharing::SharingRule rule = sharing::sharing_rule_from_text(example.rule);
    std::cout << example.code << ": " << example.title << '\n';
    print_words(rule);
    std::cout << "  " << sharing::canonical_text(rule) << "\n\n";
  }
  return static_cast<int>(ExitCode::success);
}

void print_version(const sharing::RuleVersion& version) {
  const sharing::VersionDraft& is = version.is;
  std::cout << is.code << " (" << is.title << "), version " << version.version << ", from "
            << is.valid_from.text() << ": adopted on " << is.adopted_on.text() << ", " << is.decision;
  if (!is.handbook_link.empty()) std::cout << " <" << is.handbook_link << ">";
  std::cout << '\n';
  if (is.rule) print_words(*is.rule);
  else std::cout << "  Withdrawn.\n";
}

int print_rules(const Settings& settings, const std::string& node, const std::string& code) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  sharing::VersionFilter filter;
  if (code.empty()) filter.on = Day::parse("9999-12-31");
  else filter.code = code;
  const auto versions = database.in_snapshot(
      [&](Tx& tx) { return sharing::read_versions(tx, books::read_node(tx, node).id, filter); });
  std::ranges::for_each(versions, print_version);
  return static_cast<int>(ExitCode::success);
}

struct TryWords {
  std::string node;
  std::string code;
  std::string file;
  bool as_csv = false;
};

// A sum divided by a rule of the node, or by the rule in the file that nobody adopted yet.
int try_rule(const Settings& settings, const TryWords& words) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  UnitDirectory units{database};
  const auto in = database.in_snapshot([&](Tx& tx) { return books::read_node(tx, words.node); });
  const JsonDocument body{json_file_text(words.file)};
  const Day today = day_in_zone(system_clock()(), in.time_zone);
  const AskedTry asked = words.code.empty() ? asked_try_of_rule_from(body, units, today)
                                            : asked_try_from(JsonValue{body}, units, today);
  const reports::Table table = database.in_snapshot([&](Tx& tx) {
    const TriedRule tried = try_asked(tx, in.id, words.code, asked);
    return reports::table_of_division(reports::read_report_node(tx, in.id), tried.version, tried.pot,
                                      tried.division, tried.given ? &*tried.given : nullptr);
  });
  std::cout << (words.as_csv ? reports::csv_text(table, true) : reports::plain_text(table));
  return static_cast<int>(ExitCode::success);
}

struct AdoptWords {
  std::string node;
  std::string file;
  std::string example;
  std::string from;
  std::string adopted_on;
  std::string decision;
  std::string link;
  std::string user;
};

// An example as it is, under its own code and title.
sharing::VersionDraft draft_of_example(const AdoptWords& words) {
  const sharing::SharingRule rule = sharing::example_rule(words.example);
  const auto examples = sharing::example_rules();
  const auto example = std::ranges::find(examples, words.example, &sharing::ExampleRule::code);
  return {.code = words.example,
          .title = std::string{example->title},
          .valid_from = Day::parse(words.from),
          .rule = rule,
          .decision = words.decision,
          .handbook_link = words.link,
          .adopted_on = Day::parse(words.adopted_on)};
}

int adopt_rule(const Settings& settings, const AdoptWords& words) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const auto in = database.in_snapshot([&](Tx& tx) { return books::read_node(tx, words.node); });
  const books::Author author =
      require_signed_author(database, in, words.user, access::Action::adopt_rules, system_clock()());
  if (words.example.empty() && words.file.empty())
    throw Refused{Refusal::field_missing, "--example or --file says which rule"};
  const sharing::VersionDraft draft = words.example.empty()
                                          ? version_draft_from(JsonDocument{json_file_text(words.file)})
                                          : draft_of_example(words);
  print_version(database.in_tx([&](Tx& tx) { return sharing::adopt_version(tx, in.id, draft, author); }));
  return static_cast<int>(ExitCode::success);
}

using RulesWork = std::function<int(const Settings&)>;
using AddBelowRules = std::function<CLI::App&(const char*, const char*, const RulesWork&)>;

void add_trying(const AddBelowRules& below) {
  const auto words = std::make_shared<TryWords>();
  CLI::App& tried = below("try", "Divides a sum by a rule and explains each figure; records nothing",
                          [words](const Settings& settings) { return try_rule(settings, *words); });
  tried.add_option("node", words->node, "the node's short name, such as bcn")->required();
  tried.add_option("code", words->code, "the rule's code; without it the file says a rule of its own");
  tried.add_option("--file", words->file, "the sum and the participants as JSON, - for standard input")
      ->required();
  tried.add_flag("--csv", words->as_csv, "for a spreadsheet");
}

void add_adopting(const AddBelowRules& below) {
  const auto words = std::make_shared<AdoptWords>();
  CLI::App& adopted = below("adopt", "Records a version of a rule that was adopted, or that withdraws it",
                            [words](const Settings& settings) { return adopt_rule(settings, *words); });
  adopted.add_option("node", words->node, "the node's short name, such as bcn")->required();
  CLI::Option* const file =
      adopted.add_option("--file", words->file,
                         "the version as JSON, as POST …/sharing-rules takes it: code, title, valid_from, "
                         "adopted_on, decision, rule; - for standard input, after the password");
  CLI::Option* const example =
      adopted.add_option("--example", words->example, "an example as it is, instead of a file");
  CLI::Option* const from = adopted.add_option("--from", words->from, "of an example: the first day");
  CLI::Option* const decision = adopted.add_option("--decision", words->decision,
                                                   "of an example: who adopted it, and where that stands");
  CLI::Option* const adopted_on =
      adopted.add_option("--adopted-on", words->adopted_on, "of an example: the day of the decision");
  CLI::Option* const link =
      adopted.add_option("--link", words->link, "of an example: the handbook's address");
  example->excludes(file)->needs(from)->needs(adopted_on)->needs(decision);
  for (CLI::Option* one : {from, decision, adopted_on, link}) one->needs(example);
  adopted.add_option("--user", words->user, "who does it; the password is a line of standard input")
      ->required();
}

}  // namespace

void add_rules(CommandLine& line) {
  const auto node = std::make_shared<std::string>();
  const auto code = std::make_shared<std::string>();
  const auto chosen = std::make_shared<RulesWork>();
  CLI::App& command = line.add(
      {"rules",
       "Prints, tries and adopts rules by which sums are divided",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger rules examples", "coopledger rules examples waterfall", "coopledger rules list bcn",
        "coopledger rules show bcn wages", "coopledger rules try bcn wages --file march.json",
        "coopledger rules try bcn --file our-idea.json --csv",
        "coopledger rules adopt bcn --example own_rates --from 2026-01-01 --adopted-on 2025-12-10 "
        "--decision 'Assembly of 10 December 2025' --user ann < password",
        "coopledger rules adopt bcn --file wages-2.json --user ann < password"}},
      [chosen](const Configuration& configuration) { return (*chosen)(configuration.settings); });
  command.require_subcommand(1);
  const auto below = [&](const char* name, const char* meaning, const RulesWork& work) -> CLI::App& {
    CLI::App& added = *command.add_subcommand(name, meaning);
    added.fallthrough();
    added.footer("Settings (--database, --data …) and examples: `coopledger rules --help`.");
    added.callback([chosen, work] { *chosen = work; });
    return added;
  };
  const auto print_adopted = [node, code](const Settings& settings) {
    return print_rules(settings, *node, *code);
  };
  below("examples", "Prints the examples that come with the program, in words and as JSON",
        [code](const Settings&) { return print_examples(*code); })
      .add_option("code", *code, "only this one");
  CLI::App& listed = below("list", "Prints the newest version of each rule of a node", print_adopted);
  listed.add_option("node", *node, "the node's short name, such as bcn")->required();
  CLI::App& shown = below("show", "Prints all versions of a rule, with the decisions", print_adopted);
  shown.add_option("node", *node, "the node's short name, such as bcn")->required();
  shown.add_option("code", *code, "the rule's code")->required();
  add_trying(below);
  add_adopting(below);
}

}  // namespace coop::api
