// Obligations that somebody with every right changed in SQL: verification names what no longer fits.
#include "tests/support/named_damage.hpp"
#include "tests/support/test_obligations.hpp"

namespace coop::proof {
namespace {

class ObligationDamages : public test::ObligationTest {
 protected:
  ObligationDamages() { fill_obligations(); }
};

TEST_F(ObligationDamages, AreNamedOneByOne) {
  const std::vector<test::NamedDamage> damages{
      {"DELETE FROM obligation WHERE number = 2", "obligation 3 is not as it was recorded"},
      {"UPDATE obligation SET circle_id = NULL WHERE number = 2",
       "hours of member M1 count toward obligations 1 and 2"},
      {"DELETE FROM obligation_settlement WHERE obligation_number = 1 AND number = 2",
       "settlement 3 of obligation 1 is not as it may be"},
      {"UPDATE obligation_settlement SET reverses = 2 WHERE obligation_number = 1 AND number = 5",
       "settlement 5 of obligation 1 is not as it may be"},
      {"UPDATE obligation SET by_kind = false WHERE number = 1",
       "settlement 1 of obligation 1 is not as it may be"},
      {"DELETE FROM obligation_member WHERE obligation_number = 1 AND party_id = 3",
       "settlement 2 of obligation 1 is not as it may be"},
      {"UPDATE obligation_settlement SET party_id = 1 WHERE obligation_number = 1 AND number = 5",
       "settlement 5 of obligation 1 is not as it may be"},
      {"UPDATE obligation_settlement SET recorded_by = (SELECT id FROM user_account WHERE name = 'ben') "
       "WHERE obligation_number = 1 AND number = 1",
       "settlement 1 of obligation 1 is of whoever recorded it"},
      {"UPDATE obligation_settlement SET amount_minor = 100001 WHERE obligation_number = 1 AND number = 1",
       "member M2 settled more of obligation 1 than is owed"},
      {"UPDATE obligation_settlement SET amount_minor = 10001 WHERE obligation_number = 1 AND number = 2",
       "entry 1 moves less of member M3 than it settles"},
      {"DELETE FROM hours_import_row WHERE line = 3", "table of hours 1 did not record as many as it says"},
      {"UPDATE obligation_withdrawal SET recorded_at = recorded_at - interval '1 day', obligation_number = 1",
       "settlement 1 of obligation 1 is not as it may be"},
  };
  test::expect_each_named(fresh(), obligation_tables(), damages);
}

}  // namespace
}  // namespace coop::proof
