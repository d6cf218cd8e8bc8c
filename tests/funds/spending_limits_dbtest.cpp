// What goes around a mandate, an indivisible fund or the approval of others: in the services, and by SQL.
#include "tests/support/test_budgets.hpp"

namespace coop::funds {
namespace {

class SpendingLimits : public test::BudgetTest {
 protected:
  /// Mandate 1 of 100.00; its order of all of it was paid and came back, and 100.00 are ordered anew.
  bank::Match spent_again() {
    two_from("1000.00");
    grant(mandate("100.00"));
    const auto first = propose({order("100.00", 1)});
    approve(first, "ann");
    make_file(first);
    file_ = statement({{.day = "2026-02-02", .amount = "-100.00", .message = "bcn-D1"},
                       {.day = "2026-02-05",
                        .amount = "100.00",
                        .end_to_end = first.orders[0].end_to_end_id,
                        .return_code = "AC04"}});
    accept_proposal(line("-100.00"));
    const bank::Match back = accept_proposal(line("100.00"));
    propose({order("100.00", 1)});
    return back;
  }
  std::optional<bank::BankImport> file_;
};

TEST_F(SpendingLimits, HoldWhenAReturnIsUndone) {
  const bank::Match back = spent_again();
  EXPECT_EQ(test::refusal_of([&] { undo(back); }), "match_impossible");
  const std::string number = std::to_string(back.number.number());
  EXPECT_EQ(state_of("UPDATE bank_match SET live = false WHERE number = " + number), "23000");
  EXPECT_EQ(left_minor(granted(1)), 0);
  const auto again = db().in_tx([&](Tx& tx) {
    return disbursements::read_disbursement(tx, node(), disbursements::DisbursementNumber{2});
  });
  cancel(again);
  undo(back);
  EXPECT_EQ(left_minor(granted(1)), 0) << "the first was paid, after all";
}

TEST_F(SpendingLimits, HoldWhenAWholeFileIsUndone) {
  spent_again();
  const bank::UndoReport report = undo(*file_);
  ASSERT_EQ(report.kept.size(), 2u) << "what came back, and so what was paid";
  for (const bank::KeptLine& line : report.kept) EXPECT_EQ(line.code, "match_impossible");
  EXPECT_EQ(left_minor(granted(1)), 0);
}

TEST_F(SpendingLimits, AreNotGoneAroundByTheWordRefund) {
  rule({.kind = SpendingRuleKind::mandate,
        .from_on = Day::parse("2026-01-01"),
        .unit = UnitId{1},
        .needed_from = 50'00,
        .decision = "d"});
  const auto code = [&](disbursements::OrderDraft order) {
    order.purpose = disbursements::OrderPurpose::refund;
    return test::refusal_of([&] { propose({order}); });
  };
  EXPECT_EQ(code(order("50.00")), "spending_mandate_missing") << "an expense";
  EXPECT_EQ(code(bill("50.00", "a")), "spending_mandate_missing") << "a debt of another account";
  disbursements::OrderDraft theirs = bill("50.00", "a");
  theirs.account = db().in_tx([&](Tx& tx) { return dues::read_dues_accounts(tx, node()).prepaid; });
  theirs.member = "M0001";
  EXPECT_EQ(code(theirs), "") << "what a member paid ahead";
  superuser_sql(
      "CREATE TABLE tried AS SELECT o.node_id, o.disbursement_number, o.account_id, o.party_id FROM "
      "disbursement_order o");
  const auto fault = [&](const std::string& change) {
    superuser_sql("SET session_replication_role = replica; UPDATE disbursement_order o SET " + change);
    return superuser_value("SELECT coalesce(order_without_mandate(1, 1), 0)");
  };
  EXPECT_EQ(fault("party_id = party_id"), "0");
  EXPECT_EQ(fault("party_id = NULL"), "1") << "of nobody";
  EXPECT_EQ(fault("party_id = t.party_id, account_id = (SELECT id FROM account WHERE path = "
                  "'expenses:media') FROM tried t"),
            "1")
      << "an expense";
  superuser_sql(
      "SET session_replication_role = replica; UPDATE disbursement_order o SET account_id = t.account_id "
      "FROM "
      "tried t; DROP TABLE tried");
}

TEST_F(SpendingLimits, AreNotGoneAroundByCuttingAPaymentInTwo) {
  rule({.kind = SpendingRuleKind::mandate,
        .from_on = Day::parse("2026-01-01"),
        .unit = UnitId{1},
        .needed_from = 50'00,
        .decision = "d"});
  const std::string other = "DE89370400440532013000";
  EXPECT_EQ(test::refusal_of([&] { propose({bill("30.00", "a"), bill("30.00", "b")}); }),
            "spending_mandate_missing");
  EXPECT_EQ(test::refusal_of([&] { propose({bill("30.00", "a"), bill("30.00", "b", "Else", other)}); }), "");
  // By SQL: as the service, what the schema judges too.
  const std::string as_before =
      "SET session_replication_role = replica; UPDATE disbursement_payee SET iban = 'BE68539007547034'";
  superuser_sql(as_before);
  EXPECT_EQ(superuser_value("SELECT order_without_mandate(1, 1)"), "1");
  EXPECT_NE(first_flaw().find("mandated"), std::string::npos);
  // A proposal of before is judged order by order, and no later one is again.
  superuser_sql("SET session_replication_role = replica; UPDATE disbursement SET counts_together = false");
  EXPECT_EQ(superuser_value("SELECT coalesce(order_without_mandate(1, 1), 0)"), "0");
  EXPECT_EQ(first_flaw(), "");
  EXPECT_EQ(test::refusal_of([&] { propose({bill("10.00", "a")}); }), "");
  EXPECT_EQ(superuser_value("SELECT counts_apart_again(1, 2)"), "f");
  superuser_sql(
      "SET session_replication_role = replica; UPDATE disbursement SET counts_together = number = 1");
  EXPECT_EQ(superuser_value("SELECT counts_apart_again(1, 2)"), "t");
  EXPECT_NE(first_flaw().find("mandated"), std::string::npos);
  superuser_sql(
      "SET session_replication_role = replica; UPDATE disbursement SET counts_together = true; "
      "UPDATE disbursement_payee SET iban = 'DE89370400440532013000' WHERE order_number = 2");
}

TEST_F(SpendingLimits, LetNoMemberBePaidOutOfAnIndivisibleFund) {
  record("2026-01-05", {{"assets:cash", "900.00"}, {"income:other", "-900.00", {"reserve", {}, {}, {}}}});
  terms("reserve", true);
  SpendingMandateDraft repairs = mandate("100.00");
  repairs.fund = "reserve";
  grant(repairs);
  disbursements::OrderDraft paid = order("10.00");
  paid.about[0] = "reserve";
  EXPECT_EQ(test::refusal_of([&] { propose({paid}); }), "") << "a bill of somebody who is no member";
  paid.member = "M0001";
  EXPECT_EQ(test::refusal_of([&] { propose({paid}); }), "fund_indivisible");
  paid.mandate = SpendingMandateNumber{1};
  EXPECT_EQ(test::refusal_of([&] { propose({paid}); }), "fund_indivisible") << "on a mandate, too";
  EXPECT_EQ(
      state_of("INSERT INTO spending_step (node_id, mandate_number, number, kind, on_day, amount_minor, "
               "party_id, recorded_at) SELECT 1, 1, 1, 'drawn', '2026-01-31', 1, p.id, "
               "'2026-01-31 13:00+00' FROM party p WHERE p.number = 'M0001'"),
      "23000");
  superuser_sql(
      "SET session_replication_role = replica; UPDATE disbursement_order SET party_id = (SELECT id FROM "
      "party WHERE number = 'M0001')");
  EXPECT_EQ(superuser_value("SELECT order_of_indivisible_fund(1, 1)"), "1");
  superuser_sql("SET session_replication_role = replica; UPDATE disbursement_order SET party_id = NULL");
}

TEST_F(SpendingLimits, KnowTheAccountOfWhoeverApproves) {
  add(members::PartyDraft{"M0010", members::PartyKind::person,
                          members::Profile{.name = "Ann", .iban = "BE68539007547034"}});
  link("M0010", "ann");
  const auto own = propose({bill("10.00", "a", "Somebody", "BE68539007547034")});
  EXPECT_EQ(test::refusal_of([&] { approve(own, "ann"); }), "approval_of_own");
  approve(own, "ben");
  leave_out(propose({bill("10.00", "a"), bill("5.00", "b", "Else", "DE89370400440532013000")}), 1);
  const auto rest = db().in_tx([&](Tx& tx) {
    return disbursements::read_disbursement(tx, node(), disbursements::DisbursementNumber{2});
  });
  EXPECT_EQ(test::refusal_of([&] { approve(rest, "ann"); }), "") << "it was left out";
}

}  // namespace
}  // namespace coop::funds
