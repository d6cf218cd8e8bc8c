#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/typed_password.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/funds/budget_service.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "ledger/funds/spending_mandate_store.hpp"
#include "ledger/funds/spending_rule_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/budget_tables.hpp"
#include "reports/fund_tables.hpp"

namespace coop::api {

namespace {

using funds::SpendingMandate;
using funds::SpendingMandateNumber;

struct MandateWords {
  std::string node;
  std::int32_t number = 0;
  std::string fund;
  std::string body;
  std::string level = "node";
  std::string purpose;
  std::string cost_object;
  std::string amount;
  std::string decision;
  std::string reason;
  std::string user;
  std::string on;
  std::string from;
  std::string to;
  bool as_csv = false;
};

struct MandateCall {
  Database& database;
  const MandateWords& words;
  books::Node node;
  Instant now;

  Day today() const { return day_in_zone(now, node.time_zone); }
  SpendingMandateNumber number() const { return SpendingMandateNumber{words.number}; }
  books::Author author() const { return {std::nullopt, now}; }
};

Unit unit_with_id(Tx& tx, UnitId id) {
  for (const books::ListedUnit& listed : books::read_units(tx))
    if (listed.unit.id == id) return listed.unit;
  throw InvariantBroken{"every unit in use is known"};
}

void print_rows(const MandateCall& call, const reports::Table& table, bool with_header = true) {
  std::cout << (call.words.as_csv ? reports::csv_text(table, with_header) : reports::plain_text(table));
}

reports::Table table_of_listed(Tx& tx, const MandateCall& call, const std::vector<SpendingMandate>& listed) {
  return reports::table_of_spending_mandates(
      reports::read_report_node(tx, call.node.id), listed, call.today(),
      [&](UnitId id) { return unit_with_id(tx, id); }, std::nullopt);
}

void list_mandates(const MandateCall& call) {
  constexpr int at_once = 500;
  funds::SpendingMandateFilter filter{.today = call.today(), .limit = at_once};
  if (!call.words.fund.empty()) filter.fund = call.words.fund;
  for (bool is_first = true;; is_first = false) {
    std::vector<SpendingMandate> listed;
    const reports::Table table = call.database.in_snapshot([&](Tx& tx) {
      if (filter.fund) funds::read_fund(tx, call.node.id, *filter.fund);
      listed = funds::list_spending_mandates(tx, call.node.id, filter);
      return table_of_listed(tx, call, listed);
    });
    if (listed.empty() && !is_first) return;
    print_rows(call, table, is_first);
    if (listed.size() < static_cast<std::size_t>(at_once)) return;
    filter.before = listed.back().number;
  }
}

// Does something in the books, and prints the mandate as it stands then.
template <class Work>
void change_mandate(const MandateCall& call, const Work& work) {
  print_rows(call, call.database.in_tx([&](Tx& tx) { return table_of_listed(tx, call, {work(tx)}); }));
}

void grant_mandate(const MandateCall& call) {
  const MandateWords& words = call.words;
  change_mandate(call, [&](Tx& tx) {
    const Unit unit = unit_with_id(tx, call.node.base_unit);
    funds::SpendingMandateDraft draft{.body = words.body,
                                      .level = funds::body_level_from(words.level),
                                      .purpose = words.purpose,
                                      .fund = words.fund,
                                      .unit = unit.id,
                                      .minor = minor_from_text(words.amount, unit.scale),
                                      .from_on = Day::parse(words.from),
                                      .until_on = Day::parse(words.to),
                                      .decision = words.decision};
    if (!words.cost_object.empty()) draft.cost_object = words.cost_object;
    return funds::grant(tx, call.node.id, draft, call.today(), call.author());
  });
}

void draw_on_mandate(const MandateCall& call) {
  change_mandate(call, [&](Tx& tx) {
    const SpendingMandate mandate = funds::read_spending_mandate(tx, call.node.id, call.number());
    const Unit unit = unit_with_id(tx, mandate.unit);
    const Day day = call.words.on.empty() ? call.today() : Day::parse(call.words.on);
    return funds::draw(
        tx, call.node.id, call.number(),
        {.on_day = day, .minor = minor_from_text(call.words.amount, unit.scale), .words = call.words.purpose},
        call.today(), call.author());
  });
}

void recall_mandate(const MandateCall& call) {
  change_mandate(call, [&](Tx& tx) {
    return funds::recall(tx, call.node.id, call.number(), call.words.reason, call.today(), call.author());
  });
}

// Whoever approves at the command line shows that they are somebody who may.
UserId require_signed_approver(const MandateCall& call) {
  const UserId user = access::require_password(call.database, call.words.user, asked_password(), call.now);
  const auto allowed = access::permission_of(access::Action::approve_payments).roles;
  const auto grants =
      call.database.in_snapshot([&](Tx& tx) { return access::read_grants(tx, call.node.id, false); });
  for (const access::RoleGrant& grant : grants)
    if (grant.user_name == call.words.user &&
        std::find(allowed.begin(), allowed.end(), grant.role) != allowed.end())
      return user;
  throw Refused{Refusal::role_missing, call.words.user + " may not approve in " + call.node.name};
}

void approve_one_mandate(const MandateCall& call) {
  const UserId user = require_signed_approver(call);
  change_mandate(call, [&](Tx& tx) {
    return funds::approve_mandate(tx, call.node.id, call.number(), call.today(), {user, call.now});
  });
}

void list_rules_of_spending(const MandateCall& call) {
  print_rows(call, call.database.in_snapshot([&](Tx& tx) {
    return reports::table_of_spending_rules(
        reports::read_report_node(tx, call.node.id), funds::read_spending_rules(tx, call.node.id),
        [&](UnitId id) { return unit_with_id(tx, id); }, std::nullopt);
  }));
}

void list_all_budgets(const MandateCall& call) {
  print_rows(call, call.database.in_snapshot([&](Tx& tx) {
    return reports::table_of_budgets(
        reports::read_report_node(tx, call.node.id), funds::list_budgets(tx, call.node.id, {}), call.today(),
        [&](UnitId id) { return unit_with_id(tx, id); }, std::nullopt);
  }));
}

void print_budget(const MandateCall& call) {
  const Day day = call.words.to.empty() ? call.today() : Day::parse(call.words.to);
  print_rows(call, call.database.in_snapshot([&](Tx& tx) {
    return reports::table_of(reports::read_budget_report(
        tx, call.node.id,
        {funds::BudgetNumber{call.words.number}, day, {}, [&](UnitId id) { return unit_with_id(tx, id); }}));
  }));
}

using MandateWork = void (*)(const MandateCall&);

// A command whose words are kept until it is known what is to be done.
struct MandateCommand {
  std::shared_ptr<MandateWords> words = std::make_shared<MandateWords>();
  std::shared_ptr<MandateWork> chosen = std::make_shared<MandateWork>();
  CLI::App* command = nullptr;

  int run(const Settings& settings) const {
    const BooksDatabase books{settings, BooksUse::work};
    Database database{books.service_settings()};
    const auto node = database.in_snapshot([&](Tx& tx) { return books::read_node(tx, words->node); });
    (*chosen)({database, *words, node, system_clock()()});
    return static_cast<int>(ExitCode::success);
  }

  CLI::App& below(const char* name, const char* meaning, MandateWork work) const {
    CLI::App& added = *command->add_subcommand(name, meaning);
    added.fallthrough();
    added.footer("Settings (--database, --data …) and examples: `coopledger " + command->get_name() +
                 " --help`.");
    added.add_option("node", words->node, "the node's short name, such as bcn")->required();
    added.add_flag("--csv", words->as_csv, "for a spreadsheet");
    added.callback([chosen = chosen, work] { *chosen = work; });
    return added;
  }
};

void add_granting(const MandateCommand& made) {
  MandateWords& words = *made.words;
  CLI::App& granted = made.below("grant", "Records a mandate of an amount of a fund", grant_mandate);
  granted.add_option("--fund", words.fund, "the fund's code")->required();
  granted.add_option("--body", words.body, "the assembly, circle or council that decided")->required();
  granted.add_option("--level", words.level, "whose body it is: node or federation");
  granted.add_option("--purpose", words.purpose, "what it is for")->required();
  granted.add_option("--cost-object", words.cost_object, "a cost object's code");
  granted.add_option("--amount", words.amount, "in the node's unit, such as 1440.00")->required();
  granted.add_option("--from", words.from, "the first day")->required();
  granted.add_option("--to", words.to, "the last day")->required();
  granted.add_option("--decision", words.decision, "the link to the decision")->required();
}

}  // namespace

void add_mandate(CommandLine& line) {
  MandateCommand made;
  made.command = &line.add(
      {"mandate",
       "Shows spending mandates, grants, approves and recalls them, and draws on them",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger mandate list bcn --fund media --csv",
        "coopledger mandate grant bcn --fund media --body 'Media circle' --purpose Films --amount 1440.00 "
        "--from 2026-01-01 --to 2026-12-31 --decision https://example.org/d/2",
        "coopledger mandate approve bcn 2 --user ann < password",
        "coopledger mandate draw bcn 2 --amount 400.00 --on 2026-03-01",
        "coopledger mandate recall bcn 2 --reason 'the film is off'", "coopledger mandate rules bcn"}},
      [made](const Configuration& configuration) { return made.run(configuration.settings); });
  made.command->require_subcommand(1);
  MandateWords& words = *made.words;
  made.below("list", "Lists spending mandates, the newest first", list_mandates)
      .add_option("--fund", words.fund, "only of this fund");
  made.below("rules", "Lists the rules of spending", list_rules_of_spending);
  add_granting(made);
  CLI::App& approved = made.below("approve", "Approves a mandate that waits for others", approve_one_mandate);
  CLI::App& drawn = made.below("draw", "Draws an amount on a mandate", draw_on_mandate);
  CLI::App& recalled = made.below("recall", "Recalls a mandate", recall_mandate);
  for (CLI::App* one : {&approved, &drawn, &recalled})
    one->add_option("number", words.number, "the mandate's number")->required();
  approved.add_option("--user", words.user, "who approves; the password is a line of standard input")
      ->required();
  drawn.add_option("--amount", words.amount, "in the mandate's unit")->required();
  drawn.add_option("--on", words.on, "the day; without it, today");
  drawn.add_option("--words", words.purpose, "what it is for; names nobody");
  recalled.add_option("--reason", words.reason, "why")->required();
}

void add_budget(CommandLine& line) {
  MandateCommand made;
  made.command =
      &line.add({"budget",
                 "Shows budgets, and what was spent, is committed and left of them",
                 {SettingGroup::books, SettingGroup::log},
                 {"coopledger budget list bcn", "coopledger budget show bcn 1 --to 2026-06-30 --csv"}},
                [made_words = made](const Configuration& configuration) {
                  return made_words.run(configuration.settings);
                });
  made.command->require_subcommand(1);
  made.below("list", "Lists budgets, the newest first", list_all_budgets);
  CLI::App& shown = made.below("show", "Budgeted, spent, committed and left, by line", print_budget);
  shown.add_option("number", made.words->number, "the budget's number")->required();
  shown.add_option("--to", made.words->to, "the day; without it, today");
}

}  // namespace coop::api
