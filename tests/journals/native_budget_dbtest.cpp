// The complete export carries rules of spending, orders on mandates and budgets whole, and what is changed in
// it is refused or harms nothing.
#include "ledger/books/node_service.hpp"
#include "tests/support/native_file.hpp"
#include "tests/support/test_budgets.hpp"

namespace coop::journals {
namespace {

class NativeBudgets : public test::BudgetTest {
 protected:
  NativeBudgets() { fill(); }
};

TEST_F(NativeBudgets, RestoreIntoAnEmptyServerAsTheyWere) {
  test::expect_native_restores(db(), fresh(), budget_tables(), now);
}

// Half past one in the night of 1 July in Barcelona is still June in Greenwich: what was judged by the rules
// of July stays so when the node moves.
TEST_F(NativeBudgets, StayJudgedByTheRulesOfTheirDayWhenTheTimeZoneChanges) {
  now = instant_from_text("2026-06-30T23:30:00Z");
  const Day july = Day::parse("2026-07-01");
  rule({.kind = funds::SpendingRuleKind::approvals,
        .from_on = july,
        .unit = UnitId{1},
        .one_from = 1'00,
        .two_from = 10'00,
        .decision = "d/7"});
  const auto proposed = propose(draft({order("30.00")}, "2026-07-02"));
  EXPECT_EQ(proposed.approvals_needed, 2u);
  EXPECT_EQ(proposed.ruled_on, july);
  funds::SpendingMandateDraft small = mandate("5.00");
  const auto granted_in_july =
      db().in_tx([&](Tx& tx) { return funds::grant(tx, node(), small, july, as("tom")); });
  EXPECT_EQ(granted_in_july.approvals, 1);
  db().in_tx([&](Tx& tx) { books::change_node(tx, "bcn", {.time_zone = "UTC"}, author()); });
  EXPECT_EQ(first_flaw(), "");
  test::expect_native_restores(db(), fresh(), {}, now);
  EXPECT_EQ(state_of("INSERT INTO spending_mandate (node_id, number, body, level, purpose, fund_id, unit_id, "
                     "amount_minor, from_on, until_on, decision, recorded_at, ruled_on, rules, approvals) "
                     "SELECT node_id, number + 1, body, level, purpose, fund_id, unit_id, amount_minor, "
                     "from_on, until_on, decision, recorded_at, '2026-06-01', rules, 0 FROM spending_mandate "
                     "WHERE number = 4"),
            "23514")
      << "the rules of another day";
}

TEST_F(NativeBudgets, AreRefusedOrHarmlessWhateverFieldIsChanged) {
  const auto is_tried = [](std::string_view line) {
    return line.starts_with(R"({"kind":"budget)") || line.starts_with(R"({"kind":"spending_)") ||
           line.starts_with(R"({"kind":"order_mandate)") || line.starts_with(R"({"kind":"allocation_)");
  };
  const test::ChangedFields changed = test::change_every_field(test::native_export(db()), is_tried);
  EXPECT_EQ(changed.kinds, 10u);
  // Texts, days, and amounts that nothing else rests on.
  EXPECT_EQ(changed.free,
            "allocation_round.body allocation_round.decision allocation_round.from_on "
            "allocation_round.recorded_at allocation_round.recorded_by allocation_round.title "
            "allocation_round.until_on allocation_step.amount_minor allocation_step.reason "
            "allocation_step.recorded_at allocation_step.recorded_by allocation_step.title budget.from_on "
            "budget.recorded_at "
            "budget.recorded_by budget.title budget.until_on budget_line.amount_minor budget_line.title "
            "budget_revision.decision budget_revision.from_on budget_revision.recorded_at "
            "budget_revision.recorded_by order_mandate.minutes spending_mandate.amount_minor "
            "spending_mandate.decision spending_mandate.from_on spending_mandate.purpose "
            "spending_mandate.recorded_by spending_mandate.ruled_on spending_mandate.until_on "
            "spending_rule.decision spending_rule.from_on spending_rule.needed_from_minor "
            "spending_rule.one_from_minor spending_rule.recorded_at spending_rule.recorded_by "
            "spending_rule.up_to_minor spending_step.amount_minor spending_step.on "
            "spending_step.recorded_at spending_step.recorded_by ");
  test::expect_harmless(changed.harmless, now);
}

}  // namespace
}  // namespace coop::journals
