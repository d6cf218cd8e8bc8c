// A run is asked of budgets that refuse: when it is proposed, and again when it is booked.
#include "ledger/funds/budget_service.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_pay.hpp"

namespace coop::pay {
namespace {

/// M1 worked three hours for web and one for nothing in particular; budget 1 of this year is about web.
class BudgetedPay : public test::PayTest {
 protected:
  BudgetedPay() {
    add(books::DimensionKind::cost_object, {"web"});
    add(books::DimensionKind::fund, {"media"});
    worked_for("2026-01-10", 180, "web");
    worked_for("2026-01-11", 60, {});
  }
  void worked_for(const std::string& day, int minutes, const std::optional<std::string>& object) {
    work::HoursDraft draft = hour();
    draft.member = "M1";
    draft.worked_on = Day::parse(day);
    draft.minutes = minutes;
    draft.cost_object = object;
    approve({record(draft)}, "ben");
  }
  void budget(const std::string& amount, funds::BeyondBudget beyond = funds::BeyondBudget::refuses,
              const std::optional<std::string>& fund = {}) {
    const auto object = fund ? std::nullopt : std::optional<std::string>{"web"};
    db().in_tx([&](Tx& tx) {
      funds::adopt_budget(tx, node(),
                          {.title = "Web",
                           .unit = units().find("EUR")->second.id,
                           .from_on = Day::parse("2026-01-01"),
                           .until_on = Day::parse("2026-12-31"),
                           .first = {.from_on = Day::parse("2026-01-01"),
                                     .beyond = beyond,
                                     .lines = {{"Web", fund, object, money(amount).minor()}},
                                     .decision = "d/4"}},
                          user("tess"));
    });
  }
  /// The code, the field and the words of a refusal.
  template <class Work>
  static std::string refused(Work&& work) {
    try {
      work();
    } catch (const Refused& refused) {
      return std::string{text_of(refused.refusal()).code} + " " + refused.field() + ": " + refused.detail();
    }
    return "accepted";
  }
};

TEST_F(BudgetedPay, IsNotProposedBeyondABudgetThatRefuses) {
  budget("74.99");
  EXPECT_EQ(refused([&] { propose(wages("100.00")); }),
            "budget_exceeded /amount: budget 1, Web: 74.99 are left: 74.99 less 0.00 spent, less 0.00 "
            "committed");
  EXPECT_EQ(refused([&] { propose(wages("0.00")); }).substr(0, 15), "budget_exceeded")
      << "what is deferred is an expense of the day as well";
  WagesDraft points = wages("99.98");
  points.deferred_as = DeferredAs::points;
  points.accounts.deferred = "";
  EXPECT_EQ(amounts_of(propose(points)), "M1 99.98 0.02") << "points are none: 74.99 for web";
}

TEST_F(BudgetedPay, IsProposedWhereTheBudgetOnlyWarns) {
  budget("1.00", funds::BeyondBudget::warns);
  EXPECT_EQ(refused([&] { posted(propose(wages("100.00"))); }), "accepted");
}

TEST_F(BudgetedPay, IsNotBookedWhereTheBudgetIsGoneByThen) {
  budget("75.00");
  const PayRun run = propose(wages("100.00"));
  for (const char* name : {"pia", "quinn"}) approve_run(run.number, name);
  const books::DimensionCodes of_web{std::nullopt, std::nullopt, "web", std::nullopt};
  BooksTest::record("2026-01-20", {{"expenses:wages", "0.01", of_web}, {"assets:bank", "-0.01"}});
  EXPECT_EQ(refused([&] { post_run(run.number); }),
            "budget_exceeded : budget 1, Web: 74.99 are left: 75.00 less 0.01 spent, less 0.00 committed");
  BooksTest::record("2026-01-21", {{"expenses:wages", "-0.01", of_web}, {"assets:bank", "0.01"}});
  EXPECT_EQ(refused([&] { post_run(run.number); }), "accepted");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(BudgetedPay, SettlesWithinTheBudgetOfTheFundThatPays) {
  posted(propose(wages("0.00")));
  budget("75.00");
  budget("10.00", funds::BeyondBudget::refuses, "media");
  SettlementDraft claims = settlement("40.00", "oldest_first");
  EXPECT_EQ(refused([&] { cancel_run(propose(claims).number); }), "accepted") << "it was an expense before";
  claims.fund = "media";
  EXPECT_EQ(refused([&] { propose(claims); }).substr(0, 33), "budget_exceeded /amount: budget 2")
      << "web takes and gives the same";
  claims.amount_minor = 1'000;
  EXPECT_EQ(refused([&] { posted(propose(claims)); }), "accepted");
}

}  // namespace
}  // namespace coop::pay
