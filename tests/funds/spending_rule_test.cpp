// Which rule of spending counts, how many approve by it, and who may grant how much: in figures alone.
#include "ledger/funds/spending_rule.hpp"

#include <gtest/gtest.h>

#include "ledger/funds/budget.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::funds {
namespace {

const UnitId euro{1};
const Day today = Day::parse("2026-03-10");

// Puts rules on record, one after the other.
std::vector<SpendingRule> on_record(const std::vector<SpendingRuleDraft>& drafts) {
  std::vector<SpendingRule> rules;
  for (const SpendingRuleDraft& draft : drafts)
    rules.push_back({static_cast<int>(rules.size()) + 1, draft, Instant{}, std::nullopt});
  return rules;
}

SpendingRuleDraft approvals(std::optional<std::int64_t> one, std::optional<std::int64_t> two,
                            const char* from = "2026-01-01", std::optional<std::string> fund = {}) {
  return {.kind = SpendingRuleKind::approvals,
          .from_on = Day::parse(from),
          .unit = euro,
          .fund = std::move(fund),
          .one_from = one,
          .two_from = two,
          .decision = "d"};
}

SpendingRuleDraft authority(const std::string& body, BodyLevel level, std::optional<std::int64_t> up_to) {
  return {.kind = SpendingRuleKind::authority,
          .from_on = Day::parse("2026-01-01"),
          .unit = euro,
          .body = body,
          .level = level,
          .up_to = up_to,
          .decision = "d"};
}

int needed(const std::vector<SpendingRuleDraft>& drafts, const std::vector<OrderedAmount>& orders) {
  return approvals_of_orders(on_record(drafts), orders, euro, today);
}

TEST(SpendingRules, CountFromTheLatestDayAndOfOneDayTheLast) {
  const auto rules = on_record({approvals(0, 100, "2026-02-01"), approvals(0, 200, "2026-01-01"),
                                approvals(0, 300, "2026-02-01"), approvals(0, 400, "2026-03-11")});
  EXPECT_EQ(rule_on(rules, SpendingRuleKind::approvals, {euro, {}, today})->number, 3);
  EXPECT_EQ(rule_on(rules, SpendingRuleKind::approvals, {euro, {}, Day::parse("2026-01-31")})->number, 2);
  EXPECT_EQ(rule_on(rules, SpendingRuleKind::approvals, {euro, {}, Day::parse("2025-12-31")}), nullptr);
  EXPECT_EQ(rule_on(rules, SpendingRuleKind::approvals, {UnitId{2}, {}, today}), nullptr);
  EXPECT_EQ(rule_on(rules, SpendingRuleKind::mandate, {euro, {}, today}), nullptr);
}

TEST(SpendingRules, OfAFundGoBeforeThoseOfAll) {
  const auto rules = on_record({approvals(0, 100, "2026-01-01", "media"), approvals(0, 200, "2026-03-01")});
  EXPECT_EQ(rule_on(rules, SpendingRuleKind::approvals, {euro, "media", today})->number, 1);
  EXPECT_EQ(rule_on(rules, SpendingRuleKind::approvals, {euro, "venue", today})->number, 2);
  EXPECT_EQ(rule_on(rules, SpendingRuleKind::approvals, {euro, {}, today})->number, 2);
}

TEST(SpendingRules, SayHowManyApproveOrders) {
  EXPECT_EQ(needed({}, {{{}, 1}}), 2) << "two, where nothing is said";
  EXPECT_EQ(needed({approvals(0, 100'00)}, {{{}, 99'99}}), 1);
  EXPECT_EQ(needed({approvals(0, 100'00)}, {{{}, 100'00}}), 2);
  EXPECT_EQ(needed({approvals(0, 100'00)}, {{{}, 50'00}, {"media", 50'00}}), 2) << "what leaves together";
  EXPECT_EQ(needed({approvals(50'00, {})}, {{{}, 999'999'00}}), 1) << "two are never needed";
  EXPECT_EQ(needed({approvals(50'00, 100'00)}, {{{}, 1}}), 1) << "and never nobody";
  EXPECT_EQ(needed({approvals(0, 500'00), approvals(0, 100'00, "2026-01-01", "media")}, {{{}, 499'00}}), 1);
  EXPECT_EQ(needed({approvals(0, 500'00), approvals(0, 100'00, "2026-01-01", "media")}, {{"media", 100'00}}),
            2);
  EXPECT_EQ(needed({approvals(0, 100'00, "2026-01-01", "media")}, {{"media", 1}, {{}, 1}}), 2)
      << "nothing is said of what is beside the fund";
}

TEST(SpendingRules, SayHowManyApproveAMandate) {
  const auto rules = on_record({approvals(100'00, 1'000'00)});
  EXPECT_EQ(approvals_of_mandate({}, {euro, "media", today}, 1'000'000'00), 0);
  EXPECT_EQ(approvals_of_mandate(rules, {euro, "media", today}, 99'99), 0);
  EXPECT_EQ(approvals_of_mandate(rules, {euro, "media", today}, 100'00), 1);
  EXPECT_EQ(approvals_of_mandate(rules, {euro, "media", today}, 1'000'00), 2);
}

TEST(SpendingRules, SayFromWhichAmountAMandateIsNeeded) {
  SpendingRuleDraft draft{.kind = SpendingRuleKind::mandate,
                          .from_on = Day::parse("2026-01-01"),
                          .unit = euro,
                          .needed_from = 100'00,
                          .decision = "d"};
  SpendingRuleDraft never = draft;
  never.fund = "hardship";
  never.needed_from.reset();
  const auto rules = on_record({draft, never});
  EXPECT_FALSE(needs_mandate(rules, {euro, "media", today}, 99'99));
  EXPECT_TRUE(needs_mandate(rules, {euro, "media", today}, 100'00));
  EXPECT_TRUE(needs_mandate(rules, {euro, {}, today}, 100'00));
  EXPECT_FALSE(needs_mandate(rules, {euro, "hardship", today}, 100'00));
}

TEST(SpendingRules, SayWhoGrantsHowMuch) {
  const auto rules =
      on_record({authority("Circle", BodyLevel::node, 500'00), authority("Assembly", BodyLevel::node, {}),
                 authority("Council", BodyLevel::federation, 5'000'00)});
  const RulePlace place{euro, "media", today};
  const auto fault = [&](const char* body, BodyLevel level, std::int64_t minor) {
    return authority_fault(rules, place, {body, level, minor}, 2);
  };
  EXPECT_EQ(authority_fault({}, place, {"Anybody", BodyLevel::node, 1'000'000'00}, 2), "");
  EXPECT_EQ(fault("Circle", BodyLevel::node, 500'00), "");
  EXPECT_EQ(fault("Circle", BodyLevel::node, 500'01), "Circle (node) grants up to 500.00 at once, by rule 1");
  EXPECT_EQ(fault("Assembly", BodyLevel::node, 1'000'000'00), "");
  EXPECT_EQ(fault("Council", BodyLevel::federation, 5'000'00), "");
  EXPECT_EQ(fault("Council", BodyLevel::node, 1), "no rule says that Council (node) grants anything here");
  EXPECT_EQ(authority_fault(rules, {UnitId{2}, {}, today}, {"Anybody", BodyLevel::node, 1}, 2), "");
}

TEST(Budgets, CountSpendingInTheFirstLineThatItFits) {
  const std::vector<BudgetLine> lines{
      {"Films of media", "media", "film", 1}, {"Media", "media", {}, 1}, {"Films", {}, "film", 1}};
  EXPECT_EQ(line_of(lines, {"media", "film"}), 0u);
  EXPECT_EQ(line_of(lines, {"media", "radio"}), 1u);
  EXPECT_EQ(line_of(lines, {"media", {}}), 1u);
  EXPECT_EQ(line_of(lines, {{}, "film"}), 2u);
  EXPECT_EQ(line_of(lines, {"venue", "film"}), 2u);
  EXPECT_EQ(line_of(lines, {"venue", {}}), std::nullopt);
}

TEST(Budgets, HaveLeftWhatIsNeitherSpentNorCommitted) {
  EXPECT_EQ(left_minor({{"Films", "media", {}, 1'000'00}, 400'00, 250'00}), 350'00);
  EXPECT_EQ(left_minor({{"Films", "media", {}, 100'00}, 400'00, 0}), -300'00);
}

TEST(Budgets, HaveTheRevisionOfTheDayAndBeforeAllTheFirst) {
  Budget budget{BudgetNumber{1},          "Films",   "", euro, Day::parse("2026-01-01"),
                Day::parse("2026-12-31"), Instant{}, {}, {}};
  budget.revisions.push_back(
      {1, {.from_on = Day::parse("2026-01-01"), .lines = {}, .decision = "a"}, {}, {}});
  budget.revisions.push_back(
      {2, {.from_on = Day::parse("2026-07-01"), .lines = {}, .decision = "b"}, {}, {}});
  EXPECT_EQ(revision_on(budget, Day::parse("2025-12-31")).number, 1);
  EXPECT_EQ(revision_on(budget, Day::parse("2026-06-30")).number, 1);
  EXPECT_EQ(revision_on(budget, Day::parse("2026-07-01")).number, 2);
}

TEST(Budgets, WarnOrRefuse) {
  EXPECT_EQ(beyond_budget_from("refuses"), BeyondBudget::refuses);
  EXPECT_THROW(beyond_budget_from("maybe"), Refused);
  EXPECT_THROW(spending_rule_kind_from("maybe"), Refused);
}

SpendingRuleDraft mandate_from(std::int64_t needed, std::optional<std::string> fund = {}) {
  return {.kind = SpendingRuleKind::mandate,
          .from_on = Day::parse("2026-01-01"),
          .unit = euro,
          .fund = std::move(fund),
          .needed_from = needed,
          .decision = "d"};
}

TEST(SpendingRules, CountTogetherWhatOnePayeeGetsOfOneRule) {
  const auto rules = on_record({mandate_from(1000), mandate_from(1000, "media")});
  const auto found = [&](const std::vector<OrderToPayee>& orders) {
    const auto place = order_without_mandate(rules, orders, euro, today);
    return place ? static_cast<int>(*place) : -1;
  };
  EXPECT_EQ(found({{{}, 999, "M1", "A"}}), -1);
  EXPECT_EQ(found({{{}, 1000, "M1", "A"}}), 0);
  EXPECT_EQ(found({{{}, 1, "", "B"}, {{}, 500, "M1", "A"}, {{}, 500, "M1", "B"}}), 1) << "a member";
  EXPECT_EQ(found({{{}, 500, "M1", "A"}, {{}, 500, "", "A"}}), 0) << "an account";
  EXPECT_EQ(found({{{}, 999, "M1", "A"}, {{}, 999, "M2", "B"}, {{}, 999, "", "C"}}), -1) << "others";
  EXPECT_EQ(found({{{}, 600, "", ""}, {{}, 600, "", ""}}), -1) << "nobody knows whom";
  EXPECT_EQ(found({{{}, 600, "M1", "A"}, {"media", 600, "M1", "A"}}), -1) << "each by a rule of its own";
  EXPECT_EQ(found({{"media", 600, "M1", "A"}, {"media", 600, "M1", "B"}}), 0);
  EXPECT_EQ(found({{{}, 600, "M1", "A", true}, {{}, 600, "M1", "A"}}), 1) << "the rest needs one too";
  EXPECT_EQ(found({{{}, 600, "M1", "A", true}, {{}, 600, "M1", "A", true}}), -1);
  EXPECT_EQ(found({{{}, 600, "M1", "A", false, true}, {{}, 600, "M1", "A"}}), -1) << "what is theirs";
  EXPECT_FALSE(order_without_mandate({}, {{{}, 5000, "M1", "A"}}, euro, today));
}

}  // namespace
}  // namespace coop::funds
