#include <CLI/CLI.hpp>

#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/capital_writes.hpp"
#include "api/commands/commands.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/capital/share_store.hpp"
#include "ledger/capital/surplus_service.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/capital_reports.hpp"
#include "reports/share_tables.hpp"

namespace coop::api {

namespace {

struct CapitalWords {
  std::string node;
  std::string unit;
  std::string as_of;
  std::string member;
  std::string share_class;
  std::int32_t number = 0;
  bool as_csv = false;
};

using CapitalWork = reports::Table (*)(Tx& tx, const books::Node& node, const CapitalWords& words);

reports::Viewpoint viewpoint_of(const CapitalWords& words) {
  return {words.as_of.empty() ? std::nullopt : std::optional{Day::parse(words.as_of)}, std::nullopt};
}

reports::Table register_of(Tx& tx, const books::Node& node, const CapitalWords& words) {
  return reports::read_share_register(tx, node.id, viewpoint_of(words), true);
}

reports::Table accounts_of(Tx& tx, const books::Node& node, const CapitalWords& words) {
  const std::string code = words.unit.empty() ? books::read_unit_code(tx, node.base_unit) : words.unit;
  const auto unit = books::find_unit(tx, code);
  if (!unit) throw Refused{Refusal::unit_unknown, "there is no unit " + code};
  return reports::read_capital_accounts(tx, node.id, *unit, viewpoint_of(words));
}

reports::Table surplus_of(Tx& tx, const books::Node& node, const CapitalWords& words) {
  return reports::table_of_surplus_run(
      reports::read_report_node(tx, node.id),
      capital::read_surplus_run(tx, node.id, capital::SurplusRunNumber{words.number}));
}

reports::Table certificate_of(Tx& tx, const books::Node& node, const CapitalWords& words) {
  return reports::read_share_certificate(tx, node.id, words.share_class, words.member, viewpoint_of(words),
                                         day_in_zone(system_clock()(), node.time_zone), true);
}

reports::Table asked_back(Tx& tx, const books::Node& node, const CapitalWords&) {
  return reports::table_of_asks(reports::read_report_node(tx, node.id),
                                capital::list_asks(tx, node.id, {}, {}, {}), std::nullopt);
}

int run_capital(const Settings& settings, const CapitalWords& words, CapitalWork work) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const reports::Table table =
      database.in_snapshot([&](Tx& tx) { return work(tx, books::read_node(tx, words.node), words); });
  std::cout << (words.as_csv ? reports::csv_text(table, true) : reports::plain_text(table));
  return static_cast<int>(ExitCode::success);
}

}  // namespace

void add_capital(CommandLine& line) {
  const auto words = std::make_shared<CapitalWords>();
  const auto chosen = std::make_shared<CapitalChoice>();
  CLI::App& command =
      line.add({"capital",
                "Shows and moves shares, shows members' capital accounts, divides a surplus",
                {SettingGroup::books, SettingGroup::log},
                {"coopledger capital register bcn", "coopledger capital accounts bcn --as-of 2025-12-31",
                 "coopledger capital surplus bcn 1 --csv", "coopledger capital certificate bcn M0042 member",
                 "coopledger capital move bcn --file subscription.json --user tom < password",
                 "coopledger capital propose bcn --file surplus-2025.json --user tom < password",
                 "coopledger capital approve bcn 1 --user ann < password",
                 "coopledger capital undo-surplus bcn 1 --reason 'hours were missing' --user tom < password",
                 "coopledger capital take-back bcn 17 --on 2025-12-31 --reason stays --user tom < password"}},
               [chosen](const Configuration& configuration) { return (*chosen)(configuration.settings); });
  command.require_subcommand(1);
  const auto below = [&](const char* name, const char* meaning, CapitalWork work) -> CLI::App& {
    CLI::App& added = *command.add_subcommand(name, meaning);
    added.fallthrough();
    added.footer("Settings (--database, --data …) and examples: `coopledger capital --help`.");
    added.add_option("node", words->node, "the node's short name, such as bcn")->required();
    added.add_flag("--csv", words->as_csv, "for a spreadsheet");
    added.callback([chosen, words, work] {
      *chosen = [words, work](const Settings& settings) { return run_capital(settings, *words, work); };
    });
    return added;
  };
  CLI::App& holders = below("register", "Who holds which shares", register_of);
  CLI::App& accounts = below("accounts", "Capital accounts and reserve: the net book value", accounts_of);
  accounts.add_option("--unit", words->unit, "a unit's code; the node's own where it is not given");
  for (CLI::App* one : {&holders, &accounts})
    one->add_option("--as-of", words->as_of, "as of a day, such as 2025-12-31");
  CLI::App& surplus = below("surplus", "A surplus with each member's share", surplus_of);
  surplus.add_option("number", words->number, "the run's number")->required();
  CLI::App& certificate = below("certificate", "Certifies what a member holds of a class", certificate_of);
  certificate.add_option("member", words->member, "the member's number")->required();
  certificate.add_option("class", words->share_class, "the class's code")->required();
  certificate.add_option("--as-of", words->as_of, "as of a day, such as 2025-12-31");
  below("asked-back", "What was asked back, and what waits in the queue", asked_back);
  add_capital_writes(command, chosen);
}

}  // namespace coop::api
