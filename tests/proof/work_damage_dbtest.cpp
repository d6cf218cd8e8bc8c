// Work that somebody with every right changed in SQL: verification names what no longer fits.
#include "tests/support/named_damage.hpp"
#include "tests/support/test_work.hpp"

namespace coop::proof {
namespace {

class WorkDamages : public test::WorkTest {
 protected:
  WorkDamages() { fill(); }
};

TEST_F(WorkDamages, AreNamedOneByOne) {
  const std::vector<test::NamedDamage> damages{
      {"DELETE FROM circle_step WHERE circle_id = 2 AND number = 2",
       "step 3 of circle care-team does not follow"},
      {"UPDATE circle_step SET on_day = '2026-01-04' WHERE circle_id = 2 AND number = 2",
       "step 2 of circle care-team does not follow"},
      {"UPDATE circle SET from_on = '2026-01-02' WHERE id = 1", "step 1 of circle tech does not follow"},
      {"UPDATE circle_step SET on_day = '2026-01-05' WHERE circle_id = 2 AND kind = 'closed'",
       "hours 4 are of a day on which circle care-team is not open"},
      {"UPDATE work_hours SET minutes = 1400 WHERE number = 3", "member M1 has more than 24 hours"},
      {"DELETE FROM work_hours WHERE number = 3", "the numbers of hours have a gap before 4"},
      {"UPDATE work_hours SET corrects = 1 WHERE number = 5", "hours 5 correct what still counts"},
      {"UPDATE circle_step SET party_id = 4 WHERE circle_id = 1 AND number = 1",
       "hours 1 are to be paid to somebody who is not in the circle"},
      {"UPDATE circle_step SET party_id = 4 WHERE circle_id = 1 AND number = 2",
       "hours 1 were decided by somebody who is not in the circle"},
      {"UPDATE work_kind SET has_price = false WHERE code = 'livelihood'", "hours 1 are to be paid, and"},
      {"UPDATE work_hours_step SET party_id = 1 WHERE hours_number = 1",
       "step 1 of hours 1 is by whom or when it may not be"},
      {"UPDATE work_hours_step SET recorded_by = (SELECT id FROM user_account WHERE name = 'tess') WHERE "
       "hours_number = 1",
       "step 1 of hours 1 is by whom or when it may not be"},
      {"DELETE FROM open_hours", "wait for a decision, or do not, other than it is told"},
      {"INSERT INTO open_hours (node_id, hours_number) VALUES (1, 1)",
       "hours 1 wait for a decision, or do not"},
      {"DELETE FROM work_hours_step WHERE hours_number = 2 AND number = 1",
       "step 2 of hours 2 is by whom or when it may not be"},
  };
  auto damaged = tables();
  damaged.push_back("open_hours");
  test::expect_each_named(fresh(), damaged, damages);
}

}  // namespace
}  // namespace coop::proof
