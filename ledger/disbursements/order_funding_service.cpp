#include "ledger/disbursements/order_funding_service.hpp"

#include <algorithm>

#include "ledger/disbursements/disbursement_store.hpp"
#include "ledger/dues/tier_store.hpp"
#include "ledger/funds/fund_service.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "ledger/funds/spending_mandate_store.hpp"
#include "ledger/funds/spending_rule_store.hpp"
#include "ledger/values/euro.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::disbursements {

namespace {

constexpr std::size_t fund_place = 0;  // in books::DimensionCodes
constexpr std::size_t cost_object_place = 2;

// True if it pays a member's part of a pay run.
bool is_pay(const Order& order) { return order.party && order.source.starts_with("PR"); }

// True if paying it takes something off the fund: what settles a debt of ours did so before.
bool costs_the_fund(const books::Account& account, const funds::FundFigures& figures) {
  return account.type == books::AccountType::expense ||
         (account.type == books::AccountType::liability && figures.purpose == funds::FundPurpose::held);
}

}  // namespace

OrderFunding::OrderFunding(Tx& tx, NodeId node, Day requested_on, Day today)
    : tx_{tx},
      node_{node},
      requested_on_{requested_on},
      today_{today},
      rules_{funds::read_spending_rules(tx, node)},
      prepaid_{dues::read_dues_accounts(tx, node).prepaid},
      budgets_{tx, node, today} {}

funds::SpendingMandate& OrderFunding::mandate_of(const Order& order, const std::string& place) {
  const int number = order.mandate->number();
  const auto known = mandates_.find(number);
  if (known != mandates_.end()) return known->second;
  auto found = funds::find_spending_mandate(tx_, node_, *order.mandate);
  if (!found)
    throw Refused{Refusal::spending_mandate_unknown, "there is no spending mandate " + std::to_string(number),
                  place + "/mandate"};
  return mandates_.emplace(number, *std::move(found)).first->second;
}

void OrderFunding::mandate_bears(Order& order, UnitId unit, const std::string& place) {
  auto& fund = order.about[fund_place];
  auto& cost_object = order.about[cost_object_place];
  if (!order.mandate) {
    if (order.minutes)
      throw Refused{Refusal::field_invalid, "minutes are those of a mandate that grants hours",
                    place + "/minutes"};
    if (funds::needs_mandate(rules_, {unit, fund, today_}, order.minor) && !needs_none(order))
      throw Refused{Refusal::spending_mandate_missing,
                    "an order of so much names the spending mandate that it spends", place + "/mandate"};
    return;
  }
  funds::SpendingMandate& mandate = mandate_of(order, place);
  require_mandate_bears(mandate,
                        {.on_day = requested_on_,
                         .unit = unit,
                         .unit_scale = euro_scale,
                         .minor = order.minor,
                         .minutes = order.minutes,
                         .parts = is_pay(order) ? 1 : 0,
                         .fund = fund,
                         .cost_object = cost_object},
                        funds::fields_of_order(place));
  fund = mandate.fund;
  if (!cost_object && !mandate.cost_object.empty()) cost_object = mandate.cost_object;
  mandate.orders.push_back({0, order.number, order.minor, order.minutes, std::nullopt});
}

// What a member paid ahead and gets back, and what a pay run drew from a mandate already.
bool OrderFunding::needs_none(const Order& order) const {
  return (order.purpose == OrderPurpose::refund && order.account == prepaid_) ||
         (is_pay(order) && is_drawn_by_run(tx_, node_, order));
}

void OrderFunding::require_mandates(const std::vector<Order>& orders, UnitId unit) const {
  const bool has_mandate_rule = std::ranges::any_of(rules_, [](const funds::SpendingRule& rule) {
    return rule.rule.kind == funds::SpendingRuleKind::mandate;
  });
  std::vector<funds::OrderToPayee> asked;
  for (const Order& order : orders)
    asked.push_back({order.about[fund_place], order.minor, order.member,
                     order.payee ? order.payee->iban.text() : std::string{}, order.mandate.has_value(),
                     has_mandate_rule && needs_none(order)});
  if (const auto found = funds::order_without_mandate(rules_, asked, unit, today_))
    throw Refused{Refusal::spending_mandate_missing,
                  "together with the other orders here to the same payee it is so much that it names the "
                  "spending mandate that it spends",
                  "/orders/" + std::to_string(*found) + "/mandate"};
}

void OrderFunding::fund_bears(const Order& order, const books::Account& account, const std::string& place) {
  const auto& code = order.about[fund_place];
  const auto fund = code ? std::optional{funds::read_fund(tx_, node_, *code)} : std::nullopt;
  if (fund && (order.purpose == OrderPurpose::payout || order.party))
    funds::require_divisible(*fund, requested_on_, place + "/fund");
  if (order.mandate) return;
  if (account.type == books::AccountType::expense)
    budgets_.take(
        {{code, order.about[cost_object_place]}, account.unit, order.minor, requested_on_, requested_on_},
        place + "/amount");
  if (fund) require_free_of(order, account, *fund, place);
}

void OrderFunding::require_free_of(const Order& order, const books::Account& account, const funds::Fund& fund,
                                   const std::string& place) {
  const std::string& code = fund.dimension.code;
  auto known = figures_.find(code);
  if (known == figures_.end()) {
    const bool has_terms = terms_on(fund.terms, today_) != nullptr;
    known = figures_
                .emplace(code, has_terms ? std::optional{funds::read_figures_of(tx_, node_, fund, today_)}
                                         : std::nullopt)
                .first;
  }
  auto& figures = known->second;
  if (!figures || figures->unit != account.unit || !costs_the_fund(account, *figures)) return;
  require_free(*figures, order.minor, place + "/amount");
  figures->orders_minor = checked_add(figures->orders_minor, order.minor);
}

std::size_t OrderFunding::approvals_of(const std::vector<Order>& orders, UnitId unit) const {
  std::vector<funds::OrderedAmount> amounts;
  for (const Order& order : orders) amounts.push_back({order.about[fund_place], order.minor});
  return static_cast<std::size_t>(funds::approvals_of_orders(rules_, amounts, unit, today_));
}

}  // namespace coop::disbursements
