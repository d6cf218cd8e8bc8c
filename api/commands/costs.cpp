#include <CLI/CLI.hpp>

#include "api/commands/commands.hpp"
#include "api/commands/costs_requests.hpp"
#include "api/commands/table_import.hpp"
#include "ledger/costs/cost_allocation_service.hpp"
#include "ledger/costs/cost_allocation_store.hpp"
#include "ledger/costs/cost_bill_store.hpp"
#include "ledger/costs/cost_pool_store.hpp"
#include "ledger/intake/usage_intake_service.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/cost_evidence.hpp"
#include "reports/cost_tables.hpp"

namespace coop::api {

namespace {

struct CostWords {
  std::string pool;
  std::string participant;
  std::string file;
  std::string from;
  std::string to;
  std::string known_at;
  std::int32_t number = 0;
  bool dry_run = false;
  bool skip_doubtful = false;
};

void print_pools(const NodeCall& call, const CostWords&) {
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    return reports::table_of_cost_pools(in, costs::read_cost_pools(tx, call.node.id, {}));
  });
}

void print_statement(const NodeCall& call, const CostWords& words) {
  call.print_read([&](Tx& tx, const reports::ReportNode&) {
    return reports::read_cost_pool_statement(tx, call.node.id, words.pool, typed_day(words.from),
                                             typed_day(words.to), typed_instant(words.known_at));
  });
}

void print_bills(const NodeCall& call, const CostWords& words) {
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    costs::CostBillFilter filter{.from = typed_day(words.from), .to = typed_day(words.to)};
    if (!words.pool.empty()) filter.pool = words.pool;
    return reports::table_of_cost_bills(in, costs::read_cost_bills(tx, call.node.id, filter), std::nullopt);
  });
}

void print_division(const NodeCall& call, const CostWords& words) {
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    const auto allocation =
        costs::read_cost_allocation(tx, call.node.id, costs::CostAllocationNumber{words.number});
    return reports::table_of_cost_allocation(
        in, allocation, costs::explain_cost_allocation(tx, call.node.id, allocation).division);
  });
}

void print_claims(const NodeCall& call, const CostWords& words) {
  call.print_read([&](Tx& tx, const reports::ReportNode&) {
    return reports::read_cost_claims(tx, call.node.id, {typed_day(words.to), typed_instant(words.known_at)});
  });
}

void print_evidence(const NodeCall& call, const CostWords& words) {
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    const auto allocation =
        costs::read_cost_allocation(tx, call.node.id, costs::CostAllocationNumber{words.number});
    const auto explained = costs::explain_cost_allocation(tx, call.node.id, allocation);
    const auto bills = costs::read_cost_bills(tx, call.node.id, {.allocation = allocation.number});
    const auto used = costs::read_allocated_usage(tx, call.node.id, allocation.number);
    return reports::table_of_cost_evidence(in, {allocation, explained.division, bills, used},
                                           words.participant);
  });
}

void print_account(const NodeCall& call, const CostWords& words) {
  call.print_read([&](Tx& tx, const reports::ReportNode&) {
    return reports::read_cost_account(tx, call.node.id, words.participant, typed_day(words.from),
                                      typed_day(words.to), typed_instant(words.known_at));
  });
}

int import_costs(const NodeCall& call, const CostWords& words) {
  const auto doubtful = words.skip_doubtful ? intake::Doubtful::skip : intake::Doubtful::stop;
  return imported_table(call.database, words.file, words.dry_run, [&](Tx& tx, std::string_view table) {
    return intake::import_usage(tx, call.node.id, words.pool, table, doubtful, call.author());
  });
}

}  // namespace

void add_costs(CommandLine& line) {
  const auto words = std::make_shared<CostWords>();
  NodeCommand command{
      line,
      {"costs",
       "Shared costs: pools, bills, usage, divisions, and what each owes",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger costs statement bcn server --from 2026-01-01", "coopledger costs division bcn 1 --csv",
        "coopledger costs evidence bcn 1 meet.example/mtl --csv",
        "coopledger costs adopt bcn --file server.json --user ann < password",
        "coopledger costs bill bcn --file january.json --user tom < password",
        "coopledger costs usage bcn server minutes.csv --dry-run --user tom < password",
        "coopledger costs preview bcn --file divide-january.json",
        "coopledger costs propose bcn --file divide-january.json --user tom < password",
        "coopledger costs approve bcn 1 --user ann < password"}}};
  const auto below = [&](const char* name, const char* meaning,
                         void (*work)(const NodeCall&, const CostWords&)) -> CLI::App& {
    return command.below(name, meaning, [words, work](const NodeCall& call) { work(call, *words); });
  };
  below("pools", "What is shared, among whom and by which rule", print_pools);
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
  for (CLI::App* one : {&statement, &account, &claims})
    one->add_option("--known-at", words->known_at, "as was known then, such as 2026-04-01T12:00:00Z");
  CLI::App& usage =
      command.below_with_code("usage", "Records usage from a table",
                              [words](const NodeCall& call) { return import_costs(call, *words); });
  usage.add_option("pool", words->pool, "the pool's code")->required();
  add_table_words(usage, words->file, words->dry_run, words->skip_doubtful);
  command.ask_who({&usage}, access::Action::record_entries);
  add_costs_requests(command);
}

}  // namespace coop::api
