#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <string>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/sharing/rule_store.hpp"
#include "ledger/sharing/rule_words.hpp"

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

using RulesWork = std::function<int(const Settings&)>;

}  // namespace

void add_rules(CommandLine& line) {
  const auto node = std::make_shared<std::string>();
  const auto code = std::make_shared<std::string>();
  const auto chosen = std::make_shared<RulesWork>();
  CLI::App& command =
      line.add({"rules",
                "Prints rules by which sums are divided: examples, and those that a node adopted",
                {SettingGroup::books, SettingGroup::log},
                {"coopledger rules examples", "coopledger rules examples waterfall",
                 "coopledger rules list bcn", "coopledger rules show bcn wages"}},
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
}

}  // namespace coop::api
