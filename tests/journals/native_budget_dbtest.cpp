// The complete export carries rules of spending, orders on mandates and budgets whole, and what is changed in
// it is refused or harms nothing.
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
            "allocation_round.until_on allocation_step.amount_minor allocation_step.recorded_at "
            "allocation_step.recorded_by allocation_step.title budget.from_on budget.recorded_at "
            "budget.recorded_by budget.title budget.until_on budget_line.amount_minor budget_line.title "
            "budget_revision.decision budget_revision.from_on budget_revision.recorded_at "
            "budget_revision.recorded_by order_mandate.minutes spending_mandate.amount_minor "
            "spending_mandate.decision spending_mandate.from_on spending_mandate.purpose "
            "spending_mandate.recorded_at spending_mandate.recorded_by spending_mandate.until_on "
            "spending_rule.decision spending_rule.from_on spending_rule.needed_from_minor "
            "spending_rule.one_from_minor spending_rule.recorded_at spending_rule.recorded_by "
            "spending_rule.up_to_minor spending_step.amount_minor spending_step.on "
            "spending_step.recorded_at spending_step.recorded_by ");
  test::expect_harmless(changed.harmless, now);
}

}  // namespace
}  // namespace coop::journals
