// The cases that treasurers know: who paid too much, too little, for somebody else, or had it taken back.
#include "ledger/books/period_lock_service.hpp"
#include "tests/support/test_dues.hpp"

namespace coop::dues {
namespace {

class Payments : public test::DuesTest {
 protected:
  Payments() {
    member("M0001", "2025-11-01");
    member("M0002", "2025-11-01");
  }
  PaymentShare share(const std::string& number, const std::string& amount,
                     std::optional<ChargeNumber> charge = {}) {
    return {number, money(amount).minor(), charge};
  }
  std::string refused(const std::function<void()>& work) { return test::refusal_of(work); }
  // Somebody new, who owes so much from a day on.
  void charged(const std::string& number, std::int64_t minor, const char* on) {
    add_person("Somebody", number);
    db().in_tx([&](Tx& tx) {
      raise_charge(tx, node(),
                   {.member = number,
                    .payer = {},
                    .kind = DueKind::other,
                    .unit = money("0").unit(),
                    .minor = minor,
                    .on = Day::parse(on),
                    .due_on = {},
                    .why = "A month",
                    .income = {}},
                   author());
    });
  }
};

TEST_F(Payments, ClearWhatIsOwedOverTheEndOfAYear) {
  run("2025-11");
  run("2025-12");
  run("2026-01");
  pay("M0001", "50.00", "2026-01-10");
  EXPECT_EQ(stands("M0001", "2025-12-31"), "40.00/0.00") << "at the year's end, as it was";
  EXPECT_EQ(stands("M0001", "2026-01-31"), "10.00/0.00");
  EXPECT_EQ(covered("M0001", "2026-01-31"), "2025-12-31") << "January is paid in part only";
  EXPECT_EQ(covered("M0001", "2026-01-09"), "") << "coverage moves when money arrives";
}

TEST_F(Payments, OfADeadMemberAreSettledWithTheirHeirs) {
  run("2025-11");
  run("2025-12");
  pay("M0001", "20.00", "2025-11-15");
  end_membership("M0001", "2025-11-30", members::ChangeKind::deceased);
  EXPECT_EQ(run("2026-01"), "1/1") << "December is taken back; the other member has January";
  EXPECT_EQ(stands("M0001", "2026-01-31"), "0.00/0.00");
  pay("M0002", "60.00", "2025-12-01");
  end_membership("M0002", "2025-12-31", members::ChangeKind::deceased);
  EXPECT_EQ(run("2026-01"), "0/1");
  EXPECT_EQ(stands("M0002", "2026-01-31"), "0.00/20.00");
  pay("M0002", "20.00", "2026-01-20", {}, PaymentKind::refund);
  EXPECT_EQ(stands("M0002", "2026-01-31"), "0.00/0.00");
}

TEST_F(Payments, ForSomebodyElseClearTheirDues) {
  run("2025-11");
  pay("M0001", "40.00", "2025-11-10", {share("M0001", "20.00"), share("M0002", "20.00")});
  EXPECT_EQ(stands("M0001", "2025-11-30"), "0.00/0.00");
  EXPECT_EQ(stands("M0002", "2025-11-30"), "0.00/0.00");
  EXPECT_EQ(covered("M0002", "2025-11-30"), "2025-11-30");
}

TEST_F(Payments, ThatAreTooMuchStayTheMembersOwn) {
  run("2025-11");
  pay("M0001", "60.00", "2025-11-10");
  EXPECT_EQ(stands("M0001", "2025-11-30"), "0.00/40.00");
  EXPECT_EQ(balance("liabilities:deferred:dues"), "-40.00") << "never a gift without consent";
  run("2025-12");
  EXPECT_EQ(stands("M0001", "2025-12-31"), "0.00/20.00");
  EXPECT_EQ(covered("M0001", "2025-12-31"), "2025-12-31");
}

TEST_F(Payments, ThatAreTooLittleLeaveARest) {
  run("2025-11");
  pay("M0001", "12.50", "2025-11-10");
  EXPECT_EQ(stands("M0001", "2025-11-30"), "7.50/0.00");
  EXPECT_EQ(covered("M0001", "2025-11-30"), "");
}

TEST_F(Payments, GoToTheChargeThatThePayerNamed) {
  run("2025-11");
  run("2025-12");
  const ChargeNumber december = charges_of("M0001").at(1).number;
  pay("M0001", "20.00", "2025-12-10", {share("M0001", "20.00", december)});
  const auto all = state("2025-12-31");
  for (const ChargeState& one : all.charges)
    if (one.charge.number == december) {
      EXPECT_EQ(one.open_minor, 0);
    }
  EXPECT_EQ(covered("M0001", "2025-12-31"), "") << "November still has a gap";
}

TEST_F(Payments, AreRefundedFromWhatWasPaidAheadOnly) {
  run("2025-11");
  pay("M0001", "60.00", "2025-11-10");
  EXPECT_EQ(refused([&] { pay("M0001", "40.01", "2025-11-20", {}, PaymentKind::refund); }),
            "credit_too_small");
  pay("M0001", "15.00", "2025-11-20", {}, PaymentKind::refund);
  EXPECT_EQ(stands("M0001", "2025-11-30"), "0.00/25.00");
  EXPECT_EQ(stands("M0001", "2025-11-19"), "0.00/40.00");
  EXPECT_EQ(balance("assets:bank:main"), "45.00");
}

// Each on its own day: what came later was not there to be given back.
TEST_F(Payments, AreRefundedOnlyOnceTheyCame) {
  now = instant_from_text("2026-11-22T12:00:00Z");
  charged("D5", 1'334, "2026-01-01");
  pay("D5", "60.00", "2026-02-20");
  EXPECT_EQ(stands("D5", "2026-02-28"), "0.00/46.66");
  for (const char* day : {"2026-01-15", "2026-02-19"})
    EXPECT_EQ(refused([&] { pay("D5", "10.00", day, {}, PaymentKind::refund); }), "credit_too_small");
  EXPECT_EQ(count("payment"), 1);
  EXPECT_EQ(stands("D5", "2026-01-31"), "13.34/0.00");
  pay("D5", "10.00", "2026-02-20", {}, PaymentKind::refund);
  EXPECT_EQ(stands("D5", "2026-02-28"), "0.00/36.66");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(Payments, AreRefundedOnlyWhereNoLaterDayUsesThem) {
  charged("D6", 2'000, "2025-12-01");
  pay("D6", "10.00", "2025-11-05");
  pay("D6", "60.00", "2026-01-20");
  try {
    pay("D6", "10.00", "2025-11-20", {}, PaymentKind::refund);
    ADD_FAILURE() << "December used it";
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.refusal(), Refusal::credit_too_small);
    EXPECT_EQ(refused.detail(), "D6 has not paid so much ahead on 2025-12-01");
    EXPECT_EQ(refused.field(), "/received_on");
  }
  pay("D6", "50.00", "2026-01-20", {}, PaymentKind::refund);
  EXPECT_EQ(stands("D6", "2026-01-31"), "0.00/0.00");
  EXPECT_EQ(first_flaw(), "");
}

// A refund that was right when it came stays right, whatever is recorded of earlier days afterwards.
TEST_F(Payments, ThatWereRefundedStayRightWhateverComesLater) {
  pay("M0001", "30.00", "2025-11-05");
  pay("M0001", "30.00", "2025-11-20", {}, PaymentKind::refund);
  run("2025-11");
  EXPECT_EQ(stands("M0001", "2025-11-30"), "20.00/0.00");
  EXPECT_EQ(first_flaw(), "");
}

// Past the service: the schema looks at the end, and verification finds what came in without it.
TEST_F(Payments, AreRefundedInTheirTimeByTheSchemaToo) {
  pay("M0001", "60.00", "2026-01-20");
  const Payment refund = pay("M0001", "10.00", "2026-01-20", {}, PaymentKind::refund);
  const std::string earlier =
      "INSERT INTO payment SELECT node_id, number + 1, kind, payer_id, unit_id, amount_minor, "
      "date '2026-01-19', account, reference, note, entry_number, recorded_at, recorded_by FROM payment "
      "WHERE kind = 'refund'; INSERT INTO payment_share SELECT node_id, payment_number + 1, line, debtor_id, "
      "amount_minor, prepaid_minor, charge_number FROM payment_share WHERE payment_number = " +
      std::to_string(refund.number.number());
  EXPECT_EQ(state_of(earlier), "23000");
  EXPECT_EQ(first_flaw(), "");
  superuser_sql(
      "SET session_replication_role = replica; UPDATE payment SET received_on = '2026-01-19' "
      "WHERE kind = 'refund'");
  EXPECT_NE(first_flaw().find("payment 2 is not what its entry says"), std::string::npos) << first_flaw();
  EXPECT_EQ(superuser_value("SELECT refund_short_on(1, 2)"), "2026-01-19");
  superuser_sql(
      "SET session_replication_role = replica; UPDATE payment SET received_on = '2026-01-20' "
      "WHERE kind = 'refund'");
}

TEST_F(Payments, MayHoldAGiftOnceThePayerSaidSo) {
  open("income:donations");
  run("2026-01", Day::parse("2026-01-01"));
  pay("M0001", "30.00", "2026-01-05");
  EXPECT_EQ(stands("M0001", "2026-01-05"), "0.00/10.00") << "never a gift by itself";
  EXPECT_EQ(balance("income:donations"), "0.00");
  db().in_tx([&](Tx& tx) {
    record_payment(tx, node(),
                   {.kind = PaymentKind::refund,
                    .payer = "M0001",
                    .unit = money("0").unit(),
                    .minor = 1'000,
                    .received_on = Day::parse("2026-01-06"),
                    .account = "income:donations",
                    .note = "a gift, as M0001 wrote on 6 January"},
                   author());
  });
  EXPECT_EQ(stands("M0001", "2026-01-06"), "0.00/0.00");
  EXPECT_EQ(balance("income:donations"), "-10.00");
}

TEST_F(Payments, AreRefundedToAnyAccount) {
  open("assets:bank:second");
  pay("M0001", "30.00", "2026-01-05");
  db().in_tx([&](Tx& tx) {
    record_payment(tx, node(),
                   {.kind = PaymentKind::refund,
                    .payer = "M0001",
                    .unit = money("0").unit(),
                    .minor = 2'500,
                    .received_on = Day::parse("2026-01-06"),
                    .account = "assets:bank:second"},
                   author());
  });
  EXPECT_EQ(balance("assets:bank:second"), "-25.00");
  EXPECT_EQ(stands("M0001", "2026-01-06"), "0.00/5.00");
}

TEST_F(Payments, ThatAreReturnedOpenTheDueAgain) {
  run("2025-11");
  const Payment payment = pay("M0001", "20.00", "2025-11-10");
  EXPECT_EQ(covered("M0001", "2025-11-20"), "2025-11-30");
  now = instant_from_text("2026-01-31T13:00:00Z");
  return_payment(payment, "2025-11-18");
  EXPECT_EQ(stands("M0001", "2025-11-30"), "20.00/0.00");
  EXPECT_EQ(covered("M0001", "2025-11-30"), "") << "coverage goes back";
  EXPECT_EQ(covered("M0001", "2025-11-17"), "2025-11-30") << "until then it was covered";
  EXPECT_EQ(stands("M0001", "2025-11-30", instant_from_text("2026-01-31T12:30:00Z")), "0.00/0.00")
      << "as it was known before";
  EXPECT_EQ(balance("assets:bank:main"), "0.00");
  EXPECT_EQ(refused([&] { return_payment(payment, "2025-11-19"); }), "payment_returned_already");
}

TEST_F(Payments, ThatAreReturnedAfterTheirCreditWasUsedLeaveADebt) {
  run("2025-11");
  const Payment payment = pay("M0001", "60.00", "2025-11-10");
  run("2025-12");
  run("2026-01");
  EXPECT_EQ(stands("M0001", "2026-01-31"), "0.00/0.00");
  return_payment(payment, "2026-01-20");
  EXPECT_EQ(stands("M0001", "2026-01-31"), "60.00/0.00");
  EXPECT_EQ(balance("assets:receivable:dues"), "120.00");
  EXPECT_EQ(balance("liabilities:deferred:dues"), "0.00");
}

TEST_F(Payments, MayBeFollowedByTheBanksFee) {
  run("2025-11");
  const Payment payment = pay("M0001", "20.00", "2025-11-10");
  return_payment(payment, "2025-11-18");
  db().in_tx([&](Tx& tx) {
    raise_charge(tx, node(),
                 {.member = "M0001",
                  .payer = {},
                  .kind = DueKind::other,
                  .unit = money("0").unit(),
                  .minor = 350,
                  .on = Day::parse("2025-11-18"),
                  .due_on = {},
                  .why = "The bank's fee for the returned debit",
                  .income = {}},
                 author());
  });
  EXPECT_EQ(stands("M0001", "2025-11-30"), "23.50/0.00");
}

TEST_F(Payments, AreSetOffAgainstWhatTheCooperativeOwes) {
  open("liabilities:payable:expenses");
  run("2025-11");
  db().in_tx([&](Tx& tx) {
    record_payment(tx, node(),
                   {.kind = PaymentKind::offset,
                    .payer = "M0001",
                    .unit = money("0").unit(),
                    .minor = 2'000,
                    .received_on = Day::parse("2025-11-20"),
                    .account = "liabilities:payable:expenses",
                    .note = "against the expenses of November"},
                   author());
  });
  EXPECT_EQ(stands("M0001", "2025-11-30"), "0.00/0.00");
  EXPECT_EQ(balance("liabilities:payable:expenses"), "20.00");
}

TEST_F(Payments, ForTwoThatAreNotEnoughFollowThePayersShares) {
  run("2025-11");
  pay("M0001", "30.00", "2025-11-10", {share("M0001", "20.00"), share("M0002", "10.00")});
  EXPECT_EQ(stands("M0001", "2025-11-30"), "0.00/0.00");
  EXPECT_EQ(stands("M0002", "2025-11-30"), "10.00/0.00");
}

TEST_F(Payments, AreWrittenOffOrBarredByTime) {
  run("2025-11");
  pay("M0001", "20.00", "2026-01-31", {}, PaymentKind::write_off);
  pay("M0002", "20.00", "2026-01-31", {}, PaymentKind::statute_barred);
  EXPECT_EQ(stands("M0001", "2026-01-31"), "0.00/0.00");
  EXPECT_EQ(stands("M0002", "2026-01-30"), "20.00/0.00");
  EXPECT_EQ(balance("expenses:other"), "40.00");
}

TEST_F(Payments, IntoAClosedYearAreRefusedAndRunsGoToTheFirstOpenDay) {
  run("2025-11");
  db().in_tx([&](Tx& tx) {
    books::lock_period(tx, node(), books::LockKind::hard, Day::parse("2025-12-31"), "Year closed", author());
  });
  EXPECT_EQ(refused([&] { pay("M0001", "20.00", "2025-12-30"); }), "period_locked");
  EXPECT_EQ(run("2025-12"), "2/0");
  EXPECT_EQ(balance("income:dues"), "-80.00");
  pay("M0001", "40.00", "2026-01-02");
  EXPECT_EQ(stands("M0001", "2026-01-31"), "0.00/0.00");
}

TEST_F(Payments, AreRefusedAndNothingIsRecorded) {
  run("2025-11");
  const std::int64_t entries = count("entry");
  EXPECT_EQ(refused([&] { pay("M0001", "0.00", "2025-11-10"); }), "field_invalid");
  EXPECT_EQ(refused([&] { pay("M0009", "1.00", "2025-11-10"); }), "party_unknown");
  EXPECT_EQ(refused([&] { pay("M0001", "2.00", "2025-11-10", {share("M0001", "1.00")}); }), "field_invalid");
  EXPECT_EQ(refused([&] { pay("M0001", "1.00", "2025-11-10", {share("M0009", "1.00")}); }), "party_unknown");
  const ChargeNumber others = charges_of("M0002").front().number;
  EXPECT_EQ(refused([&] { pay("M0001", "1.00", "2025-11-10", {share("M0001", "1.00", others)}); }),
            "charge_unknown");
  EXPECT_EQ(refused([&] { pay("M0001", "1.00", "2025-11-10", {share("M0001", "1.00", ChargeNumber{99})}); }),
            "charge_unknown");
  EXPECT_EQ(refused([&] {
              db().in_tx([&](Tx& tx) {
                dues::return_payment(tx, node(), {PaymentNumber{7}, std::nullopt, "x"}, author());
              });
            }),
            "payment_unknown");
  EXPECT_EQ(count("entry"), entries);
  EXPECT_EQ(count("payment"), 0);
}

}  // namespace
}  // namespace coop::dues
