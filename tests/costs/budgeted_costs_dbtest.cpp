// What a circle bears of shared costs is asked of budgets that refuse: at the proposal, and when it is
// approved.
#include "ledger/funds/budget_service.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_costs.hpp"

namespace coop::costs {
namespace {

/// A bill of 100.00 that bcn paid; bcn and its circle tech bear it alike. Budget 1 is the circle's.
class BudgetedCosts : public test::CostTest {
 protected:
  BudgetedCosts() {
    add(books::DimensionKind::cost_object, {"tech"});
    adopt_rule("equal_parts");
    CostPoolDraft office = server();
    office.code = "office";
    office.rule = "equal_parts";
    office.participants = {{{CostPartyKind::node, "bcn"}}, {{CostPartyKind::circle, "tech"}}};
    adopt(office);
    CostBillDraft rent = bill("bcn", "100.00");
    rent.pool = "office";
    record(rent);
  }
  void budget(std::int64_t minor) {
    db().in_tx([&](Tx& tx) {
      funds::adopt_budget(tx, node(),
                          {.title = "Technology",
                           .circle = "tech",
                           .unit = units().at("EUR").id,
                           .from_on = Day::parse("2026-01-01"),
                           .until_on = Day::parse("2026-12-31"),
                           .first = {.from_on = Day::parse("2026-01-01"),
                                     .beyond = funds::BeyondBudget::refuses,
                                     .lines = {{"All of it", {}, "tech", minor}},
                                     .decision = "d/4"}},
                          user("tom"));
    });
  }
  CostAllocation divide_office() {
    const CostAllocationDraft draft{.pool = "office",
                                    .from_on = Day::parse("2026-01-01"),
                                    .to_on = Day::parse("2026-01-31"),
                                    .booked_on = Day::parse("2026-01-31")};
    return db().in_tx([&](Tx& tx) { return propose_cost_allocation(tx, node(), draft, user("tom")); });
  }
  template <class Work>
  static std::string refused(Work&& work) {
    try {
      work();
    } catch (const Refused& refused) {
      return std::string{text_of(refused.refusal()).code} + ": " + refused.detail();
    }
    return "accepted";
  }
};

TEST_F(BudgetedCosts, AreNotDividedBeyondTheBudgetOfACircle) {
  budget(49'99);
  EXPECT_EQ(
      refused([&] { divide_office(); }),
      "budget_exceeded: budget 1, All of it: 49.99 are left: 49.99 less 0.00 spent, less 0.00 committed");
}

TEST_F(BudgetedCosts, AreNotBookedWhereTheBudgetIsGoneByThen) {
  budget(50'00);
  const CostAllocation proposed = divide_office();
  const books::DimensionCodes of_tech{std::nullopt, std::nullopt, "tech", std::nullopt};
  BooksTest::record("2026-01-20", {{"expenses:servers", "0.01", of_tech}, {"assets:bank", "-0.01"}});
  EXPECT_EQ(
      refused([&] { approve(proposed); }),
      "budget_exceeded: budget 1, All of it: 49.99 are left: 50.00 less 0.01 spent, less 0.00 committed");
  BooksTest::record("2026-01-21", {{"expenses:servers", "-0.01", of_tech}, {"assets:bank", "0.01"}});
  EXPECT_EQ(refused([&] { approve(proposed); }), "accepted");
  EXPECT_EQ(first_flaw(), "");
}

}  // namespace
}  // namespace coop::costs
