// The rules of shared costs that need no database: what is refused, in which order, and how shares come out.
#include <rapidcheck.h>

#include <algorithm>

#include "ledger/costs/cost_allocation.hpp"
#include "ledger/costs/cost_bill.hpp"
#include "ledger/costs/cost_pool.hpp"
#include "ledger/costs/cost_usage.hpp"
#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/values/money.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::costs {
namespace {

const Unit euro{UnitId{1}, "EUR", 2};
const Day last = Day::parse("2026-01-31");

CostTerm term_of(const std::vector<std::string>& names) {
  CostTerm term{1, Day::parse("2026-01-01"), {}, "The server", "server_bill", "Assembly", {}, {}, {}};
  for (const std::string& name : names) term.participants.push_back({{CostPartyKind::node, name}});
  return term;
}

std::vector<CostShare> divided(const CostTerm& term, const sharing::SharingRule& rule, std::int64_t minor,
                               const UsageSums& used, const std::vector<CostPaid>& paid) {
  const auto participants = participants_of(term, used, euro.scale);
  require_measured(rule, participants, last);
  const sharing::Pot pot{.minor = minor, .unit = euro, .on = last};
  return shares_of(term, sharing::divide(rule, pot, participants), minor, paid);
}

std::string texts(const std::vector<CostShare>& shares, bool nets) {
  std::string text;
  for (const CostShare& share : shares)
    text += (text.empty() ? "" : " ") + text_from_minor(nets ? share.net() : share.share, 2);
  return text;
}

std::string code_of_refusal(const std::function<void()>& work) { return test::refusal_code(work); }

TEST(CostShares, OfE1ComeOutToTheCent) {
  const CostTerm term = term_of({"bcn", "mcr", "got", "mtl", "nrt"});
  const std::int64_t m = 1'000'000;
  const UsageSums used{{"bcn", {{"minutes", 412'300 * m}}},
                       {"mcr", {{"minutes", 388'150 * m}}},
                       {"got", {{"minutes", 96'020 * m}}},
                       {"mtl", {{"minutes", 251'480 * m}}},
                       {"nrt", {{"minutes", 52'050 * m}}}};
  const std::vector<CostPaid> paid{{{CostPartyKind::node, "bcn"}, 18'640, 0},
                                   {{CostPartyKind::node, "mcr"}, 5'735, 0},
                                   {{CostPartyKind::node, "mtl"}, 24'000, 0}};
  const auto shares = divided(term, sharing::example_rule("server_bill"), 48'375, used, paid);
  EXPECT_EQ(texts(shares, false), "138.43 132.58 61.92 99.53 51.29");
  EXPECT_EQ(texts(shares, true), "-47.97 75.23 61.92 -140.47 51.29");
}

TEST(CostShares, WhoPaidAndDoesNotShareIsOwedAll) {
  const CostTerm term = term_of({"bcn", "mcr"});
  const std::vector<CostPaid> paid{{{CostPartyKind::member, "M1"}, 1'001, 0},
                                   {{CostPartyKind::node, "mcr"}, 0, 500}};
  const auto shares = divided(term, sharing::example_rule("equal_parts"), 1'001, {}, paid);
  ASSERT_EQ(shares.size(), 3u);
  EXPECT_EQ(texts(shares, true), "5.01 5.00 -10.01");
  EXPECT_FALSE(shares[2].takes_part);
  EXPECT_EQ(shares[1].given, 500);
}

TEST(CostShares, OfAnEventAreAFixedPartAndTheRestByIncome) {
  CostTerm term = term_of({"bcn", "mcr", "got"});
  for (CostParticipant& one : term.participants) one.fixed_minor = 10'000;
  const auto rule = sharing::sharing_rule_from_text(
      R"({"steps":[{"step":"first","amount":["fixed"]},{"step":"weight","factors":["income"]},)"
      R"({"step":"pro_rata","to":"weights"}]})");
  const std::int64_t m = 1'000'000;
  const UsageSums used{
      {"bcn", {{"income", 800 * m}}}, {"mcr", {{"income", 585 * m}}}, {"got", {{"income", 350 * m}}}};
  EXPECT_EQ(texts(divided(term, rule, 65'000, used, {}), false), "261.38 218.01 170.61");
}

TEST(CostShares, AreRefusedWhereTheRuleLeavesSomethingOrAMeasureIsMissing) {
  const CostTerm term = term_of({"bcn", "mcr"});
  const auto capped = sharing::sharing_rule_from_text(
      R"({"unit":"EUR","steps":[{"step":"cap","amount":["1"],"of":"each"},{"step":"equal"}]})");
  EXPECT_EQ(code_of_refusal([&] { divided(term, capped, 1'000, {}, {}); }), "cost_allocation_impossible");
  const auto rule = sharing::example_rule("server_bill");
  EXPECT_EQ(code_of_refusal([&] { divided(term, rule, 1'000, {{"bcn", {{"minutes", 1}}}}, {}); }),
            "field_missing");
  const UsageSums below{{"bcn", {{"minutes", 5}}}, {"mcr", {{"minutes", -1}}}};
  EXPECT_EQ(code_of_refusal([&] { divided(term, rule, 1'000, below, {}); }), "cost_allocation_impossible");
}

// Random weights and bills: parts add up exactly, and the order in which anything comes changes nothing.
TEST(CostShares, AddUpExactlyInWhateverOrderTheyCome) {
  EXPECT_TRUE(rc::check("shares add up, order does not matter", [] {
    const int count = *rc::gen::inRange(1, 12);
    std::vector<std::string> names;
    UsageSums used;
    std::vector<CostPaid> paid;
    std::int64_t minor = 0;
    for (int i = 0; i < count; ++i) {
      names.push_back("n" + std::to_string(i));
      used[names.back()]["minutes"] = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
      const auto amount = *rc::gen::inRange<std::int64_t>(0, 10'000'000);
      paid.push_back({{CostPartyKind::node, names.back()}, amount, 0});
      minor += amount;
    }
    used["n0"]["minutes"] += 1;
    paid[0].paid += 1;
    minor += 1;
    const auto rule = sharing::example_rule("server_bill");
    const auto shares = divided(term_of(names), rule, minor, used, paid);
    std::int64_t all = 0;
    std::int64_t nets = 0;
    std::map<std::string, std::int64_t> by_name;
    for (const CostShare& share : shares) {
      all += share.share;
      nets += share.net();
      by_name[share.who.code] = share.share;
    }
    RC_ASSERT(all == minor);
    RC_ASSERT(nets == 0);
    std::ranges::reverse(names);
    std::ranges::reverse(paid);
    for (const CostShare& share : divided(term_of(names), rule, minor, used, paid))
      RC_ASSERT(by_name[share.who.code] == share.share);
  }));
}

// Bills and credit notes of any sum: the shares add up to it exactly, each on its side of zero, and a refund
// is divided as the same costs would be.
TEST(CostShares, OfRefundsAddUpExactlyOnTheSideOfTheSum) {
  EXPECT_TRUE(rc::check("refunds add up, as costs do", [] {
    const int count = *rc::gen::inRange(1, 12);
    std::vector<std::string> names;
    UsageSums used;
    std::vector<CostPaid> paid;
    std::vector<CostPaid> opposite;
    std::int64_t minor = 0;
    for (int i = 0; i < count; ++i) {
      names.push_back("n" + std::to_string(i));
      used[names.back()]["minutes"] = *rc::gen::inRange<std::int64_t>(i == 0 ? 1 : 0, 1'000'000'000'000);
      const auto amount = *rc::gen::inRange<std::int64_t>(-1'000, 1'000);
      paid.push_back({{CostPartyKind::node, names.back()}, amount, 0});
      opposite.push_back({{CostPartyKind::node, names.back()}, -amount, 0});
      minor += amount;
    }
    const auto rule = sharing::example_rule("server_bill");
    const auto shares = divided(term_of(names), rule, minor, used, paid);
    const auto mirrored = divided(term_of(names), rule, -minor, used, opposite);
    std::int64_t all = 0;
    std::int64_t nets = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      all += shares[i].share;
      nets += shares[i].net();
      RC_ASSERT(shares[i].share == 0 || (shares[i].share > 0) == (minor > 0));
      RC_ASSERT(mirrored[i].share == -shares[i].share);
      RC_ASSERT(mirrored[i].net() == -shares[i].net());
    }
    RC_ASSERT(all == minor);
    RC_ASSERT(nets == 0);
  }));
}

TEST(CostShares, OfARefundSaySoAndNeedARuleThatDividesAll) {
  EXPECT_EQ(note_on(1, euro), "");
  EXPECT_EQ(note_on(-123'456, euro),
            "a refund: credit notes are 1,234.56 EUR more than bills, and everybody gets their share by the "
            "same rule");
  EXPECT_EQ(note_on(0, euro),
            "bills and credit notes come to nothing: they are closed, and nobody bears anything");
  const auto fixed = sharing::example_rule("fixed_then_income");
  EXPECT_EQ(code_of_refusal([&] { require_divisible(fixed, -1); }), "cost_allocation_impossible");
  EXPECT_EQ(code_of_refusal([&] { require_divisible(fixed, 0); }), "accepted");
  EXPECT_EQ(code_of_refusal([&] { require_divisible(sharing::example_rule("server_bill"), -1); }),
            "accepted");
}

struct RefusedDraft {
  std::string code;
  std::function<void(CostPoolDraft&)> spoil;
};

TEST(CostPools, AreRefusedInThisOrder) {
  const std::vector<RefusedDraft> refused{
      {"name_malformed", [](CostPoolDraft& draft) { draft.code = "Server"; }},
      {"name_malformed", [](CostPoolDraft& draft) { draft.rule = "by hand"; }},
      {"field_invalid", [](CostPoolDraft& draft) { draft.title = ""; }},
      {"decision_missing", [](CostPoolDraft& draft) { draft.decision = " "; }},
      {"field_invalid", [](CostPoolDraft& draft) { draft.decision = std::string(501, 'x'); }},
      {"field_invalid", [](CostPoolDraft& draft) { draft.until_on = Day::parse("2025-12-31"); }},
      {"field_invalid", [](CostPoolDraft& draft) { draft.participants.clear(); }},
      {"field_invalid", [](CostPoolDraft& draft) { draft.participants[1].who.code = ""; }},
      {"field_invalid", [](CostPoolDraft& draft) { draft.participants[1].who = draft.participants[0].who; }},
      {"field_invalid", [](CostPoolDraft& draft) { draft.participants[0].weight_millionths = -1; }},
      {"field_invalid", [](CostPoolDraft& draft) { draft.participants[0].fixed_minor = -1; }},
  };
  const CostPoolDraft whole{
      .code = "server",
      .unit = "EUR",
      .expense = "expenses:servers",
      .claims = "assets:claims",
      .from_on = Day::parse("2026-01-01"),
      .until_on = Day::parse("2026-12-31"),
      .title = "The server",
      .rule = "server_bill",
      .decision = "Assembly",
      .participants = {{{CostPartyKind::node, "bcn"}, 1, 1}, {{CostPartyKind::node, "mcr"}, 1, 1}}};
  EXPECT_EQ(code_of_refusal([&] { require_pool_draft(whole); }), "accepted");
  // Whoever breaks several rules is told the first.
  for (std::size_t first = 0; first < refused.size(); ++first) {
    CostPoolDraft draft = whole;
    refused[first].spoil(draft);
    EXPECT_EQ(code_of_refusal([&] { require_pool_draft(draft); }), refused[first].code) << first;
    draft.code = "!";
    EXPECT_EQ(code_of_refusal([&] { require_pool_draft(draft); }), "name_malformed") << first;
  }
}

TEST(CostPools, HoldByTerms) {
  CostPool pool{CostPoolNumber{1}, "server", "EUR", UnitId{1}, 2, "expenses:servers", "assets:claims", {}};
  pool.terms.push_back(term_of({"bcn"}));
  pool.terms.push_back(term_of({"bcn", "mcr"}));
  pool.terms[1].number = 2;
  pool.terms[1].from_on = Day::parse("2026-02-01");
  pool.terms[1].until_on = Day::parse("2026-02-28");
  EXPECT_EQ(find_term(pool, Day::parse("2025-12-31")), nullptr);
  EXPECT_EQ(find_term(pool, last)->number, 1);
  EXPECT_EQ(find_term(pool, Day::parse("2026-02-28"))->number, 2);
  EXPECT_EQ(find_term(pool, Day::parse("2026-03-01")), nullptr);
}

TEST(CostBills, AreRefusedInThisOrder) {
  CostBillDraft draft{.pool = "server",
                      .billed_on = last,
                      .minor = 0,
                      .unit = UnitId{1},
                      .payer = {CostPartyKind::node, "bcn"},
                      .title = ""};
  const auto code = [&] { return code_of_refusal([&] { require_bill_draft(draft, "bcn"); }); };
  draft.document = std::string(501, 'x');
  EXPECT_EQ(code(), "field_invalid");
  draft.title = "Server";
  EXPECT_EQ(code(), "field_invalid");
  draft.document.clear();
  EXPECT_EQ(code(), "amount_zero");
  draft.minor = -1;
  EXPECT_EQ(code(), "field_missing");  // a credit note, paid back into these books
  draft.kind = CostBillKind::gift;
  EXPECT_EQ(code(), "field_invalid");
  draft.minor = 1;
  EXPECT_EQ(code(), "accepted");
  draft.entry = EntryNumber{1};
  EXPECT_EQ(code(), "field_invalid");
  draft.kind = CostBillKind::paid;
  EXPECT_EQ(code(), "accepted");
  draft.payer.code = "mcr";
  EXPECT_EQ(code(), "field_invalid");
}

TEST(CostUsages, AreDecimalTextWithoutLosingAnything) {
  EXPECT_EQ(millionths_from("1210.5"), 1'210'500'000);
  EXPECT_EQ(millionths_text_of(1'210'500'000), "1210.5");
  EXPECT_EQ(millionths_text_of(0), "0");
  EXPECT_EQ(code_of_refusal([] { millionths_from("-1"); }), "field_invalid");
  EXPECT_EQ(code_of_refusal([] { millionths_from("0.0000001"); }), "amount_too_precise");
  CostUsageDraft draft{"server", "bcn", "Minutes", last, Day::parse("2026-01-01"), -1, std::string(501, 'x')};
  const auto code = [&] { return code_of_refusal([&] { require_usage_draft(draft); }); };
  EXPECT_EQ(code(), "name_malformed");
  draft.measure = "weight";
  EXPECT_EQ(code(), "field_invalid");
  draft.measure = "minutes";
  EXPECT_EQ(code(), "field_invalid");
  draft.from_on = draft.until_on;
  EXPECT_EQ(code(), "field_invalid");
  draft.millionths = 0;
  EXPECT_EQ(code(), "field_invalid");
  draft.source.clear();
  EXPECT_EQ(code(), "accepted");
}

}  // namespace
}  // namespace coop::costs
