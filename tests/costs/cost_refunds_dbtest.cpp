// Credit notes in shared costs: a refund is divided like costs, with the signs of the other side, and what
// comes to nothing is closed. Books, verification and the complete export know it.
#include "ledger/costs/cost_allocation_store.hpp"
#include "ledger/costs/cost_bill_store.hpp"
#include "reports/cost_evidence.hpp"
#include "reports/cost_tables.hpp"
#include "tests/support/native_file.hpp"
#include "tests/support/test_costs.hpp"

namespace coop::costs {
namespace {

// The server is shared equally among bcn, mcr, got, mtl and nrt.
class CostRefunds : public test::CostTest {
 protected:
  CostRefunds() {
    adopt_rule("equal_parts");
    auto next = server();
    next.from_on = Day::parse("2026-01-02");
    next.rule = "equal_parts";
    adopt(next);
  }
  std::string claims() {
    return reports::csv_text(db().in_tx([&](Tx& tx) { return reports::read_cost_claims(tx, node(), {}); }));
  }
};

TEST_F(CostRefunds, AreDividedByTheSameRuleAndLowerClaims) {
  record(bill("bcn", "186.40"));
  approve(divide());
  EXPECT_EQ(balance("assets:claims"), "149.12");
  // The provider pays 100.00 back to bcn; mcr paid 39.99 meanwhile.
  record(bill("bcn", "-100.00"));
  record(bill("mcr", "39.99"));
  const auto proposed = divide();
  EXPECT_EQ(proposed.minor, -6'001);
  EXPECT_EQ(shares_of(proposed), "-12.01 -12.00 -12.00 -12.00 -12.00");
  EXPECT_EQ(nets_of(proposed), "87.99 -51.99 -12.00 -12.00 -12.00");
  EXPECT_EQ(balance("expenses:servers"), "-62.72");
  approve(proposed);
  // Its own share of both: 37.28 less 12.01.
  EXPECT_EQ(balance("expenses:servers"), "25.27");
  EXPECT_EQ(balance("assets:claims"), "61.13");
  EXPECT_NE(claims().find("node,got,server,25.28,EUR"), std::string::npos) << claims();
  EXPECT_NE(claims().find("node,mcr,server,-14.71,EUR"), std::string::npos) << claims();
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CostRefunds, SayThatTheyAre) {
  record(bill("mcr", "-60.00"));
  const auto proposed = divide();
  const std::string evidence = db().in_tx([&](Tx& tx) {
    const auto explained = explain_cost_allocation(tx, node(), proposed);
    const auto bills = read_cost_bills(tx, node(), {.allocation = proposed.number});
    const auto used = read_allocated_usage(tx, node(), proposed.number);
    return reports::csv_text(reports::table_of_cost_evidence(
        reports::read_report_node(tx, node()), {proposed, explained.division, bills, used}, "got"));
  });
  EXPECT_NE(evidence.find("a refund: credit notes are 60.00 EUR more than bills"), std::string::npos)
      << evidence;
  EXPECT_NE(evidence.find("-60.00 / 5 = -12.00"), std::string::npos) << evidence;
}

TEST_F(CostRefunds, OfNothingCloseTheirBillsAndSettleWhatWasPaid) {
  record(bill("mcr", "30.00"));
  record(bill("got", "-30.00"));
  const auto posted = approve(divide());
  EXPECT_EQ(shares_of(posted), "0.00 0.00 0.00 0.00 0.00");
  EXPECT_EQ(nets_of(posted), "0.00 -30.00 30.00 0.00 0.00");
  EXPECT_TRUE(posted.steps.front().entry);
  // Of one payer, nothing is left to book.
  record(bill("mcr", "5.00"));
  record(bill("mcr", "-5.00"));
  const auto closed = approve(divide());
  EXPECT_FALSE(closed.steps.front().entry);
  EXPECT_EQ(test::refusal_of([&] { divide(); }), "cost_allocation_impossible");
  db().in_tx(
      [&](Tx& tx) { EXPECT_EQ(read_cost_bills(tx, node(), {.state = CostBillState::divided}).size(), 4u); });
  // What was only given waits for bills.
  auto given = bill("got", "30.00");
  given.kind = CostBillKind::gift;
  record(given);
  EXPECT_EQ(test::refusal_of([&] { divide(); }), "cost_allocation_impossible");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CostRefunds, AreNotApprovedByWhomTheyCredit) {
  auto next = server();
  next.from_on = Day::parse("2026-01-03");
  next.rule = "equal_parts";
  next.participants.push_back({{CostPartyKind::member, "M1"}});
  adopt(next);
  record(bill("mcr", "-60.00"));
  const auto proposed = divide();
  EXPECT_EQ(shares_of(proposed), "-10.00 -10.00 -10.00 -10.00 -10.00 -10.00");
  EXPECT_EQ(test::refusal_of([&] { approve(proposed, "ann"); }), "approval_of_own");
  EXPECT_EQ(costs::state_of(approve(proposed)), "posted");
}

TEST_F(CostRefunds, ByARuleOfFixedAmountsWait) {
  adopt_rule("fee", R"({"unit":"EUR","steps":[{"step":"first","amount":["1"]},{"step":"equal"}]})");
  auto next = server();
  next.from_on = Day::parse("2026-01-03");
  next.rule = "fee";
  adopt(next);
  record(bill("mcr", "-60.00"));
  EXPECT_EQ(test::refusal_of([&] { divide(); }), "cost_allocation_impossible");
  record(bill("got", "66.00"));
  EXPECT_EQ(shares_of(divide()), "1.20 1.20 1.20 1.20 1.20");
}

// Random bills and credit notes, divided again and again: the books say what was paid, and restore as they
// are.
TEST_F(CostRefunds, AddUpForRandomBillsAndRestore) {
  expect_random_bills_add_up(-500, 500);
  EXPECT_EQ(first_flaw(), "");
  const std::vector<std::string> filled{"cost_bill", "cost_allocation", "cost_allocation_bill", "cost_share",
                                        "cost_step"};
  test::expect_native_restores(db(), fresh(), filled, now);
}

}  // namespace
}  // namespace coop::costs
