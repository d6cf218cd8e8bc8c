// A run of one circle: its hours alone are collected; the circle is kept with the run, leaves with the
// complete export, and is verified.
#include "tests/support/named_damage.hpp"
#include "tests/support/native_file.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_pay.hpp"

namespace coop::pay {
namespace {

class CirclePay : public test::PayTest {
 protected:
  CirclePay() {
    db().in_tx([&](Tx& tx) {
      work::found_circle(tx, node(), {"garden", "Garden", Day::parse("2026-01-01")}, author());
      for (const char* member : {"M1", "M2"})
        work::join_circle(tx, node(), "garden", member, Day::parse("2026-01-01"), author());
    });
    worked("M1", "2026-01-10", 60);
    worked("M3", "2026-01-10", 60);
    worked_in_garden("M1", "2026-01-11", 120, "ben");
    worked_in_garden("M2", "2026-01-12", 60, "ann");
    garden_.circle = "garden";
  }
  void worked_in_garden(const std::string& member, const char* day, int minutes, const std::string& by) {
    work::HoursDraft draft = hour();
    draft.member = member;
    draft.circle = "garden";
    draft.worked_on = Day::parse(day);
    draft.minutes = minutes;
    approve({record(draft)}, by);
  }
  std::string circle_of(PayRunNumber number) {
    return db().in_snapshot([&](Tx& tx) { return read_pay_run(tx, node(), number).circle; });
  }
  WagesDraft garden_ = wages("60.00");
};

TEST_F(CirclePay, CollectsTheHoursOfItsCircleAlone) {
  WagesDraft nowhere = garden_;
  nowhere.circle = "nowhere";
  EXPECT_EQ(test::refusal_of([&] { propose(nowhere); }), "circle_unknown");
  const PayRun run = propose(garden_);
  EXPECT_EQ(amounts_of(run), "M1 40.00 10.00, M2 20.00 5.00");
  EXPECT_EQ(circle_of(run.number), "garden");
  EXPECT_EQ(test::refusal_of([&] { propose(garden_); }), "pay_run_empty") << "what waits is of tech";
  const PayRun rest = propose(wages("50.00"));
  EXPECT_EQ(amounts_of(rest), "M1 25.00 0.00, M3 25.00 0.00");
  EXPECT_EQ(circle_of(rest.number), "");
  posted(run);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CirclePay, LeavesWithTheExportAndComesBack) {
  posted(propose(garden_));
  const std::vector<std::string> tables{"pay_run", "pay_run_share", "pay_run_step"};
  test::expect_native_restores(db(), fresh(), tables, now);
  const std::vector<std::pair<std::string, std::string>> contradictions{
      {R"("grants":false,"circle":"garden")", R"("grants":false,"circle":"none")"}};
  test::expect_each_contradicts(test::native_export(db()), contradictions);
}

TEST_F(CirclePay, IsVerified) {
  posted(propose(garden_));
  const std::vector<test::NamedDamage> damages{
      {"UPDATE pay_run SET circle_id = (SELECT id FROM circle WHERE code = 'tech') WHERE number = 1",
       "pay run 1: it has hours for another circle"}};
  test::expect_each_named(fresh(), pay_tables(), damages);
}

}  // namespace
}  // namespace coop::pay
