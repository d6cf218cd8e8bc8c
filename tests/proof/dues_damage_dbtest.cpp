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
      fresh(), {"debtor", "charge", "payment", "charge_reversal"},
      {
          {"UPDATE debtor SET owed_minor = owed_minor + 1 WHERE party_id = 1",
           "party 1 is kept as owing something else"},
          {"UPDATE charge SET gross_minor = gross_minor + 1, waived_minor = waived_minor + 1 WHERE number = "
           "1",
           "charge 1 is not what its entry says"},
          {"UPDATE payment SET amount_minor = amount_minor + 1 WHERE number = 1",
           "payment 1 is not what its entry says"},
          {"UPDATE charge_reversal SET entry_number = 1", "is not what its entry says, or its reversal"},
      });
}

}  // namespace
}  // namespace coop::proof
