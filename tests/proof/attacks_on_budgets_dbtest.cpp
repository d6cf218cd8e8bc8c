// Rules of spending, orders on mandates and budgets changed in raw SQL by the service's role, by the owner,
// and with the guards off. What became of each attempt stands in docs/concepts/promises.md.
#include "ledger/funds/budget_service.hpp"
#include "ledger/funds/fund_service.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "ledger/funds/spending_rule_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;

/// Full books with terms of the fund media; a rule by which a mandate of 5.00 waits for one other person, the
/// circle's authority of 10.00, and mandate 1 of 5.00, which waits; a budget.
class AttacksOnBudgets : public test::AttackedBooks {
 protected:
  AttacksOnBudgets() {
    use(NodeId{1});
    const Day today = Day::parse("2026-01-31");
    const UnitId unit = money("0").unit();
    record("2026-01-31", {{"income:dues", "-100.00", {"media", {}, {}, {}}}, {"assets:bank", "100.00"}});
    db().in_tx([&](Tx& tx) {
      funds::adopt_fund_terms(tx, node(), "media",
                              {.from_on = Day::parse("2020-01-01"),
                               .purpose = funds::FundPurpose::media,
                               .unit = unit,
                               .decision = "d/1"},
                              author());
      funds::adopt_spending_rule(tx, node(),
                                 {.kind = funds::SpendingRuleKind::approvals,
                                  .from_on = Day::parse("2020-01-01"),
                                  .unit = unit,
                                  .one_from = 500,
                                  .decision = "d/2"},
                                 author());
      funds::adopt_spending_rule(tx, node(),
                                 {.kind = funds::SpendingRuleKind::authority,
                                  .from_on = Day::parse("2020-01-01"),
                                  .unit = unit,
                                  .body = "Circle",
                                  .level = funds::BodyLevel::node,
                                  .up_to = 1000,
                                  .decision = "d/2"},
                                 author());
      funds::grant(tx, node(),
                   {.body = "Circle",
                    .purpose = "Films",
                    .fund = "media",
                    .unit = unit,
                    .minor = 500,
                    .from_on = Day::parse("2026-01-01"),
                    .until_on = Day::parse("2026-12-31"),
                    .decision = "d/3"},
                   today, author());
      funds::adopt_budget(tx, node(),
                          {.title = "Films",
                           .unit = unit,
                           .from_on = Day::parse("2026-01-01"),
                           .until_on = Day::parse("2026-12-31"),
                           .first = {.from_on = Day::parse("2026-01-01"),
                                     .lines = {{"Films", "media", {}, 500}},
                                     .decision = "d/4"}},
                          author());
    });
  }
};

std::string mandate_row(int number, int minor, int rules, int approvals,
                        const std::string& ruled_on = "ruled_on") {
  return "INSERT INTO spending_mandate (node_id, number, body, level, purpose, fund_id, unit_id, "
         "amount_minor, from_on, until_on, decision, recorded_at, ruled_on, rules, approvals) SELECT "
         "node_id, " +
         std::to_string(number) + ", body, level, purpose, fund_id, unit_id, " + std::to_string(minor) +
         ", from_on, until_on, decision, recorded_at, " + ruled_on + ", " + std::to_string(rules) + ", " +
         std::to_string(approvals) + " FROM spending_mandate WHERE number = 1";
}

TEST_F(AttacksOnBudgets, AreRefusedOrFound) {
  const std::vector<Attack> attacks{
      {"drawn before anybody approved",
       "INSERT INTO spending_step (node_id, mandate_number, number, kind, on_day, amount_minor, recorded_at) "
       "SELECT 1, 1, 1, 'drawn', '2026-01-31', 1, last_recorded_at FROM book_head WHERE node_id = 1"},
      {"a mandate that waits for nobody", mandate_row(2, 500, 2, 0)},
      {"a mandate beyond the body's authority", mandate_row(2, 1001, 2, 1)},
      {"a mandate by rules that there are not", mandate_row(2, 1, 9, 0)},
      {"a mandate by the rules of a day before them", mandate_row(2, 500, 2, 0, "'2019-12-31'")},
      {"approvals no longer wanted", "UPDATE spending_mandate SET approvals = 0"},
      {"a rule made laxer", "UPDATE spending_rule SET one_from_minor = 100000 WHERE number = 1"},
      {"a rule taken out", "DELETE FROM spending_rule WHERE number = 1"},
      {"a line of a budget added",
       "INSERT INTO budget_line (node_id, budget, revision, line, title, fund_id, amount_minor) SELECT "
       "node_id, budget, revision, 2, title, fund_id, 1 FROM budget_line"},
      {"a line of a budget taken out", "DELETE FROM budget_line"},
      {.what = "a line of a budget raised",
       .sql = "UPDATE budget_line SET amount_minor = 100000",
       .unnoticed = "the chain does not cover it"},
      {.what = "a budget that refuses what goes beyond it made to warn",
       .sql = "UPDATE budget_revision SET beyond = CASE beyond WHEN 'warns' THEN 'refuses' ELSE 'warns' END",
       .unnoticed = "the chain does not cover it"},
      {"a round whose shares are of nobody",
       "INSERT INTO allocation_round (node_id, number, title, body, level, fund_id, unit_id, pot_minor, "
       "participants, from_on, until_on, decision, recorded_at) SELECT node_id, 1, 'x', body, level, "
       "fund_id, "
       "unit_id, 100, 2, from_on, until_on, decision, recorded_at FROM spending_mandate WHERE number = 1"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on budgets", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof
