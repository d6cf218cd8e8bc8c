// The income of dues that cover several months, spread over their days; what joining obliges to; and hours
// at a dated rate.
#include "ledger/dues/deferral_store.hpp"
#include "tests/support/test_dues.hpp"

namespace coop::dues {
namespace {

class DuesOverTime : public test::DuesTest {
 protected:
  DuesOverTime() {
    add_tier("yearly", Interval::year, "120.00");
    now = instant_from_text("2026-12-15T12:00:00Z");
  }

  DuesAccounts set(const DuesAccounts& accounts) {
    return db().in_tx([&](Tx& tx) { return set_dues_accounts(tx, node(), accounts, author()); });
  }
  void defer() { set({.deferred = "liabilities:deferred:income"}); }

  std::string moved(std::int64_t charge) {
    return superuser_value(
        "SELECT string_agg(on_day || ' ' || amount_minor, ', ' ORDER BY on_day, number)"
        "  FROM deferral WHERE charge_number = " +
        std::to_string(charge));
  }
};

TEST_F(DuesOverTime, IncomeIsEarnedMonthByMonth) {
  defer();
  member("M0001", "2026-01-01", "yearly");
  EXPECT_EQ(run("2026-01"), "1/0");
  EXPECT_EQ(balance("income:dues"), "-10.19");
  EXPECT_EQ(balance("liabilities:deferred:income"), "-109.81");
  EXPECT_EQ(stands("M0001", "2026-01-01"), "120.00/0.00") << "owed at once, all the same";
  run("2026-02");
  run("2026-02");
  EXPECT_EQ(moved(1), "2026-01-01 -12000, 2026-01-31 1019, 2026-02-28 921");
  EXPECT_EQ(balance("income:dues"), "-19.40");
}

TEST_F(DuesOverTime, IncomeOfTheMonthIsEarnedWhereTheNodeIs) {
  defer();
  member("M0001", "2026-01-01", "yearly");
  now = instant_from_text("2026-01-31T23:30:00Z");
  run("2026-02");
  EXPECT_EQ(balance("income:dues"), "-19.40") << "in Madrid it is February already";
}

TEST_F(DuesOverTime, IncomeOfAMemberWhoLeavesIsThatOfTheirDays) {
  defer();
  member("M0001", "2026-01-01", "yearly");
  run("2026-01");
  run("2026-02");
  end_membership("M0001", "2026-02-28");
  EXPECT_EQ(run("2026-03"), "1/1") << "59 of 365 days instead of the year";
  EXPECT_EQ(balance("income:dues"), "-19.40");
  EXPECT_EQ(balance("liabilities:deferred:income"), "0.00");
  EXPECT_EQ(stands("M0001", "2026-03-01"), "19.40/0.00");
}

TEST_F(DuesOverTime, NothingIsPutOffUnlessTheNodeWantsIt) {
  member("M0001", "2026-01-01", "yearly");
  run("2026-01");
  EXPECT_EQ(balance("income:dues"), "-120.00");
  defer();
  run("2026-01");
  EXPECT_EQ(balance("income:dues"), "-10.19") << "and earlier charges are spread when it begins to";
}

TEST_F(DuesOverTime, AccountsInUseStayWhereTheyAre) {
  open("assets:receivable:other");
  defer();
  member("M0001", "2026-01-01", "yearly");
  run("2026-01");
  EXPECT_EQ(test::refusal_of([&] {
              set({.receivable = "assets:receivable:other", .deferred = "liabilities:deferred:income"});
            }),
            "account_not_empty");
  EXPECT_EQ(test::refusal_of([&] { set({}); }), "account_not_empty");
  EXPECT_EQ(test::refusal_of([&] { set({.deferred = "assets:receivable:dues"}); }), "field_invalid");
  EXPECT_EQ(state_of("UPDATE dues_accounts SET receivable = 'assets:receivable:other'"), "23001");
  EXPECT_EQ(state_of("UPDATE dues_accounts SET deferred = NULL"), "23001");
  EXPECT_EQ(state_of("UPDATE deferral SET amount_minor = 1"), "23001");
  EXPECT_EQ(state_of("DELETE FROM deferral"), "23001");
  EXPECT_EQ(state_of("INSERT INTO deferral SELECT node_id, charge_number, on_day, 9, 12000, run_number,"
                     " entry_number, recorded_at FROM deferral WHERE amount_minor < 0;"
                     " SET CONSTRAINTS ALL IMMEDIATE"),
            "23000");
}

TEST_F(DuesOverTime, JoiningObligesOnceAndIsNoIncome) {
  adopt("user",
        {.from_on = Day::parse("2026-01-01"), .obligation = money("1000.00"), .decision = "Assembly"});
  add_person("Person M0001", "M0001");
  join("M0001", "user", "2026-02-10");
  add_person("Person M0002", "M0002");
  join("M0002", "user", "2025-06-01");
  EXPECT_EQ(run("2026-02"), "1/0") << "who joined before the rule is not obliged";
  EXPECT_EQ(run("2026-02"), "0/0");
  EXPECT_EQ(balance("equity:member-shares"), "-1000.00");
  EXPECT_EQ(charges_of("M0001").front().due.why,
            "Joining obliges to 1000.00 EUR (rule from 2026-01-01: Assembly)");
  pay("M0001", "400.00", "2026-03-01");
  EXPECT_EQ(stands("M0001", "2026-03-01"), "600.00/0.00");
}

TEST_F(DuesOverTime, ClassesFreeOfDuesOweNothing) {
  adopt("user", {.from_on = Day::parse("2026-02-01"), .is_solidarity = true, .decision = "Assembly"});
  member("M0001", "2026-01-01");
  EXPECT_EQ(run("2026-01"), "1/0");
  EXPECT_EQ(run("2026-02"), "0/0");
}

TEST_F(DuesOverTime, HoursCountAtTheRateOfTheirDay) {
  const UnitId hours = units().at("HOUR").id;
  const UnitId euro = money("0").unit();
  db().in_tx([&](Tx& tx) {
    add_rate(
        tx, node(),
        {.from = hours, .to = euro, .from_on = Day::parse("2026-01-01"), .number = 0, .rate = Ratio{25, 1}},
        author());
  });
  adopt("user",
        {.from_on = Day::parse("2026-01-01"), .obligation = money("1000.00"), .decision = "Assembly"});
  add_person("Person M0001", "M0001");
  join("M0001", "user", "2026-02-10");
  run("2026-02");
  PaymentDraft draft{.kind = PaymentKind::hours,
                     .payer = "M0001",
                     .unit = euro,
                     .minor = 0,
                     .received_on = Day::parse("2026-03-01"),
                     .account = "expenses:other",
                     .given = Money::of_minor(1250, hours)};
  const auto record = [&] {
    return db().in_tx([&](Tx& tx) { return record_payment(tx, node(), draft, author()); });
  };
  const Payment payment = record();
  EXPECT_EQ(payment.minor, 31'250) << "12.50 hours at 25.00";
  EXPECT_EQ(payment.given, draft.given);
  EXPECT_EQ(db().in_tx([&](Tx& tx) { return read_payment(tx, node(), payment.number).given; }), draft.given);
  EXPECT_EQ(stands("M0001", "2026-03-01"), "687.50/0.00");
  draft.received_on = Day::parse("2025-12-31");
  EXPECT_EQ(test::refusal_of(record), "rate_missing");
  draft.received_on = Day::parse("2026-03-01");
  draft.kind = PaymentKind::money;
  EXPECT_EQ(test::refusal_of(record), "field_invalid");
  draft.kind = PaymentKind::kind;
  draft.minor = 5;
  EXPECT_EQ(test::refusal_of(record), "field_invalid");
  draft.minor = 0;
  draft.given = Money::of_minor(5, euro);
  EXPECT_NE(test::refusal_of(record), "");
}

}  // namespace
}  // namespace coop::dues
