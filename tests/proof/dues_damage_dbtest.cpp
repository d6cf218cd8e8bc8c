// Dues that somebody with every right changed in SQL: verification names what no longer fits.
#include "tests/support/named_damage.hpp"
#include "tests/support/test_dues.hpp"

namespace coop::proof {
namespace {

class DuesDamages : public test::DuesTest {
 protected:
  DuesDamages() {
    member("M0001", "2025-12-01");
    member("M0002", "2025-12-01");
    run("2025-12");
    run("2026-01");
    pay("M0001", "50.00", "2026-01-05");
    const dues::Payment back = pay("M0002", "20.00", "2026-01-06");
    return_payment(back, "2026-01-10");
    end_membership("M0002", "2025-12-31");
    run("2026-01");
  }
};

TEST_F(DuesDamages, AreNamedOneByOne) {
  test::expect_each_named(
      fresh(), {"debtor", "charge", "payment", "payment_share", "payment_return", "charge_reversal", "tier"},
      {
          {"UPDATE debtor SET owed_minor = owed_minor + 1 WHERE party_id = 1",
           "party 1 is kept as owing something else"},
          {"UPDATE charge SET gross_minor = gross_minor + 1, waived_minor = waived_minor + 1 WHERE number = "
           "1",
           "charge 1 is not what its entry, reversal or tier says"},
          {"UPDATE payment SET amount_minor = amount_minor + 1 WHERE number = 1",
           "payment 1 is not what its entry says"},
          {"UPDATE charge_reversal SET entry_number = 1", "is not what its entry, reversal or tier says"},
          {"UPDATE charge_reversal SET reversed_on = reversed_on + 1",
           "is not what its entry, reversal or tier says"},
          {"UPDATE charge SET due_on = due_on + 90 WHERE number = 1", "charge 1 is not what its entry"},
          {"UPDATE charge SET due_on = due_on + 90, run_number = NULL WHERE number = 1",
           "charge 1 is not what its entry"},
          {"UPDATE charge SET period_first = period_first + 1, due_on = due_on + 1 WHERE number = 1",
           "charge 1 is not what its entry"},
          {"UPDATE charge SET period_last = period_last - 1 WHERE number = 1",
           "charge 1 is not what its entry"},
          {"UPDATE charge SET why = 'something else' WHERE number = 1", "charge 1 is not what its entry"},
          {"UPDATE charge SET member_id = 3 - member_id WHERE number = 1", "charge 1 is not what its entry"},
          {"UPDATE tier SET due_after_days = due_after_days + 90", "charge 1 is not what its entry"},
          {"UPDATE payment SET received_on = received_on - 1 WHERE number = 1",
           "payment 1 is not what its entry says"},
          {"UPDATE payment SET account = 'income:dues' WHERE number = 1",
           "payment 1 is not what its entry says"},
          {"UPDATE payment SET payer_id = 3 - payer_id WHERE number = 1",
           "payment 1 is not what its entry says"},
          {"UPDATE payment SET kind = 'refund' WHERE number = 2", "payment 2 is not what its entry says"},
          {"UPDATE payment_return SET returned_on = returned_on + 1", "payment 2 is not what its entry says"},
          {"UPDATE payment_share SET charge_number = (SELECT min(number) FROM charge WHERE debtor_id = 2) "
           "WHERE payment_number = 1",
           "payment 1 is not what its entry says"},
          {"UPDATE payment_share SET charge_number = 99 WHERE payment_number = 1",
           "payment 1 is not what its entry says"},
          {"UPDATE payment_share SET debtor_id = 3 - debtor_id; UPDATE debtor SET owed_minor = owed_minor + "
           "CASE party_id WHEN 1 THEN 5000 ELSE -5000 END",
           "payment 1 is not what its entry says"},
      });
}

}  // namespace
}  // namespace coop::proof
