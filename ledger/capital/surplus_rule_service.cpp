#include "ledger/capital/surplus_rule_service.hpp"

#include <utility>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/capital/share_store.hpp"
#include "ledger/capital/surplus_division.hpp"
#include "ledger/capital/surplus_store.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::capital {

namespace {

[[noreturn]] void refuse_rule_field(const std::string& words, const std::string& field) {
  throw Refused{Refusal::field_invalid, words, field};
}

void require_rule_text(const std::string& text, std::size_t most, const char* field) {
  if (text.empty() || text.size() > most)
    refuse_rule_field("it has 1 to " + std::to_string(most) + " bytes", field);
}

void require_rule_accounts(Tx& tx, NodeId node, const SurplusRule& rule) {
  using enum books::AccountType;
  require_account(tx, node, rule.result, rule.unit_id, {equity}, "/result");
  require_account(tx, node, rule.reserve, rule.unit_id, {equity}, "/reserve");
  require_account(tx, node, rule.capital, rule.unit_id, {equity}, "/capital");
  require_account(tx, node, rule.payable, rule.unit_id, {liability}, "/payable");
  if (rule.result == rule.reserve || rule.result == rule.capital || rule.reserve == rule.capital)
    refuse_rule_field("result, reserve and capital are three different accounts", "/result");
  if (!rule.sharing_code && rule.other.empty() != (rule.other_weight == 0))
    refuse_rule_field("whoever gets a third part has an account, and only then", "/other");
  if (rule.other.empty()) return;
  require_account(tx, node, rule.other, rule.unit_id, {liability, equity}, "/other");
  for (const std::string& path : {rule.result, rule.reserve, rule.capital, rule.payable})
    if (rule.other == path) refuse_rule_field("the third part has an account of its own", "/other");
}

// Weights, or rules of sharing that say it.
void require_weights(const SurplusRule& rule) {
  if (rule.sharing_code || rule.loss_code) {
    if (rule.reserve_weight + rule.members_weight + rule.other_weight + rule.loss_reserve_weight +
            rule.loss_members_weight + rule.interest_millionths + rule.cash_millionths !=
        0)
      refuse_rule_field("the rule of sharing says who gets what: weights, interest and cash are 0",
                        "/sharing_rule");
    return;
  }
  if (rule.reserve_weight + rule.members_weight + rule.other_weight == 0)
    refuse_rule_field("somebody gets a part of a surplus", "/members_weight");
  if (rule.loss_reserve_weight + rule.loss_members_weight == 0)
    refuse_rule_field("somebody bears a part of a loss", "/loss_members_weight");
}

// Both rules of sharing are there on the first day, and can divide what they are to.
void require_sharing_rules(Tx& tx, NodeId node, const SurplusRule& rule) {
  if (rule.sharing_code.has_value() != rule.loss_code.has_value())
    refuse_rule_field("a rule for surplus and one for losses come together", "/loss_rule");
  const auto require = [&](const std::string& code, bool is_loss, const char* field) {
    const auto version = sharing::read_version_on(tx, node, code, rule.from_on, field);
    require_surplus_steps(rule, *version.is.rule, is_loss, field);
  };
  require(*rule.sharing_code, false, "/sharing_rule");
  require(*rule.loss_code, true, "/loss_rule");
}

// What follows on the rules before: their indivisible reserves stay such, and a unit keeps its result, or
// what was divided would be divided once more.
void require_kept(Tx& tx, NodeId node, const SurplusRule& rule, const std::vector<SurplusRule>& before) {
  const auto refuse = [](const std::string& path, const char* field) {
    throw Refused{Refusal::reserve_indivisible, path + " was called an indivisible reserve: it stays one",
                  field};
  };
  for (const auto& [path, field] : {std::pair{&rule.result, "/result"}, std::pair{&rule.capital, "/capital"},
                                    std::pair{&rule.other, "/other"}})
    if (is_indivisible_reserve(before, rule.unit_id, *path)) refuse(*path, field);
  if (!rule.is_indivisible && is_indivisible_reserve(before, rule.unit_id, rule.reserve))
    refuse(rule.reserve, "/indivisible");
  for (const SurplusRule& one : before)
    if (one.unit_id == rule.unit_id && one.result != rule.result)
      refuse_rule_field("a unit keeps its account of what was divided: " + one.result, "/result");
  if (!rule.is_indivisible) return;
  for (const ShareClass& of : read_share_classes(tx, node))
    if (of.unit_id == rule.unit_id && of.capital == rule.reserve)
      refuse_rule_field("it is what members hold of the class " + of.code, "/reserve");
}

}  // namespace

SurplusRule adopt_surplus_rule(Tx& tx, NodeId node, SurplusRule asked, const books::Author& author) {
  books::lock_book_head(tx, node);
  require_rule_text(asked.title, 200, "/title");
  if (is_blank(asked.decision))
    throw Refused{Refusal::decision_missing, "a rule for surplus rests on a decision", "/decision"};
  require_rule_text(asked.decision, 500, "/decision");
  const auto unit = books::find_unit(tx, asked.unit);
  if (!unit) throw Refused{Refusal::unit_unknown, "there is no unit " + asked.unit, "/unit"};
  asked.unit_id = unit->id;
  require_weights(asked);
  require_rule_accounts(tx, node, asked);
  if (asked.sharing_code || asked.loss_code) require_sharing_rules(tx, node, asked);
  asked.number = 1;
  const auto rules = read_surplus_rules(tx, node);
  require_kept(tx, node, asked, rules);
  for (const SurplusRule& before : rules) {
    asked.number = before.number + 1;
    if (before.unit_id == asked.unit_id && asked.from_on <= before.from_on)
      refuse_rule_field("the rule before begins on " + before.from_on.text(), "/from_on");
  }
  asked.recorded_at = insert_surplus_rule(tx, node, asked, author);
  books::tell(tx, node, author, "surplus_rule_adopted", {{"rule", asked.number}});
  return asked;
}

}  // namespace coop::capital
