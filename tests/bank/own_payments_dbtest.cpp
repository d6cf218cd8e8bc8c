// Payments of ours that a bank's statement brings back: one by one, as a batch, in part, returned, undone.
#include "ledger/values/money.hpp"
#include "tests/support/test_disbursements.hpp"

namespace coop::bank {
namespace {

using disbursements::Disbursement;
using disbursements::OrderDraft;
using test::refusal_of;

class OwnPayments : public test::DisbursementTest {
 protected:
  Disbursement three() {
    return at_bank({bill("12.50", "2026-117"), bill("20.00", "2026-118"), bill("30.00", "2026-119")});
  }
  static std::string id(const Disbursement& of, int order) {
    return of.orders.at(static_cast<std::size_t>(order - 1)).end_to_end_id;
  }
};

TEST_F(OwnPayments, MoveNothingBeforeTheBankSaysSo) {
  three();
  EXPECT_EQ(balance("assets:bank:main"), "0.00");
  EXPECT_EQ(balance("liabilities:payable"), "0.00");
}

TEST_F(OwnPayments, AreMatchedOneByOneByTheirIds) {
  const Disbursement one = three();
  const BankImport import =
      statement({{.day = "2026-02-02", .amount = "-12.50", .end_to_end = id(one, 1)},
                 {.day = "2026-02-02", .amount = "-30.00", .text = "EREF+" + id(one, 3)}});
  EXPECT_EQ(seems(line("-12.50")), "own_order! [order -12.50] own_id_found; ");
  EXPECT_EQ(run_unattended(import).matched, 2);
  EXPECT_EQ(stand_of(read(one)), "exported: 1 executed, 2 exported, 3 executed");
  EXPECT_EQ(balance("assets:bank:main"), "-42.50");
  EXPECT_EQ(balance("liabilities:payable"), "42.50");
  EXPECT_EQ(superuser_value("SELECT string_agg(description || ' / ' || reference, '; ' ORDER BY number) "
                            "FROM entry WHERE reference LIKE 'bcn-D%'"),
            "Supplier bill 2026-117, bcn-D1 order 1 / " + id(one, 1) +
                "; Supplier bill 2026-119, bcn-D1 order 3 / " + id(one, 3));
}

TEST_F(OwnPayments, AreMatchedAsOneBatchOfTheWholeFile) {
  const Disbursement one = three();
  const BankImport import = statement({{.day = "2026-02-02", .amount = "-62.50", .message = "bcn-D1"}});
  EXPECT_EQ(seems(line("-62.50")), "own_order! [order -62.50] own_id_found amount_equal; ");
  EXPECT_EQ(run_unattended(import).matched, 1);
  EXPECT_EQ(stand_of(read(one)), "done: 1 executed, 2 executed, 3 executed");
  EXPECT_EQ(balance("assets:bank:main"), "-62.50");
}

TEST_F(OwnPayments, AreMatchedAsABatchThatTellsItsOrders) {
  const Disbursement one = three();
  const BankImport import = statement({{.day = "2026-02-02",
                                        .amount = "-42.50",
                                        .payments = {{.amount = "-12.50", .end_to_end = id(one, 1)},
                                                     {.amount = "-30.00", .end_to_end = id(one, 3)}}}});
  EXPECT_EQ(run_unattended(import).matched, 1);
  EXPECT_EQ(stand_of(read(one)), "exported: 1 executed, 2 exported, 3 executed");
}

TEST_F(OwnPayments, WithoutAnIdOrTheWholeAmountAreForAPerson) {
  const Disbursement one = three();
  statement({{.day = "2026-02-03", .amount = "-62.50", .text = "collective order"},
             {.day = "2026-02-03", .amount = "-42.50", .message = "bcn-D1"},
             {.day = "2026-02-03", .amount = "-20.00", .account = "BE68539007547034"},
             {.day = "2026-02-03", .amount = "-14.00", .end_to_end = id(one, 1)},
             {.day = "2026-02-03", .amount = "-11.00", .end_to_end = id(one, 1)}});
  EXPECT_EQ(seems(line("-62.50")), "own_order [order -62.50] day_near amount_equal; ");
  EXPECT_EQ(seems(line("-42.50")), "own_order [order -12.50] [order -30.00] own_id_found order_missing; ");
  EXPECT_EQ(seems(line("-20.00")), "own_order [order -20.00] account_agrees amount_equal; ");
  EXPECT_EQ(seems(line("-14.00"), "expenses:bank"),
            "own_order [order -12.50] [entry expenses:bank -1.50] own_id_found charges_taken; ");
  EXPECT_EQ(seems(line("-11.00")), "");
  accept_proposal(line("-42.50"));
  EXPECT_EQ(stand_of(read(one)), "exported: 1 executed, 2 exported, 3 executed");
}

TEST_F(OwnPayments, ThatComeBackAreOwedAgain) {
  const Disbursement one = three();
  const BankImport import =
      statement({{.day = "2026-02-02", .amount = "-62.50", .message = "bcn-D1-1"},
                 {.day = "2026-02-05", .amount = "20.00", .end_to_end = id(one, 2), .return_code = "AC04"}});
  EXPECT_EQ(run_unattended(import).matched, 2);
  const Disbursement after = read(one);
  EXPECT_EQ(stand_of(after), "done: 1 executed, 2 returned, 3 executed");
  EXPECT_EQ(after.orders[1].returned->code, "AC04");
  EXPECT_EQ(after.orders[1].returned->on, Day::parse("2026-02-05"));
  EXPECT_EQ(balance("liabilities:payable"), "42.50");
  EXPECT_EQ(balance("assets:bank:main"), "-42.50");
}

TEST_F(OwnPayments, ThatComeBackLessTheBanksChargesSayHowMuch) {
  const Disbursement one = three();
  statement({{.day = "2026-02-02", .amount = "-62.50", .message = "bcn-D1"},
             {.day = "2026-02-05", .amount = "16.50", .end_to_end = id(one, 2), .return_code = "AC04"}});
  EXPECT_EQ(seems(line("16.50"), "expenses:bank"),
            "own_order [order_return 20.00] [entry expenses:bank -3.50] own_id_found return_code "
            "not_executed charges_taken; ");
  EXPECT_EQ(refusal_of([&] {
              ProposedPart part{.amount_minor = 2'000, .made = Made::order_return};
              part.disbursement = 1;
              part.order = 2;
              accept(line("16.50"), {part, entry("expenses:bank", "-3.50")});
            }),
            "disbursement_not_open")
      << "match its debit first";
  accept_proposal(line("-62.50"));
  ProposedPart part{.amount_minor = 2'000, .made = Made::order_return};
  part.disbursement = 1;
  part.order = 2;
  accept(line("16.50"), {part, entry("expenses:bank", "-3.50")});
  const Disbursement after = read(one);
  EXPECT_EQ(after.orders[1].returned->charges_minor, 350);
  EXPECT_EQ(after.orders[1].returned->code, "MS03") << "the bank did not say why";
  EXPECT_EQ(balance("expenses:bank"), "3.50");
}

TEST_F(OwnPayments, AreTakenBackWhenTheirMatchIsUndone) {
  const Disbursement one = three();
  statement({{.day = "2026-02-02", .amount = "-62.50", .message = "bcn-D1"},
             {.day = "2026-02-05", .amount = "20.00", .end_to_end = id(one, 2), .return_code = "AC04"}});
  const Match paid = accept_proposal(line("-62.50"));
  const Match returned = accept_proposal(line("20.00"));
  EXPECT_EQ(refusal_of([&] { undo(paid); }), "match_impossible") << "what came back was paid";
  undo(returned);
  EXPECT_EQ(stand_of(read(one)), "done: 1 executed, 2 executed, 3 executed");
  undo(paid);
  EXPECT_EQ(stand_of(read(one)), "exported: 1 exported, 2 exported, 3 exported");
  EXPECT_EQ(balance("assets:bank:main"), "0.00");
  accept_proposal(line("-62.50"));
  EXPECT_EQ(stand_of(read(one)), "done: 1 executed, 2 executed, 3 executed") << "and can be matched anew";
}

TEST_F(OwnPayments, AreTakenBackWithTheirFile) {
  const Disbursement one = three();
  const BankImport import =
      statement({{.day = "2026-02-02", .amount = "-62.50", .message = "bcn-D1"},
                 {.day = "2026-02-05", .amount = "20.00", .end_to_end = id(one, 2), .return_code = "AC04"}});
  EXPECT_EQ(run_unattended(import).matched, 2);
  const UndoReport report = undo(import);
  EXPECT_EQ(report.removed, 2) << "what came back first, then what paid it";
  EXPECT_TRUE(report.kept.empty());
  EXPECT_EQ(stand_of(read(one)), "exported: 1 exported, 2 exported, 3 exported");
  EXPECT_EQ(balance("assets:bank:main"), "0.00");
}

TEST_F(OwnPayments, AreRefusedOfAnotherAccountAmountOrFile) {
  const Disbursement one = three();
  const Disbursement waiting = propose({bill("5.00", "x")});
  not_taken(one, 3, "ann");
  not_taken(one, 3, "ben");
  statement({{.day = "2026-02-02", .amount = "-12.50"},
             {.day = "2026-02-02", .amount = "-5.00"},
             {.day = "2026-02-02", .amount = "-30.00"}});
  other_statement({{.day = "2026-02-02", .amount = "-20.00"}});
  const auto part = [](const std::string& amount, std::optional<int> of, std::optional<int> order) {
    ProposedPart made{.amount_minor = minor_from_text(amount, 2), .made = Made::order};
    made.disbursement = of;
    made.order = order;
    return made;
  };
  const auto refused = [&](const char* of, const ProposedPart& made) {
    return refusal_of([&] { accept(line(of), {made}); });
  };
  EXPECT_EQ(refused("-12.50", part("-12.50", {}, 1)), "field_missing");
  EXPECT_EQ(refused("-12.50", part("-12.50", 9, 1)), "disbursement_unknown");
  EXPECT_EQ(refused("-12.50", part("-12.50", 1, 9)), "disbursement_unknown");
  EXPECT_EQ(refused("-12.50", part("-12.50", 1, 2)), "match_impossible") << "another amount";
  EXPECT_EQ(refused("-12.50", part("-12.50", 1, {})), "match_impossible") << "less than the batch";
  EXPECT_EQ(refused("-20.00", part("-20.00", 1, 2)), "match_impossible") << "another account";
  EXPECT_EQ(refused("-5.00", part("-5.00", waiting.number.number(), 1)), "disbursement_not_open")
      << "it did not go to the bank";
  EXPECT_EQ(refused("-30.00", part("-30.00", 1, 3)), "disbursement_not_open") << "the bank did not take it";
  EXPECT_EQ(refused("-12.50", part("-12.50", 1, 1)), "");
}

TEST_F(OwnPayments, GiveBackWhatAMemberPaidAhead) {
  member("M0001", "2026-01-01");
  pay("M0001", "25.00", "2026-01-20");
  OrderDraft refund = bill("25.00", "paid twice");
  refund.account = "liabilities:deferred:dues";
  refund.member = "M0001";
  refund.purpose = disbursements::OrderPurpose::refund;
  const Disbursement one = at_bank({refund});
  statement({{.day = "2026-02-02", .amount = "-25.00", .end_to_end = id(one, 1)},
             {.day = "2026-02-05", .amount = "25.00", .end_to_end = id(one, 1), .return_code = "AC04"}});
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/25.00");
  const Match paid = accept_proposal(line("-25.00"));
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/0.00") << "a refund of their dues";
  ASSERT_TRUE(paid.parts.front().payment.has_value());
  const Match returned = accept_proposal(line("25.00"));
  EXPECT_EQ(stands("M0001", "2026-02-06"), "0.00/25.00") << "it is theirs again";
  EXPECT_EQ(refusal_of([&] { undo(returned); }), "match_impossible");
  EXPECT_EQ(stand_of(read(one)), "done: 1 returned");
}

}  // namespace
}  // namespace coop::bank
