#include "api/commands/node_command.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <map>
#include <utility>

#include "api/books_database.hpp"
#include "api/commands/signed_user.hpp"
#include "ledger/books/node_service.hpp"

namespace coop::api {

struct NodeCommand::Chosen {
  std::string node;
  bool as_csv = false;
  std::function<int(const NodeCall&)> work;
  const CLI::App* subcommand = nullptr;
  std::string user;
  std::map<const CLI::App*, access::Action> asked;  ///< of the subcommands that ask who does it

  int run(const Settings& settings) const {
    const BooksDatabase books{settings, BooksUse::work};
    Database database{books.service_settings()};
    UnitDirectory units{database};
    units.refresh();
    const auto in = database.in_snapshot([&](Tx& tx) { return books::read_node(tx, node); });
    const Instant now = system_clock()();
    NodeCall call{database, units, in, now, as_csv};
    const auto action = asked.find(subcommand);
    if (action != asked.end())
      call.user = require_signed_author(database, in, user, action->second, now).user;
    return work(call);
  }
};

std::function<Unit(UnitId)> NodeCall::unit_of() const {
  return [known = &units](UnitId id) { return known->of(id); };
}

void NodeCall::print(const reports::Table& table, bool with_header) const {
  std::cout << (as_csv ? reports::csv_text(table, with_header) : reports::plain_text(table));
}

void NodeCall::print_read(
    const std::function<reports::Table(Tx& tx, const reports::ReportNode& in)>& read) const {
  print(database.in_snapshot([&](Tx& tx) { return read(tx, reports::read_report_node(tx, node.id)); }));
}

void NodeCall::print_done(
    const std::function<reports::Table(Tx& tx, const reports::ReportNode& in)>& work) const {
  print(database.in_tx([&](Tx& tx) { return work(tx, reports::read_report_node(tx, node.id)); }));
}

NodeCommand::NodeCommand(CommandLine& line, const CommandText& text)
    : chosen_{std::make_shared<Chosen>()},
      command_{line.add(text, [chosen = chosen_](const Configuration& configuration) {
        return chosen->run(configuration.settings);
      })} {
  command_.require_subcommand(1);
}

CLI::App& NodeCommand::below(const char* name, const char* meaning, Work work) {
  return below_with_code(name, meaning, [work = std::move(work)](const NodeCall& call) {
    work(call);
    return static_cast<int>(ExitCode::success);
  });
}

CLI::App& NodeCommand::below_with_code(const char* name, const char* meaning,
                                       std::function<int(const NodeCall&)> work) {
  CLI::App& added = *command_.add_subcommand(name, meaning);
  added.fallthrough();
  added.footer("Settings (--database, --data …) and examples: `coopledger " + command_.get_name() +
               " --help`.");
  added.add_option("node", chosen_->node, "the node's short name, such as bcn")->required();
  added.add_flag("--csv", chosen_->as_csv, "for a spreadsheet");
  added.callback([chosen = chosen_, &added, work = std::move(work)] {
    chosen->work = work;
    chosen->subcommand = &added;
  });
  return added;
}

void NodeCommand::ask_who(std::initializer_list<CLI::App*> subcommands, access::Action action) {
  for (CLI::App* one : subcommands) {
    one->add_option("--user", chosen_->user, "who does it; the password is a line of standard input")
        ->required();
    chosen_->asked.insert_or_assign(one, action);
  }
}

void NodeCommand::print_no_table(std::initializer_list<CLI::App*> subcommands) {
  for (CLI::App* one : subcommands) one->remove_option(one->get_option("--csv"));
}

std::optional<Day> typed_day(const std::string& typed) {
  return typed.empty() ? std::nullopt : std::optional{Day::parse(typed)};
}

std::optional<Instant> typed_instant(const std::string& typed) {
  return typed.empty() ? std::nullopt : std::optional{instant_from_text(typed)};
}

}  // namespace coop::api
