// Pay in the database: tariffs, runs from the hours to the entries and back, claims that were deferred.
#include <rapidcheck.h>

#include "ledger/books/reversal_service.hpp"
#include "ledger/pay/pay_division.hpp"
#include "ledger/pay/tariff_store.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "tests/support/test_pay.hpp"

namespace coop::pay {
namespace {

using test::refusal_of;

class PayBooks : public test::PayTest {
 protected:
  PayRun read(PayRunNumber number) {
    return db().in_snapshot([&](Tx& tx) { return read_pay_run(tx, node(), number); });
  }
  std::string refused(const WagesDraft& draft) {
    return refusal_of([&] { propose(draft); });
  }
  // What an hour on this day of this member is worth in a run.
  std::string claimed(const std::string& amount = "0.00") {
    const PayRun run = propose(wages(amount, "equal_hour"));
    std::string text;
    for (const PayShare& share : run.shares)
      text += share.member + " " + text_from_minor(share.claim_minor, 2) + " ";
    cancel_run(run.number);
    return text;
  }
  TariffDraft tariff(const std::string& from, std::int64_t minor) const {
    return {.work = "livelihood",
            .from_on = Day::parse(from),
            .minor = minor,
            .unit = "EUR",
            .decision = "Assembly"};
  }
};

TEST_F(PayBooks, PayEachHourAtTheNarrowestTariffOfItsDay) {
  worked("M1", "2026-01-05", 60);
  worked("M1", "2026-01-20", 30);
  worked("M2", "2026-01-20", 60);
  EXPECT_EQ(claimed(), "M1 37.50 M2 25.00 ");
  adopt_tariff(tariff("2026-01-15", 3'000));
  EXPECT_EQ(claimed(), "M1 40.00 M2 30.00 ");
  TariffDraft in_circle = tariff("2026-01-01", 2'000);
  in_circle.circle = "tech";
  adopt_tariff(in_circle);
  EXPECT_EQ(claimed(), "M1 30.00 M2 20.00 ");
  TariffDraft own = tariff("2026-01-18", 5'000);
  own.member = "M1";
  adopt_tariff(own);
  EXPECT_EQ(claimed(), "M1 45.00 M2 20.00 ") << "20.00 and half of 50.00";
  own.circle = "tech";
  own.minor = 10'000;
  adopt_tariff(own);
  EXPECT_EQ(claimed(), "M1 70.00 M2 20.00 ");
  own.minor.reset();
  own.unit.clear();
  own.from_on = Day::parse("2026-01-20");
  adopt_tariff(own);
  EXPECT_EQ(claimed(), "M1 45.00 M2 20.00 ") << "where it ends, the next wider one holds";
}

// M1 has an hour at 25.00 and one at 30.00, so no one rate: own_rates cannot say what they claim, own_claims
// can.
TEST_F(PayBooks, DivideByWhatHoursComeToWhereAMemberHasTwoTariffs) {
  adopt_example("own_claims");
  adopt_tariff(tariff("2026-01-15", 3'000));
  worked("M1", "2026-01-05", 60);
  worked("M1", "2026-01-20", 60);
  worked("M2", "2026-01-20", 90);
  EXPECT_EQ(refused(wages("60.00", "own_rates")), "field_missing");
  EXPECT_EQ(amounts_of(propose(wages("60.00", "own_claims"))), "M1 33.00 22.00, M2 27.00 18.00")
      << "55.00 and 45.00, of which 60.00 are paid";
}

TEST_F(PayBooks, KeepWhetherEachHourHasATariff) {
  adopt_rule("claims",
             sharing::sharing_rule_from_text(
                 R"({"steps":[{"step":"claim","amount":["claim"]},{"step":"pro_rata","to":"claims"}]})"));
  adopt_tariff(tariff("2026-01-05", 1));
  adopt_tariff(tariff("2026-01-15", 2));
  worked("M1", "2026-01-06", 1);
  worked("M1", "2026-01-16", 1);
  worked("M2", "2026-01-16", 60);
  const PayRun run = propose(wages("1.00", "claims"));
  EXPECT_EQ(amounts_of(run), "M1 0.00 0.00, M2 0.02 0.00") << "a minute at each comes to nothing";
  EXPECT_TRUE(read(run.number).shares.at(0).is_priced);
  EXPECT_EQ(first_flaw(), "");
  cancel_run(run.number);
  adopt_tariff({.work = "livelihood", .from_on = Day::parse("2026-01-16"), .decision = "Assembly"});
  EXPECT_EQ(refused(wages("1.00", "claims")), "tariff_missing");
  EXPECT_FALSE(read(propose(wages("1.00", "equal_hour")).number).shares.at(0).is_priced);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(PayBooks, RefuseTariffsInOrder) {
  const auto refused_for = [&](const std::function<void(TariffDraft&)>& spoil) {
    TariffDraft draft = tariff("2026-01-01", 100);
    spoil(draft);
    return refusal_of([&] { adopt_tariff(draft); });
  };
  EXPECT_EQ(refused_for([](TariffDraft& draft) { draft.minor = 0; }), "field_invalid");
  EXPECT_EQ(refused_for([](TariffDraft& draft) { draft.unit = ""; }), "field_invalid");
  EXPECT_EQ(refused_for([](TariffDraft& draft) { draft.decision = " "; }), "decision_missing");
  EXPECT_EQ(refused_for([](TariffDraft& draft) { draft.work = "singing"; }), "work_kind_unknown");
  EXPECT_EQ(refused_for([](TariffDraft& draft) { draft.work = "care"; }), "work_without_price");
  EXPECT_EQ(refused_for([](TariffDraft& draft) { draft.circle = "nowhere"; }), "circle_unknown");
  EXPECT_EQ(refused_for([](TariffDraft& draft) { draft.member = "M99"; }), "party_unknown");
  EXPECT_EQ(refused_for([](TariffDraft& draft) { draft.unit = "ABC"; }), "unit_unknown");
}

TEST_F(PayBooks, GoFromHoursToEntriesAndBack) {
  const auto first = worked("M1", "2026-01-10", 1'200);
  worked("M2", "2026-01-11", 600);
  const PayRun run = propose(wages("300.00"));
  EXPECT_EQ(amounts_of(run), "M1 200.00 300.00, M2 100.00 150.00");
  EXPECT_EQ(pay::state_of(run), PayRunState::proposed);
  EXPECT_EQ(refused(wages("300.00")), "pay_run_empty") << "the hours are in a run";
  EXPECT_EQ(refusal_of([&] { reverse(first, "ann"); }), "hours_collected");
  EXPECT_EQ(refusal_of([&] { post_run(run.number); }), "pay_run_not_open");
  EXPECT_EQ(refusal_of([&] { approve_run(run.number, "tess"); }), "approval_of_own");
  EXPECT_EQ(refusal_of([&] { approve_run(run.number, "ann"); }), "approval_of_own") << "she is M1";
  approve_run(run.number, "pia");
  EXPECT_EQ(refusal_of([&] { approve_run(run.number, "pia"); }), "approval_repeated");
  EXPECT_EQ(pay::state_of(approve_run(run.number, "cas")), PayRunState::approved) << "M3 is not in it";
  EXPECT_EQ(refusal_of([&] { approve_run(run.number, "quinn"); }), "pay_run_not_open");
  const PayRun done = post_run(run.number);
  EXPECT_EQ(pay::state_of(done), PayRunState::posted);
  EXPECT_EQ(balance("expenses:wages"), "750.00");
  EXPECT_EQ(balance("liabilities:wages"), "-300.00");
  EXPECT_EQ(balance("liabilities:deferred-wages"), "-450.00");
  EXPECT_EQ(refusal_of([&] { cancel_run(run.number); }), "pay_run_not_open");
  EXPECT_EQ(refusal_of([&] { reverse(first, "ann"); }), "hours_collected");
  EXPECT_EQ(pay::state_of(undo_run(run.number)), PayRunState::undone);
  EXPECT_EQ(balance("expenses:wages"), "0.00");
  EXPECT_EQ(balance("liabilities:wages"), "0.00");
  reverse(first, "ann");
  EXPECT_EQ(amounts_of(propose(wages("300.00"))), "M2 250.00 0.00");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(PayBooks, AreNotTakenBackOnceSomebodyWasPaid) {
  worked("M1", "2026-01-10", 600);
  const PayRun run = posted(propose(wages("100.00")));
  const books::DimensionCodes of_m1{std::nullopt, "M1", std::nullopt, std::nullopt};
  BooksTest::record("2026-01-31", {{"liabilities:wages", "100.00", of_m1}, {"assets:bank", "-100.00"}});
  EXPECT_EQ(refusal_of([&] { undo_run(run.number); }), "pay_run_not_open");
}

TEST_F(PayBooks, AloneTakeTheirEntriesBack) {
  worked("M1", "2026-01-10", 600);
  const PayRun run = posted(propose(wages("100.00")));
  const auto entry = run.steps.back().first_entry;
  ASSERT_TRUE(entry.has_value());
  EXPECT_EQ(refusal_of([&] {
              db().in_tx([&](Tx& tx) {
                books::reverse(tx, node(),
                               {.request_key = books::fingerprint_of("by hand"),
                                .reverses = *entry,
                                .booked_on = {},
                                .description = {}},
                               author());
              });
            }),
            "entry_kept_by_register");
  undo_run(run.number);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(PayBooks, LeaveHoursOfAnotherUnitToARunInIt) {
  worked("M1", "2026-01-04", 60);
  worked("M1", "2026-01-10", 60);
  adopt_tariff({.work = "livelihood",
                .from_on = Day::parse("2026-01-05"),
                .minor = 100,
                .unit = "GBP",
                .decision = "Assembly"});
  EXPECT_EQ(amounts_of(propose(wages("100.00"))), "M1 25.00 0.00");
  EXPECT_EQ(refused(wages("100.00")), "unit_mismatch") << "only the other waits";
}

TEST_F(PayBooks, RefuseRunsInOrder) {
  EXPECT_EQ(refused(wages("1.00")), "pay_run_empty");
  worked("M1", "2026-01-10", 60);
  const auto spoiled = [&](const std::function<void(WagesDraft&)>& spoil) {
    WagesDraft draft = wages("1.00");
    spoil(draft);
    return refused(draft);
  };
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.to_on = Day::parse("2025-12-31"); }), "field_invalid");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.booked_on = Day::parse("2026-01-30"); }), "field_invalid");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.amount_minor = -1; }), "field_invalid");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.decision = std::string(501, 'x'); }), "field_invalid");
  EXPECT_EQ(spoiled([](WagesDraft& draft) {
              draft.members = {{.member = "M1", .measures = {{"hours", Ratio{1, 1}}}}};
            }),
            "field_invalid");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.members = {{.member = "M1"}, {.member = "M1"}}; }),
            "field_invalid");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.accounts.wages = "expenses:nowhere"; }), "account_unknown");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.accounts.payable = "expenses:wages"; }), "field_invalid");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.accounts.deferred = "equity:deferred-wages"; }),
            "field_invalid");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.deferred_as = DeferredAs::points; }), "field_invalid");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.rule = "no_rule"; }), "sharing_rule_unknown");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.members = {{.member = "M99"}}; }), "party_unknown");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.members = {{.member = "M4"}}; }), "field_missing")
      << "M4 has no rate";
  adopt_example("housing_first");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.rule = "housing_first"; }), "field_missing");
  adopt_example("surplus");
  EXPECT_EQ(spoiled([](WagesDraft& draft) { draft.rule = "surplus"; }), "pay_run_impossible");
  TariffDraft ends{.work = "livelihood", .from_on = Day::parse("2026-01-05"), .decision = "Assembly"};
  adopt_tariff(ends);
  EXPECT_EQ(refused(wages("1.00")), "tariff_missing");
  EXPECT_EQ(amounts_of(propose(wages("1.00", "equal_hour"))), "M1 1.00 0.00") << "asks for no tariff";
  adopt_tariff({.work = "livelihood",
                .from_on = Day::parse("2026-01-05"),
                .minor = 100,
                .unit = "GBP",
                .decision = "Assembly"});
  cancel_run(PayRunNumber{1});
  EXPECT_EQ(refused(wages("1.00", "equal_hour")), "unit_mismatch");
  EXPECT_EQ(refusal_of([&] { approve_run(PayRunNumber{9}, "pia"); }), "pay_run_unknown");
}

TEST_F(PayBooks, PayWhoIsGivenWithoutHours) {
  adopt_example("equal_parts");
  WagesDraft draft = wages("1.00", "equal_parts");
  EXPECT_EQ(refused(draft), "pay_run_empty");
  draft.members = {{.member = "M2"}, {.member = "M1"}};
  EXPECT_EQ(amounts_of(posted(propose(draft))), "M1 0.50 0.00, M2 0.50 0.00");
  EXPECT_EQ(balance("liabilities:wages"), "-1.00");
  adopt_tariff({.work = "livelihood",
                .from_on = Day::parse("2026-01-05"),
                .minor = 100,
                .unit = "GBP",
                .decision = "Assembly"});
  worked("M3", "2026-01-10", 60);
  EXPECT_EQ(refused(wages("1.00", "equal_parts")), "unit_mismatch");
  EXPECT_EQ(amounts_of(propose(draft)), "M1 0.50 0.00, M2 0.50 0.00") << "M3's hour waits";
  EXPECT_EQ(first_flaw(), "");
}

// E6: three quarters, of which 1,100.00 can be paid.
TEST_F(PayBooks, SettleTheOldestFirstOrAllAlike) {
  now = instant_from_text("2026-12-31T12:00:00Z");
  const auto quarter = [&](const std::string& month, const std::vector<std::pair<std::string, int>>& hours) {
    for (const auto& [member, minutes] : hours) worked(member, "2026-" + month + "-10", minutes);
    WagesDraft draft = wages("0.00");
    draft.from_on = Day::parse("2026-" + month + "-01");
    draft.to_on = draft.booked_on = draft.from_on.last_of_month();
    posted(propose(draft));
  };
  quarter("03", {{"M1", 1'440}, {"M2", 720}});
  quarter("06", {{"M1", 480}, {"M3", 960}});
  quarter("09", {{"M2", 1'200}});
  EXPECT_EQ(balance("liabilities:deferred-wages"), "-2000.00");
  SettlementDraft draft = settlement("1100.00", "oldest_first");
  draft.booked_on = Day::parse("2026-12-31");
  const PayRun oldest = propose(draft);
  EXPECT_EQ(amounts_of(oldest), "M1 666.67 0.00, M2 300.00 0.00, M3 133.33 0.00");
  cancel_run(oldest.number);
  draft.rule = "all_debts_alike";
  const PayRun alike = posted(propose(draft));
  EXPECT_EQ(amounts_of(alike), "M1 440.00 0.00, M2 440.00 0.00, M3 220.00 0.00");
  EXPECT_EQ(balance("liabilities:wages"), "-1100.00");
  EXPECT_EQ(balance("liabilities:deferred-wages"), "-900.00");
  EXPECT_EQ(refusal_of([&] { undo_run(PayRunNumber{1}); }), "pay_run_not_open")
      << "claims of it were settled";
  const PayRun lapse = posted(propose(LapseDraft{.booked_on = Day::parse("2026-12-31"),
                                                 .unit = draft.unit,
                                                 .deferred_as = DeferredAs::debt,
                                                 .wages = "expenses:wages",
                                                 .decision = "Assembly"}));
  EXPECT_EQ(lapse.amount_minor, 90'000);
  EXPECT_EQ(balance("liabilities:deferred-wages"), "0.00");
  EXPECT_EQ(balance("expenses:wages"), "1100.00");
  EXPECT_EQ(refusal_of([&] { propose(draft); }), "pay_run_empty");
  EXPECT_EQ(claims({.only_open = true}).size(), 0u);
  EXPECT_EQ(claims().size(), 5u);
  undo_run(lapse.number);
  EXPECT_EQ(claims({.only_open = true}).size(), 5u);
  const auto quarters = db().in_snapshot([&](Tx& tx) { return read_claim_quarters(tx, node()); });
  ASSERT_EQ(quarters.size(), 4u);
  EXPECT_EQ(quarters[2].open_minor, 200'000);
  EXPECT_EQ(quarters[3].settled_minor, 110'000);
  EXPECT_EQ(quarters[3].open_minor, 90'000);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(PayBooks, RefuseSettlementsAndLapsesInOrder) {
  const auto spoiled = [&](const std::function<void(SettlementDraft&)>& spoil) {
    SettlementDraft draft = settlement("1.00", "oldest_first");
    spoil(draft);
    return refusal_of([&] { propose(draft); });
  };
  EXPECT_EQ(spoiled([](SettlementDraft& draft) { draft.amount_minor = 0; }), "field_invalid");
  EXPECT_EQ(spoiled([](SettlementDraft& draft) { draft.deferred_as = DeferredAs::gift; }), "field_invalid");
  EXPECT_EQ(spoiled([](SettlementDraft& draft) { draft.accounts.payable = "assets:bank"; }), "field_invalid");
  EXPECT_EQ(spoiled([](SettlementDraft& draft) { draft.rule = "no_rule"; }), "sharing_rule_unknown");
  EXPECT_EQ(spoiled([](SettlementDraft&) {}), "pay_run_empty");
  worked("M1", "2026-01-10", 60);
  posted(propose(wages("0.00")));
  adopt_example("equal_parts");
  EXPECT_EQ(spoiled([](SettlementDraft& draft) { draft.members = {{.member = "M4"}}; }), "party_unknown");
  SettlementDraft too_much = settlement("26.00", "equal_parts");
  EXPECT_EQ(refusal_of([&] { propose(too_much); }), "pay_run_impossible");
  LapseDraft lapse{.booked_on = Day::parse("2026-01-31"),
                   .unit = too_much.unit,
                   .deferred_as = DeferredAs::debt,
                   .wages = "expenses:wages",
                   .decision = " "};
  EXPECT_EQ(refusal_of([&] { propose(lapse); }), "decision_missing");
  lapse.decision = "Assembly";
  lapse.members = {"M2"};
  EXPECT_EQ(refusal_of([&] { propose(lapse); }), "pay_run_empty");
  lapse.members = {"M99"};
  EXPECT_EQ(refusal_of([&] { propose(lapse); }), "party_unknown");
}

TEST_F(PayBooks, DeferAsEquityPointsOrGift) {
  worked("M1", "2026-01-10", 60);
  WagesDraft points = wages("5.00");
  points.deferred_as = DeferredAs::points;
  points.accounts.deferred.clear();
  posted(propose(points));
  EXPECT_EQ(balance("expenses:wages"), "5.00");
  EXPECT_EQ(claims({.only_open = true}).at(0).deferred_minor, 2'000);
  SettlementDraft paid = settlement("8.00", "all_debts_alike");
  paid.deferred_as = DeferredAs::points;
  posted(propose(paid));
  EXPECT_EQ(balance("expenses:wages"), "13.00");
  worked("M1", "2026-01-11", 60);
  WagesDraft gift = wages("5.00");
  gift.deferred_as = DeferredAs::gift;
  gift.accounts.deferred.clear();
  posted(propose(gift));
  EXPECT_EQ(balance("expenses:wages"), "18.00");
  EXPECT_EQ(claims().size(), 1u) << "of a gift nothing is owed";
  worked("M1", "2026-01-12", 60);
  WagesDraft equity = wages("0.00");
  equity.deferred_as = DeferredAs::equity;
  equity.accounts.deferred = "equity:deferred-wages";
  posted(propose(equity));
  EXPECT_EQ(balance("equity:deferred-wages"), "-25.00");
  worked("M1", "2026-01-13", 60);
  points.amount_minor = 0;
  const PayRun nothing = posted(propose(points));
  EXPECT_FALSE(step_of(nothing, PayStepKind::posted)->first_entry) << "nothing is booked";
  undo_run(nothing.number);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(PayBooks, AddUpToThePotWhateverWasWorked) {
  EXPECT_TRUE(rc::check("paid and left are the pot, paid and deferred the claims", [&] {
    const auto pot = *rc::gen::inRange<std::int64_t>(0, 200'000);
    for (const char* member : {"M1", "M2", "M3"})
      worked(member, "2026-01-" + std::to_string(*rc::gen::inRange(10, 31)), *rc::gen::inRange(1, 30));
    WagesDraft draft = wages("0.00");
    draft.amount_minor = pot;
    const PayRun run = propose(draft);
    std::int64_t claims = 0;
    for (const PayShare& share : run.shares) {
      claims += share.claim_minor;
      RC_ASSERT(share.paid_minor + share.deferred_minor == share.claim_minor);
    }
    RC_ASSERT(paid_minor_of(run) == std::min(pot, claims));
    const auto again = db().in_snapshot([&](Tx& tx) { return explain(tx, node(), run); });
    for (std::size_t i = 0; i < run.shares.size(); ++i)
      RC_ASSERT(again->division.participants[i].amount == run.shares[i].paid_minor);
    if (*rc::gen::arbitrary<bool>()) posted(run);
    else cancel_run(run.number);
  }));
  EXPECT_EQ(first_flaw(), "");
}

}  // namespace
}  // namespace coop::pay
