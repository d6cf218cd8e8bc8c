// A run that takes from a fund what a spending mandate reserves: it draws the mandate from the proposal on,
// once, and gives it back when it is cancelled or undone.
#include "ledger/books/book_head_store.hpp"
#include "ledger/funds/fund_service.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "tests/support/named_damage.hpp"
#include "tests/support/native_file.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_pay.hpp"

namespace coop::pay {
namespace {

using funds::SpendingMandateNumber;

/// Fund "media" with 1,000.00, all of which two mandates reserve: 1 of 400.00 for web, 2 of 30 h at 20.00 for
/// nothing in particular. M1 worked two hours, of which one is for web.
class MandatedPay : public test::PayTest {
 protected:
  MandatedPay() {
    add(books::DimensionKind::cost_object, {"hosting", "web"});
    add(books::DimensionKind::fund, {"media", "venue"});
    open("income:gifts");
    db().in_tx([&](Tx& tx) {
      funds::adopt_fund_terms(tx, node(), "media",
                              {.from_on = Day::parse("2026-01-01"),
                               .purpose = funds::FundPurpose::media,
                               .unit = units().find("EUR")->second.id,
                               .decision = "Assembly"},
                              user("tess"));
    });
    BooksTest::record("2026-01-02",
                      {{"assets:bank", "1000.00"}, {"income:gifts", "-1000.00", {"media", {}, {}, {}}}});
    funds::SpendingMandateDraft of_web = mandate();
    of_web.minor = 40'000;
    of_web.cost_object = "web";
    grant(of_web);
    funds::SpendingMandateDraft of_hours = mandate();
    of_hours.hours = funds::HoursGrant{600, 2'000, 3};
    grant(of_hours);
    worked("M1", "2026-01-10", 60, "web");
    worked("M1", "2026-01-11", 60, "");
  }
  funds::SpendingMandateDraft mandate() const {
    return {.body = "Assembly",
            .purpose = "Pay",
            .fund = "media",
            .unit = units().find("EUR")->second.id,
            .from_on = Day::parse("2026-01-01"),
            .until_on = Day::parse("2026-02-28"),
            .decision = "d/2"};
  }
  void grant(const funds::SpendingMandateDraft& draft) {
    db().in_tx([&](Tx& tx) { funds::grant(tx, node(), draft, Day::parse("2026-01-31"), user("tess")); });
  }
  WagesDraft drawing(const std::string& amount, int number = 1) const {
    WagesDraft draft = wages(amount);
    draft.mandate = SpendingMandateNumber{number};
    return draft;
  }
  /// "ordered 50.00 drawn 0.00 left 350.00": how mandate `number` stands, and what is free of the fund.
  std::string stands(int number = 1) {
    return db().in_snapshot([&](Tx& tx) {
      const auto one = funds::read_spending_mandate(tx, node(), SpendingMandateNumber{number});
      const auto fund =
          funds::read_figures_of(tx, node(), funds::read_fund(tx, node(), "media"), Day::parse("2026-01-31"));
      const auto text = [](std::int64_t minor) { return text_from_minor(minor, 2); };
      return "ordered " + text(ordered_minor(one)) + " drawn " + text(drawn_minor(one)) + " left " +
             text(left_minor(one)) + ", fund " + text(fund.balance_minor) + " free " + text(free_minor(fund));
    });
  }
  void recall(int number) {
    now = now + std::chrono::minutes{1};
    db().in_tx([&](Tx& tx) {
      funds::recall(tx, node(), SpendingMandateNumber{number}, "enough", Day::parse("2026-01-31"),
                    user("tess"));
    });
    now = now + std::chrono::minutes{1};
  }
  /// The code and the field of the refusal that a draft ends in.
  template <class Draft>
  std::string refused(const Draft& draft) {
    try {
      propose(draft);
    } catch (const Refused& refused) {
      return std::string{text_of(refused.refusal()).code} + " " + refused.field();
    }
    return "accepted";
  }
  /// The schema refuses it, saying so.
  void expect_fault(const std::string& sql, const std::string& words) const {
    std::string said = "accepted";
    try {
      superuser_sql(sql);
    } catch (const test::SqlFailed& refused) {
      said = refused.what();
    }
    EXPECT_NE(said.find(words), std::string::npos) << words << ": " << said;
  }
  std::string spent() {
    return superuser_value(
        "SELECT string_agg(format('%s %s %s', object, round(minor / 100, 2), fund), ', ' ORDER BY object, "
        "fund) FROM (SELECT coalesce(c.code, '-') AS object, coalesce(f.code, '-') AS fund, "
        "sum(p.amount_minor) AS minor FROM posting p JOIN account a ON a.node_id = p.node_id AND a.id = "
        "p.account_id LEFT JOIN dimension c ON c.node_id = p.node_id AND c.id = p.cost_object_id LEFT JOIN "
        "dimension f ON f.node_id = p.node_id AND f.id = p.fund_id WHERE a.path = 'expenses:wages' "
        "GROUP BY 1, 2 HAVING sum(p.amount_minor) <> 0) x");
  }
};

TEST_F(MandatedPay, DrawsTheMandateOnceAndGivesItBack) {
  EXPECT_EQ(stands(), "ordered 0.00 drawn 0.00 left 400.00, fund 1000.00 free 0.00");
  WagesDraft without = wages("40.00");
  without.fund = "media";
  EXPECT_EQ(refused(without), "fund_below_buffer /amount") << "all of it is reserved";
  const PayRun run = propose(drawing("40.00"));
  EXPECT_EQ(run.fund, "media") << "the mandate's";
  EXPECT_EQ(amounts_of(run), "M1 40.00 10.00");
  EXPECT_EQ(stands(), "ordered 40.00 drawn 0.00 left 360.00, fund 1000.00 free 0.00");
  posted(run);
  EXPECT_EQ(stands(), "ordered 0.00 drawn 40.00 left 360.00, fund 960.00 free 0.00");
  EXPECT_EQ(spent(), "- 5.00 -, web 5.00 -, web 40.00 media") << "what is deferred is taken from no fund";
  EXPECT_EQ(first_flaw(), "");
  undo_run(run.number);
  EXPECT_EQ(stands(), "ordered 0.00 drawn 0.00 left 400.00, fund 1000.00 free 0.00");
  cancel_run(propose(drawing("50.00")).number);
  EXPECT_EQ(stands(), "ordered 0.00 drawn 0.00 left 400.00, fund 1000.00 free 0.00");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(MandatedPay, IsRefusedInThisOrder) {
  WagesDraft draft = drawing("40.00", 9);
  EXPECT_EQ(refused(draft), "spending_mandate_unknown /mandate");
  worked("M1", "2026-01-12", 60, "hosting");
  draft = drawing("40.00");
  draft.fund = "venue";
  draft.booked_on = Day::parse("2026-03-01");
  EXPECT_EQ(refused(draft), "spending_mandate_not_open /booked_on");
  draft.booked_on = draft.to_on;
  EXPECT_EQ(refused(draft), "field_invalid /fund");
  draft.fund = "media";
  EXPECT_EQ(refused(draft), "field_invalid /mandate") << "an hour is for hosting, not web";
  draft.mandate = SpendingMandateNumber{2};
  EXPECT_EQ(refused(draft), "field_invalid /amount") << "96 minutes at 20.00 are 32.00";
  recall(2);
  EXPECT_EQ(refused(draft), "spending_mandate_recalled ");
  SettlementDraft claims = settlement("5.00", "oldest_first");
  draft = wages("0.00");
  posted(propose(draft));
  claims.mandate = SpendingMandateNumber{2};
  EXPECT_EQ(refused(claims), "field_invalid /mandate") << "it grants hours, and claims are paid";
}

TEST_F(MandatedPay, TakesNoMoreThanIsLeft) {
  worked("M2", "2026-01-12", 1200, "web");
  EXPECT_EQ(refused(drawing("400.01")), "spending_mandate_exceeded /amount");
  const PayRun run = propose(drawing("400.00"));
  EXPECT_EQ(stands(), "ordered 400.00 drawn 0.00 left 0.00, fund 1000.00 free 0.00");
  worked("M1", "2026-01-13", 60, "web");
  EXPECT_EQ(refused(drawing("0.01")), "spending_mandate_exceeded /amount") << "a proposal sets it aside";
  posted(run);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(MandatedPay, IsNeitherApprovedNorBookedOnceTheMandateIsRecalled) {
  const PayRun one = propose(drawing("40.00"));
  worked("M2", "2026-01-12", 60, "web");
  const PayRun two = propose(drawing("10.00"));
  for (const char* name : {"pia", "quinn"}) approve_run(one.number, name);
  recall(1);
  EXPECT_EQ(test::refusal_code([&] { post_run(one.number); }), "spending_mandate_recalled");
  EXPECT_EQ(test::refusal_code([&] { approve_run(two.number, "pia"); }), "spending_mandate_recalled");
  cancel_run(one.number);
  cancel_run(two.number);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(MandatedPay, DrawsHoursWhereHoursAreGranted) {
  adopt_tariff({.work = "livelihood",
                .from_on = Day::parse("2020-01-02"),
                .minor = 2'000,
                .unit = "EUR",
                .decision = "Assembly"});
  // 20.00 of 40.00: half of two hours.
  posted(propose(drawing("20.00", 2)));
  EXPECT_EQ(stands(2), "ordered 0.00 drawn 20.00 left 580.00, fund 980.00 free 0.00");
  EXPECT_EQ(superuser_value("SELECT mandate_minutes FROM pay_run"), "60");
  EXPECT_EQ(spent(), "- 10.00 -, - 10.00 media, web 10.00 -, web 10.00 media");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(MandatedPay, SettlesClaimsOutOfTheFund) {
  posted(propose(wages("0.00")));
  SettlementDraft draft = settlement("30.00", "oldest_first");
  draft.mandate = SpendingMandateNumber{1};
  posted(propose(draft));
  EXPECT_EQ(stands(), "ordered 0.00 drawn 30.00 left 370.00, fund 970.00 free 0.00");
  EXPECT_EQ(spent(), "- 10.00 -, web 10.00 -, web 30.00 media");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(MandatedPay, IsNotDrawnBeside) {
  const PayRun run = posted(propose(drawing("40.00")));
  const EntryNumber entry = *step_of(run, PayStepKind::posted)->first_entry;
  EXPECT_EQ(test::refusal_code([&] {
              db().in_tx([&](Tx& tx) {
                funds::draw(tx, node(), SpendingMandateNumber{1},
                            {.on_day = Day::parse("2026-01-31"), .minor = 1, .entry = entry},
                            Day::parse("2026-01-31"), user("tess"));
              });
            }),
            "draw_impossible")
      << "the run drew all that its entry spends";
}

TEST_F(MandatedPay, LeavesWithTheExportAndComesBack) {
  posted(propose(drawing("40.00")));
  undo_run(PayRunNumber{1});
  posted(propose(drawing("30.00")));
  recall(1);
  const std::vector<std::string> tables{"pay_run", "pay_run_share", "pay_run_step", "spending_mandate"};
  test::expect_native_restores(db(), fresh(), tables, now);
  const std::vector<std::pair<std::string, std::string>> contradictions{
      {R"("mandate":1,"mandate_minor":4000)", R"("mandate":7,"mandate_minor":4000)"},
      {R"("mandate":1,"mandate_minor":4000)", R"("mandate":1)"},
      {R"("mandate":1,"mandate_minor":4000)", R"("mandate":1,"mandate_minor":99000)"}};
  test::expect_each_contradicts(test::native_export(db()), contradictions);
}

TEST_F(MandatedPay, IsVerified) {
  posted(propose(drawing("40.00")));
  const std::string one = " WHERE number = 1";
  const std::vector<test::NamedDamage> damages{
      {"UPDATE pay_run SET mandate_minor = 39" + one, "pay run 1: it draws what it takes from the fund"},
      {"UPDATE pay_run SET mandate_minutes = 39" + one, "pay run 1: hours are drawn as hours"},
      {"UPDATE pay_run SET mandate_number = 2, mandate_minutes = 95" + one,
       "pay run 1: it draws the hours that it pays"},
      {"UPDATE spending_mandate SET until_on = '2026-01-30'" + one,
       "pay run 1: it is booked in the time of its mandate"},
      {"UPDATE spending_mandate SET cost_object_id = (SELECT id FROM dimension WHERE code = 'hosting')" + one,
       "pay run 1: it is for the cost object of its mandate"}};
  std::vector<std::string> tables = pay_tables();
  tables.push_back("spending_mandate");
  test::expect_each_named(fresh(), tables, damages);
}

// A run that nobody but the schema judges: M1 is given `minor` without hours, out of the fund media.
std::string raw_run(const std::string& columns, const std::string& values,
                    const char* booked_on = "2026-01-31") {
  const std::string run =
      "INSERT INTO pay_run (node_id, number, kind, from_on, to_on, booked_on, unit_id, amount_minor, "
      "rule_code, "
      "rule_version, rule_hash, figures, values_known, tariffs_known, deferred_as, wages_account_id, "
      "payable_account_id, members, lots, paid_minor, deferred_minor, recorded_at, fund_id" +
      columns + ") SELECT node_id, 2, kind, from_on, to_on, '" + booked_on +
      "', unit_id, 1000, rule_code, rule_version, "
      "rule_hash, figures, values_known, tariffs_known, 'gift', wages_account_id, payable_account_id, 1, 0, "
      "1000, 0, recorded_at + interval '2 min', (SELECT id FROM dimension WHERE code = 'media')" +
      values + " FROM pay_run WHERE number = 1; ";
  return run +
         "INSERT INTO pay_run_share (node_id, run_number, number, party_id, measures, minutes, hours, "
         "claim_minor, paid_minor, deferred_minor) SELECT node_id, 2, 1, party_id, measures, 0, '{}', 0, "
         "1000, 0 "
         "FROM pay_run_share WHERE run_number = 1 AND number = 1";
}

TEST_F(MandatedPay, IsHeldByTheSchema) {
  worked("M2", "2026-01-12", 1200, "web");
  propose(drawing("390.00"));
  const std::string columns = ", mandate_number, mandate_minor, mandate_minutes";
  expect_fault(raw_run(columns, ", 1, NULL, NULL"), "a_mandate_is_of_its_fund");
  expect_fault(raw_run(columns, ", NULL, NULL, 60"), "a_mandate_is_of_its_fund");
  expect_fault(raw_run(columns, ", 9, 1000, NULL"), "mandate_number");
  expect_fault(raw_run(columns, ", 1, 900, NULL"), "it draws what it takes from the fund");
  expect_fault(raw_run(columns, ", 1, 1000, 30"), "hours are drawn as hours");
  expect_fault(raw_run(columns, ", 2, 1000, NULL"), "hours are drawn as hours");
  expect_fault(raw_run(columns, ", 1, 1000, NULL", "2026-03-01"), "booked in the time of its mandate");
  const PayRun more = propose([&] {
    worked("M1", "2026-01-13", 60, "");
    return drawing("10.00");
  }());
  cancel_run(more.number);
  EXPECT_EQ(superuser_value("SELECT coalesce(pay_run_mandate_fault(1, 2), 'none')"), "none");
  superuser_sql(
      "SET session_replication_role = replica; UPDATE pay_run SET mandate_minor = 1001 WHERE number = 2; "
      "DELETE FROM pay_run_step WHERE run_number = 2");
  EXPECT_EQ(superuser_value("SELECT is_within_mandate(1, 1)"), "f");
  superuser_sql(
      "SET session_replication_role = replica; UPDATE pay_run SET mandate_minor = 1000 WHERE number = 2");
  EXPECT_EQ(superuser_value("SELECT is_within_mandate(1, 1)"), "t");
  recall(1);
  expect_fault(
      "INSERT INTO pay_run_step SELECT 1, 2, 1, 'approved', NULL, NULL, NULL, now(), id FROM "
      "user_account WHERE name = 'pia'",
      "its mandate was recalled");
}

}  // namespace
}  // namespace coop::pay
