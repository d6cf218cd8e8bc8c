// The complete export carries what members owe in work whole, and what is changed in it is refused or harms
// nothing.
#include "tests/support/native_file.hpp"
#include "tests/support/test_obligations.hpp"

namespace coop::journals {
namespace {

class NativeObligations : public test::ObligationTest {
 protected:
  NativeObligations() { fill_obligations(); }
};

TEST_F(NativeObligations, RestoreIntoAnEmptyServerAsTheyWere) {
  test::expect_native_restores(db(), fresh(), obligation_tables(), now);
}

TEST_F(NativeObligations, AreRefusedOrHarmlessWhateverFieldIsChanged) {
  const auto is_tried = [](std::string_view line) {
    return line.starts_with(R"({"kind":"obligation)") || line.starts_with(R"({"kind":"hours_import)");
  };
  const test::ChangedFields changed = test::change_every_field(test::native_export(db()), is_tried);
  EXPECT_EQ(changed.kinds, 6u);
  // Texts, and what nothing rests on.
  EXPECT_EQ(changed.free,
            "hours_import.file_hash hours_import.recorded_at hours_import.recorded_by hours_import.rows "
            "hours_import_row.line hours_import_row.row_key "
            "obligation.amount_minor obligation.by_hours obligation.by_kind obligation.by_money "
            "obligation.decision obligation.from_on obligation.minutes obligation.rate_minor "
            "obligation.recorded_at obligation.recorded_by obligation.title obligation.until_on "
            "obligation_member.recorded_at obligation_member.recorded_by "
            "obligation_settlement.amount_minor obligation_settlement.minutes "
            "obligation_settlement.obligation obligation_settlement.on_day "
            "obligation_settlement.recorded_at obligation_settlement.recorded_by "
            "obligation_settlement.words obligation_withdrawal.reason "
            "obligation_withdrawal.recorded_at obligation_withdrawal.recorded_by ");
  test::expect_harmless(changed.harmless, now);
}

}  // namespace
}  // namespace coop::journals
