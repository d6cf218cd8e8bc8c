// Rules of spending, orders on mandates and budgets which somebody with every right changed in SQL:
// verification names what no longer fits.
#include "tests/support/named_damage.hpp"
#include "tests/support/test_budgets.hpp"

namespace coop::proof {
namespace {

class BudgetDamages : public test::BudgetTest {
 protected:
  BudgetDamages() { fill(); }
};

TEST_F(BudgetDamages, AreNamedOneByOne) {
  const std::vector<test::NamedDamage> damages{
      {"UPDATE spending_rule SET number = 9 WHERE number = 3",
       "the rules of spending are numbered with a gap"},
      {"UPDATE disbursement SET approvals = 2 WHERE number = 1", "disbursement 1"},
      {"UPDATE disbursement SET rules = 9 WHERE number = 2",
       "disbursement 2 is not approved or mandated as its rules say"},
      {"DELETE FROM order_mandate WHERE disbursement_number = 1 AND order_number = 1",
       "disbursement 1 is not approved or mandated as its rules say"},
      {"DELETE FROM order_mandate WHERE disbursement_number = 1 AND order_number = 1; UPDATE "
       "disbursement_order SET purpose = 'refund' WHERE disbursement_number = 1 AND number = 1",
       "disbursement 1 is not approved or mandated as its rules say"},
      {"UPDATE spending_mandate SET approvals = 1 WHERE number = 3",
       "spending mandate 3 is not granted or approved as its rules say"},
      {"UPDATE spending_mandate SET body = 'Board' WHERE number = 2",
       "spending mandate 2 is not granted or approved as its rules say"},
      {"DELETE FROM spending_step WHERE mandate_number = 1 AND number = 1",
       "of spending mandate 1 is not as it may be"},
      {"UPDATE spending_step SET recorded_by = (SELECT id FROM user_account WHERE name = 'tom') WHERE kind = "
       "'approved'",
       "step 1 of spending mandate 1 is not as it may be"},
      {"UPDATE spending_step SET amount_minor = 99999 WHERE kind = 'drawn'",
       "more is drawn and ordered of spending mandate 1 than it grants"},
      {"UPDATE order_mandate SET minutes = NULL WHERE minutes IS NOT NULL",
       "order 1 of disbursement 2 spends a mandate that does not bear it"},
      {"DELETE FROM budget_line WHERE budget = 1 AND revision = 1 AND line = 2",
       "revision 1 of budget 1 has other lines than it came with"},
      {"DELETE FROM budget_revision WHERE budget = 1 AND number = 1", "budget 1 is not as it was adopted"},
      {"DELETE FROM budget WHERE number = 1", "budget 2 is not as it was adopted"},
      {"UPDATE allocation_share SET amount_minor = amount_minor + 2 WHERE round = 1 AND line = 1",
       "round 1 is not as it began"},
      {"UPDATE allocation_step SET amount_minor = 6001 WHERE round = 1 AND number = 1",
       "round 1: what got its goal is funded, with a mandate of it"},
      {"UPDATE allocation_step SET amount_minor = 99999 WHERE round = 1 AND number = 5", "round 1: "},
      {"DELETE FROM allocation_step WHERE round = 1 AND kind = 'funded'",
       "round 1: what got its goal has a mandate"},
  };
  test::expect_each_named(fresh(), budget_tables(), damages);
}

}  // namespace
}  // namespace coop::proof
