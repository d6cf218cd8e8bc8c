// Dues that somebody with every right changed in SQL: verification names what no longer fits.
#include "ledger/proof/verify_service.hpp"
#include "tests/support/damaged_books.hpp"
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

  std::string first_flaw() {
    const Verified verified = verify(DatabaseSettings{.address = address(), .role = {}});
    for (const VerifiedNode& node : verified.nodes)
      for (const Flaw& flaw : node.flaws) test::provoked_findings().insert(flaw.finding);
    return verified.first_flaw();
  }
  /// Does the damage, says what verification says first, and mends it again.
  std::string found(const std::string& damage, const std::string& mending) {
    const std::string as_replica = "SET session_replication_role = replica; ";
    superuser_sql(as_replica + damage);
    const std::string flaw = first_flaw();
    superuser_sql(as_replica + mending);
    return flaw;
  }
};

TEST_F(DuesDamages, AreNamedOneByOne) {
  EXPECT_EQ(first_flaw(), "");
  EXPECT_NE(found("UPDATE debtor SET owed_minor = owed_minor + 1 WHERE party_id = 1",
                  "UPDATE debtor SET owed_minor = owed_minor - 1 WHERE party_id = 1")
                .find("party 1 is kept as owing something else"),
            std::string::npos);
  EXPECT_NE(found("UPDATE charge SET gross_minor = gross_minor + 1, waived_minor = waived_minor + 1 "
                  "WHERE number = 1",
                  "UPDATE charge SET gross_minor = gross_minor - 1, waived_minor = waived_minor - 1 "
                  "WHERE number = 1")
                .find("charge 1 is not what its entry says"),
            std::string::npos);
  EXPECT_NE(found("UPDATE payment SET amount_minor = amount_minor + 1 WHERE number = 1",
                  "UPDATE payment SET amount_minor = amount_minor - 1 WHERE number = 1")
                .find("payment 1 is not what its entry says"),
            std::string::npos);
  EXPECT_NE(found("UPDATE charge_reversal SET entry_number = 1",
                  "UPDATE charge_reversal SET entry_number = "
                  "(SELECT e.number FROM entry e JOIN charge c ON c.entry_number = e.reverses "
                  "WHERE c.number = charge_number)")
                .find("is not what its entry says, or its reversal"),
            std::string::npos);
  EXPECT_EQ(first_flaw(), "");
}

}  // namespace
}  // namespace coop::proof
