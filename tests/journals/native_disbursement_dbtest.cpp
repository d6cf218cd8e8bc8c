// The complete export carries payments that leave whole, and what is changed in it is refused or harms
// nothing.
#include "tests/support/native_file.hpp"
#include "tests/support/test_disbursements.hpp"

namespace coop::journals {
namespace {

class NativeDisbursements : public test::DisbursementTest {
 protected:
  NativeDisbursements() { fill(); }
};

TEST_F(NativeDisbursements, RestoreIntoAnEmptyServerAsTheyWere) {
  test::expect_native_restores(db(), fresh(), tables(), now);
}

TEST_F(NativeDisbursements, AreRefusedOrHarmlessWhateverFieldIsChanged) {
  const auto is_tried = [](std::string_view line) {
    return line.starts_with(R"({"kind":"disbursement)") ||
           line.find(R"(,"disbursement":)") != std::string_view::npos;
  };
  const test::ChangedFields changed = test::change_every_field(test::native_export(db()), is_tried);
  EXPECT_EQ(changed.kinds, 6u);
  // Texts, days, and what an order says of itself before a line was found to be it.
  EXPECT_EQ(changed.free,
            "disbursement.account_holder disbursement.counts_together disbursement.message "
            "disbursement.recorded_by disbursement.requested_on disbursement.ruled_on disbursement.title "
            "disbursement_order.amount_minor disbursement_order.end_to_end disbursement_order.source "
            "disbursement_payee.building disbursement_payee.name disbursement_payee.post_code "
            "disbursement_payee.street disbursement_payee.text disbursement_payee.town "
            "disbursement_step.file_hash disbursement_step.order disbursement_step.reason "
            "disbursement_step.recorded_at disbursement_step.recorded_by ");
  test::expect_harmless(changed.harmless, now);
}

}  // namespace
}  // namespace coop::journals
