#include "tests/support/test_budgets.hpp"

#include "ledger/funds/fund_store.hpp"
#include "ledger/values/money.hpp"

namespace coop::test {

using funds::SpendingMandateNumber;

BudgetTest::BudgetTest() {
  for (const char* path : {"assets:cash", "expenses:media"}) open(path);
  add(books::DimensionKind::fund, {"media", "reserve"});
  add(books::DimensionKind::cost_object, {"film"});
  record("2026-01-05", {{"assets:cash", "5000.00"}, {"income:other", "-5000.00", {"media", {}, {}, {}}}});
  terms("media");
  for (const char* number : {"M0001", "M0002", "M0003"}) add_person(number, number);
}

void BudgetTest::terms(const std::string& fund, bool is_indivisible, std::int64_t buffer) {
  db().in_tx([&](Tx& tx) {
    funds::adopt_fund_terms(tx, node(), fund,
                            {.from_on = Day::parse("2026-01-01"),
                             .purpose = funds::FundPurpose::other,
                             .unit = units().at("EUR").id,
                             .is_indivisible = is_indivisible,
                             .buffers = {{"a part", buffer}},
                             .decision = "d/1"},
                            as("tom"));
  });
}

funds::SpendingRule BudgetTest::rule(funds::SpendingRuleDraft draft) {
  draft.unit = units().at("EUR").id;
  return db().in_tx([&](Tx& tx) { return funds::adopt_spending_rule(tx, node(), draft, as("tom")); });
}

funds::SpendingRule BudgetTest::two_from(const std::string& amount) {
  return rule({.kind = funds::SpendingRuleKind::approvals,
               .from_on = Day::parse("2026-01-01"),
               .unit = UnitId{1},
               .two_from = minor_from_text(amount, 2),
               .decision = "d/2"});
}

funds::SpendingMandateDraft BudgetTest::mandate(const std::string& amount) const {
  return {.body = "Media circle",
          .purpose = "Films",
          .fund = "media",
          .unit = money("0").unit(),
          .minor = minor_from_text(amount, 2),
          .from_on = Day::parse("2026-01-01"),
          .until_on = Day::parse("2026-12-31"),
          .decision = "d/3"};
}

funds::SpendingMandate BudgetTest::grant(const funds::SpendingMandateDraft& draft, const std::string& user) {
  return db().in_tx([&](Tx& tx) { return funds::grant(tx, node(), draft, day(), as(user)); });
}

funds::SpendingMandate BudgetTest::approve_grant(int number, const std::string& user) {
  return db().in_tx([&](Tx& tx) {
    return funds::approve_mandate(tx, node(), SpendingMandateNumber{number}, day(), as(user));
  });
}

funds::SpendingMandate BudgetTest::draw(int number, const std::string& amount) {
  return db().in_tx([&](Tx& tx) {
    return funds::draw(tx, node(), SpendingMandateNumber{number},
                       {.on_day = day(), .minor = minor_from_text(amount, 2)}, day(), as("tom"));
  });
}

funds::SpendingMandate BudgetTest::recall(int number) {
  return db().in_tx([&](Tx& tx) {
    return funds::recall(tx, node(), SpendingMandateNumber{number}, "it is off", day(), as("tom"));
  });
}

funds::SpendingMandate BudgetTest::granted(int number) {
  return db().in_tx(
      [&](Tx& tx) { return funds::read_spending_mandate(tx, node(), SpendingMandateNumber{number}); });
}

disbursements::OrderDraft BudgetTest::order(const std::string& amount, std::optional<int> mandate) {
  disbursements::OrderDraft draft = bill(amount, "film");
  draft.account = "expenses:media";
  draft.about[0] = "media";
  if (mandate) draft.mandate = SpendingMandateNumber{*mandate};
  return draft;
}

funds::Budget BudgetTest::budget(const std::string& amount, funds::BeyondBudget beyond) {
  const funds::BudgetDraft draft{.title = "Films",
                                 .unit = units().at("EUR").id,
                                 .from_on = Day::parse("2026-01-01"),
                                 .until_on = Day::parse("2026-12-31"),
                                 .first = {.from_on = Day::parse("2026-01-01"),
                                           .beyond = beyond,
                                           .lines = {{"The film", "media", "film", 100'00},
                                                     {"Media", "media", {}, minor_from_text(amount, 2)}},
                                           .decision = "d/4"}};
  return db().in_tx([&](Tx& tx) { return funds::adopt_budget(tx, node(), draft, as("tom")); });
}

funds::Budget BudgetTest::revise(int number, const std::string& amount) {
  return db().in_tx([&](Tx& tx) {
    return funds::revise_budget(tx, node(), funds::BudgetNumber{number},
                                {.from_on = Day::parse("2026-01-15"),
                                 .beyond = funds::BeyondBudget::refuses,
                                 .lines = {{"Media", "media", {}, minor_from_text(amount, 2)}},
                                 .decision = "d/5"},
                                as("tom"));
  });
}

funds::AllocationRound BudgetTest::begin_round(const std::string& pot,
                                               const std::vector<std::string>& members) {
  const funds::RoundDraft draft{.title = "Spring",
                                .body = "Media circle",
                                .fund = "media",
                                .unit = units().at("EUR").id,
                                .pot_minor = minor_from_text(pot, 2),
                                .members = members,
                                .from_on = Day::parse("2026-01-01"),
                                .until_on = Day::parse("2026-12-31"),
                                .decision = "d/6"};
  return db().in_tx([&](Tx& tx) { return funds::begin_round(tx, node(), draft, day(), as("tom")); });
}

funds::AllocationRound BudgetTest::propose_goal(int round, const std::string& goal) {
  return db().in_tx([&](Tx& tx) {
    return funds::propose(
        tx, node(), funds::RoundNumber{round},
        {.title = "Subtitles", .goal_minor = minor_from_text(goal, 2), .cost_object = "film"}, day(),
        as("tom"));
  });
}

funds::AllocationRound BudgetTest::give_up_round(int round) {
  return db().in_tx([&](Tx& tx) {
    return funds::give_up_round(tx, node(), funds::RoundNumber{round}, "nobody gave", as("tom"));
  });
}

funds::AllocationRound BudgetTest::give(int round, int proposal, const std::string& member,
                                        const std::string& amount) {
  return db().in_tx([&](Tx& tx) {
    return funds::give(tx, node(), funds::RoundNumber{round}, {proposal, member, minor_from_text(amount, 2)},
                       as("tom"));
  });
}

funds::AllocationRound BudgetTest::give_back(int round, int proposal, const std::string& member,
                                             const std::string& amount) {
  return db().in_tx([&](Tx& tx) {
    return funds::give_back(tx, node(), funds::RoundNumber{round},
                            {proposal, member, minor_from_text(amount, 2)}, as("tom"));
  });
}

funds::AllocationRound BudgetTest::close_round(int round) {
  return db().in_tx(
      [&](Tx& tx) { return funds::close_round(tx, node(), funds::RoundNumber{round}, day(), as("tom")); });
}

funds::FundFigures BudgetTest::figures(const std::string& fund) {
  return db().in_tx(
      [&](Tx& tx) { return funds::read_figures_of(tx, node(), funds::read_fund(tx, node(), fund), day()); });
}

std::vector<funds::BudgetLineFigures> BudgetTest::stand(int number) {
  return db().in_tx([&](Tx& tx) {
    return funds::read_budget_figures(tx, node(), funds::read_budget(tx, node(), funds::BudgetNumber{number}),
                                      {day(), Day::parse("2026-12-31"), {}});
  });
}

void BudgetTest::fill() {
  rule({.kind = funds::SpendingRuleKind::approvals,
        .from_on = Day::parse("2026-01-01"),
        .unit = UnitId{1},
        .one_from = 500'00,
        .two_from = 2'000'00,
        .decision = "d/2"});
  rule({.kind = funds::SpendingRuleKind::mandate,
        .from_on = Day::parse("2026-01-01"),
        .unit = UnitId{1},
        .fund = "media",
        .needed_from = 50'00,
        .decision = "d/2"});
  rule({.kind = funds::SpendingRuleKind::authority,
        .from_on = Day::parse("2026-01-01"),
        .unit = UnitId{1},
        .body = "Media circle",
        .level = funds::BodyLevel::node,
        .up_to = 2'500'00,
        .decision = "d/2"});
  budget("4000.00");
  revise(1, "4500.00");
  budget("100.00", funds::BeyondBudget::warns);
  grant(mandate("1000.00"));
  approve_grant(1, "ann");
  draw(1, "10.00");
  const auto paid = propose({order("100.00", 1), order("60.00", 1), order("20.00", 1)});
  leave_out(paid, 3);
  approve(paid, "ann");
  make_file(paid);
  statement({{.day = "2026-02-02", .amount = "-160.00", .message = "bcn-D1"},
             {.day = "2026-02-05",
              .amount = "60.00",
              .end_to_end = paid.orders[1].end_to_end_id,
              .return_code = "AC04"}});
  accept_proposal(line("-160.00"));
  accept_proposal(line("60.00"));
  funds::SpendingMandateDraft hours = mandate("1.00");
  hours.minor.reset();
  hours.hours = funds::HoursGrant{60, 20'00, 12};
  grant(hours);
  disbursements::OrderDraft hour = order("20.00", 2);
  hour.minutes = 60;
  propose({hour, order("30.00", 1)});
  grant(mandate("2000.00"));
  begin_round("90.00", {"M0001", "M0002"});
  propose_goal(1, "60.00");
  propose_goal(1, "50.00");
  give(1, 1, "M0001", "45.00");
  give(1, 1, "M0002", "15.00");
  give(1, 2, "M0002", "20.00");
  give_back(1, 2, "M0002", "5.00");
  close_round(1);
  begin_round("10.00", {"M0002"});
  propose_goal(2, "10.00");
  begin_round("5.00", {"M0003"});
  give_up_round(3);
}

const std::vector<std::string>& BudgetTest::budget_tables() {
  static const std::vector<std::string> all{"spending_rule",    "order_mandate",   "budget",
                                            "budget_revision",  "budget_line",     "allocation_round",
                                            "allocation_share", "allocation_step", "spending_mandate",
                                            "spending_step",    "disbursement",    "disbursement_order"};
  return all;
}

}  // namespace coop::test
