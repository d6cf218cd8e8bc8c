#include <CLI/CLI.hpp>

#include <iostream>
#include <map>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/fund_tables.hpp"

namespace coop::api {

namespace {

struct FundWords {
  std::string node;
  std::string fund;
  std::string from;
  std::string to;
  bool as_csv = false;
};

struct FundCall {
  Database& database;
  const FundWords& words;
  books::Node node;
  Day today;
};

void print_table(const FundCall& call, const reports::Table& table, bool with_header = true) {
  std::cout << (call.words.as_csv ? reports::csv_text(table, with_header) : reports::plain_text(table));
}

Unit unit_of_id(Tx& tx, UnitId id) {
  for (const books::ListedUnit& listed : books::read_units(tx))
    if (listed.unit.id == id) return listed.unit;
  throw InvariantBroken{"every unit in use is known"};
}

void list_funds(const FundCall& call) {
  const Day day = call.words.to.empty() ? call.today : Day::parse(call.words.to);
  print_table(call, call.database.in_snapshot([&](Tx& tx) {
    return reports::table_of(reports::read_fund_list(tx, call.node.id, {day, {}, {}}));
  }));
}

void print_statement(const FundCall& call) {
  const Day last = call.words.to.empty() ? call.today : Day::parse(call.words.to);
  const Day first = call.words.from.empty() ? Period::fiscal_year_of(last, call.node.fiscal_start).first()
                                            : Day::parse(call.words.from);
  if (last < first) throw Refused{Refusal::day_malformed, "the last day is before the first"};
  print_table(call, call.database.in_snapshot([&](Tx& tx) {
    return reports::table_of(reports::read_fund_statement(
        tx, call.node.id,
        {call.words.fund, Period{first, last}, {}, {}, unit_of_id(tx, call.node.base_unit)}));
  }));
}

using FundWork = void (*)(const FundCall&);

int run_fund(const Settings& settings, const FundWords& words, FundWork work) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const auto node = database.in_snapshot([&](Tx& tx) { return books::read_node(tx, words.node); });
  work({database, words, node, day_in_zone(system_clock()(), node.time_zone)});
  return static_cast<int>(ExitCode::success);
}

CLI::App& add_below(CLI::App& command, const std::shared_ptr<FundWords>& words,
                    const std::shared_ptr<FundWork>& chosen, const char* name, const char* meaning,
                    FundWork work) {
  CLI::App& added = *command.add_subcommand(name, meaning);
  added.fallthrough();
  added.footer("Settings (--database, --data …) and examples: `coopledger " + command.get_name() +
               " --help`.");
  added.add_option("node", words->node, "the node's short name, such as bcn")->required();
  added.add_flag("--csv", words->as_csv, "for a spreadsheet");
  added.callback([chosen, work] { *chosen = work; });
  return added;
}

}  // namespace

void add_fund(CommandLine& line) {
  const auto words = std::make_shared<FundWords>();
  const auto chosen = std::make_shared<FundWork>();
  CLI::App& command =
      line.add({"fund",
                "Shows what funds have, what is free in them, and their statements",
                {SettingGroup::books, SettingGroup::log},
                {"coopledger fund list bcn", "coopledger fund statement bcn media --from 2026-01-01 --csv"}},
               [words, chosen](const Configuration& configuration) {
                 return run_fund(configuration.settings, *words, *chosen);
               });
  command.require_subcommand(1);
  CLI::App& listed =
      add_below(command, words, chosen, "list", "All funds, and whether the books bear them out", list_funds);
  CLI::App& stated = add_below(command, words, chosen, "statement",
                               "Opening, in, out, transfers and closing of a fund", print_statement);
  stated.add_option("fund", words->fund, "the fund's code")->required();
  stated.add_option("--from", words->from, "the first day; without it, the first of the fiscal year");
  for (CLI::App* one : {&listed, &stated})
    one->add_option("--to", words->to, "the last day; without it, today");
}

}  // namespace coop::api
