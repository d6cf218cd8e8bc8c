#include "api/commands/costs_requests.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

#include "api/commands/json_file.hpp"
#include "api/handlers/cost_forms.hpp"
#include "api/json_document.hpp"
#include "ledger/costs/cost_allocation_service.hpp"
#include "ledger/costs/cost_bill_service.hpp"
#include "ledger/costs/cost_pool_service.hpp"
#include "reports/cost_tables.hpp"

namespace coop::api {

namespace {

struct CostRequestWords {
  std::string file;
  std::string reason;
  std::int32_t number = 0;
  bool is_dry = false;

  costs::CostAllocationNumber division() const { return costs::CostAllocationNumber{number}; }
};

// What comes of a dry run is shown, and not recorded.
void write_costs(const NodeCall& call, const CostRequestWords& words,
                 const std::function<reports::Table(Tx& tx)>& work) {
  call.print(words.is_dry ? call.database.in_dry_tx(work) : call.database.in_tx(work));
  if (words.is_dry) std::cerr << "This is what would happen: nothing was recorded.\n";
}

reports::Table division_table(Tx& tx, NodeId node, const costs::CostAllocation& allocation) {
  return reports::table_of_cost_allocation(reports::read_report_node(tx, node), allocation,
                                           costs::explain_cost_allocation(tx, node, allocation).division);
}

void adopt_pool_of_file(const NodeCall& call, const CostRequestWords& words) {
  const JsonDocument body{json_file_text(words.file)};
  write_costs(call, words, [&](Tx& tx) {
    const auto draft = cost_pool_from(JsonValue{body}, call.units);
    return reports::table_of_cost_pools(reports::read_report_node(tx, call.node.id),
                                        {costs::adopt_cost_pool(tx, call.node.id, draft, call.author())});
  });
}

void record_bill_of_file(const NodeCall& call, const CostRequestWords& words) {
  const JsonDocument body{json_file_text(words.file)};
  write_costs(call, words, [&](Tx& tx) {
    const auto draft = cost_bill_from(JsonValue{body}, call.units);
    return reports::table_of_cost_bills(reports::read_report_node(tx, call.node.id),
                                        {costs::record_cost_bill(tx, call.node.id, draft, call.author())},
                                        std::nullopt);
  });
}

void withdraw_bill(const NodeCall& call, const CostRequestWords& words) {
  write_costs(call, words, [&](Tx& tx) {
    return reports::table_of_cost_bills(
        reports::read_report_node(tx, call.node.id),
        {costs::withdraw_cost_bill(tx, call.node.id, costs::CostBillNumber{words.number}, words.reason,
                                   call.author())},
        std::nullopt);
  });
}

reports::Table divided_costs(Tx& tx, const NodeCall& call, const JsonDocument& body) {
  return division_table(
      tx, call.node.id,
      costs::propose_cost_allocation(tx, call.node.id, cost_allocation_from(JsonValue{body}), call.author()));
}

void preview_division(const NodeCall& call, const CostRequestWords& words) {
  const JsonDocument body{json_file_text(words.file)};
  call.print(call.database.in_dry_tx([&](Tx& tx) { return divided_costs(tx, call, body); }));
}

void propose_division(const NodeCall& call, const CostRequestWords& words) {
  const JsonDocument body{json_file_text(words.file)};
  call.print(call.database.in_tx([&](Tx& tx) { return divided_costs(tx, call, body); }));
}

void approve_division(const NodeCall& call, const CostRequestWords& words) {
  write_costs(call, words, [&](Tx& tx) {
    const auto approved = costs::approve_cost_allocation(tx, call.node.id, words.division(), call.author());
    return division_table(tx, call.node.id, approved);
  });
}

void cancel_division(const NodeCall& call, const CostRequestWords& words) {
  write_costs(call, words, [&](Tx& tx) {
    const auto cancelled =
        costs::cancel_cost_allocation(tx, call.node.id, words.division(), words.reason, call.author());
    return division_table(tx, call.node.id, cancelled);
  });
}

void reverse_division(const NodeCall& call, const CostRequestWords& words) {
  write_costs(call, words, [&](Tx& tx) {
    const auto reversed =
        costs::reverse_cost_allocation(tx, call.node.id, words.division(), words.reason, call.author());
    return division_table(tx, call.node.id, reversed);
  });
}

}  // namespace

void add_costs_requests(NodeCommand& command) {
  const auto words = std::make_shared<CostRequestWords>();
  const auto below = [&](const char* name, const char* meaning,
                         void (*work)(const NodeCall&, const CostRequestWords&)) -> CLI::App& {
    return command.below(name, meaning, [words, work](const NodeCall& call) { work(call, *words); });
  };
  const auto add_file = [&](CLI::App& to, const char* meaning) {
    to.add_option("--file", words->file, meaning)->required();
  };
  CLI::App& adopted =
      below("adopt", "Begins a pool, or its next terms: what, among whom, by which rule", adopt_pool_of_file);
  adopted.alias("begin");
  add_file(adopted,
           "as JSON, as POST …/cost-pools takes it: code, unit, expense, claims, from_on, title, "
           "rule, decision, participants");
  CLI::App& billed = below("bill", "Records what somebody paid for all, or gave", record_bill_of_file);
  add_file(billed,
           "as JSON, as POST …/cost-bills takes it: pool, billed_on, amount, unit, payer, title; bill "
           "(paid, waived or gift), document, entry");
  CLI::App& withdrawn = below("withdraw", "Withdraws a bill that was not divided", withdraw_bill);
  CLI::App& previewed = below("preview", "What each would bear; records nothing", preview_division);
  CLI::App& proposed =
      below("propose", "Divides what was not divided yet; somebody else approves", propose_division);
  for (CLI::App* one : {&previewed, &proposed})
    add_file(*one, "as JSON, as POST …/cost-allocations takes it: pool, from_on, to_on; booked_on, figures");
  CLI::App& approved =
      below("approve", "Approves a division of somebody else, and books it", approve_division);
  CLI::App& cancelled = below("cancel", "Gives a proposed division up; its bills are free", cancel_division);
  CLI::App& reversed = below("reverse", "Takes a booked division back, with its entry", reverse_division);
  withdrawn.add_option("number", words->number, "the bill's number")->required();
  for (CLI::App* one : {&approved, &cancelled, &reversed})
    one->add_option("number", words->number, "the division's number")->required();
  for (CLI::App* one : {&withdrawn, &cancelled, &reversed})
    one->add_option("--reason", words->reason, "why")->required();
  command.ask_who({&adopted}, access::Action::keep_accounts);
  command.ask_who({&billed, &withdrawn, &proposed, &cancelled, &reversed}, access::Action::record_entries);
  command.ask_who({&approved}, access::Action::approve_payments);
  for (CLI::App* one : {&adopted, &billed, &withdrawn, &approved, &cancelled, &reversed})
    one->add_flag("--dry-run", words->is_dry, "shows what would happen; records nothing");
}

}  // namespace coop::api
