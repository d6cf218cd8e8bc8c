// Shared costs which somebody with every right changed in SQL: verification names what no longer fits.
#include "tests/support/named_damage.hpp"
#include "tests/support/test_costs.hpp"

namespace coop::proof {
namespace {

class CostDamages : public test::CostTest {
 protected:
  CostDamages() { fill(); }
};

TEST_F(CostDamages, AreNamedOneByOne) {
  const std::vector<test::NamedDamage> damages{
      {"UPDATE cost_pool SET claims_account_id = expense_account_id", "cost pool 1"},
      {"UPDATE cost_pool_term SET term = 5 WHERE term = 2; UPDATE cost_participant SET term = 5 WHERE term = "
       "2; UPDATE cost_allocation SET term = 5 WHERE term = 2",
       "its terms do not follow on each other"},
      {"DELETE FROM cost_participant WHERE term = 1 AND place = 5", "it is shared by others than its term"},
      {"UPDATE cost_bill SET amount_minor = amount_minor + 1 WHERE payer_code = 'bcn'",
       "its entry does not cover it"},
      {"UPDATE cost_bill SET amount_minor = amount_minor + 1 WHERE payer_code = 'mtl'",
       "somebody paid or gave something else"},
      {"UPDATE cost_bill SET billed_on = '2025-01-01' WHERE payer_code = 'mtl'", "not shared on its day"},
      {"UPDATE cost_usage SET participant = 'xyz' WHERE number = 1", "the participant does not share"},
      {"UPDATE cost_usage SET value_millionths = value_millionths * 2 WHERE number = 1",
       "of shared costs is not what its rule gives"},
      {"UPDATE cost_usage SET measure = 'hours' WHERE corrects IS NOT NULL", "what it corrects is another"},
      {"UPDATE cost_usage SET corrects = NULL WHERE corrects IS NOT NULL", "measured twice"},
      {"DELETE FROM cost_allocation_usage WHERE allocation_number = 3 AND usage_number = 1",
       "it has other bills or usage"},
      {"DELETE FROM cost_step WHERE kind = 'reversed'",
       "division 2 of shared costs: a bill or usage is taken twice"},
      {"UPDATE cost_share SET share_minor = share_minor + 1 WHERE allocation_number = 3 AND place = 1",
       "its shares do not add up"},
      {"UPDATE cost_share SET share_minor = share_minor + CASE place WHEN 1 THEN 1 ELSE -1 END WHERE "
       "allocation_number = 4 AND place < 3",
       "division 4 of shared costs is not what its rule gives"},
      {"UPDATE cost_share SET share_minor = share_minor + CASE place WHEN 1 THEN 1 ELSE -1 END WHERE "
       "allocation_number = 3 AND place < 3",
       "its entry says otherwise"},
      {"UPDATE cost_share SET share_minor = share_minor + CASE place WHEN 1 THEN 100000 ELSE -100000 END "
       "WHERE allocation_number = 4 AND place < 3",
       "division 4 of shared costs: a share goes against its bills"},
      {"UPDATE cost_share SET takes_part = false, share_minor = 0 WHERE allocation_number = 4 AND place = 1; "
       "UPDATE cost_share SET share_minor = share_minor + 100 WHERE allocation_number = 4 AND place = 2",
       "division 4 of shared costs"},
      {"UPDATE cost_step SET recorded_by = (SELECT id FROM user_account WHERE name = 'tom') WHERE "
       "kind = 'posted'",
       "nobody approves what they wrote"},
      {"UPDATE cost_step SET entry_number = 1 WHERE kind = 'reversed'",
       "reversed by the reversal of its entry"},
      {"UPDATE cost_allocation SET figures = replace(figures, '1/10', '1/5') WHERE number = 4",
       "division 4 of shared costs is not what its rule gives"},
      {"UPDATE cost_bill SET payer_kind = 'neighbour', payer_code = 'meet.example/xyz' WHERE payer_code = "
       "'M1'",
       "no term names the neighbour who paid it"},
      {"UPDATE cost_allocation SET booked_on = booked_on + 1 WHERE number = 3",
       "division 3 of shared costs is of another day than its entry"},
      {"UPDATE cost_allocation SET rule_version = 2 WHERE number = 3", "its rule is not that of the pool"},
  };
  test::expect_each_named(fresh(), tables(), damages);
}

}  // namespace
}  // namespace coop::proof
