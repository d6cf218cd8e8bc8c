// Funds and mandates which somebody with every right changed in SQL: verification names what no longer fits.
#include "tests/support/named_damage.hpp"
#include "tests/support/test_funds.hpp"

namespace coop::proof {
namespace {

class FundDamages : public test::FundTest {
 protected:
  FundDamages() { fill(); }
};

TEST_F(FundDamages, AreNamedOneByOne) {
  const std::vector<test::NamedDamage> damages{
      {"DELETE FROM fund_buffer WHERE line = 2", "terms 1 of the fund media are not as they came"},
      {"DELETE FROM fund_buffer WHERE line = 3", "terms 1 of the fund media are not as they came"},
      {"DELETE FROM fund_account", "are not as they came"},
      {"UPDATE fund_term SET number = 5 WHERE number = 2", "the fund media has terms with a gap"},
      {"UPDATE fund_term SET purpose = 'held' WHERE number = 2", "becomes money of others"},
      {"UPDATE spending_mandate SET minutes_a_month = NULL, rate_minor = NULL, months = NULL WHERE number = "
       "2",
       "step 1 of spending mandate 2 is not as it may be"},
      {"UPDATE spending_mandate SET number = 7 WHERE number = 2; UPDATE spending_step SET mandate_number = 7 "
       "WHERE mandate_number = 2",
       "spending mandate 7 is not as it was granted"},
      {"UPDATE spending_mandate SET amount_minor = 5000 WHERE number = 1",
       "of spending mandate 1 is not as it may be"},
      {"UPDATE spending_mandate SET until_on = '2026-02-01' WHERE number = 1",
       "step 1 of spending mandate 1 is not as it may be"},
      {"UPDATE spending_step SET amount_minor = 4100 WHERE mandate_number = 1 AND number = 1",
       "spends less of a fund than is drawn of it"},
      {"UPDATE spending_step SET entry_number = 1 WHERE kind = 'paid'", "entry 1 spends less of a fund"},
      {"UPDATE spending_step SET draw = 5 WHERE kind = 'taken_back'",
       "step 5 of spending mandate 1 is not as it may be"},
      {"DELETE FROM spending_step WHERE mandate_number = 1 AND number = 4",
       "of spending mandate 1 is not as it may be"},
      {"UPDATE spending_step SET number = 3 - number WHERE mandate_number = 2 AND number = 0; UPDATE "
       "spending_step SET number = 9 WHERE mandate_number = 2 AND number = 1",
       "of spending mandate 2 is not as it may be"},
      {"UPDATE fund_term SET indivisible = true, purpose = 'reserve' WHERE purpose <> 'held'",
       "step 2 of spending mandate 1 pays a member out of an indivisible fund"},
      {"UPDATE spending_mandate SET from_on = '2026-03-02' WHERE number = 1; UPDATE spending_step SET on_day "
       "= "
       "'2026-03-05'",
       "of spending mandate 1 names an entry of a day on which it does not last"},
      {"INSERT INTO party_user SELECT node_id, party_id, recorded_by, recorded_at FROM spending_step WHERE "
       "party_id IS NOT NULL",
       "step 2 of spending mandate 1 pays whoever recorded it"},
      {"UPDATE spending_step SET on_day = on_day + 9 WHERE kind = 'taken_back'",
       "is of another day than it was recorded"},
  };
  auto damaged = fund_tables();
  damaged.push_back("party_user");
  test::expect_each_named(fresh(), damaged, damages);
}

}  // namespace
}  // namespace coop::proof
