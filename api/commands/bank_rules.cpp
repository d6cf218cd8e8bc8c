#include <iostream>

#include <CLI/CLI.hpp>

#include "api/commands/bank_call.hpp"
#include "api/commands/columns.hpp"
#include "ledger/bank/replay_service.hpp"
#include "ledger/bank/rule_service.hpp"
#include "ledger/values/money.hpp"
#include "reports/rule_replay.hpp"

namespace coop::api {

namespace {

std::string amounts_of(const bank::RuleConditions& when, const Unit& unit) {
  const auto text = [&](std::int64_t minor) { return text_from_minor(minor, unit.scale); };
  if (when.least_minor == when.most_minor && when.least_minor) return text(*when.least_minor);
  if (!when.most_minor) return "from " + text(when.least_minor.value_or(0));
  return text(when.least_minor.value_or(0)) + " to " + text(*when.most_minor);
}

// "of account 1, money out, name has 'hetzner'"
std::string conditions_of(const bank::RuleConditions& when, const Unit& unit) {
  std::string words;
  const auto add = [&](bool is_said, const std::string& what) {
    if (is_said) words += (words.empty() ? "" : ", ") + what;
  };
  add(when.bank_account.has_value(),
      when.bank_account ? "of account " + std::to_string(when.bank_account->number()) : "");
  add(when.is_credit.has_value(), when.is_credit.value_or(false) ? "money in" : "money out");
  add(when.least_minor || when.most_minor, "amount " + amounts_of(when, unit));
  add(!when.counterparty.empty(), "name has '" + when.counterparty + "'");
  add(!when.words.empty(), "text has '" + when.words + "'");
  add(!when.reference.empty(), "reference " + when.reference);
  add(!when.code.empty(), "code " + when.code);
  add(when.first_day.has_value(), "days " + std::to_string(when.first_day.value_or(1)) + " to " +
                                      std::to_string(when.last_day.value_or(31)));
  add(!when.counterparty_hash.empty(), "a certain counterparty's account");
  return words;
}

std::string part_words(const bank::RulePart& part, const Unit& unit) {
  if (part.fixed_minor) return part.account + " " + text_from_minor(*part.fixed_minor, unit.scale);
  if (part.share_millionths) return part.account + " " + text_from_minor(*part.share_millionths, 4) + "%";
  return part.account + " the rest";
}

std::string makes_of(const bank::BankRule& rule, const Unit& unit) {
  if (!rule.is.pays_for.empty()) return "payment of " + rule.is.pays_for;
  if (rule.is.transfer_to) return "transfer to " + rule.transfer_path;
  std::string words;
  for (const bank::RulePart& part : rule.is.parts)
    words += (words.empty() ? "" : " + ") + part_words(part, unit);
  return words;
}

void list_rules(const BankCall& call) {
  std::vector<std::vector<std::string>> lines;
  call.database.in_snapshot([&](Tx& tx) {
    for (const bank::BankRule& rule : bank::read_rules(tx, call.node.id, {.ended = false})) {
      const Unit unit = unit_of(tx, rule.is.unit);
      lines.push_back({std::to_string(rule.number.number()), rule.is.name,
                       std::string{bank::text_of(rule.mode)}, conditions_of(rule.is.when, unit),
                       makes_of(rule, unit), rule.is.note});
    }
  });
  std::cout << aligned_columns(lines);
}

void show_rule(const BankCall& call) {
  const bank::BankRuleNumber number{call.words.number};
  call.database.in_snapshot([&](Tx& tx) {
    const bank::BankRule now = bank::read_rule(tx, call.node.id, number);
    std::cout << "rule " << call.words.number << " (" << now.is.name << "): " << bank::text_of(now.mode)
              << (now.reason.empty() ? "" : ", " + now.reason) << '\n';
    if (!now.is.note.empty()) std::cout << now.is.note << '\n';
    for (const bank::BankRule& version :
         bank::read_rules(tx, call.node.id, {.number = number, .all_versions = true})) {
      const Unit unit = unit_of(tx, version.is.unit);
      std::cout << "version " << version.version << ", " << coop::text_of(version.recorded_at) << ": "
                << conditions_of(version.is.when, unit) << ": " << makes_of(version, unit) << '\n';
    }
    for (const bank::RuleReplay& replay : bank::read_rule_replays(tx, call.node.id, number))
      std::cout << "replay " << replay.number << " of version " << replay.version << ": " << replay.agreed
                << " done just so, " << replay.differed << " differently, " << replay.still_open << " open, "
                << replay.taken_before << " taken by an earlier rule\n";
  });
}

void replay_rule(const BankCall& call) {
  bank::ReplayScope scope;
  if (!call.words.from.empty()) scope.from = Day::parse(call.words.from);
  if (!call.words.to.empty()) scope.to = Day::parse(call.words.to);
  if (call.words.account > 0) scope.bank_account = bank::BankAccountNumber{call.words.account};
  const bank::BankRuleNumber number{call.words.number};
  const auto work = [&](Tx& tx) {
    const bank::BankRule rule = bank::read_rule(tx, call.node.id, number);
    return reports::table_of_replay(
        reports::read_report_node(tx, call.node.id), rule, unit_of(tx, rule.is.unit),
        call.words.recorded ? bank::record_replay(tx, call.node.id, number, scope, call.author)
                            : bank::replay_rule(tx, call.node.id, rule, scope));
  };
  const auto table = call.words.recorded ? call.database.in_tx(work) : call.database.in_snapshot(work);
  std::cout << (call.words.as_csv ? reports::csv_text(table) : reports::plain_text(table));
}

}  // namespace

void add_bank_rules(CLI::App& command, const std::shared_ptr<BankWords>& words,
                    const std::shared_ptr<BankWork>& chosen) {
  CLI::App& rules = *command.add_subcommand("rules", "Lists, shows and replays rules for lines");
  rules.fallthrough();
  rules.require_subcommand(1);
  add_bank_command(rules, "list", "Lists the rules in the order in which they are asked", words, chosen,
                   list_rules);
  CLI::App& shown =
      add_bank_command(rules, "show", "Shows a rule with its versions and replays", words, chosen, show_rule);
  CLI::App& replayed = add_bank_command(rules, "replay", "What a rule would have done in the past", words,
                                        chosen, replay_rule);
  for (CLI::App* one : {&shown, &replayed})
    one->add_option("rule", words->number, "the number of the rule")->required();
  replayed.add_option("--from", words->from, "only lines from this day on");
  replayed.add_option("--to", words->to, "only lines through this day");
  replayed.add_option("--account", words->account, "only lines of this account");
  CLI::Option* recorded = replayed.add_flag("--record", words->recorded,
                                            "writes down what came of it, as is asked before it may post");
  CLI::Option* user = replayed.add_option(
      "--user", words->user, "with --record: who does it; the password is a line of standard input");
  recorded->needs(user);
  user->needs(recorded);
  replayed.parse_complete_callback([words] {
    if (words->recorded) words->asks = access::Action::record_entries;
  });
  replayed.add_flag("--csv", words->as_csv, "for a spreadsheet");
}

}  // namespace coop::api
