// The complete export carries funds and mandates whole, and what is changed in it is refused or harms
// nothing.
#include "tests/support/native_file.hpp"
#include "tests/support/test_funds.hpp"

namespace coop::journals {
namespace {

class NativeFunds : public test::FundTest {
 protected:
  NativeFunds() { fill(); }
};

TEST_F(NativeFunds, RestoreIntoAnEmptyServerAsTheyWere) {
  test::expect_native_restores(db(), fresh(), fund_tables(), now);
}

TEST_F(NativeFunds, AreRefusedOrHarmlessWhateverFieldIsChanged) {
  const auto is_tried = [](std::string_view line) {
    return line.starts_with(R"({"kind":"fund_)") || line.starts_with(R"({"kind":"spending_)");
  };
  const test::ChangedFields changed = test::change_every_field(test::native_export(db()), is_tried);
  EXPECT_EQ(changed.kinds, 5u);
  // Texts, days, and amounts that nothing else rests on.
  EXPECT_EQ(changed.free,
            "fund_buffer.account fund_buffer.amount_minor fund_buffer.keep_months fund_buffer.measure "
            "fund_buffer.over_months fund_buffer.share_millionths fund_term.conditions fund_term.decision "
            "fund_term.from_on fund_term.funder fund_term.indivisible fund_term.recorded_at "
            "fund_term.recorded_by spending_mandate.amount_minor spending_mandate.body "
            "spending_mandate.decision spending_mandate.from_on spending_mandate.purpose "
            "spending_mandate.recorded_by spending_step.amount_minor "
            "spending_step.minutes spending_step.on spending_step.recorded_by "
            "spending_step.words ");
  test::expect_harmless(changed.harmless, now);
}

}  // namespace
}  // namespace coop::journals
