// Payments that leave which somebody with every right changed in SQL: verification names what no longer fits.
#include "tests/support/named_damage.hpp"
#include "tests/support/test_disbursements.hpp"

namespace coop::proof {
namespace {

class DisbursementDamages : public test::DisbursementTest {
 protected:
  DisbursementDamages() { fill(); }
};

TEST_F(DisbursementDamages, AreNamedOneByOne) {
  const std::vector<test::NamedDamage> damages{
      {"DELETE FROM disbursement_order WHERE disbursement_number = 2 AND number = 2",
       "disbursement 2 has other orders than it was proposed with"},
      {"DELETE FROM disbursement_payee WHERE disbursement_number = 2 AND order_number = 1",
       "order 1 of disbursement 2 pays nobody"},
      {"DELETE FROM disbursement_step WHERE disbursement_number = 2 AND number = 1",
       "step 2 of disbursement 2 is by whom or when it may not be"},
      {"UPDATE disbursement_step SET recorded_by = (SELECT id FROM user_account WHERE name = 'tom') WHERE "
       "disbursement_number = 1 AND kind = 'approved' AND number = 1",
       "disbursement 1 went to the bank without the approvals that its rules want"},
      {"UPDATE disbursement_step SET kind = 'withdrawn', reason = 'x' WHERE disbursement_number = 6",
       "step 1 of disbursement 6 is by whom or when it may not be"},
      {"UPDATE disbursement_step SET number = 9 WHERE disbursement_number = 4",
       "step 9 of disbursement 4 is by whom or when it may not be"},
      {"UPDATE disbursement_step SET recorded_by = (SELECT id FROM user_account WHERE name = 'ann') WHERE "
       "disbursement_number = 3 AND kind = 'approved'",
       "disbursement 3 went to the bank without the approvals that its rules want"},
      {"UPDATE disbursement_file SET bytes = 'x' WHERE disbursement_number = 1",
       "the file of disbursement 1 has other bytes than its hash says"},
      {"DELETE FROM disbursement_file WHERE disbursement_number = 3", "the file of disbursement 3 is gone"},
      {"UPDATE disbursement_order SET amount_minor = 1 WHERE disbursement_number = 1 AND number = 4",
       "the file of disbursement 1 does not pay what its orders say"},
      {"UPDATE disbursement SET requested_on = requested_on + 1 WHERE number = 3",
       "the file of disbursement 3 does not pay what its orders say"},
      {"UPDATE disbursement_payee SET iban = 'DE02120300000000202051' WHERE disbursement_number = 3",
       "the file of disbursement 3 does not pay what its orders say"},
      {"UPDATE disbursement SET bank_account = 1 WHERE number = 1",
       "order 1 of disbursement 1 was matched with another amount or account"},
      {"UPDATE bank_match_part SET order_number = 1 WHERE made = 'order' AND order_number = 4",
       "was matched with another amount or account"},
      {"DELETE FROM bank_match_part WHERE made = 'order' AND order_number = 2", "match 1"},
      {"UPDATE bank_match_part SET disbursement_number = 2 WHERE disbursement_number = 1", "disbursement 2"},
  };
  auto damaged = tables();
  damaged.push_back("bank_match_part");
  test::expect_each_named(fresh(), damaged, damages);
}

}  // namespace
}  // namespace coop::proof
