// What a pay run says besides who gets how much: for which cost objects, out of which fund, which part in a
// local unit; and claims from before these books.
#include <rapidcheck.h>

#include "ledger/dues/tier_service.hpp"
#include "ledger/funds/fund_service.hpp"
#include "ledger/pay/old_claim_service.hpp"
#include "ledger/pay/pay_local.hpp"
#include "tests/support/native_file.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_pay.hpp"

namespace coop::pay {
namespace {

using test::refusal_of;

class PayParts : public test::PayTest {
 protected:
  PayParts() {
    add(books::DimensionKind::cost_object, {"hosting", "web"});
    add(books::DimensionKind::fund, {"media"});
    for (const char* path : {"liabilities:wages", "equity:conversion"}) open(path, "GBP");
    for (const char* path : {"equity:conversion", "equity:opening"}) open(path);
  }
  // "hosting 13.33 media, …": what the expense says by cost object and fund, "-" for none.
  std::string spent() {
    return superuser_value(
        "SELECT string_agg(format('%s %s %s', object, round(minor / 100, 2), fund), ', ' ORDER BY object, "
        "fund) "
        "FROM (SELECT coalesce(c.code, '-') AS object, coalesce(f.code, '-') AS fund, sum(p.amount_minor) AS "
        "minor FROM posting p JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id LEFT JOIN "
        "dimension "
        "c ON c.node_id = p.node_id AND c.id = p.cost_object_id LEFT JOIN dimension f ON f.node_id = "
        "p.node_id "
        "AND f.id = p.fund_id WHERE a.path = 'expenses:wages' GROUP BY 1, 2 HAVING sum(p.amount_minor) <> 0) "
        "x");
  }
  void rate(const std::string& units, const std::string& from) {
    db().in_tx([&](Tx& tx) {
      dues::add_rate(tx, node(),
                     {.from = this->units().find("EUR")->second.id,
                      .to = this->units().find("GBP")->second.id,
                      .from_on = Day::parse(from),
                      .number = 0,
                      .rate = Ratio::parse(units),
                      .decision = "Assembly"},
                     user("tess"));
    });
  }
  LocalDraft local(const std::string& share) const {
    return {
        .unit = units().find("GBP")->second, .share = Ratio::parse(share), .payable = "liabilities:wages"};
  }
  OldClaimsDraft old_claims(const std::vector<OldClaim>& claims) const {
    return {.booked_on = Day::parse("2026-01-31"),
            .unit = units().find("EUR")->second,
            .deferred_as = DeferredAs::debt,
            .against = "equity:opening",
            .deferred = "liabilities:deferred-wages",
            .claims = claims,
            .decision = "Assembly of 10 January, item 2"};
  }
  std::vector<PayRun> propose_old(const OldClaimsDraft& draft) {
    const books::Author who = user("tess");
    return db().in_tx([&](Tx& tx) { return propose_old_claims(tx, node(), draft, who); });
  }
  // "M1 20.00=17.00, …": what is converted, and what it is in the local unit.
  static std::string converted(const PayRun& run) {
    std::string text;
    for (const PayShare& share : run.shares)
      text += (text.empty() ? "" : ", ") + share.member + " " + text_from_minor(share.converted_minor, 2) +
              "=" + text_from_minor(share.local_minor, 2);
    return text;
  }
};

TEST_F(PayParts, SplitTheExpenseByCostObjectsExactly) {
  worked("M1", "2026-01-10", 60, "hosting");
  worked("M1", "2026-01-11", 60, "web");
  worked("M1", "2026-01-12", 60, "");
  worked("M2", "2026-01-10", 60, "");
  WagesDraft draft = wages("40.00");
  draft.members = {{.member = "M4", .measures = {}}};
  draft.rule = "equal_hour";
  draft.rule = "own_rates";
  draft.members.clear();
  const PayRun run = posted(propose(draft));
  EXPECT_EQ(amounts_of(run), "M1 30.00 45.00, M2 10.00 15.00");
  // 30.00 and 45.00 of M1 in three equal parts, 25.00 of M2 for nothing in particular.
  EXPECT_EQ(spent(), "- 50.00 -, hosting 25.00 -, web 25.00 -");
  EXPECT_EQ(first_flaw(), "");
  undo_run(run.number);
  EXPECT_EQ(spent(), "");
  draft.amount_minor = 1'000;
  draft.fund = "media";
  posted(propose(draft));
  // M1 gets 7.50 and lacks 67.50, M2 2.50 and 22.50: 2.50 and 22.50 for each cost object.
  EXPECT_EQ(spent(),
            "- 45.00 -, - 5.00 media, hosting 22.50 -, hosting 2.50 media, web 22.50 -, web 2.50 media");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(PayParts, CarryCostObjectsAndFundsThroughSettlementAndLapse) {
  worked("M1", "2026-01-10", 60, "hosting");
  worked("M1", "2026-01-11", 60, "web");
  worked("M1", "2026-01-12", 60, "");
  posted(propose(wages("0.00")));
  EXPECT_EQ(spent(), "- 25.00 -, hosting 25.00 -, web 25.00 -");
  SettlementDraft draft = settlement("10.00", "oldest_first");
  draft.fund = "media";
  posted(propose(draft));
  EXPECT_EQ(spent(),
            "- 21.66 -, - 3.34 media, hosting 21.67 -, hosting 3.33 media, web 21.67 -, web 3.33 media");
  EXPECT_EQ(balance("expenses:wages"), "75.00");
  posted(propose(LapseDraft{.booked_on = Day::parse("2026-01-31"),
                            .unit = draft.unit,
                            .deferred_as = DeferredAs::debt,
                            .wages = "expenses:wages",
                            .decision = "Assembly"}));
  EXPECT_EQ(balance("expenses:wages"), "10.00") << "what was settled stays an expense";
  EXPECT_EQ(first_flaw(), "");
  test::expect_native_restores(db(), fresh(), std::vector<std::string>{"pay_run_cost", "pay_run"}, now);
}

TEST_F(PayParts, WeighHoursWithoutTariffByMinutes) {
  adopt_tariff({.work = "livelihood", .from_on = Day::parse("2026-01-05"), .decision = "Assembly"});
  worked("M1", "2026-01-10", 60, "hosting");
  worked("M1", "2026-01-11", 120, "web");
  WagesDraft points = wages("10.00", "equal_hour");
  points.deferred_as = DeferredAs::points;
  points.accounts.deferred.clear();
  posted(propose(points));
  EXPECT_EQ(spent(), "hosting 3.33 -, web 6.67 -");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(PayParts, TakeNoMoreOutOfAFundThanIsFree) {
  worked("M1", "2026-01-10", 60, "");
  const auto refused_with = [&](const std::string& fund, const std::string& amount) {
    WagesDraft draft = wages(amount);
    draft.fund = fund;
    return refusal_of([&] { propose(draft); });
  };
  EXPECT_EQ(refused_with("nothing", "1.00"), "dimension_unknown");
  const auto adopt = [&](const std::string& unit, std::int64_t buffer, bool indivisible) {
    db().in_tx([&](Tx& tx) {
      funds::adopt_fund_terms(tx, node(), "media",
                              {.from_on = Day::parse("2026-01-01"),
                               .purpose = funds::FundPurpose::media,
                               .unit = units().find(unit)->second.id,
                               .is_indivisible = indivisible,
                               .buffers = {{"a month", buffer}},
                               .decision = "Assembly"},
                              user("tess"));
    });
  };
  adopt("EUR", 500, true);
  EXPECT_EQ(refused_with("media", "1.00"), "fund_indivisible");
  adopt("EUR", 500, false);
  const books::DimensionCodes of_media{"media", std::nullopt, std::nullopt, std::nullopt};
  BooksTest::record("2026-01-15", {{"equity:opening", "20.00"}, {"equity:opening", "-20.00", of_media}});
  EXPECT_EQ(refused_with("media", "15.01"), "fund_below_buffer");
  WagesDraft draft = wages("15.00");
  draft.fund = "media";
  const PayRun run = propose(draft);
  for (const char* name : {"pia", "quinn"}) approve_run(run.number, name);
  BooksTest::record("2026-01-20", {{"equity:opening", "0.01", of_media}, {"equity:opening", "-0.01"}});
  EXPECT_EQ(refusal_of([&] { post_run(run.number); }), "fund_below_buffer") << "it has less by now";
  BooksTest::record("2026-01-21", {{"equity:opening", "0.01"}, {"equity:opening", "-0.01", of_media}});
  post_run(run.number);
  EXPECT_EQ(first_flaw(), "");
}

// E6 with claims that a spreadsheet brought.
TEST_F(PayParts, TakeInClaimsFromBefore) {
  now = instant_from_text("2026-12-31T12:00:00Z");
  OldClaimsDraft draft = old_claims({{"M1", Day::parse("2025-03-31"), 60'000},
                                     {"M2", Day::parse("2025-03-31"), 30'000},
                                     {"M2", Day::parse("2025-09-30"), 50'000},
                                     {"M1", Day::parse("2025-06-30"), 20'000},
                                     {"M3", Day::parse("2025-06-30"), 40'000}});
  const auto runs = propose_old(draft);
  ASSERT_EQ(runs.size(), 3u);
  EXPECT_EQ(amounts_of(runs[0]), "M1 0.00 600.00, M2 0.00 300.00");
  EXPECT_TRUE(claims().empty()) << "two people approve what is owed";
  EXPECT_EQ(refusal_of([&] { approve_run(runs[0].number, "ann"); }), "approval_of_own") << "she is M1";
  for (const PayRun& run : runs) posted(run);
  EXPECT_EQ(balance("liabilities:deferred-wages"), "-2000.00");
  EXPECT_EQ(balance("equity:opening"), "2000.00");
  EXPECT_EQ(claims().size(), 5u);
  EXPECT_EQ(age_days(claims().front(), Day::parse("2026-03-31")), 365);
  SettlementDraft pays = settlement("1100.00", "oldest_first");
  pays.booked_on = Day::parse("2026-01-30");
  EXPECT_EQ(refusal_of([&] { propose(pays); }), "pay_run_empty") << "they are booked on the 31st";
  pays.booked_on = Day::parse("2026-12-31");
  EXPECT_EQ(amounts_of(propose(pays)), "M1 666.67 0.00, M2 300.00 0.00, M3 133.33 0.00");
  cancel_run(PayRunNumber{4});
  pays.rule = "all_debts_alike";
  EXPECT_EQ(amounts_of(posted(propose(pays))), "M1 440.00 0.00, M2 440.00 0.00, M3 220.00 0.00");
  EXPECT_EQ(refusal_of([&] { undo_run(runs[0].number); }), "pay_run_not_open") << "claims of it were settled";
  posted(propose(LapseDraft{.booked_on = Day::parse("2026-12-31"),
                            .unit = pays.unit,
                            .deferred_as = DeferredAs::debt,
                            .wages = "expenses:wages",
                            .decision = "Assembly"}));
  EXPECT_EQ(balance("liabilities:deferred-wages"), "0.00");
  const auto quarters = db().in_snapshot([&](Tx& tx) { return read_claim_quarters(tx, node()); });
  ASSERT_EQ(quarters.size(), 4u);
  EXPECT_EQ(quarters[0].arisen_minor, 90'000);
  EXPECT_EQ(quarters[2].open_minor, 200'000);
  EXPECT_EQ(quarters[3].lapsed_minor, 90'000);
  const auto again = propose_old(old_claims({{"M1", Day::parse("2025-03-31"), 100}}));
  undo_run(posted(again.front()).number);
  EXPECT_EQ(balance("liabilities:deferred-wages"), "0.00");
  OldClaimsDraft points = old_claims({{"M1", Day::parse("2025-03-31"), 100}});
  points.deferred_as = DeferredAs::points;
  points.deferred.clear();
  posted(propose_old(points).front());
  EXPECT_EQ(claims({.only_open = true}).size(), 1u);
  EXPECT_EQ(first_flaw(), "");
  test::expect_native_restores(db(), fresh(), std::vector<std::string>{"pay_run", "pay_run_share"}, now);
}

TEST_F(PayParts, RefuseClaimsFromBeforeInOrder) {
  const auto refused = [&](const std::function<void(OldClaimsDraft&)>& spoil) {
    OldClaimsDraft draft = old_claims({{"M1", Day::parse("2025-03-31"), 100}});
    spoil(draft);
    return refusal_of([&] { propose_old(draft); });
  };
  EXPECT_EQ(refused([](OldClaimsDraft& draft) { draft.decision = " "; }), "decision_missing");
  EXPECT_EQ(refused([](OldClaimsDraft& draft) { draft.decision = std::string(501, 'x'); }), "field_invalid");
  EXPECT_EQ(refused([](OldClaimsDraft& draft) { draft.deferred_as = DeferredAs::gift; }), "field_invalid");
  EXPECT_EQ(refused([](OldClaimsDraft& draft) { draft.claims.clear(); }), "field_invalid");
  EXPECT_EQ(refused([](OldClaimsDraft& draft) { draft.against = "equity:nowhere"; }), "account_unknown");
  EXPECT_EQ(refused([](OldClaimsDraft& draft) { draft.against = "assets:bank"; }), "field_invalid");
  EXPECT_EQ(refused([](OldClaimsDraft& draft) { draft.deferred = "equity:deferred-wages"; }),
            "field_invalid");
  EXPECT_EQ(refused([](OldClaimsDraft& draft) { draft.claims[0].minor = 0; }), "field_invalid");
  EXPECT_EQ(refused([](OldClaimsDraft& draft) { draft.claims[0].since = Day::parse("2026-02-01"); }),
            "field_invalid");
  EXPECT_EQ(refused([](OldClaimsDraft& draft) { draft.claims[0].member = "M99"; }), "party_unknown");
  EXPECT_EQ(refused([](OldClaimsDraft& draft) { draft.claims.push_back(draft.claims[0]); }), "field_invalid");
}

TEST_F(PayParts, PayAPartInALocalUnitAtTheRateOfTheDay) {
  rate("0.85", "2026-01-01");
  rate("9", "2026-02-01");
  worked("M1", "2026-01-10", 240, "");
  worked("M2", "2026-01-11", 120, "hosting");
  worked("M3", "2026-01-12", 60, "");
  WagesDraft draft = wages("175.01");
  draft.local = local("20%");
  draft.local->most_minor = 1'500;
  draft.members = {{.member = "M2", .local_share = Ratio::parse("1/3")},
                   {.member = "M3", .local_share = Ratio::parse("0")}};
  draft.amount_minor = 17'500;
  const PayRun run = propose(draft);
  EXPECT_EQ(amounts_of(run), "M1 100.00 0.00, M2 50.00 0.00, M3 25.00 0.00");
  // 20.00 is more than 15.00; a third of 50.00 is 16.67, which is too.
  EXPECT_EQ(converted(run), "M1 15.00=12.75, M2 15.00=12.75, M3 0.00=0.00");
  cancel_run(run.number);
  draft.local->most_minor.reset();
  const PayRun whole = posted(propose(draft));
  EXPECT_EQ(converted(whole), "M1 20.00=17.00, M2 16.67=14.17, M3 0.00=0.00");
  EXPECT_EQ(balance("liabilities:wages"), "-138.33");
  EXPECT_EQ(balance("liabilities:wages", "GBP"), "-31.17");
  EXPECT_EQ(balance("equity:conversion"), "-36.67");
  EXPECT_EQ(balance("equity:conversion", "GBP"), "31.17");
  EXPECT_EQ(spent(), "- 125.00 -, hosting 50.00 -");
  EXPECT_EQ(first_flaw(), "");
  rate("0.5", "2026-01-15");
  EXPECT_EQ(first_flaw(), "") << "what comes later changes nothing";
  undo_run(whole.number);
  EXPECT_EQ(balance("liabilities:wages", "GBP"), "0.00");
  EXPECT_EQ(converted(posted(propose(draft))), "M1 20.00=10.00, M2 16.67=8.34, M3 0.00=0.00");
  const books::DimensionCodes of_m1{std::nullopt, "M1", std::nullopt, std::nullopt};
  BooksTest::record("2026-01-31",
                    {{"liabilities:wages", "10.00 GBP", of_m1}, {"equity:conversion", "-10.00 GBP"}});
  EXPECT_EQ(refusal_of([&] { undo_run(PayRunNumber{3}); }), "pay_run_not_open") << "M1 was given it";
  EXPECT_EQ(first_flaw(), "");
  const std::vector<std::string> tables{"pay_run_local", "pay_run_local_share", "pay_run"};
  test::expect_native_restores(db(), fresh(), tables, now);
}

TEST_F(PayParts, RefuseLocalPartsInOrder) {
  worked("M1", "2026-01-10", 60, "");
  const auto refused = [&](const std::function<void(WagesDraft&)>& spoil) {
    WagesDraft draft = wages("1.00");
    draft.local = local("20%");
    spoil(draft);
    return refusal_of([&] { propose(draft); });
  };
  EXPECT_EQ(refused([](WagesDraft& draft) {
              draft.local.reset();
              draft.members = {{.member = "M1", .local_share = Ratio::parse("1/5")}};
            }),
            "field_invalid");
  EXPECT_EQ(refused([](WagesDraft& draft) {
              draft.members = {{.member = "M1", .local_share = Ratio::parse("6/5")}};
            }),
            "field_invalid");
  EXPECT_EQ(refused([&](WagesDraft& draft) { draft.local->unit = draft.unit; }), "field_invalid");
  EXPECT_EQ(refused([](WagesDraft& draft) { draft.local->share = Ratio::parse("2"); }), "field_invalid");
  EXPECT_EQ(refused([](WagesDraft& draft) { draft.local->most_minor = -1; }), "field_invalid");
  EXPECT_EQ(refused([](WagesDraft& draft) { draft.local->payable = "liabilities:none"; }), "account_unknown");
  EXPECT_EQ(refused([](WagesDraft& draft) { draft.local->payable = "equity:conversion"; }), "field_invalid");
  EXPECT_EQ(refused([](WagesDraft& draft) { draft.local->conversion = "equity:none"; }), "account_unknown");
  EXPECT_EQ(refused([](WagesDraft&) {}), "rate_missing");
  rate("1/1000000", "2026-01-01");
  WagesDraft tiny = wages("1.00");
  tiny.local = local("20%");
  EXPECT_EQ(converted(propose(tiny)), "M1 0.00=0.00") << "what comes to nothing is paid in money";
}

TEST(PayLocal, NeverConvertsMoreThanIsPaid) {
  EXPECT_TRUE(rc::check("converted is at most paid and the cap, and split parts add up", [] {
    const Day day = Day::parse("2026-01-01");
    PayRun run = new_pay_run(PayRunKind::wages, day, day, {UnitId{1}, "EUR", 2}, 0);
    const auto denominator = *rc::gen::inRange<std::int64_t>(1, 1'000);
    run.local = LocalPay{.unit = {UnitId{2}, "GMC", *rc::gen::inRange(0, 7)},
                         .rates_known = 1,
                         .rate_number = 1,
                         .rate = Ratio{*rc::gen::inRange<std::int64_t>(1, 10'000), 100},
                         .share = Ratio{*rc::gen::inRange<std::int64_t>(0, denominator + 1), denominator},
                         .most_minor = {},
                         .payable = {},
                         .conversion = {}};
    if (*rc::gen::arbitrary<bool>()) run.local->most_minor = *rc::gen::inRange<std::int64_t>(0, 10'000);
    PayShare share{.party = PartyId{1}, .member = "M1"};
    share.paid_minor = *rc::gen::inRange<std::int64_t>(0, 10'000'000);
    for (int i = 0; i < *rc::gen::inRange(0, 6); ++i)
      share.costs.push_back({"c" + std::to_string(i), *rc::gen::inRange<std::int64_t>(1, 100'000)});
    run.shares.push_back(share);
    take_local_part(run);
    const PayShare& told = run.shares.front();
    RC_ASSERT(told.converted_minor >= 0 && told.converted_minor <= told.paid_minor);
    RC_ASSERT(!run.local->most_minor || told.converted_minor <= *run.local->most_minor);
    RC_ASSERT((told.converted_minor == 0) == (told.local_minor == 0));
    std::int64_t sum = 0;
    for (const std::int64_t part : split_by_costs(told.paid_minor, told.costs)) sum += part;
    RC_ASSERT(sum == told.paid_minor);
  }));
}

}  // namespace
}  // namespace coop::pay
