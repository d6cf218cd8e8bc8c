#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/funds/spending_mandate.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::funds {

/// What a rule of spending says: how many others approve; which orders name a mandate; how much a body
/// grants.
enum class SpendingRuleKind { approvals, mandate, authority };
/// "approvals" …
std::string_view text_of(SpendingRuleKind kind);
/// Throws Refused: field_invalid.
SpendingRuleKind spending_rule_kind_from(std::string_view text);

/// What is decided about spending from a day on. Minor units of the rule's unit; the fields that its kind
/// does not use are empty.
struct SpendingRuleDraft {
  SpendingRuleKind kind;
  Day from_on;
  UnitId unit;
  std::optional<std::string> fund = {};          ///< nothing: all funds, and what is about none
  std::optional<std::int64_t> one_from = {};     ///< from here on one other person approves; nothing: never
  std::optional<std::int64_t> two_from = {};     ///< from here on two
  std::optional<std::int64_t> needed_from = {};  ///< an order of so much names a mandate; nothing: none must
  std::string body = {};                         ///< who grants
  std::optional<BodyLevel> level = {};           ///< whose body it is
  std::optional<std::int64_t> up_to = {};        ///< how much it grants at once; nothing: any amount
  std::string decision;
};

/// The same on record, counted from 1 within the node.
struct SpendingRule {
  int number;
  SpendingRuleDraft rule;
  Instant recorded_at;
  std::optional<std::string> recorded_by_name;
};

/// Where a rule is looked for: in this unit, on this day, for this fund or what is about none.
struct RulePlace {
  UnitId unit;
  std::optional<std::string> fund;
  Day day;
};
/// The rule of a kind (not of authority) that counts there: what is said of the fund before what is said of
/// all, then the latest day, then the last recorded; null without any. `rules` are in the order of their
/// numbers.
const SpendingRule* rule_on(const std::vector<SpendingRule>& rules, SpendingRuleKind kind,
                            const RulePlace& place);

/// What is ordered together, as far as rules ask.
struct OrderedAmount {
  std::optional<std::string> fund;
  std::int64_t minor;
};
/// How many others approve these orders: by the rule of each fund what is ordered of it, by the rule of all
/// what is ordered beside; two where there is no rule, and at least one.
int approvals_of_orders(const std::vector<SpendingRule>& rules, const std::vector<OrderedAmount>& orders,
                        UnitId unit, Day day);
/// How many others approve a mandate: none without a rule.
int approvals_of_mandate(const std::vector<SpendingRule>& rules, const RulePlace& place, std::int64_t minor);
/// True if an order of so much must name a mandate.
bool needs_mandate(const std::vector<SpendingRule>& rules, const RulePlace& place, std::int64_t minor);

/// An order of a proposal, as far as the rule asks which orders name a mandate.
struct OrderToPayee {
  std::optional<std::string> fund;
  std::int64_t minor;
  std::string member;        ///< whom it pays: a member's number, or empty
  std::string iban;          ///< and into which account; empty where nobody knows any more
  bool has_mandate = false;  ///< names one
  bool needs_none = false;   ///< whatever it pays, such as what a member paid ahead and gets back
};
/// The first order that must name a mandate and names none, by its place from 0; nothing, if there is none.
/// What the same member gets, or what goes into the same account, counts together where the same rule counts:
/// a payment that is cut in two is judged as one.
std::optional<std::size_t> order_without_mandate(const std::vector<SpendingRule>& rules,
                                                 const std::vector<OrderToPayee>& orders, UnitId unit,
                                                 Day day);

/// Who grants how much.
struct GrantedAmount {
  std::string body;
  BodyLevel level;
  std::int64_t minor;
};
/// Why the body may not grant so much, in words; "" if it may. Where the authority of one body is told,
/// others have what is told of them.
std::string authority_fault(const std::vector<SpendingRule>& rules, const RulePlace& place,
                            const GrantedAmount& grant, int scale);

}  // namespace coop::funds
