// Pay in the database: the complete export carries everything, the schema refuses what the code would,
// verification finds the rest.
#include "tests/support/named_damage.hpp"
#include "tests/support/native_file.hpp"
#include "tests/support/test_pay.hpp"

namespace coop::pay {
namespace {

class KeptPay : public test::PayTest {};

TEST_F(KeptPay, AreRestoredIntoAnEmptyServerAsTheyWere) {
  fill_pay();
  EXPECT_EQ(first_flaw(), "");
  test::expect_native_restores(db(), fresh(), pay_tables(), now);
  const std::string original = test::native_export(db());
  const std::vector<std::pair<std::string, std::string>> contradictions{
      {R"("kind":"pay_tariff","number":2)", R"("kind":"pay_tariff","number":3)"},
      {R"("work":"livelihood",)", R"("work":"livelihood","circle":"none",)"},
      {R"("kind":"pay_run","number":2)", R"("kind":"pay_run","number":3)"},
      {R"("wages":"expenses:wages")", R"("wages":"expenses:nobody")"},
      {R"("kind":"pay_run_share","run":1,"number":2)", R"("kind":"pay_run_share","run":1,"number":3)"},
      {R"("paid_minor":10000)", R"("paid_minor":10001)"},
      {R"("hours":"1")", R"("hours":"1 x")"},
      {R"("settled_minor":)", R"("settled_minor":9)"},
      {R"("step":"posted")", R"("step":"undone")"},
      {R"("run_kind":"lapse")", R"("run_kind":"wages")"},
      {R"("kind":"pay_run_pot","run":1,"number":1)", R"("kind":"pay_run_pot","run":1,"number":2)"},
      {R"("name":"pot","received_minor":10000)", R"("name":"pot","received_minor":9999)"},
  };
  test::expect_each_contradicts(original, contradictions);
}

TEST_F(KeptPay, AreKeptByTheSchemaAndFoundByVerification) {
  fill_pay();
  for (const std::string& table : pay_tables()) {
    EXPECT_FALSE(service_may("UPDATE " + table + " SET node_id = node_id")) << table;
    EXPECT_FALSE(service_may("DELETE FROM " + table)) << table;
    EXPECT_NE(state_of("DELETE FROM " + table), "accepted") << table;
  }
  const std::vector<test::NamedDamage> damages{
      {"UPDATE pay_run_share SET paid_minor = paid_minor + 1, deferred_minor = deferred_minor - 1 WHERE "
       "run_number = 4 AND number = 1",
       "pay run 4: its shares do not add up to it"},
      {"UPDATE pay_run_share SET paid_minor = paid_minor + 3 - 2 * number WHERE run_number = 4 AND number < "
       "3",
       "pay run 4: its entries say otherwise"},
      {"UPDATE pay_run_share SET minutes = minutes + 1 WHERE run_number = 1 AND number = 1",
       "pay run 1: what is claimed is not the hours at their tariffs"},
      {"UPDATE pay_run_share SET hours = '{}' WHERE run_number = 4 AND number = 3",
       "pay run 4: what is claimed is not the hours at their tariffs"},
      {"UPDATE pay_run_lot SET settled_minor = settled_minor - 1 WHERE run_number = 6",
       "pay run 6: what it pays is not what it settles"},
      {"UPDATE pay_run_step SET recorded_by = (SELECT recorded_by FROM pay_run WHERE number = 4) WHERE "
       "run_number = 4 AND number = 1",
       "pay run 4: nobody approves what they wrote"},
      {"UPDATE pay_run SET rule_code = 'equal_hour', rule_hash = (SELECT rule_hash FROM sharing_version "
       "WHERE "
       "code = 'equal_hour') WHERE number = 4",
       "pay run 4: divided anew by its rule, it comes out otherwise"},
      {"UPDATE pay_run_pot SET received_minor = received_minor + 1, amount_minor = amount_minor + 1 WHERE "
       "run_number = 4",
       "pay run 4: its pots and its shares do not add up to it"},
      {"DELETE FROM pay_run_pot WHERE run_number = 4",
       "pay run 4: it has other pots than it was proposed with"},
      {"UPDATE pay_run_pot SET name = 'reserve' WHERE run_number = 4",
       "pay run 4: divided anew by its rule, it comes out otherwise"},
      {"UPDATE pay_run_pot SET from_account_id = 1, to_account_id = 1, fund_id = (SELECT min(id) FROM "
       "dimension "
       "WHERE kind = 'member') WHERE run_number = 4",
       "pay run 4: the accounts of its pots are not of their kind"},
      {"DELETE FROM pay_run_step WHERE run_number = 1", "pay run"},
      {"UPDATE pay_run SET booked_on = booked_on + 1 WHERE number = 4",
       "pay run 4 is of another day than its entries"},
  };
  test::expect_each_named(fresh(), pay_tables(), damages);
}

}  // namespace
}  // namespace coop::pay
