// A run's hours are looked at once: what the schema keeps of them while a run is proposed cannot be written
// by the service, says nothing in another database transaction, and does not hide what happened since.
#include "tests/support/test_pay.hpp"

namespace coop::pay {
namespace {

/// Run 1 paid the first half of January. Of the second M1 has hours 3 (60 minutes) and M2 hours 4 (120
/// minutes), which wait.
class CollectedOnce : public test::PayTest {
 protected:
  CollectedOnce() {
    worked("M1", "2026-01-10", 60);
    worked("M2", "2026-01-11", 60);
    WagesDraft first = wages("50.00");
    first.to_on = Day::parse("2026-01-15");
    posted(propose(first));
    worked("M1", "2026-01-20", 60);
    worked("M2", "2026-01-21", 120);
  }
  // By the service's role, in one database transaction.
  std::string said_of(const std::string& sql) const {
    try {
      superuser_sql("SET ROLE coopledger_service; " + sql);
    } catch (const test::SqlFailed& refused) {
      return refused.what();
    }
    return "accepted";
  }
  void expect_said(const std::string& sql, const std::string& words) const {
    EXPECT_NE(said_of(sql).find(words), std::string::npos) << words << ": " << sql;
  }
};

std::string collected(int run = 2, const std::string& to = "2026-01-31") {
  return "SELECT count(*) FROM collect_hours_for_run(1, " + std::to_string(run) + ", '2026-01-16', '" + to +
         "', (SELECT id FROM unit WHERE code = 'EUR'), NULL); ";
}

// A run of the second half with the hours of M1, or as its share is said to be.
std::string run_of_rest(int run = 2, const std::string& minutes = "60", const std::string& hours = "{3}",
                        const std::string& claim = "2500", const std::string& tariffs = "1") {
  const std::string number = std::to_string(run);
  return "INSERT INTO pay_run (node_id, number, kind, from_on, to_on, booked_on, unit_id, amount_minor, "
         "rule_code, rule_version, rule_hash, figures, values_known, tariffs_known, deferred_as, "
         "wages_account_id, payable_account_id, members, lots, paid_minor, deferred_minor, recorded_at) "
         "SELECT node_id, " +
         number +
         ", kind, '2026-01-16', '2026-01-31', '2026-01-31', unit_id, 0, rule_code, rule_version, rule_hash, "
         "figures, values_known, " +
         tariffs + ", 'gift', wages_account_id, payable_account_id, 1, 0, 0, " + claim +
         ", recorded_at FROM pay_run WHERE number = 1; "
         "INSERT INTO pay_run_share (node_id, run_number, number, party_id, measures, minutes, hours, "
         "claim_minor, rate_minor, paid_minor, deferred_minor) SELECT node_id, " +
         number + ", 1, party_id, measures, " + minutes + ", '" + hours + "', " + claim + ", 2500, 0, " +
         claim + " FROM pay_run_share WHERE run_number = 1 AND number = 1; ";
}

constexpr const char* taken_back =
    "INSERT INTO work_hours_step SELECT 1, 3, 2, 'reversed', NULL, '2026-01-31', 'x', last_recorded_at, NULL "
    "FROM book_head WHERE node_id = 1; ";
constexpr const char* tariff_raised =
    "INSERT INTO pay_tariff (node_id, number, kind, from_on, amount_minor, unit_id, decision, recorded_at) "
    "SELECT node_id, 2, kind, '2026-01-16', 3000, unit_id, decision, recorded_at FROM pay_tariff; ";
constexpr const char* undone = "SELECT 1 / 0";

TEST_F(CollectedOnce, WhatIsCollectedIsWhatTheSharesMaySay) {
  EXPECT_EQ(superuser_value("SET ROLE coopledger_service; " + collected() + run_of_rest() +
                            "SELECT is_as_collected(1, 2)::text"),
            "true");
  EXPECT_EQ(first_flaw(), "") << "verify looks at every hour";
  EXPECT_EQ(superuser_value("SELECT is_as_collected(1, 2)"), "f") << "in another database transaction";
  const PayRun rest = propose(wages("50.00"));
  EXPECT_EQ(amounts_of(rest), "M2 50.00 0.00");
  EXPECT_EQ(superuser_value("SELECT hours FROM pay_run_share WHERE run_number = 3"), "{4}");
}

TEST_F(CollectedOnce, IsNoWayAroundTheCheck) {
  const std::string not_hers = "that are not the member's, of the period, approved and to be paid";
  const std::string claimed = "what is claimed is not the hours at their tariffs";
  expect_said(collected() + taken_back + run_of_rest() + undone, "division by zero");
  expect_said(collected() + taken_back + run_of_rest(), not_hers);
  expect_said(collected() + run_of_rest() + taken_back, "hours 3 are in a pay run");
  expect_said(collected() + run_of_rest(2, "180", "{3,4}", "7500"), not_hers);
  expect_said(collected() + run_of_rest(2, "60", "{1}"), not_hers);
  expect_said(collected() + run_of_rest(2, "120", "{3,3}", "5000"), "it has hours twice");
  expect_said(collected() + run_of_rest(2, "60", "{3}", "2600"), claimed);
  expect_said(collected() + run_of_rest(2, "90", "{3}"), claimed);
  expect_said(collected() + tariff_raised + run_of_rest(2, "60", "{3}", "2500", "2"), claimed);
  expect_said(tariff_raised + collected() + run_of_rest(2, "60", "{3}", "3000", "1"), claimed);
  expect_said(collected(2, "2026-01-25") + run_of_rest(2, "60", "{3}", "2600"), claimed);
  expect_said(collected(3) + run_of_rest(2, "60", "{3}", "2600"), claimed);
  expect_said(collected(2) + run_of_rest(2) + collected(3) + run_of_rest(3), "some of its hours");
}

TEST_F(CollectedOnce, SaysNothingLater) {
  EXPECT_EQ(said_of(collected()), "accepted");
  EXPECT_EQ(superuser_value("SELECT string_agg(hours::text, ' ' ORDER BY party_id) FROM pay_collected"),
            "{3} {4}");
  EXPECT_EQ(said_of(taken_back), "accepted");
  expect_said(run_of_rest(), "approved and to be paid");
}

TEST_F(CollectedOnce, IsWrittenByTheSchemaAlone) {
  expect_said("INSERT INTO pay_collected SELECT * FROM pay_collected", "permission denied");
  expect_said(collected() + "UPDATE pay_collected SET hours = '{3,4}'", "permission denied");
  expect_said(collected() + "DELETE FROM pay_collected", "permission denied");
}

}  // namespace
}  // namespace coop::pay
