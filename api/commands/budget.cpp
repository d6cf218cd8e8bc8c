#include <CLI/CLI.hpp>

#include <memory>
#include <string>

#include "api/commands/commands.hpp"
#include "api/commands/json_file.hpp"
#include "api/commands/node_command.hpp"
#include "api/handlers/budget_forms.hpp"
#include "api/json_document.hpp"
#include "ledger/funds/budget_service.hpp"
#include "reports/budget_tables.hpp"

namespace coop::api {

namespace {

struct BudgetWords {
  std::int32_t number = 0;
  std::string to;
  std::string file;

  funds::BudgetNumber budget() const { return funds::BudgetNumber{number}; }
};

void list_all_budgets(const NodeCall& call) {
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    return reports::table_of_budgets(in, funds::list_budgets(tx, call.node.id, {}), call.today(),
                                     call.unit_of(), std::nullopt);
  });
}

reports::Table standing_of(Tx& tx, const NodeCall& call, funds::BudgetNumber number, Day day) {
  return reports::table_of(reports::read_budget_report(tx, call.node.id, {number, day, {}, call.unit_of()}));
}

void print_budget(const NodeCall& call, const BudgetWords& words) {
  call.print_read([&](Tx& tx, const reports::ReportNode&) {
    return standing_of(tx, call, words.budget(), typed_day(words.to).value_or(call.today()));
  });
}

void adopt_budget_of_file(const NodeCall& call, const BudgetWords& words) {
  const JsonDocument body{json_file_text(words.file)};
  const auto draft = budget_from(JsonValue{body}, call.units);
  call.print_done([&](Tx& tx, const reports::ReportNode&) {
    const auto budget = funds::adopt_budget(tx, call.node.id, draft, call.author());
    return standing_of(tx, call, budget.number, call.today());
  });
}

void revise_budget_by_file(const NodeCall& call, const BudgetWords& words) {
  const JsonDocument body{json_file_text(words.file)};
  call.print_done([&](Tx& tx, const reports::ReportNode&) {
    const Unit unit = call.units.of(funds::read_budget(tx, call.node.id, words.budget()).unit);
    const auto draft = budget_revision_from(JsonValue{body}, unit);
    funds::revise_budget(tx, call.node.id, words.budget(), draft, call.author());
    return standing_of(tx, call, words.budget(), call.today());
  });
}

}  // namespace

void add_budget(CommandLine& line) {
  const auto words = std::make_shared<BudgetWords>();
  NodeCommand command{
      line,
      {"budget",
       "Shows budgets, and what was spent, is committed and left of them; adopts and revises them",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger budget list bcn", "coopledger budget show bcn 1 --to 2026-06-30 --csv",
        "coopledger budget adopt bcn --file films-2026.json --user ann < password",
        "coopledger budget revise bcn 1 --file films-2026-second.json --user ann < password"}}};
  const auto below = [&](const char* name, const char* meaning,
                         void (*work)(const NodeCall&, const BudgetWords&)) -> CLI::App& {
    return command.below(name, meaning, [words, work](const NodeCall& call) { work(call, *words); });
  };
  command.below("list", "Lists budgets, the newest first", list_all_budgets);
  CLI::App& shown = below("show", "Budgeted, spent, committed and left, by line", print_budget);
  shown.add_option("--to", words->to, "the day; without it, today");
  CLI::App& adopted = below("adopt", "Records a budget that was adopted", adopt_budget_of_file);
  CLI::App& revised = below("revise", "Says all lines of a budget anew", revise_budget_by_file);
  for (CLI::App* one : {&shown, &revised})
    one->add_option("number", words->number, "the budget's number")->required();
  for (CLI::App* one : {&adopted, &revised})
    one->add_option("--file", words->file,
                    "it as JSON, as the API takes it; - for standard input, after the password")
        ->required();
  command.ask_who({&adopted, &revised}, access::Action::adopt_rules);
}

}  // namespace coop::api
