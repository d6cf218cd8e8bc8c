#include <CLI/CLI.hpp>

#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/table_import.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/costs/cost_allocation_service.hpp"
#include "ledger/costs/cost_allocation_store.hpp"
#include "ledger/costs/cost_bill_store.hpp"
#include "ledger/intake/usage_intake_service.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/cost_evidence.hpp"
#include "reports/cost_tables.hpp"

namespace coop::api {

namespace {

struct CostWords {
  std::string node;
  std::string pool;
  std::string participant;
  std::string file;
  std::string from;
  std::string to;
  std::int32_t number = 0;
  bool as_csv = false;
  bool dry_run = false;
  bool skip_doubtful = false;
};

using CostWork = int (*)(Database& database, const CostWords& words);

std::optional<Day> cost_day(const std::string& typed) {
  return typed.empty() ? std::nullopt : std::optional{Day::parse(typed)};
}

int print_costs(Database& database, const CostWords& words,
                const std::function<reports::Table(Tx& tx, NodeId node)>& read) {
  const reports::Table table =
      database.in_snapshot([&](Tx& tx) { return read(tx, books::read_node(tx, words.node).id); });
  std::cout << (words.as_csv ? reports::csv_text(table, true) : reports::plain_text(table));
  return static_cast<int>(ExitCode::success);
}

int print_statement(Database& database, const CostWords& words) {
  return print_costs(database, words, [&](Tx& tx, NodeId node) {
    return reports::read_cost_pool_statement(tx, node, words.pool, cost_day(words.from), cost_day(words.to));
  });
}

int print_bills(Database& database, const CostWords& words) {
  return print_costs(database, words, [&](Tx& tx, NodeId node) {
    costs::CostBillFilter filter{.from = cost_day(words.from), .to = cost_day(words.to)};
    if (!words.pool.empty()) filter.pool = words.pool;
    return reports::table_of_cost_bills(reports::read_report_node(tx, node),
                                        costs::read_cost_bills(tx, node, filter), std::nullopt);
  });
}

int print_division(Database& database, const CostWords& words) {
  return print_costs(database, words, [&](Tx& tx, NodeId node) {
    const auto allocation = costs::read_cost_allocation(tx, node, costs::CostAllocationNumber{words.number});
    return reports::table_of_cost_allocation(reports::read_report_node(tx, node), allocation,
                                             costs::explain_cost_allocation(tx, node, allocation).division);
  });
}

int print_claims(Database& database, const CostWords& words) {
  return print_costs(database, words, [&](Tx& tx, NodeId node) {
    return reports::read_cost_claims(tx, node, {cost_day(words.to), std::nullopt});
  });
}

int print_evidence(Database& database, const CostWords& words) {
  return print_costs(database, words, [&](Tx& tx, NodeId node) {
    const auto allocation = costs::read_cost_allocation(tx, node, costs::CostAllocationNumber{words.number});
    const auto explained = costs::explain_cost_allocation(tx, node, allocation);
    const auto bills = costs::read_cost_bills(tx, node, {.allocation = allocation.number});
    const auto used = costs::read_allocated_usage(tx, node, allocation.number);
    return reports::table_of_cost_evidence(reports::read_report_node(tx, node),
                                           {allocation, explained.division, bills, used}, words.participant);
  });
}

int print_account(Database& database, const CostWords& words) {
  return print_costs(database, words, [&](Tx& tx, NodeId node) {
    return reports::read_cost_account(tx, node, words.participant, cost_day(words.from), cost_day(words.to));
  });
}

int import_costs(Database& database, const CostWords& words) {
  const auto doubtful = words.skip_doubtful ? intake::Doubtful::skip : intake::Doubtful::stop;
  return imported_table(database, words.file, words.dry_run, [&](Tx& tx, std::string_view table) {
    return intake::import_usage(tx, books::read_node(tx, words.node).id, words.pool, table, doubtful,
                                {std::nullopt, system_clock()()});
  });
}

int run_costs(const Settings& settings, const CostWords& words, CostWork work) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  return work(database, words);
}

}  // namespace

void add_costs(CommandLine& line) {
  const auto words = std::make_shared<CostWords>();
  const auto chosen = std::make_shared<CostWork>();
  CLI::App& command = line.add(
      {"costs",
       "Shows shared costs: statements, bills, divisions, claims; records usage",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger costs statement bcn server --from 2026-01-01", "coopledger costs division bcn 1 --csv",
        "coopledger costs evidence bcn 1 meet.example/mtl --csv",
        "coopledger costs usage bcn server minutes.csv --dry-run"}},
      [words, chosen](const Configuration& configuration) {
        return run_costs(configuration.settings, *words, *chosen);
      });
  command.require_subcommand(1);
  const auto below = [&](const char* name, const char* meaning, CostWork work) -> CLI::App& {
    CLI::App& added = *command.add_subcommand(name, meaning);
    added.fallthrough();
    added.footer("Settings (--database, --data …) and examples: `coopledger costs --help`.");
    added.add_option("node", words->node, "the node's short name, such as bcn")->required();
    added.callback([chosen, work] { *chosen = work; });
    return added;
  };
  CLI::App& statement = below("statement", "Bills, usage, shares, and who owes and is owed", print_statement);
  statement.add_option("pool", words->pool, "the pool's code")->required();
  CLI::App& bills = below("bills", "What was paid for all, and what was given", print_bills);
  bills.add_option("--pool", words->pool, "only of this pool");
  CLI::App& account = below("account", "How what somebody owes came about, entry by entry", print_account);
  CLI::App& evidence =
      below("evidence", "All from which somebody can work a division out again", print_evidence);
  evidence.add_option("number", words->number, "the division's number")->required();
  for (CLI::App* one : {&account, &evidence})
    one->add_option("participant", words->participant, "as the pool names them")->required();
  for (CLI::App* one : {&statement, &bills, &account}) {
    one->add_option("--from", words->from, "from this day on");
    one->add_option("--to", words->to, "up to this day");
  }
  CLI::App& division = below("division", "A division, each share explained (with --csv)", print_division);
  division.add_option("number", words->number, "the division's number")->required();
  CLI::App& claims = below("claims", "What others owe for shared costs, or are owed", print_claims);
  claims.add_option("--as-of", words->to, "booked up to this day");
  for (CLI::App* one : {&statement, &bills, &account, &evidence, &division, &claims})
    one->add_flag("--csv", words->as_csv, "for a spreadsheet");
  CLI::App& usage = below("usage", "Records usage from a table", import_costs);
  usage.add_option("pool", words->pool, "the pool's code")->required();
  add_table_words(usage, words->file, words->dry_run, words->skip_doubtful);
}

}  // namespace coop::api
