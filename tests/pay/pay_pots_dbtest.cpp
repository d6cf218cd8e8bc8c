// The pots of a pay run: what a rule puts aside besides what it pays is kept with the run, adds up with it,
// and is booked where the proposal says.
#include <functional>

#include "ledger/funds/fund_service.hpp"
#include "ledger/sharing/example_rules.hpp"
#include "tests/support/native_file.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_pay.hpp"

namespace coop::pay {
namespace {

using test::refusal_of;

class PayPots : public test::PayTest {
 protected:
  PayPots() {
    add(books::DimensionKind::fund, {"media", "reserve"});
    for (const char* path : {"equity:funds", "equity:result", "liabilities:nodes"}) open(path);
  }
  // Half to a reserve, a tenth for media, the rest by hours.
  void adopt_halves() {
    sharing::SharingRule rule = sharing::example_rule("equal_hour");
    const sharing::NamedShare reserve{"reserve", Ratio{5, 1}};
    const sharing::NamedShare media{"media", Ratio{1, 1}};
    rule.steps.insert(rule.steps.begin(), {.pot = "pot",
                                           .does = sharing::Percentage{
                                               Ratio{3, 5}, sharing::PercentageOf::total, {reserve, media}}});
    adopt_rule("halves", rule);
  }
  WagesDraft halves(const std::string& amount) const {
    WagesDraft draft = wages(amount, "halves");
    draft.deferred_as = DeferredAs::gift;
    draft.accounts.deferred.clear();
    draft.pots = {{"reserve", {"equity:result", "equity:funds", "reserve"}},
                  {"media", {"equity:result", "equity:funds", "media"}}};
    return draft;
  }
  // "pot 1.00 0.00, …": what a pot paid, and what stays in it.
  static std::string pots_of(const PayRun& run) {
    std::string text;
    for (const PayPot& pot : run.pots)
      text += (text.empty() ? "" : ", ") + pot.name + " " + text_from_minor(pot.paid_minor, 2) + " " +
              text_from_minor(pot.amount_minor, 2);
    return text;
  }
  // What the accounts of a path say about each fund.
  std::string funded() {
    return superuser_value(
        "SELECT coalesce(string_agg(x.code || ' ' || x.minor, ', ' ORDER BY x.code), '') FROM (SELECT "
        "f.code, "
        "-sum(p.amount_minor) AS minor FROM posting p JOIN dimension f ON f.node_id = p.node_id AND f.id = "
        "p.fund_id GROUP BY f.code HAVING sum(p.amount_minor) <> 0) x");
  }
};

TEST_F(PayPots, AreKeptAndBookedAndTakenBack) {
  adopt_halves();
  worked("M1", "2026-01-10", 60);
  worked("M2", "2026-01-10", 120);
  const PayRun run = posted(propose(halves("100.01")));
  // 60.01 in six parts: 50.01 (the larger remainder) and 10.00; 13.33 and 26.67 of the rest.
  EXPECT_EQ(amounts_of(run), "M1 13.33 0.00, M2 26.67 0.00");
  EXPECT_EQ(pots_of(run), "pot 40.00 0.00, reserve 0.00 50.01, media 0.00 10.00");
  EXPECT_EQ(balance("equity:result"), "60.01");
  EXPECT_EQ(funded(), "media 1000, reserve 5001");
  EXPECT_EQ(balance("liabilities:wages"), "-40.00");
  EXPECT_EQ(first_flaw(), "");
  undo_run(run.number);
  EXPECT_EQ(funded(), "");
  EXPECT_EQ(balance("equity:result"), "0.00");
  WagesDraft more = halves("0.02");
  more.pots.pop_back();
  const PayRun small = posted(propose(more));
  EXPECT_EQ(pots_of(small), "pot 0.01 0.00, reserve 0.00 0.01, media 0.00 0.00");
  EXPECT_EQ(funded(), "reserve 1");
  EXPECT_EQ(first_flaw(), "");
  const std::vector<std::string> tables{"pay_run", "pay_run_share", "pay_run_pot", "pay_run_step"};
  test::expect_native_restores(db(), fresh(), tables, now);
}

// Of 100.00 60% are for debts, of which there are 25.00; 15% for M1 and M4, who hand over; 25% are a dowry.
TEST_F(PayPots, AreGrantedBesideClaimsByADecision) {
  adopt_example("winding_up");
  worked("M1", "2026-01-10", 60);
  posted(propose(wages("0.00")));
  SettlementDraft draft = settlement("100.00", "winding_up");
  const auto hands_over = [](const char* member) {
    return GivenMember{.member = member,
                       .measures = {{"handover_team", Ratio{1, 1}}, {"claimed_in_time", Ratio{1, 1}}}};
  };
  draft.members = {hands_over("M1")};
  EXPECT_EQ(refusal_of([&] { propose(draft); }), "pay_run_impossible") << "40.00 of 25.00";
  draft.grants = true;
  EXPECT_EQ(refusal_of([&] { propose(draft); }), "decision_missing");
  draft.decision = "Assembly of January, item 4";
  draft.members.push_back(hands_over("M4"));
  draft.fund = "media";
  draft.pots = {{"dowry", {"equity:result", "liabilities:nodes", ""}}};
  const PayRun run = posted(propose(draft));
  EXPECT_EQ(amounts_of(run), "M1 32.50 0.00, M4 7.50 0.00");
  EXPECT_EQ(pots_of(run), "pot 0.00 0.00, wages 25.00 35.00, handover 15.00 0.00, dowry 0.00 25.00");
  EXPECT_EQ(settled_minor_of(run.shares[0]), 2'500);
  EXPECT_EQ(granted_minor_of(run, run.shares[0]), 750);
  EXPECT_TRUE(claims({.only_open = true}).empty());
  EXPECT_EQ(balance("liabilities:wages"), "-40.00");
  EXPECT_EQ(balance("expenses:wages"), "40.00") << "25.00 of January and 15.00 that are granted";
  EXPECT_EQ(funded(), "media -6500") << "40.00 paid and 25.00 of the dowry";
  EXPECT_EQ(first_flaw(), "");
  test::expect_native_restores(db(), fresh(), pay_tables(), now);
  undo_run(run.number);
  EXPECT_EQ(balance("expenses:wages"), "25.00");
  EXPECT_EQ(claims({.only_open = true}).size(), 1u);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(PayPots, ComeOutOfTheFundOfTheRun) {
  adopt_halves();
  worked("M1", "2026-01-10", 60);
  const books::DimensionCodes of_media{"media", std::nullopt, std::nullopt, std::nullopt};
  db().in_tx([&](Tx& tx) {
    funds::adopt_fund_terms(tx, node(), "media",
                            {.from_on = Day::parse("2026-01-01"),
                             .purpose = funds::FundPurpose::media,
                             .unit = units().find("EUR")->second.id,
                             .buffers = {{"a month", 500}},
                             .decision = "Assembly"},
                            user("tess"));
  });
  BooksTest::record("2026-01-15", {{"equity:result", "20.00"}, {"equity:result", "-20.00", of_media}});
  WagesDraft draft = halves("15.00");
  draft.fund = "media";
  draft.pots = {{"reserve", {"equity:funds", "equity:funds", "reserve"}}};
  draft.amount_minor = 1'700;
  EXPECT_EQ(refusal_of([&] { propose(draft); }), "fund_below_buffer") << "6.80 paid and 8.50 put aside";
  draft.amount_minor = 1'600;
  const PayRun run = posted(propose(draft));
  EXPECT_EQ(pots_of(run), "pot 6.40 0.00, reserve 0.00 8.00, media 0.00 1.60");
  EXPECT_EQ(funded(), "media 560, reserve 800") << "20.00 less 6.40 and 8.00";
  EXPECT_EQ(balance("equity:funds"), "0.00");
  EXPECT_EQ(first_flaw(), "");
}

// E4: 75 and 25 of 3,000.00, then care.
TEST_F(PayPots, TellThePoolsOfLivelihoodAndLove) {
  adopt_example("livelihood_love_care");
  WagesDraft draft = wages("3000.00", "livelihood_love_care");
  const auto member = [](const char* number, std::int64_t credits, std::int64_t translated,
                         std::int64_t edited, std::int64_t care) {
    return GivenMember{.member = number,
                       .measures = {{"livelihood_credits", Ratio{credits, 1}},
                                    {"words_translated", Ratio{translated, 1}},
                                    {"words_edited", Ratio{edited, 1}},
                                    {"care_hours", Ratio{care, 1}}}};
  };
  for (const char* number : {"M1", "M2", "M3"}) worked(number, "2026-01-10", 60);
  draft.members = {member("M1", 1'800, 2'500, 0, 4), member("M2", 1'200, 0, 12'500, 10),
                   member("M3", 600, 11'250, 0, 16)};
  const PayRun run = posted(propose(draft));
  EXPECT_EQ(amounts_of(run), "M1 1128.75 781.25, M2 984.38 715.62, M3 886.87 703.13");
  EXPECT_EQ(pots_of(run), "pot 0.00 0.00, livelihood 2250.00 0.00, love 750.00 0.00");
  EXPECT_EQ(run.pots[1].received_minor, 225'000);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(PayPots, AreRefusedInOrder) {
  adopt_halves();
  worked("M1", "2026-01-10", 60);
  const auto refused = [&](const std::function<void(PotBooking&)>& spoil) {
    WagesDraft draft = halves("1.00");
    spoil(draft.pots[0].booked);
    return refusal_of([&] { propose(draft); });
  };
  WagesDraft twice = halves("1.00");
  twice.pots[1].name = "reserve";
  EXPECT_EQ(refusal_of([&] { propose(twice); }), "field_invalid");
  EXPECT_EQ(refused([](PotBooking& booked) { booked.from = "equity:none"; }), "account_unknown");
  EXPECT_EQ(refused([](PotBooking& booked) { booked.to = ""; }), "account_unknown");
  EXPECT_EQ(refused([](PotBooking& booked) { booked.fund = "none"; }), "dimension_unknown");
  EXPECT_EQ(refused([](PotBooking& booked) { booked = {"equity:funds", "equity:funds", ""}; }),
            "field_invalid");
  WagesDraft unknown = halves("1.00");
  unknown.pots[1].name = "dowry";
  unknown.rule = "no_rule";
  EXPECT_EQ(refusal_of([&] { propose(unknown); }), "sharing_rule_unknown");
  unknown.rule = "halves";
  EXPECT_EQ(refusal_of([&] { propose(unknown); }), "field_invalid") << "the rule makes none of that name";
  WagesDraft own = halves("1.00");
  own.pots[1].name = "pot";
  EXPECT_EQ(pots_of(propose(own)), "pot 0.40 0.00, reserve 0.00 0.50, media 0.00 0.10");
}

}  // namespace
}  // namespace coop::pay
