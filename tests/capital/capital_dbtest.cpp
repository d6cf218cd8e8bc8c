// Shares and surplus in the database: the complete export carries everything, the schema refuses what the
// code would, verification finds the rest.
#include "tests/capital/capital_books.hpp"
#include "tests/support/native_file.hpp"

namespace coop::capital {
namespace {

TEST_F(CapitalBooks, RestoreIntoAnEmptyServerAsTheyWere) {
  fill();
  EXPECT_EQ(first_flaw(), "");
  test::expect_native_restores(db(), fresh(), tables(), now);
  const std::string original = test::native_export(db());
  const std::vector<std::pair<std::string, std::string>> contradictions{
      {R"("kind":"share_movement","number":2)", R"("kind":"share_movement","number":3)"},
      {R"("movement":"withdraw")", R"("movement":"give")"},
      {R"("amount_minor":15000)", R"("amount_minor":1500)"},
      {R"("kind":"surplus_share","run":1,"number":2)", R"("kind":"surplus_share","run":1,"number":3)"},
      {R"("patronage_minor":)", R"("patronage_minor":1)"},
      {R"("step":"booked")", R"("step":"undone")"},
      {R"("moved_on":"2)", R"("moved_on":"1)"},
      {R"("booked_on":"2026-)", R"("booked_on":"2036-)"},
      {R"("capital":"equity:members")", R"("capital":"equity:nobody")"},
  };
  test::expect_each_contradicts(original, contradictions);
}

TEST_F(CapitalBooks, AreKeptByTheSchemaAndFoundByVerification) {
  fill();
  for (const std::string& table : tables()) {
    EXPECT_FALSE(service_may("UPDATE " + table + " SET node_id = node_id")) << table;
    EXPECT_FALSE(service_may("DELETE FROM " + table)) << table;
    EXPECT_NE(state_of("DELETE FROM " + table), "accepted") << table;
  }
  const std::string copy =
      "INSERT INTO share_movement SELECT node_id, 11, movement, class_code, class_version, party_id, "
      "amount_minor, reserve_minor, moved_on, follows, entry_number, reason, recorded_at, recorded_by FROM "
      "share_movement WHERE number = ";
  EXPECT_NE(state_of(copy + "1"), "accepted") << "an entry moves once";
  EXPECT_NE(
      state_of("INSERT INTO share_movement SELECT node_id, 99, 'ask', class_code, class_version, party_id, "
               "1, 0, moved_on, NULL, NULL, reason, recorded_at, recorded_by FROM share_movement WHERE "
               "number = 1"),
      "accepted")
      << "a gap";
  EXPECT_NE(state_of("INSERT INTO surplus_step SELECT node_id, 4, 1, 'approved', NULL, NULL, recorded_at, "
                     "recorded_by FROM surplus_run WHERE number = 4"),
            "accepted")
      << "nobody approves what they wrote";
  EXPECT_NE(state_of("INSERT INTO surplus_step SELECT node_id, 4, 1, 'booked', entry_number, NULL, "
                     "recorded_at, recorded_by FROM surplus_step WHERE run_number = 1 AND step = 'booked'"),
            "accepted")
      << "two people approve";
  const std::vector<test::NamedDamage> damages{
      {"UPDATE share_movement SET amount_minor = amount_minor + 1 WHERE number = 2",
       "movement 2 of shares: its entry says otherwise"},
      {"UPDATE share_movement SET party_id = 3 WHERE number = 5",
       "movement 5 of shares: its entry says otherwise"},
      {"UPDATE share_movement SET moved_on = moved_on + 1 WHERE number = 2",
       "movement 2 of shares is of another day than its entry"},
      {"UPDATE surplus_run SET booked_on = booked_on + 1 WHERE number = 1",
       "run 1 of a surplus is of another day than its entries"},
      {"UPDATE surplus_share SET cash_minor = 0 WHERE run_number = 1 AND number = 1",
       "run 1 of a surplus: the shares of its members do not add up to their part"},
      {"UPDATE surplus_step SET recorded_by = (SELECT recorded_by FROM surplus_run WHERE number = 1) WHERE "
       "run_number = 1 AND number = 1",
       "run 1 of a surplus: nobody approves what they wrote"},
  };
  test::expect_each_named(fresh(), tables(), damages);
}

}  // namespace
}  // namespace coop::capital
