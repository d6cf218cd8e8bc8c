// A surplus divided by the hours that were approved, and by nobody's word for them.
#include "ledger/books/period_lock_service.hpp"
#include "ledger/capital/surplus_rule_service.hpp"
#include "ledger/capital/surplus_service.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_capital.hpp"
#include "tests/support/test_work.hpp"

namespace coop::capital {
namespace {

class SurplusByHours : public test::WorkTest {
 protected:
  SurplusByHours() {
    for (const char* path : {"assets:till", "equity:result", "equity:reserve", "equity:members",
                             "liabilities:dividends", "income:dues"})
      open(path);
    record("2026-01-20", {{"assets:till", "120.00"}, {"income:dues", "-120.00"}});
  }
  using test::MembersTest::record;
  using test::WorkTest::record;
  work::HoursNumber worked(const std::string& member, int minutes, const std::string& approver) {
    work::HoursDraft draft = hour();
    draft.member = member;
    draft.minutes = minutes;
    const work::HoursNumber number = record(draft);
    if (approver.empty()) return number;
    EXPECT_EQ(code_of(approve({number}, approver).front()), "approved");
    return number;
  }
  void adopt(Patronage patronage, const char* from) {
    db().in_tx([&](Tx& tx) {
      SurplusRule rule = test::surplus_rule();
      rule.from_on = Day::parse(from);
      rule.title = "All to members";
      rule.reserve_weight = 0;
      rule.loss_members_weight = 0;
      rule.patronage = patronage;
      rule.payable = "liabilities:dividends";
      return adopt_surplus_rule(tx, node(), rule, author());
    });
  }
  /// By approved hours, unless members are given.
  SurplusRun propose(std::int64_t amount_minor = 12'000, const std::vector<MeasuredMember>& members = {}) {
    return db().in_tx([&](Tx& tx) {
      return propose_surplus_run(tx, node(),
                                 {.unit = money("0").unit(),
                                  .scale = 2,
                                  .source = SurplusSource::result,
                                  .from_on = Day::parse("2026-01-01"),
                                  .to_on = Day::parse("2026-01-31"),
                                  .booked_on = Day::parse("2026-01-31"),
                                  .amount_minor = amount_minor,
                                  .decision = "Assembly",
                                  .members = members,
                                  .by_approved_hours = members.empty()},
                                 author());
    });
  }
};

TEST_F(SurplusByHours, IsDividedByWhatWasApprovedAndNotTakenBack) {
  adopt(Patronage::hours, "2025-01-01");
  worked("M1", 20, "ben");
  worked("M2", 40, "cas");
  worked("M3", 60, "ann");
  worked("M1", 90, "");  // waits
  const work::HoursNumber taken_back = worked("M2", 90, "ann");
  reverse(taken_back, "ben");
  const SurplusRun run = propose();
  std::vector<std::string> parts;
  for (const SurplusShare& share : run.division.shares)
    parts.push_back(share.of.member + " " + std::to_string(share.patronage_minor));
  EXPECT_EQ(parts, (std::vector<std::string>{"M1 2000", "M2 4000", "M3 6000"}));
  EXPECT_EQ(run.division.shares[0].of.measure, 333'333);
  EXPECT_EQ(run.division.shares[0].of.minutes, 20);
  EXPECT_EQ(run.division.shares[0].why.back(), "members: 120.00 × (1/3) / 2 = 20.00");
}

// Hours of six decimals, 0.016667 and 2.983333, would give the first two 1.10 too much.
TEST_F(SurplusByHours, IsDividedByMinutesAndNotByRoundedHours) {
  adopt(Patronage::hours, "2025-01-01");
  record("2026-01-21", {{"assets:till", "9999880.00"}, {"income:dues", "-9999880.00"}});
  worked("M1", 1, "ben");
  worked("M2", 1, "cas");
  worked("M3", 179, "ann");
  const SurplusRun run = propose(1'000'000'000);
  std::vector<std::int64_t> parts;
  for (const SurplusShare& share : run.division.shares) parts.push_back(share.patronage_minor);
  // 10,000,000.00 × 1 / 181 = 55,248.6188; by rounded hours it would have been 55,249.72.
  EXPECT_EQ(parts, (std::vector<std::int64_t>{5'524'862, 5'524'862, 988'950'276}));
  EXPECT_EQ(first_flaw(), "");
}

// A run that was divided by rounded hours, before minutes were kept, comes out as it did.
TEST_F(SurplusByHours, OfRunsFromBeforeIsWorkedOutAsItWas) {
  adopt(Patronage::hours, "2025-01-01");
  const SurplusRun run = propose(12'000, {{"M1", 16'667}, {"M2", 2'983'333}});
  EXPECT_FALSE(run.division.shares[0].of.minutes);
  EXPECT_EQ(run.division.shares[0].patronage_minor, 67);
  EXPECT_FALSE(run.division.shares[0].why.empty());
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(SurplusByHours, IsNotProposedForAClosedDay) {
  adopt(Patronage::hours, "2025-01-01");
  worked("M1", 20, "ben");
  db().in_tx([&](Tx& tx) {
    books::lock_period(tx, node(), books::LockKind::soft, Day::parse("2026-01-31"), "reported", author());
  });
  EXPECT_EQ(test::refusal_code([&] { propose(); }), "period_locked");
}

TEST_F(SurplusByHours, NeedsARuleThatMeasuresByHours) {
  adopt(Patronage::purchases, "2025-01-01");
  worked("M1", 20, "ben");
  EXPECT_EQ(test::refusal_code([&] { propose(); }), "field_invalid");
}

}  // namespace
}  // namespace coop::capital
