#include "ledger/funds/spending_rule.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::funds {

namespace {

constexpr std::array<std::string_view, 3> rule_kinds{"approvals", "mandate", "authority"};

bool is_of_place(const SpendingRuleDraft& rule, const RulePlace& place) {
  return rule.unit == place.unit && rule.from_on <= place.day && (!rule.fund || rule.fund == place.fund);
}

// Of two rules of the place the later recorded one is asked: true if it goes before the other.
bool goes_before(const SpendingRuleDraft& later, const SpendingRuleDraft& earlier) {
  if (later.fund.has_value() != earlier.fund.has_value()) return later.fund.has_value();
  return later.from_on >= earlier.from_on;
}

}  // namespace

std::string_view text_of(SpendingRuleKind kind) { return rule_kinds.at(static_cast<std::size_t>(kind)); }

SpendingRuleKind spending_rule_kind_from(std::string_view text) {
  const auto* found = std::ranges::find(rule_kinds, text);
  if (found == rule_kinds.end())
    throw Refused{Refusal::field_invalid, "a rule of spending is of approvals, mandate or authority, not '" +
                                              std::string{text} + "'"};
  return static_cast<SpendingRuleKind>(found - rule_kinds.begin());
}

const SpendingRule* rule_on(const std::vector<SpendingRule>& rules, SpendingRuleKind kind,
                            const RulePlace& place) {
  const SpendingRule* counts = nullptr;
  for (const SpendingRule& one : rules)
    if (one.rule.kind == kind && is_of_place(one.rule, place) &&
        (counts == nullptr || goes_before(one.rule, counts->rule)))
      counts = &one;
  return counts;
}

int approvals_of_orders(const std::vector<SpendingRule>& rules, const std::vector<OrderedAmount>& orders,
                        UnitId unit, Day day) {
  std::map<const SpendingRule*, std::int64_t> sums;
  for (const OrderedAmount& order : orders) {
    std::int64_t& sum = sums[rule_on(rules, SpendingRuleKind::approvals, {unit, order.fund, day})];
    sum = checked_add(sum, order.minor);
  }
  int needed = 1;
  for (const auto& [rule, sum] : sums)
    if (rule == nullptr || (rule->rule.two_from && sum >= *rule->rule.two_from)) needed = 2;
  return needed;
}

int approvals_of_mandate(const std::vector<SpendingRule>& rules, const RulePlace& place, std::int64_t minor) {
  const SpendingRule* rule = rule_on(rules, SpendingRuleKind::approvals, place);
  if (rule == nullptr) return 0;
  if (rule->rule.two_from && minor >= *rule->rule.two_from) return 2;
  return rule->rule.one_from && minor >= *rule->rule.one_from ? 1 : 0;
}

bool needs_mandate(const std::vector<SpendingRule>& rules, const RulePlace& place, std::int64_t minor) {
  const SpendingRule* rule = rule_on(rules, SpendingRuleKind::mandate, place);
  return rule != nullptr && rule->rule.needed_from && minor >= *rule->rule.needed_from;
}

std::optional<std::size_t> order_without_mandate(const std::vector<SpendingRule>& rules,
                                                 const std::vector<OrderToPayee>& orders, UnitId unit,
                                                 Day day) {
  using Payee = std::pair<const SpendingRule*, std::string>;
  std::map<Payee, std::int64_t> by_member;
  std::map<Payee, std::int64_t> by_account;
  std::vector<const SpendingRule*> counting;
  for (const OrderToPayee& order : orders) {
    const SpendingRule* rule = rule_on(rules, SpendingRuleKind::mandate, {unit, order.fund, day});
    counting.push_back(order.needs_none || rule == nullptr || !rule->rule.needed_from ? nullptr : rule);
    if (counting.back() == nullptr) continue;
    std::int64_t& of_member = by_member[{rule, order.member}];
    std::int64_t& of_account = by_account[{rule, order.iban}];
    of_member = checked_add(of_member, order.minor);
    of_account = checked_add(of_account, order.minor);
  }
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const OrderToPayee& order = orders[i];
    if (counting[i] == nullptr || order.has_mandate) continue;
    std::int64_t together = order.minor;
    if (!order.member.empty()) together = std::max(together, by_member.at({counting[i], order.member}));
    if (!order.iban.empty()) together = std::max(together, by_account.at({counting[i], order.iban}));
    if (together >= *counting[i]->rule.needed_from) return i;
  }
  return std::nullopt;
}

std::string authority_fault(const std::vector<SpendingRule>& rules, const RulePlace& place,
                            const GrantedAmount& grant, int scale) {
  const SpendingRule* own = nullptr;
  bool is_told = false;
  for (const SpendingRule& one : rules) {
    if (one.rule.kind != SpendingRuleKind::authority || !is_of_place(one.rule, place)) continue;
    is_told = true;
    if (one.rule.body == grant.body && one.rule.level == grant.level &&
        (own == nullptr || goes_before(one.rule, own->rule)))
      own = &one;
  }
  if (!is_told) return {};
  const std::string name = grant.body + " (" + std::string{text_of(grant.level)} + ")";
  if (own == nullptr) return "no rule says that " + name + " grants anything here";
  if (!own->rule.up_to || grant.minor <= *own->rule.up_to) return {};
  return name + " grants up to " + text_from_minor(*own->rule.up_to, scale) + " at once, by rule " +
         std::to_string(own->number);
}

}  // namespace coop::funds
