// Direct debits that somebody with every right changed in SQL: verification names what no longer fits.
#include "ledger/proof/verify_service.hpp"
#include "tests/support/damaged_books.hpp"
#include "tests/support/test_collecting.hpp"

namespace coop::proof {
namespace {

class CollectingDamages : public test::CollectingTest {
 protected:
  CollectingDamages() {
    for (const char* number : {"M0001", "M0002"}) {
      member(number, "2026-01-01");
      sign(number);
    }
    run("2026-01");
    settle(at_the_bank("2026-02-02"), "2026-02-02");
  }
  std::string first_flaw() {
    const Verified verified = verify(DatabaseSettings{.address = address(), .role = {}});
    for (const VerifiedNode& node : verified.nodes)
      for (const Flaw& flaw : node.flaws) test::provoked_findings().insert(flaw.finding);
    return verified.first_flaw();
  }
  /// Does the damage, expects verification to name it, and mends it again.
  void expect_found(const std::string& damage, const std::string& words, const std::string& mending) {
    const std::string as_replica = "SET session_replication_role = replica; ";
    superuser_sql(as_replica + damage);
    const std::string flaw = first_flaw();
    EXPECT_NE(flaw.find(words), std::string::npos) << damage << ": " << flaw;
    superuser_sql(as_replica + mending);
  }
};

TEST_F(CollectingDamages, AreNamedOneByOne) {
  EXPECT_EQ(first_flaw(), "");
  superuser_sql(
      "CREATE TABLE kept AS SELECT * FROM collection_payment; CREATE TABLE kept_changes AS SELECT * "
      "FROM mandate_change");
  expect_found("DELETE FROM collection_payment WHERE line = 1",
               "line 1 of collection 1 was settled without its payment",
               "INSERT INTO collection_payment SELECT * FROM kept WHERE line = 1");
  expect_found("UPDATE collection_line SET amount_minor = 1 WHERE line = 2",
               "line 2 of collection 1 became payment 2, which is not its own",
               "UPDATE collection_line SET amount_minor = 2000 WHERE line = 2");
  expect_found("UPDATE collection_charge SET amount_minor = 1 WHERE line = 2",
               "the charges of line 2 of collection 1 do not add up",
               "UPDATE collection_charge SET amount_minor = 2000 WHERE line = 2");
  expect_found("DELETE FROM mandate_change WHERE mandate_id = 2",
               "line 2 of collection 1 went to the bank, but its mandate was not used",
               "INSERT INTO mandate_change SELECT * FROM kept_changes WHERE mandate_id = 2");
  superuser_sql("CREATE TABLE kept_steps AS SELECT * FROM collection_step");
  expect_found("DELETE FROM collection_step WHERE number = 2",
               "collection 1 went to the bank without two people's approval",
               "INSERT INTO collection_step SELECT * FROM kept_steps WHERE number = 2");
  superuser_sql("DROP TABLE kept, kept_changes, kept_steps");
  EXPECT_EQ(first_flaw(), "");
}

}  // namespace
}  // namespace coop::proof
