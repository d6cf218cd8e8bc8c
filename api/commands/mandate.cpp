#include <CLI/CLI.hpp>

#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "api/commands/commands.hpp"
#include "api/commands/json_file.hpp"
#include "api/commands/node_command.hpp"
#include "api/handlers/fund_forms.hpp"
#include "api/json_document.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "ledger/funds/spending_mandate_store.hpp"
#include "ledger/funds/spending_rule_service.hpp"
#include "ledger/funds/spending_rule_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/fund_tables.hpp"

namespace coop::api {

namespace {

using funds::SpendingMandate;
using funds::SpendingMandateNumber;

struct MandateWords {
  std::int32_t number = 0;
  std::string fund;
  std::string body;
  std::string level = "node";
  std::string purpose;
  std::string cost_object;
  std::string amount;
  std::string hours;
  std::string rate;
  int months = 0;
  int minutes = 0;
  std::int64_t entry = 0;
  std::string member;
  std::string decision;
  std::string reason;
  std::string on;
  std::string from;
  std::string to;
  std::string file;

  SpendingMandateNumber mandate() const { return SpendingMandateNumber{number}; }
};

reports::Table table_of_listed(const NodeCall& call, const reports::ReportNode& in,
                               const std::vector<SpendingMandate>& listed) {
  return reports::table_of_spending_mandates(in, listed, call.today(), call.unit_of(), std::nullopt);
}

void list_mandates(const NodeCall& call, const MandateWords& words) {
  constexpr int at_once = 500;
  funds::SpendingMandateFilter filter{.today = call.today(), .limit = at_once};
  if (!words.fund.empty()) filter.fund = words.fund;
  for (bool is_first = true;; is_first = false) {
    std::vector<SpendingMandate> listed;
    const reports::Table table = call.database.in_snapshot([&](Tx& tx) {
      if (filter.fund) funds::read_fund(tx, call.node.id, *filter.fund);
      listed = funds::list_spending_mandates(tx, call.node.id, filter);
      return table_of_listed(call, reports::read_report_node(tx, call.node.id), listed);
    });
    if (listed.empty() && !is_first) return;
    call.print(table, is_first);
    if (listed.size() < static_cast<std::size_t>(at_once)) return;
    filter.before = listed.back().number;
  }
}

// Does something in the books, and prints the mandate as it stands then.
template <class Work>
void change_mandate(const NodeCall& call, const Work& work) {
  call.print_done(
      [&](Tx& tx, const reports::ReportNode& in) { return table_of_listed(call, in, {work(tx)}); });
}

// "12" or "7.5" hours as minutes.
int minutes_of_typed(const std::string& typed) {
  const Ratio hours = Ratio::parse(typed);
  const std::int64_t most = std::numeric_limits<std::int32_t>::max() / 60;
  if (60 % hours.denominator() != 0 || hours.numerator() <= 0 ||
      hours.numerator() / hours.denominator() > most)
    throw Refused{Refusal::field_invalid, "--hours is above zero and comes to whole minutes: 12, 7.5"};
  return static_cast<int>(hours.numerator() * (60 / hours.denominator()));
}

// What is granted is an amount, or hours a month at a rate for some months.
void put_granted(const MandateWords& words, const Unit& unit, funds::SpendingMandateDraft& draft) {
  if (!words.amount.empty()) draft.minor = minor_from_text(words.amount, unit.scale);
  if (words.hours.empty() && words.rate.empty() && words.months == 0) return;
  if (words.hours.empty() || words.rate.empty() || words.months == 0)
    throw Refused{Refusal::field_missing, "hours come with --hours, --rate and --months"};
  draft.hours =
      funds::HoursGrant{minutes_of_typed(words.hours), minor_from_text(words.rate, unit.scale), words.months};
}

void grant_mandate(const NodeCall& call, const MandateWords& words) {
  const Unit unit = call.base_unit();
  funds::SpendingMandateDraft draft{.body = words.body,
                                    .level = funds::body_level_from(words.level),
                                    .purpose = words.purpose,
                                    .fund = words.fund,
                                    .unit = unit.id,
                                    .from_on = Day::parse(words.from),
                                    .until_on = Day::parse(words.to),
                                    .decision = words.decision};
  put_granted(words, unit, draft);
  if (!words.cost_object.empty()) draft.cost_object = words.cost_object;
  change_mandate(call,
                 [&](Tx& tx) { return funds::grant(tx, call.node.id, draft, call.today(), call.author()); });
}

void draw_on_mandate(const NodeCall& call, const MandateWords& words) {
  change_mandate(call, [&](Tx& tx) {
    const SpendingMandate mandate = funds::read_spending_mandate(tx, call.node.id, words.mandate());
    funds::DrawDraft draft{
        .on_day = typed_day(words.on).value_or(call.today()), .member = words.member, .words = words.purpose};
    if (!words.amount.empty()) draft.minor = minor_from_text(words.amount, call.units.of(mandate.unit).scale);
    if (words.minutes > 0) draft.minutes = words.minutes;
    if (words.entry > 0) draft.entry = EntryNumber{words.entry};
    return funds::draw(tx, call.node.id, words.mandate(), draft, call.today(), call.author());
  });
}

void recall_mandate(const NodeCall& call, const MandateWords& words) {
  change_mandate(call, [&](Tx& tx) {
    return funds::recall(tx, call.node.id, words.mandate(), words.reason, call.today(), call.author());
  });
}

void approve_one_mandate(const NodeCall& call, const MandateWords& words) {
  change_mandate(call, [&](Tx& tx) {
    return funds::approve_mandate(tx, call.node.id, words.mandate(), call.today(), call.author());
  });
}

void list_rules_of_spending(const NodeCall& call) {
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    return reports::table_of_spending_rules(in, funds::read_spending_rules(tx, call.node.id), call.unit_of(),
                                            std::nullopt);
  });
}

void adopt_rule_of_spending(const NodeCall& call, const MandateWords& words) {
  const JsonDocument body{json_file_text(words.file)};
  const auto draft = spending_rule_from(JsonValue{body}, call.units);
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    return reports::table_of_spending_rules(
        in, {funds::adopt_spending_rule(tx, call.node.id, draft, call.author())}, call.unit_of(),
        std::nullopt);
  });
}

using MandateWork = void (*)(const NodeCall&, const MandateWords&);

void add_grant_words(CLI::App& granted, MandateWords& words) {
  granted.add_option("--fund", words.fund, "the fund's code")->required();
  granted.add_option("--body", words.body, "the assembly, circle or council that decided")->required();
  granted.add_option("--level", words.level, "whose body it is: node or federation");
  granted.add_option("--purpose", words.purpose, "what it is for")->required();
  granted.add_option("--cost-object", words.cost_object, "a cost object's code");
  granted.add_option("--amount", words.amount, "in the node's unit, such as 1440.00; or hours");
  granted.add_option("--hours", words.hours, "hours a month, such as 12 or 7.5, with --rate and --months");
  granted.add_option("--rate", words.rate, "of an hour, in the node's unit, such as 20.00");
  granted.add_option("--months", words.months, "how many months");
  granted.add_option("--from", words.from, "the first day")->required();
  granted.add_option("--to", words.to, "the last day")->required();
  granted.add_option("--decision", words.decision, "the link to the decision")->required();
}

void add_draw_words(CLI::App& drawn, MandateWords& words) {
  drawn.add_option("--amount", words.amount, "in the mandate's unit");
  drawn.add_option("--minutes", words.minutes, "of a mandate that grants hours");
  drawn.add_option("--entry", words.entry, "the number of the entry that spends it, if there is one");
  drawn.add_option("--member", words.member, "whom it pays, if that is a member");
  drawn.add_option("--on", words.on, "the day; without it, today");
  drawn.add_option("--words", words.purpose, "what it is for; names nobody");
}

}  // namespace

void add_mandate(CommandLine& line) {
  const auto words = std::make_shared<MandateWords>();
  NodeCommand command{
      line,
      {"mandate",
       "Shows spending mandates, grants, approves and recalls them, and draws on them; rules of spending",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger mandate list bcn --fund media --csv",
        "coopledger mandate grant bcn --fund media --body 'Media circle' --purpose Films --amount 1440.00 "
        "--from 2026-01-01 --to 2026-12-31 --decision https://example.org/d/2 --user ann < password",
        "coopledger mandate grant bcn --fund media --body Assembly --purpose Editing --hours 12 --rate 20.00 "
        "--months 12 --from 2026-01-01 --to 2026-12-31 --decision https://example.org/d/3 --user ann "
        "< password",
        "coopledger mandate approve bcn 2 --user ben < password",
        "coopledger mandate draw bcn 2 --amount 400.00 --on 2026-03-01 --user tom < password",
        "coopledger mandate draw bcn 3 --minutes 720 --user tom < password",
        "coopledger mandate recall bcn 2 --reason 'the film is off' --user ann < password",
        "coopledger mandate rules bcn",
        "coopledger mandate adopt-rule bcn --file two-people.json --user ann < password"}}};
  const auto below = [&](const char* name, const char* meaning, MandateWork work) -> CLI::App& {
    return command.below(name, meaning, [words, work](const NodeCall& call) { work(call, *words); });
  };
  below("list", "Lists spending mandates, the newest first", list_mandates)
      .add_option("--fund", words->fund, "only of this fund");
  command.below("rules", "Lists the rules of spending", list_rules_of_spending);
  CLI::App& adopted =
      below("adopt-rule", "Records a rule of spending that was adopted", adopt_rule_of_spending);
  adopted
      .add_option("--file", words->file,
                  "the rule as JSON, as POST …/spending-rules takes it; - for standard input, after the "
                  "password")
      ->required();
  CLI::App& granted = below("grant", "Records a mandate: an amount, or hours, of a fund", grant_mandate);
  add_grant_words(granted, *words);
  CLI::App& approved = below("approve", "Approves a mandate that waits for others", approve_one_mandate);
  CLI::App& drawn = below("draw", "Draws an amount, or minutes, on a mandate", draw_on_mandate);
  CLI::App& recalled = below("recall", "Recalls a mandate", recall_mandate);
  for (CLI::App* one : {&approved, &drawn, &recalled})
    one->add_option("number", words->number, "the mandate's number")->required();
  add_draw_words(drawn, *words);
  recalled.add_option("--reason", words->reason, "why")->required();
  command.ask_who({&adopted, &granted, &recalled}, access::Action::adopt_rules);
  command.ask_who({&approved}, access::Action::approve_payments);
  command.ask_who({&drawn}, access::Action::record_entries);
}

}  // namespace coop::api
