#include "ledger/bank/rule_service.hpp"

#include <algorithm>
#include <set>

#include "ledger/bank/bank_account_store.hpp"
#include "ledger/bank/candidate_store.hpp"
#include "ledger/bank/match_store.hpp"
#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/folded_text.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

std::string name_of(BankRuleNumber rule) { return "rule " + std::to_string(rule.number()); }

// The account of ours that a field names, in the rule's unit.
BankAccount require_bank_account(Tx& tx, NodeId node, BankAccountNumber number, UnitId unit,
                                 const std::string& field) {
  const auto found = read_bank_accounts(tx, node, {.number = number, .unit = unit});
  if (found.empty())
    throw Refused{Refusal::bank_account_unknown,
                  "there is no account with statements of number " + std::to_string(number.number()) +
                      " in the rule's unit",
                  field};
  return found.front();
}

void require_account(Tx& tx, NodeId node, const std::string& path, UnitId unit, const std::string& field) {
  for (const books::Account& account : books::find_accounts(tx, node, path))
    if (account.unit == unit) return;
  throw Refused{Refusal::account_unknown, "there is no account '" + path + "' in the rule's unit", field};
}

void require_dimensions(Tx& tx, NodeId node, const RulePart& part, const std::string& place) {
  for (std::size_t i = 0; i < part.about.size(); ++i) {
    if (!part.about[i]) continue;
    const auto kind = books::dimension_kinds[i];
    if (!knows_dimension(tx, node, kind, *part.about[i]))
      throw Refused{Refusal::dimension_unknown,
                    "there is no " + std::string{text_of(kind)} + " '" + *part.about[i] + "'",
                    place + "/" + std::string{text_of(kind)}};
  }
}

void tell_of(Tx& tx, NodeId node, const books::Author& author, const char* kind, const BankRule& rule) {
  books::tell(tx, node, author, kind, {{"rule", rule.number.number()}, {"version", rule.version}});
}

BankRule insert(Tx& tx, NodeId node, BankRule rule, const books::Author& author) {
  insert_rule_version(tx, node, rule, author);
  tell_of(tx, node, author, "bank_rule_written", rule);
  return read_rule(tx, node, rule.number);
}

bool proves(const RuleReplay& replay) { return replay.differed == 0 && replay.agreed > 0; }

void require_order(Tx& tx, NodeId node, const std::vector<BankRuleNumber>& rules) {
  std::set<BankRuleNumber> seen;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::string place = "/rules/" + std::to_string(i);
    const auto found = read_rules(tx, node, {.number = rules[i]});
    if (found.empty()) throw Refused{Refusal::bank_rule_unknown, "there is no " + name_of(rules[i]), place};
    if (found.front().mode == RuleMode::ended)
      throw Refused{Refusal::bank_rule_ended, name_of(rules[i]) + " has ended", place};
    if (!seen.insert(rules[i]).second)
      throw Refused{Refusal::field_invalid, name_of(rules[i]) + " stands twice", place};
  }
  for (const BankRule& rule : read_rules(tx, node, {.ended = false}))
    if (!seen.contains(rule.number))
      throw Refused{Refusal::field_invalid, name_of(rule.number) + " is missing", "/rules"};
}

}  // namespace

BankRule read_rule(Tx& tx, NodeId node, BankRuleNumber number) {
  auto found = read_rules(tx, node, {.number = number});
  if (found.empty()) throw Refused{Refusal::bank_rule_unknown, "there is no " + name_of(number)};
  return std::move(found.front());
}

BankRule require_live_rule(Tx& tx, NodeId node, BankRuleNumber number) {
  BankRule rule = read_rule(tx, node, number);
  if (rule.mode == RuleMode::ended)
    throw Refused{Refusal::bank_rule_ended, name_of(number) + " ended: " + rule.reason};
  return rule;
}

BankRule drafted_rule(Tx& tx, NodeId node, const RuleDraft& draft) {
  require_rule(draft);
  BankRule rule{.number = next_rule(tx, node), .version = 1, .is = draft, .recorded_at = {}};
  RuleConditions& when = rule.is.when;
  if (when.bank_account) require_bank_account(tx, node, *when.bank_account, draft.unit, "/when/bank_account");
  if (draft.transfer_to) {
    rule.transfer_path = require_bank_account(tx, node, *draft.transfer_to, draft.unit, "/transfer_to").path;
    if (draft.transfer_to == when.bank_account)
      throw Refused{Refusal::field_invalid, "an account is not its own other side", "/transfer_to"};
  }
  const std::string& payer = draft.pays_for;
  if (!payer.empty() && read_member_ids(tx, node, {&payer, 1}).empty())
    throw Refused{Refusal::party_unknown, "there is no member " + payer, "/pays_for"};
  for (std::size_t i = 0; i < draft.parts.size(); ++i) {
    const std::string place = "/parts/" + std::to_string(i);
    require_account(tx, node, draft.parts[i].account, draft.unit, place + "/account");
    require_dimensions(tx, node, draft.parts[i], place);
  }
  if (!when.counterparty_account.empty()) {
    const std::string account = compact_code(when.counterparty_account);
    if (account.empty() || account.size() > 60)
      throw Refused{Refusal::field_invalid, "an account number has 1 to 60 letters and digits",
                    "/when/counterparty_account"};
    when.counterparty_hash = payer_hash(books::read_node_name(tx, node), account);
    when.counterparty_account.clear();
  }
  rule.counterparty_words = folded_words(when.counterparty);
  rule.text_words = folded_words(when.words);
  return rule;
}

BankRule write_rule(Tx& tx, NodeId node, const RuleDraft& draft, const books::Author& author) {
  books::lock_book_head(tx, node);
  if (read_rules(tx, node, {.ended = false}).size() >= most_rules)
    throw Refused{Refusal::field_invalid,
                  "a node has at most " + std::to_string(most_rules) + " rules that have not ended"};
  return insert(tx, node, drafted_rule(tx, node, draft), author);
}

BankRule change_rule(Tx& tx, NodeId node, BankRuleNumber number, const RuleDraft& draft,
                     const books::Author& author) {
  books::lock_book_head(tx, node);
  const BankRule before = require_live_rule(tx, node, number);
  BankRule rule = drafted_rule(tx, node, draft);
  rule.number = number;
  rule.version = before.version + 1;
  return insert(tx, node, std::move(rule), author);
}

BankRule end_rule(Tx& tx, NodeId node, BankRuleNumber number, const std::string& reason,
                  const books::Author& author) {
  require_reason(reason);
  books::lock_book_head(tx, node);
  const BankRule rule = require_live_rule(tx, node, number);
  insert_rule_step(tx, node, number, {"ended", rule.version, {}, reason}, author);
  tell_of(tx, node, author, "bank_rule_ended", rule);
  return read_rule(tx, node, number);
}

std::vector<BankRule> order_rules(Tx& tx, NodeId node, const std::vector<BankRuleNumber>& rules,
                                  const books::Author& author) {
  books::lock_book_head(tx, node);
  require_order(tx, node, rules);
  insert_rule_order(tx, node, rules, author);
  books::tell(tx, node, author, "bank_rules_ordered", {{"rules", static_cast<std::int64_t>(rules.size())}});
  return read_rules(tx, node, {.ended = false});
}

BankRule let_rule_post(Tx& tx, NodeId node, BankRuleNumber number, int replay, const std::string& reason,
                       const books::Author& author) {
  if (!reason.empty()) require_reason(reason);
  books::lock_book_head(tx, node);
  const BankRule rule = require_live_rule(tx, node, number);
  const auto replays = read_rule_replays(tx, node, number);
  const auto found = std::ranges::find(replays, replay, &RuleReplay::number);
  if (found == replays.end() || found->version != rule.version)
    throw Refused{Refusal::bank_rule_not_proved,
                  "there is no replay " + std::to_string(replay) + " of version " +
                      std::to_string(rule.version) + " of " + name_of(number),
                  "/replay"};
  if (!proves(*found) && reason.empty())
    throw Refused{Refusal::bank_rule_not_proved,
                  "replay " + std::to_string(replay) + " agrees with " + std::to_string(found->agreed) +
                      " lines and differs from " + std::to_string(found->differed),
                  "/reason"};
  insert_rule_step(tx, node, number, {"posting", rule.version, replay, reason}, author);
  books::tell(tx, node, author, "bank_rule_posts",
              {{"rule", number.number()}, {"version", rule.version}, {"replay", replay}});
  return read_rule(tx, node, number);
}

BankRule let_rule_suggest(Tx& tx, NodeId node, BankRuleNumber number, const std::string& reason,
                          const books::Author& author) {
  require_reason(reason);
  books::lock_book_head(tx, node);
  const BankRule rule = require_live_rule(tx, node, number);
  if (rule.mode != RuleMode::post) return rule;
  insert_rule_step(tx, node, number, {"suggesting", rule.version, {}, reason}, author);
  tell_of(tx, node, author, "bank_rule_suggests", rule);
  return read_rule(tx, node, number);
}

}  // namespace coop::bank
