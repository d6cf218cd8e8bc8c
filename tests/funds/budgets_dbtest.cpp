// Rules of spending, orders on mandates and budgets in the database: what is refused in which order, what is
// set aside and drawn, and what PostgreSQL refuses whoever asks.
#include "tests/support/test_budgets.hpp"

namespace coop::funds {
namespace {

class Budgets : public test::BudgetTest {};
class BudgetSchema : public test::BudgetTest {
 protected:
  BudgetSchema() { fill(); }
};

SpendingRuleDraft needed_from(std::int64_t minor) {
  return {.kind = SpendingRuleKind::mandate,
          .from_on = Day::parse("2026-01-01"),
          .unit = UnitId{1},
          .needed_from = minor,
          .decision = "d"};
}

TEST_F(Budgets, OrdersOnMandatesAreRefusedInThisOrder) {
  two_from("1000.00");
  const auto code = [&](const disbursements::OrderDraft& order, std::string_view on = "2026-02-02") {
    return test::refusal_of([&] { propose(draft({order}, on)); });
  };
  rule(needed_from(50'00));
  disbursements::OrderDraft all = order("200.00");
  EXPECT_EQ(code(all), "spending_mandate_missing");
  all.mandate = SpendingMandateNumber{1};
  EXPECT_EQ(code(all), "spending_mandate_unknown");
  grant(mandate("100.00"));
  recall(1);
  EXPECT_EQ(code(all), "spending_mandate_recalled");
  SpendingMandateDraft short_one = mandate("1500.00");
  short_one.until_on = Day::parse("2026-02-01");
  short_one.cost_object = "film";
  grant(short_one);
  all.mandate = SpendingMandateNumber{2};
  EXPECT_EQ(code(all), "spending_mandate_pending");
  approve_grant(2, "ann");
  EXPECT_EQ(code(all), "spending_mandate_pending");
  approve_grant(2, "ben");
  EXPECT_EQ(code(all), "spending_mandate_not_open");
  grant(mandate("100.00"));
  all.mandate = SpendingMandateNumber{3};
  all.about[0] = "reserve";
  EXPECT_EQ(code(all), "field_invalid") << "another fund";
  all.about[0] = "media";
  all.minutes = 60;
  EXPECT_EQ(code(all), "field_invalid") << "it grants no hours";
  all.minutes.reset();
  EXPECT_EQ(code(all), "spending_mandate_exceeded");
  all.minor = 100'00;
  all.about[0].reset();
  all.about[2] = "nowhere";
  EXPECT_EQ(code(all), "dimension_unknown");
  all.about[2].reset();
  EXPECT_EQ(code(all), "");
  EXPECT_EQ(code(all), "spending_mandate_exceeded") << "it is set aside";
  EXPECT_EQ(granted(3).orders.size(), 1u);
}

TEST_F(Budgets, OrdersOfOneProposalShareAMandate) {
  two_from("1000.00");
  grant(mandate("100.00"));
  EXPECT_EQ(test::refusal_of([&] { propose({order("60.00", 1), order("40.01", 1)}); }),
            "spending_mandate_exceeded");
  const auto proposed = propose({order("60.00", 1), order("40.00", 1)});
  EXPECT_EQ(*proposed.orders[0].about[0], "media");
  EXPECT_EQ(left_minor(granted(1)), 0);
  EXPECT_EQ(drawn_minor(granted(1)), 0);
  EXPECT_EQ(test::refusal_of([&] { draw(1, "0.01"); }), "spending_mandate_exceeded");
  EXPECT_EQ(free_minor(figures("media")), 4'900'00);
  EXPECT_EQ(figures("media").orders_minor, 100'00);
  EXPECT_EQ(figures("media").mandates_minor, 0);
  leave_out(proposed, 2);
  EXPECT_EQ(left_minor(granted(1)), 40'00);
  approve(proposed, "ann");
  make_file(proposed);
  statement({{.day = "2026-02-02", .amount = "-60.00", .message = "bcn-D1"}});
  const bank::Match paid = accept_proposal(line("-60.00"));
  EXPECT_EQ(drawn_minor(granted(1)), 60'00);
  EXPECT_TRUE(granted(1).orders.front().entry.has_value());
  EXPECT_EQ(left_minor(granted(1)), 40'00);
  undo(paid);
  EXPECT_EQ(drawn_minor(granted(1)), 0) << "it waits for the bank again";
  EXPECT_EQ(left_minor(granted(1)), 40'00);
  accept_proposal(line("-60.00"));
  EXPECT_EQ(drawn_minor(granted(1)), 60'00);
}

TEST_F(Budgets, WhatComesBackIsGivenBackToTheMandate) {
  two_from("1000.00");
  grant(mandate("100.00"));
  const auto proposed = propose({order("60.00", 1)});
  approve(proposed, "ann");
  make_file(proposed);
  statement({{.day = "2026-02-02", .amount = "-60.00", .message = "bcn-D1"},
             {.day = "2026-02-05",
              .amount = "60.00",
              .end_to_end = proposed.orders[0].end_to_end_id,
              .return_code = "AC04"}});
  accept_proposal(line("-60.00"));
  EXPECT_EQ(left_minor(granted(1)), 40'00);
  accept_proposal(line("60.00"));
  EXPECT_EQ(left_minor(granted(1)), 100'00);
  EXPECT_TRUE(granted(1).orders.empty());
  EXPECT_EQ(free_minor(figures("media")), 4'900'00);
}

TEST_F(Budgets, StopWhatWasProposedOnceTheMandateIsRecalled) {
  two_from("1000.00");
  grant(mandate("100.00"));
  const auto first = propose({order("60.00", 1)});
  const auto second = propose({order("10.00", 1), order("5.00")});
  approve(first, "ann");
  recall(1);
  EXPECT_EQ(test::refusal_of([&] { make_file(first); }), "spending_mandate_recalled");
  EXPECT_EQ(test::refusal_of([&] { approve(second, "ann"); }), "spending_mandate_recalled");
  leave_out(second, 1);
  approve(second, "ann");
  make_file(second);
}

TEST_F(Budgets, HoursAreOrderedAtTheirRate) {
  two_from("10000.00");
  SpendingMandateDraft hours = mandate("1.00");
  hours.minor.reset();
  hours.hours = HoursGrant{720, 20'00, 12};
  grant(hours);
  const auto hour = [&](const std::string& amount, std::optional<int> minutes) {
    disbursements::OrderDraft draft = order(amount, 1);
    draft.minutes = minutes;
    return test::refusal_of([&] { propose({draft}); });
  };
  EXPECT_EQ(hour("240.00", {}), "field_missing");
  EXPECT_EQ(hour("239.99", 720), "field_invalid");
  EXPECT_EQ(hour("2880.00", 144 * 60), "");
  EXPECT_EQ(hour("20.00", 60), "spending_mandate_exceeded") << "hour 145";
}

TEST_F(Budgets, OrdersWithoutAMandateTakeNoFundBelowItsBuffer) {
  terms("media", false, 1'000'00);
  EXPECT_EQ(test::refusal_of([&] { propose({order("3000.00"), order("1000.01")}); }), "fund_below_buffer");
  propose({order("3000.00"), order("1000.00")});
  EXPECT_EQ(free_minor(figures("media")), 0);
  disbursements::OrderDraft owed = bill("50.00", "a");
  owed.about[0] = "media";
  propose({owed});
  terms("reserve", true);
  disbursements::OrderDraft payout = order("1.00");
  payout.about[0] = "reserve";
  payout.purpose = disbursements::OrderPurpose::payout;
  EXPECT_EQ(test::refusal_of([&] { propose({payout}); }), "fund_indivisible");
  payout.purpose = disbursements::OrderPurpose::supplier_bill;
  EXPECT_EQ(test::refusal_of([&] { propose({payout}); }), "fund_below_buffer");
}

TEST_F(Budgets, AreApprovedByAsManyAsTheRulesSay) {
  EXPECT_EQ(propose({bill("1.00", "a")}).approvals_needed, 2u);
  two_from("100.00");
  const auto small = propose({bill("99.99", "a")});
  EXPECT_EQ(small.approvals_needed, 1u);
  EXPECT_EQ(test::refusal_of([&] { approve(small, "tom"); }), "approval_of_own");
  EXPECT_EQ(test::refusal_of([&] { make_file(small); }), "disbursement_not_open");
  EXPECT_EQ(stand_of(approve(small, "ann")), "approved: 1 approved");
  const auto large = propose({bill("100.00", "a")});
  EXPECT_EQ(stand_of(approve(large, "ann")), "proposed: 1 proposed") << "a second one is missing";
  EXPECT_EQ(test::refusal_of([&] { approve(large, "ann"); }), "approval_repeated");
  EXPECT_EQ(stand_of(approve(large, "ben")), "approved: 1 approved");
}

TEST_F(Budgets, MandatesWaitForAsManyAsTheRulesSay) {
  rule({.kind = SpendingRuleKind::approvals,
        .from_on = Day::parse("2026-01-01"),
        .unit = UnitId{1},
        .one_from = 100'00,
        .two_from = 1'000'00,
        .decision = "d"});
  EXPECT_EQ(grant(mandate("99.99")).approvals, 0);
  EXPECT_EQ(grant(mandate("1000.00")).approvals, 2);
  EXPECT_EQ(funds::state_of(granted(2), day()), SpendingMandateState::pending);
  EXPECT_EQ(free_minor(figures("media")), 3'900'01) << "it is set aside";
  EXPECT_EQ(test::refusal_of([&] { draw(2, "1.00"); }), "spending_mandate_pending");
  EXPECT_EQ(test::refusal_of([&] { approve_grant(2, "tom"); }), "approval_of_own");
  approve_grant(2, "ann");
  EXPECT_EQ(test::refusal_of([&] { approve_grant(2, "ann"); }), "approval_repeated");
  EXPECT_EQ(funds::state_of(granted(2), day()), SpendingMandateState::pending);
  approve_grant(2, "ben");
  EXPECT_EQ(test::refusal_of([&] { approve_grant(1, "ann"); }), "approval_repeated") << "it needs none";
  draw(2, "1.00");
}

TEST_F(Budgets, GrantWhatTheBodyMayAndTheBudgetHas) {
  budget("800.00");
  rule({.kind = SpendingRuleKind::authority,
        .from_on = Day::parse("2026-01-01"),
        .unit = UnitId{1},
        .body = "Media circle",
        .level = BodyLevel::node,
        .up_to = 900'00,
        .decision = "d"});
  const auto code = [&](const SpendingMandateDraft& draft) {
    return test::refusal_of([&] { grant(draft); });
  };
  EXPECT_EQ(code(mandate("900.01")), "beyond_authority");
  EXPECT_EQ(code(mandate("800.01")), "budget_exceeded");
  SpendingMandateDraft other = mandate("1.00");
  other.level = BodyLevel::federation;
  EXPECT_EQ(code(other), "beyond_authority");
  SpendingMandateDraft film = mandate("100.01");
  film.cost_object = "film";
  EXPECT_EQ(code(film), "budget_exceeded");
  film.minor = 100'00;
  EXPECT_EQ(code(film), "");
  EXPECT_EQ(code(mandate("300.00")), "");
  record("2026-01-20", {{"expenses:media", "250.00", {"media", {}, {}, {}}}, {"assets:cash", "-250.00"}});
  record("2026-03-20", {{"expenses:media", "50.00", {"media", {}, {}, {}}}, {"assets:cash", "-50.00"}});
  EXPECT_EQ(test::refusal_of([&] { propose({order("200.01")}); }), "budget_exceeded");
  EXPECT_EQ(test::refusal_of([&] { propose({order("100.00"), order("100.01")}); }), "budget_exceeded");
  propose({order("200.00")});
  const auto lines = stand(1);
  EXPECT_EQ(lines[1].spent_minor, 300'00);
  EXPECT_EQ(lines[1].committed_minor, 500'00);
  EXPECT_EQ(left_minor(lines[1]), 0);
  EXPECT_EQ(test::refusal_of([&] { propose({order("0.01")}); }), "budget_exceeded");
  revise(1, "1000.00");
  propose({order("0.01")});
}

TEST_F(Budgets, WarnOnlyWhereTheySaySo) {
  budget("100.00", BeyondBudget::warns);
  grant(mandate("500.00"));
  EXPECT_EQ(left_minor(stand(1)[1]), -400'00);
}

TEST_F(Budgets, AreRefusedInThisOrder) {
  const auto code = [&](const BudgetDraft& draft) {
    return test::refusal_of([&] { db().in_tx([&](Tx& tx) { adopt_budget(tx, node(), draft, as("tom")); }); });
  };
  BudgetDraft all{.title = "",
                  .circle = "nobody",
                  .unit = units().at("EUR").id,
                  .from_on = Day::parse("2026-01-01"),
                  .until_on = Day::parse("2025-12-31"),
                  .first = {.from_on = Day::parse("2026-01-01"), .lines = {}, .decision = ""}};
  EXPECT_EQ(code(all), "field_invalid");
  all.title = "Films";
  EXPECT_EQ(code(all), "day_malformed");
  all.until_on = Day::parse("2026-12-31");
  EXPECT_EQ(code(all), "circle_unknown");
  all.circle.reset();
  EXPECT_EQ(code(all), "field_invalid") << "no decision";
  all.first.decision = "d";
  EXPECT_EQ(code(all), "field_invalid") << "no lines";
  all.first.lines = {{"Films", {}, {}, -1}};
  EXPECT_EQ(code(all), "field_invalid") << "below zero";
  all.first.lines[0].minor = 1;
  EXPECT_EQ(code(all), "field_missing") << "about nothing";
  all.first.lines[0].fund = "nowhere";
  EXPECT_EQ(code(all), "dimension_unknown");
  all.first.lines[0].fund = "media";
  EXPECT_EQ(code(all), "");
  EXPECT_EQ(test::refusal_of([&] { revise(7, "1.00"); }), "budget_unknown");
}

TEST_F(Budgets, RoundsAreAllocatedInThisOrderOfRefusals) {
  EXPECT_EQ(test::refusal_of([&] { begin_round("5000.01", {"M0001"}); }), "fund_below_buffer");
  EXPECT_EQ(test::refusal_of([&] { begin_round("1.00", {"M0001", "nobody"}); }), "party_unknown");
  EXPECT_EQ(test::refusal_of([&] { begin_round("1.00", {"M0001", "M0001"}); }), "field_invalid");
  EXPECT_EQ(test::refusal_of([&] { begin_round("1.00", {}); }), "field_invalid");
  begin_round("100.01", {"M0002", "M0001"});  // the odd cent is M0001's, whoever is named first
  EXPECT_EQ(free_minor(figures("media")), 4'899'99) << "it is set aside";
  EXPECT_EQ(test::refusal_of([&] { propose_goal(9, "1.00"); }), "round_unknown");
  EXPECT_EQ(test::refusal_of([&] { propose_goal(1, "0.00"); }), "field_invalid");
  EXPECT_EQ(test::refusal_of([&] { propose_goal(1, "100.02"); }), "round_impossible");
  propose_goal(1, "60.00");
  propose_goal(1, "50.00");
  EXPECT_EQ(test::refusal_of([&] { give(1, 3, "M0001", "1.00"); }), "round_unknown");
  EXPECT_EQ(test::refusal_of([&] { give(1, 1, "M0003", "1.00"); }), "round_impossible") << "no part";
  EXPECT_EQ(test::refusal_of([&] { give(1, 1, "M0001", "0.00"); }), "field_invalid");
  EXPECT_EQ(test::refusal_of([&] { give(1, 1, "M0001", "50.02"); }), "round_impossible") << "share";
  give(1, 1, "M0001", "50.01");
  EXPECT_EQ(test::refusal_of([&] { give(1, 1, "M0002", "10.00"); }), "round_impossible") << "goal";
  give(1, 1, "M0002", "9.99");
  EXPECT_EQ(test::refusal_of([&] { give_back(1, 1, "M0002", "10.00"); }), "round_impossible");
  give(1, 2, "M0002", "20.00");
  give_back(1, 2, "M0002", "1.00");
  const AllocationRound closed = close_round(1);
  const auto mandates = sums_of(closed).mandate_of;
  EXPECT_TRUE(mandates.contains(1));
  EXPECT_FALSE(mandates.contains(2)) << "all or nothing";
  EXPECT_EQ(granted(1).minor, 60'00);
  EXPECT_EQ(granted(1).cost_object, "film");
  EXPECT_EQ(free_minor(figures("media")), 4'940'00);
  EXPECT_EQ(test::refusal_of([&] { give(1, 2, "M0002", "1.00"); }), "round_not_open");
  EXPECT_EQ(test::refusal_of([&] { close_round(1); }), "round_not_open");
}

TEST_F(BudgetSchema, RefusesWhatTheServiceWouldNot) {
  const char* integrity = "23000";
  const std::string spends =
      "INSERT INTO order_mandate (node_id, disbursement_number, order_number, mandate_number, minutes) "
      "SELECT "
      "1, ";
  superuser_sql(
      "SET session_replication_role = replica; DELETE FROM order_mandate WHERE disbursement_number "
      "= 2 AND order_number = 2");
  EXPECT_EQ(state_of(spends + "2, 2, 2, NULL"), integrity) << "hours are ordered as hours";
  EXPECT_EQ(state_of(spends + "2, 2, 3, NULL"), integrity) << "it waits for approval";
  EXPECT_EQ(state_of(spends + "2, 2, 1, NULL"), "accepted");
  const std::string rule =
      "INSERT INTO spending_rule (node_id, number, kind, from_on, unit_id, decision, recorded_at, "
      "needed_from_minor, one_from_minor) SELECT 1, ";
  const std::string unit = "(SELECT id FROM unit WHERE code = 'EUR')";
  EXPECT_EQ(state_of(rule + "9, 'mandate', '2026-01-01', " + unit + ", 'd', now(), 1, NULL"), integrity);
  EXPECT_EQ(state_of(rule + "4, 'mandate', '2026-01-01', " + unit + ", 'd', now(), 1, 1"), "23514");
  EXPECT_EQ(state_of(rule + "4, 'mandate', '2026-01-01', " + unit + ", 'd', now(), 1, NULL"), "accepted");
  const std::string step =
      "INSERT INTO spending_step (node_id, mandate_number, number, kind, on_day, amount_minor, recorded_at, "
      "recorded_by) SELECT 1, 3, 1, ";
  const auto by = [](const std::string& user) {
    return ", '2026-01-31 12:00Z', (SELECT id FROM user_account WHERE name = '" + user + "')";
  };
  EXPECT_EQ(state_of(step + "'drawn', '2026-01-31', 1" + by("ann")), integrity) << "it waits for approval";
  EXPECT_EQ(state_of(step + "'approved', '2026-01-31', NULL" + by("tom")), integrity) << "their own";
  EXPECT_EQ(state_of(step + "'approved', '2026-01-31', NULL" + by("ann")), "accepted");
  EXPECT_EQ(
      state_of("INSERT INTO budget_line (node_id, budget, revision, line, title, fund_id, amount_minor) "
               "SELECT node_id, budget, revision, 9, title, fund_id, 1 FROM budget_line WHERE budget = 2 "
               "AND line = 1"),
      integrity)
      << "a line too many";
  const std::string given =
      "INSERT INTO allocation_step (node_id, round, number, kind, proposal, party_id, amount_minor, "
      "recorded_at) "
      "SELECT 1, 2, 2, 'given', 1, (SELECT id FROM party WHERE number = '";
  EXPECT_EQ(state_of(given + "M0002'), 1001, now()"), integrity) << "more than the goal";
  EXPECT_EQ(state_of(given + "M0001'), 1, now()"), "23503") << "who takes no part";
  EXPECT_EQ(state_of(given + "M0002'), 1, now()"), "accepted");
  EXPECT_EQ(state_of("INSERT INTO allocation_step (node_id, round, number, kind, proposal, mandate_number, "
                     "recorded_at) SELECT 1, 2, 3, 'funded', 1, 3, now()"),
            integrity)
      << "before it was closed";
  EXPECT_EQ(state_of("UPDATE spending_rule SET two_from_minor = 1"), "23001");
  EXPECT_EQ(state_of("DELETE FROM order_mandate"), "23001");
  for (const std::string& table : budget_tables()) {
    EXPECT_FALSE(service_may("UPDATE " + table + " SET node_id = node_id")) << table;
    EXPECT_FALSE(service_may("DELETE FROM " + table)) << table;
  }
}

}  // namespace
}  // namespace coop::funds
