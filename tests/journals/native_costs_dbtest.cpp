// The complete export carries shared costs whole, and what is changed in it is refused or harms
// nothing.
#include "tests/support/native_file.hpp"
#include "tests/support/test_costs.hpp"

namespace coop::journals {
namespace {

class NativeCosts : public test::CostTest {
 protected:
  NativeCosts() { fill(); }
};

TEST_F(NativeCosts, RestoreIntoAnEmptyServerAsTheyWere) {
  test::expect_native_restores(db(), fresh(), tables(), now);
}

TEST_F(NativeCosts, AreRefusedOrHarmlessWhateverFieldIsChanged) {
  const auto is_tried = [](std::string_view line) { return line.starts_with(R"({"kind":"cost_)"); };
  const test::ChangedFields changed = test::change_every_field(test::native_export(db()), is_tried);
  EXPECT_EQ(changed.kinds, 11u);
  // Texts, what nothing rests on, and a millionth of a minute, which changes no cent.
  EXPECT_EQ(
      changed.free,
      "cost_allocation.booked_on cost_allocation.from_on cost_allocation.recorded_at "
      "cost_allocation.recorded_by cost_allocation.to_on cost_bill.billed_on "
      "cost_bill.document cost_bill.title cost_bill_end.reason cost_bill_end.recorded_at "
      "cost_bill_end.recorded_by cost_participant.fixed_minor "
      "cost_participant.weight_millionths cost_pool.code cost_pool.recorded_at "
      "cost_step.reason cost_step.recorded_at cost_step.recorded_by cost_term.decision cost_term.from_on "
      "cost_term.recorded_at cost_term.title cost_usage.from_on cost_usage.millionths "
      "cost_usage.source cost_usage.until_on ");
  test::expect_harmless(changed.harmless, now);
}

}  // namespace
}  // namespace coop::journals
