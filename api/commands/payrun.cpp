#include <CLI/CLI.hpp>

#include "api/commands/commands.hpp"
#include "api/commands/json_file.hpp"
#include "api/commands/payrun_requests.hpp"
#include "api/handlers/pay_forms.hpp"
#include "api/json_document.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/intake/intake.hpp"
#include "ledger/pay/old_claim_service.hpp"
#include "ledger/pay/pay_approving_service.hpp"
#include "ledger/pay/pay_run_service.hpp"
#include "ledger/pay/pay_run_store.hpp"
#include "ledger/pay/tariff_service.hpp"
#include "ledger/pay/tariff_store.hpp"
#include "ledger/values/csv_table.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/work/circle_store.hpp"
#include "reports/pay_tables.hpp"

namespace coop::api {

namespace {

struct PayrunWords {
  std::int32_t number = 0;
  std::string from;
  std::string to;
  std::string amount;
  std::string unit;
  std::string rule;
  std::string deferred_as = "debt";
  std::string wages = "expenses:wages";
  std::string payable = "liabilities:payable:wages";
  std::string deferred;
  std::string work = "livelihood";
  std::string member;
  std::string fund;
  std::string circle;
  std::int32_t mandate = 0;
  std::string terms;
  std::string file;
  std::string booked_on;
  std::string against = "equity:opening";
  std::string decision;
  bool is_dry = false;
};

struct PayrunCall : NodeCall {
  const PayrunWords& words;

  pay::PayRunNumber number() const { return pay::PayRunNumber{words.number}; }
};

reports::Table table_of_payrun(Tx& tx, const PayrunCall& call, const pay::PayRun& run) {
  return reports::table_of_pay_run(reports::read_report_node(tx, call.node.id), run,
                                   pay::explain(tx, call.node.id, run));
}

Unit asked_unit(Tx& tx, const PayrunCall& call) {
  const std::string& given = call.words.unit;
  const std::string code = given.empty() ? books::read_unit_code(tx, call.node.base_unit) : given;
  const auto unit = books::find_unit(tx, code);
  if (!unit) throw Refused{Refusal::unit_unknown, "there is no unit " + code};
  return *unit;
}

// Claims from before: a table with the columns member, since and amount.
std::vector<pay::OldClaim> claims_in(const std::string& file, int scale) {
  const CsvTable table =
      csv_table_from(json_file_text(file), {"member", "since", "amount"}, pay::most_old_claims);
  const auto columns = table.columns();
  std::vector<pay::OldClaim> claims;
  for (const CsvRow& row : table.rows) {
    const intake::IntakeRow cells{row, columns};
    try {
      const std::string member = cells.require("member");
      cells.require("since");
      cells.require("amount");
      claims.push_back({member, *cells.parsed("since", intake::day_from_cell),
                        *cells.parsed("amount", [&](std::string_view text) {
                          return intake::minor_from_cell(text, scale);
                        })});
    } catch (const Refused& refused) {
      throw Refused{refused.refusal(), "line " + std::to_string(row.line) + ": " + refused.detail(),
                    refused.field()};
    }
  }
  return claims;
}

// Where debt is booked, of which nothing is said: as the charts call it.
std::string asked_deferred(const PayrunWords& words, pay::DeferredAs as) {
  return words.deferred.empty() && as == pay::DeferredAs::debt ? "liabilities:deferred:wages"
                                                               : words.deferred;
}

void add_terms(pay::WagesDraft& draft, const PayrunCall& call) {
  if (call.words.terms.empty()) return;
  const JsonDocument body{json_file_text(call.words.terms)};
  add_run_terms(draft, JsonValue{body}, call.units);
}

pay::WagesDraft asked_wages(Tx& tx, const PayrunCall& call) {
  const PayrunWords& words = call.words;
  const Unit unit = asked_unit(tx, call);
  const Day to = Day::parse(words.to);
  const pay::DeferredAs as = pay::deferred_as_from(words.deferred_as);
  pay::WagesDraft draft{.from_on = Day::parse(words.from),
                        .to_on = to,
                        .booked_on = to,
                        .unit = unit,
                        .amount_minor = minor_from_text(words.amount, unit.scale),
                        .rule = words.rule,
                        .deferred_as = as,
                        .accounts = {words.wages, words.payable, asked_deferred(words, as)},
                        .fund = words.fund,
                        .circle = words.circle};
  if (words.mandate > 0) draft.mandate = funds::SpendingMandateNumber{words.mandate};
  add_terms(draft, call);
  return draft;
}

reports::Table proposed(Tx& tx, const PayrunCall& call) {
  return table_of_payrun(tx, call,
                         pay::propose_wages(tx, call.node.id, asked_wages(tx, call), call.author()));
}

// Nothing of it is recorded.
void preview_payrun(const PayrunCall& call) {
  call.print(call.database.in_dry_tx([&](Tx& tx) { return proposed(tx, call); }));
}

void propose(const PayrunCall& call) {
  call.print(call.database.in_tx([&](Tx& tx) { return proposed(tx, call); }));
}

// Takes in claims from before; each day's is a run of its own that two people approve.
void take_old_claims(const PayrunCall& call) {
  const PayrunWords& words = call.words;
  const auto work = [&](Tx& tx) {
    const Unit unit = asked_unit(tx, call);
    const pay::DeferredAs as = pay::deferred_as_from(words.deferred_as);
    std::vector<reports::Table> tables;
    for (const pay::PayRun& run : pay::propose_old_claims(tx, call.node.id,
                                                          {.booked_on = Day::parse(words.booked_on),
                                                           .unit = unit,
                                                           .deferred_as = as,
                                                           .against = words.against,
                                                           .deferred = asked_deferred(words, as),
                                                           .claims = claims_in(words.file, unit.scale),
                                                           .decision = words.decision},
                                                          call.author()))
      tables.push_back(table_of_payrun(tx, call, run));
    return tables;
  };
  for (const reports::Table& table : words.is_dry ? call.database.in_dry_tx(work) : call.database.in_tx(work))
    call.print(table);
}

void approve_payrun(const PayrunCall& call) {
  call.print(call.database.in_tx([&](Tx& tx) {
    pay::approve_pay_run(tx, call.node.id, call.number(), call.author());
    return table_of_payrun(tx, call, pay::read_pay_run(tx, call.node.id, call.number()));
  }));
}

void post(const PayrunCall& call) {
  call.print(call.database.in_tx([&](Tx& tx) {
    return table_of_payrun(tx, call, pay::post_pay_run(tx, call.node.id, call.number(), call.author()));
  }));
}

void show_payrun(const PayrunCall& call) {
  call.print(call.database.in_snapshot(
      [&](Tx& tx) { return table_of_payrun(tx, call, pay::read_pay_run(tx, call.node.id, call.number())); }));
}

void list_payruns(const PayrunCall& call) {
  call.print(call.database.in_snapshot([&](Tx& tx) {
    pay::PayRunFilter filter{.limit = 10'000};
    if (!call.words.circle.empty())
      filter.circle = work::read_circle(tx, call.node.id, call.words.circle).code;
    return reports::table_of_pay_runs(reports::read_report_node(tx, call.node.id),
                                      pay::list_pay_runs(tx, call.node.id, filter), std::nullopt);
  }));
}

void list_tariffs_of_node(const PayrunCall& call) {
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    return reports::table_of_tariffs(in, pay::read_tariffs(tx, call.node.id, {}));
  });
}

// What an hour is worth from a day on; without an amount the tariff ends.
void adopt_typed_tariff(const PayrunCall& call) {
  const PayrunWords& words = call.words;
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    pay::TariffDraft draft{.work = words.work,
                           .circle = words.circle,
                           .member = words.member,
                           .from_on = Day::parse(words.from),
                           .decision = words.decision};
    if (!words.amount.empty()) {
      const Unit unit = asked_unit(tx, call);
      draft.minor = minor_from_text(words.amount, unit.scale);
      draft.unit = unit.code;
    }
    return reports::table_of_tariffs(in, {pay::adopt_tariff(tx, call.node.id, draft, call.author())});
  });
}

using PayrunWork = void (*)(const PayrunCall&);

void add_wages_options(CLI::App& command, PayrunWords& words) {
  command.add_option("--from", words.from, "the first day of the hours, such as 2026-01-01")->required();
  command.add_option("--to", words.to, "the last day; the rule in force on it divides")->required();
  command.add_option("--amount", words.amount, "the pot")->required();
  command.add_option("--rule", words.rule, "the rule's code")->required();
  command.add_option("--unit", words.unit, "a unit's code; the node's own where it is not given");
  command.add_option("--deferred-as", words.deferred_as, "debt (usual), equity, points or gift");
  command.add_option("--wages", words.wages, "the expense; expenses:wages where it is not given");
  command.add_option("--payable", words.payable,
                     "what is owed; liabilities:payable:wages where it is not given");
  command.add_option("--deferred", words.deferred,
                     "where debt or equity is booked; debt in liabilities:deferred:wages where it is not "
                     "given");
  command.add_option("--fund", words.fund, "the fund that what is paid is taken from");
  command.add_option("--mandate", words.mandate, "the spending mandate that reserves what it takes")
      ->check(CLI::PositiveNumber);
  command.add_option("--circle", words.circle, "only hours for this circle");
  command.add_option(
      "--file", words.terms,
      "what the rule is given besides, as JSON: figures, members (places, measures), pots, local");
}

void add_tariff_options(CLI::App& command, PayrunWords& words) {
  command.add_option("--work", words.work, "of which kind; livelihood where it is not given");
  command.add_option("--amount", words.amount, "an hour; without it the tariff ends");
  command.add_option("--unit", words.unit, "a unit's code; the node's own where it is not given");
  command.add_option("--from", words.from, "the first day of work that it is for")->required();
  command.add_option("--circle", words.circle, "only for this circle");
  command.add_option("--member", words.member, "only for this member");
  command.add_option("--decision", words.decision, "who decided it, and where that is written")->required();
}

void add_old_claims_options(CLI::App& command, PayrunWords& words) {
  command.add_option("file", words.file, "a table (CSV) with the columns member, since and amount")
      ->required();
  command.add_option("--booked-on", words.booked_on, "the day of the entries")->required();
  command.add_option("--decision", words.decision, "who decided it, and where that is written")->required();
  command.add_option("--unit", words.unit, "a unit's code; the node's own where it is not given");
  command.add_option("--deferred-as", words.deferred_as, "debt (usual), equity or points");
  command.add_option("--deferred", words.deferred,
                     "where debt or equity is booked; debt in liabilities:deferred:wages where it is not "
                     "given");
  command.add_option("--against", words.against,
                     "an expense, or equity where it is one of years before (equity:opening)");
  command.add_flag("--dry-run", words.is_dry, "shows what would be proposed; records nothing");
}

}  // namespace

void add_payrun(CommandLine& line) {
  const auto words = std::make_shared<PayrunWords>();
  NodeCommand command{
      line,
      {"payrun",
       "Previews, proposes, approves, books and pays pay runs; what is deferred, settled, lapses",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger payrun preview bcn --from 2026-01-01 --to 2026-01-31 --amount 804.25 --rule own_rates",
        "coopledger payrun preview bcn --from 2026-01-01 --to 2026-01-31 --amount 1610.00 "
        "--rule waterfall --file january.json",
        "coopledger payrun tariff bcn --amount 25.00 --from 2026-01-01 --decision 'Assembly of 10 December "
        "2025' --user ann < password",
        "coopledger payrun approve bcn 3 --user ann < password", "coopledger payrun show bcn 3",
        "coopledger payrun payslip bcn 3 M0001", "coopledger payrun claims bcn --open --csv",
        "coopledger payrun settle bcn --file settlement.json --dry-run --user tom < password",
        "coopledger payrun pay bcn 3 --file payment.json --user tom < password"}}};
  const auto below = [&](const char* name, const char* meaning, PayrunWork work) -> CLI::App& {
    return command.below(name, meaning,
                         [words, work](const NodeCall& call) { work(PayrunCall{call, *words}); });
  };
  below("tariffs", "Lists what an hour is worth, of which kind of work, for whom", list_tariffs_of_node);
  CLI::App& tariff = below("tariff", "Says what an hour is worth from a day on", adopt_typed_tariff);
  add_tariff_options(tariff, *words);
  CLI::App& previewed =
      below("preview", "What a pay run would pay, and why; records nothing", preview_payrun);
  CLI::App& asked = below("propose", "Proposes a pay run; two others approve it", propose);
  for (CLI::App* one : {&previewed, &asked}) add_wages_options(*one, *words);
  CLI::App& old =
      below("old-claims", "Takes in claims from before these books: member, since, amount", take_old_claims);
  add_old_claims_options(old, *words);
  CLI::App& approved =
      below("approve", "Approves; two different people must, who are not in it", approve_payrun);
  CLI::App& posted = below("post", "Books a run that two people approved", post);
  CLI::App& shown = below("show", "Shows a run with each member's figures explained", show_payrun);
  CLI::App& listed = below("list", "Lists pay runs, the newest first", list_payruns);
  listed.add_option("--circle", words->circle, "only runs of this circle");
  for (CLI::App* one : {&approved, &posted, &shown})
    one->add_option("number", words->number, "the run's number")->required();
  command.ask_who({&asked, &old, &posted}, access::Action::record_entries);
  command.ask_who({&approved}, access::Action::approve_payments);
  command.ask_who({&tariff}, access::Action::adopt_rules);
  add_payrun_requests(command);
}

}  // namespace coop::api
