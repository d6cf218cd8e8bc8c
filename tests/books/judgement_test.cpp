#include "ledger/books/judgement.hpp"

#include <limits>

namespace coop::books {
namespace {

constexpr UnitId judged_eur{1};
constexpr UnitId hour{2};
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
const Day day = Day::parse("2026-01-31");

Standing standing_of(int id, UnitId unit) {
  return {AccountId{id},
          unit,
          unit == judged_eur ? "EUR" : "HOUR",
          2,
          {},
          Day::parse("2026-01-01"),
          std::nullopt,
          {},
          0,
          0,
          0,
          0,
          false,
          {}};
}

/// A draft and what the judge sees: an accepted entry, until something is broken.
struct Case {
  Draft draft{{}, std::nullopt, day, LateEntry::refuse, "Dues", "", "", std::nullopt, std::nullopt, {}};
  Scene scene;

  Case() {
    for (const auto& [path, unit] :
         {std::pair{"assets:bank", judged_eur}, std::pair{"income:dues", judged_eur},
          std::pair{"assets:time", hour}, std::pair{"income:time", hour}}) {
      scene.by_key.emplace(AccountKey{path, unit}, scene.standings.size());
      scene.standings.push_back(standing_of(static_cast<int>(scene.standings.size()) + 1, unit));
    }
    line("assets:bank", 5'000, judged_eur);
    line("income:dues", -5'000, judged_eur);
  }

  Case& line(const char* account, std::int64_t minor, UnitId unit) {
    draft.postings.push_back({account, Money::of_minor(minor, unit), {}, ""});
    return *this;
  }
  Standing& bank() { return scene.standings[0]; }
  Standing& dues() { return scene.standings[1]; }

  std::string verdict() {
    const auto verdict = judge(draft, scene);
    const auto* refused = std::get_if<Refused>(&verdict);
    return refused == nullptr ? "" : std::string{text_of(refused->refusal()).code};
  }
  std::string field() {
    const auto verdict = judge(draft, scene);
    return std::get<Refused>(verdict).field();
  }
  std::string detail() {
    const auto verdict = judge(draft, scene);
    return std::get<Refused>(verdict).detail();
  }
};

/// A rule, how to break it, and the place in the request that the refusal names.
struct Rule {
  const char* code;
  const char* field;
  void (*break_it)(Case&);
};

constexpr std::size_t fund = 0;

/// In the order in which they are judged.
const std::array<Rule, 19> rules{{
    {"too_few_postings", "/postings", [](Case& c) { c.draft.postings.resize(1, c.draft.postings[0]); }},
    {"too_many_postings", "/postings", [](Case& c) { c.draft.postings.resize(1'001, c.draft.postings[0]); }},
    {"field_invalid", "/description", [](Case& c) { c.draft.description = std::string(1'001, 'x'); }},
    {"amount_zero", "/postings/1/amount",
     [](Case& c) { c.draft.postings[1].amount = Money::of_minor(0, judged_eur); }},
    {"account_unknown", "/postings/0/account",
     [](Case& c) { c.draft.postings[0].account = "assets:nowhere"; }},
    {"dimension_unknown", "/postings/0/fund", [](Case& c) { c.draft.postings[0].about[fund] = "nowhere"; }},
    {"dimension_missing", "/postings/1/member", [](Case& c) { c.dues().required = {DimensionKind::member}; }},
    {"entry_unbalanced", "/postings",
     [](Case& c) { c.draft.postings[0].amount = Money::of_minor(4'999, judged_eur); }},
    {"entry_unknown", "", [](Case& c) { c.draft.reverses = EntryNumber{99}; }},
    {"reversal_of_reversal", "",
     [](Case& c) { c.scene.reversal_targets.at(EntryNumber{5}).is_reversal = true; }},
    {"entry_reversed_already", "",
     [](Case& c) {
       c.draft.reverses = EntryNumber{5};
       c.scene.reversal_targets[EntryNumber{5}] = {false, true, {}};
     }},
    {"reversal_differs", "/postings",
     [](Case& c) {
       c.draft.reverses = EntryNumber{5};
       c.scene.reversal_targets[EntryNumber{5}] = {false, false, {}};
     }},
    {"hold_unknown", "", [](Case& c) { c.draft.uses_hold = HoldNumber{99}; }},
    {"hold_not_open", "", [](Case& c) { c.scene.holds.at(HoldNumber{7}).is_open = false; }},
    {"hold_exceeded", "/postings",
     [](Case& c) {
       c.draft.uses_hold = HoldNumber{7};
       c.scene.holds[HoldNumber{7}] = {true, {{AccountId{1}, {4'999, 0}}, {AccountId{2}, {0, 5'000}}}};
     }},
    {"period_locked", "/booked_on", [](Case& c) { c.scene.locked_through = day; }},
    {"account_not_open", "/postings/0/account", [](Case& c) { c.bank().closed_on = day.plus_days(-1); }},
    {"amount_overflow", "/postings/0/amount",
     [](Case& c) {
       c.draft.postings[0].amount = Money::of_minor(most_posting_minor + 1, judged_eur);
       c.draft.postings[1].amount = Money::of_minor(-most_posting_minor - 1, judged_eur);
     }},
    {"limit_exceeded", "/postings/0/amount", [](Case& c) { c.bank().limits.upper = 4'999; }},
}};

/// The judged rules are broken one by one, the last one first: row i breaks rule i and all that are judged
/// later.
class JudgementOrder : public testing::TestWithParam<std::size_t> {};

TEST_P(JudgementOrder, ReportsTheFirstBrokenRule) {
  Case broken;
  for (std::size_t rule = rules.size(); rule-- > GetParam();) rules[rule].break_it(broken);
  EXPECT_EQ(broken.verdict(), rules[GetParam()].code);
  EXPECT_EQ(broken.field(), rules[GetParam()].field);
}

TEST_P(JudgementOrder, LeavesTheSceneUnchangedWhenItRefuses) {
  Case broken;
  for (std::size_t rule = rules.size(); rule-- > GetParam();) rules[rule].break_it(broken);
  const Case before = broken;
  ASSERT_NE(broken.verdict(), "");
  for (std::size_t i = 0; i < broken.scene.standings.size(); ++i) {
    EXPECT_EQ(broken.scene.standings[i].balance_minor, before.scene.standings[i].balance_minor);
    EXPECT_EQ(broken.scene.standings[i].held_debit_minor, before.scene.standings[i].held_debit_minor);
    EXPECT_EQ(broken.scene.standings[i].held_credit_minor, before.scene.standings[i].held_credit_minor);
  }
  for (const auto& [number, hold] : before.scene.holds) {
    EXPECT_EQ(broken.scene.holds.at(number).is_open, hold.is_open);
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, JudgementOrder, testing::Range<std::size_t>(0, rules.size()),
                         [](const auto& row) { return std::string{rules[row.param].code}; });

TEST(Judgement, AcceptsABalancedEntryAndMovesTheBalances) {
  Case c;
  const auto verdict = judge(c.draft, c.scene);
  const auto& judged = std::get<Judged>(verdict);
  EXPECT_EQ(judged.booked_on, day);
  EXPECT_FALSE(judged.document_on);
  EXPECT_EQ(c.bank().balance_minor, 5'000);
  EXPECT_EQ(c.dues().balance_minor, -5'000);
}

TEST(Judgement, BalancesEachUnitByItself) {
  Case c;
  c.line("assets:time", 150, hour);
  EXPECT_EQ(c.verdict(), "entry_unbalanced");
  c.line("income:time", -150, hour);
  EXPECT_EQ(c.verdict(), "");
}

TEST(Judgement, DoesNotLetOneUnitBalanceAnother) {
  Case c;
  c.draft.postings.clear();
  c.line("assets:bank", 100, judged_eur).line("income:time", -100, hour);
  EXPECT_EQ(c.verdict(), "entry_unbalanced");
}

TEST(Judgement, SaysByHowMuchAnEntryIsOff) {
  Case c;
  c.draft.postings[0].amount = Money::of_minor(5'001, judged_eur);
  const auto verdict = judge(c.draft, c.scene);
  EXPECT_EQ(std::get<Refused>(verdict).detail(), "the postings in EUR are off by 0.01");
}

TEST(Judgement, RefusesSumsBeyond64BitsAsUnbalancedNotAsBalanced) {
  Case c;
  c.draft.postings.clear();
  for (int i = 0; i < 4; ++i) c.line("assets:bank", std::numeric_limits<std::int64_t>::min() / 2, judged_eur);
  c.line("income:dues", 0 + 1, judged_eur).line("income:dues", -1, judged_eur);
  EXPECT_EQ(c.verdict(), "entry_unbalanced") << "four times -2^62 is -2^64: zero if it wrapped";
}

TEST(Judgement, TakesAnAccountToTheEndOf64BitsAndNotBeyond) {
  Case c;
  c.bank().balance_minor = most - 5'000;
  EXPECT_EQ(c.verdict(), "");
  EXPECT_EQ(c.bank().balance_minor, most);
  EXPECT_EQ(c.verdict(), "amount_overflow");
  EXPECT_EQ(c.detail(), "the balance of 'assets:bank' in EUR would be beyond 64-bit minor units");
  EXPECT_EQ(c.bank().balance_minor, most);
}

TEST(Judgement, FindsTheOverflowOfManyMiddlingPostingsOnOneAccount) {
  Case c;
  c.draft.postings.clear();
  for (int i = 0; i < 5; ++i)
    c.line("assets:bank", most_posting_minor, judged_eur)
        .line("income:dues", -most_posting_minor, judged_eur);
  const std::int64_t much = most - 5 * most_posting_minor + 1;
  c.bank().balance_minor = much;
  EXPECT_EQ(c.verdict(), "amount_overflow");
  EXPECT_EQ(c.bank().balance_minor, much);
  EXPECT_EQ(c.dues().balance_minor, 0);
}

TEST(Judgement, BoundsWhatOnePostingMovesEitherWay) {
  Case c;
  c.draft.postings[0].amount = Money::of_minor(most_posting_minor, judged_eur);
  c.draft.postings[1].amount = Money::of_minor(-most_posting_minor, judged_eur);
  EXPECT_EQ(c.verdict(), "");
  c.draft.postings[1].amount = Money::of_minor(-most_posting_minor - 1, judged_eur);
  c.line("assets:bank", 1, judged_eur);
  EXPECT_EQ(c.verdict(), "amount_overflow");
  EXPECT_EQ(c.detail(), "one posting moves at most 10000000000000000.00 EUR");
}

TEST(Judgement, RefusesTheOneAmountThatHasNoOpposite) {
  Case c;
  c.draft.postings.clear();
  c.line("assets:bank", std::numeric_limits<std::int64_t>::min(), judged_eur);
  c.line("income:dues", most, judged_eur).line("income:dues", 1, judged_eur);
  EXPECT_EQ(c.verdict(), "amount_overflow");
}

TEST(Judgement, CountsTheEntriesBeforeTowardsTheLimit) {
  Case c;
  c.bank().limits.upper = 10'000;
  EXPECT_EQ(c.verdict(), "");
  EXPECT_EQ(c.verdict(), "");
  EXPECT_EQ(c.verdict(), "limit_exceeded");
  EXPECT_EQ(c.bank().balance_minor, 10'000);
}

TEST(Judgement, LooksAtLimitsAfterTheWholeEntry) {
  Case c;
  c.bank().limits.upper = 0;
  c.draft.postings.clear();
  c.line("assets:bank", 100, judged_eur).line("assets:bank", -100, judged_eur);
  EXPECT_EQ(c.verdict(), "");
}

TEST(Judgement, CountsHeldCreditsTowardsTheLowerLimitAndHeldDebitsTowardsTheUpper) {
  Case c;
  c.bank().limits = {-100, 5'100};
  c.bank().held_debit_minor = 100;
  EXPECT_EQ(c.verdict(), "");
  Case over;
  over.bank().limits.upper = 5'100;
  over.bank().held_debit_minor = 101;
  EXPECT_EQ(over.verdict(), "limit_exceeded");
  Case under;
  under.dues().limits.lower = -5'100;
  under.dues().held_credit_minor = 101;
  EXPECT_EQ(under.verdict(), "limit_exceeded");
}

TEST(Judgement, BooksALateDocumentOnTheFirstOpenDay) {
  Case c;
  c.scene.locked_through = Day::parse("2026-03-31");
  c.draft.late = LateEntry::first_open_day;
  const auto verdict = judge(c.draft, c.scene);
  const auto& judged = std::get<Judged>(verdict);
  EXPECT_EQ(judged.booked_on, Day::parse("2026-04-01"));
  EXPECT_EQ(judged.document_on, day);
}

TEST(Judgement, AsksWhetherAccountsAreOpenOnTheDayThatIsBooked) {
  Case c;
  c.scene.locked_through = Day::parse("2026-03-31");
  c.draft.late = LateEntry::first_open_day;
  c.bank().closed_on = Day::parse("2026-03-31");
  EXPECT_EQ(c.verdict(), "account_not_open");
  c.bank().closed_on = Day::parse("2026-04-01");
  EXPECT_EQ(c.verdict(), "");
}

TEST(Judgement, GivesBackBothSidesOfAUsedHold) {
  Case c;
  c.draft.uses_hold = HoldNumber{7};
  c.bank().held_debit_minor = 6'000;
  c.bank().held_credit_minor = 500;
  c.dues().held_credit_minor = 5'500;
  c.scene.holds[HoldNumber{7}] = {true, {{AccountId{1}, {6'000, 500}}, {AccountId{2}, {0, 5'500}}}};
  EXPECT_EQ(c.verdict(), "");
  EXPECT_EQ(c.bank().held_debit_minor, 0);
  EXPECT_EQ(c.bank().held_credit_minor, 0);
  EXPECT_EQ(c.dues().held_credit_minor, 0);
  EXPECT_EQ(c.verdict(), "hold_not_open");
}

TEST(Judgement, LetsAHoldBePostedOnlyOnTheSideItReserves) {
  Case c;
  c.draft.uses_hold = HoldNumber{7};
  c.scene.holds[HoldNumber{7}] = {true, {{AccountId{1}, {0, 9'000}}, {AccountId{2}, {9'000, 0}}}};
  EXPECT_EQ(c.verdict(), "hold_exceeded");
}

/// Entry 5 is the opposite of the draft, which reverses it.
Case reversing() {
  Case c;
  c.draft.reverses = EntryNumber{5};
  c.draft.postings[0].about[fund] = "media";
  c.scene.dimensions.emplace(std::pair{DimensionKind::fund, "media"}, DimensionId{3});
  c.scene.dimensions.emplace(std::pair{DimensionKind::fund, "other"}, DimensionId{4});
  ReversedLine bank{AccountId{1}, -5'000, {}};
  bank.about[fund] = DimensionId{3};
  c.scene.reversal_targets[EntryNumber{5}] = {false, false, {bank, {AccountId{2}, 5'000, {}}}};
  return c;
}

TEST(Judgement, ReversesAnEntryOnce) {
  Case c = reversing();
  EXPECT_EQ(c.verdict(), "");
  EXPECT_EQ(c.verdict(), "entry_reversed_already");
}

TEST(Judgement, TakesNothingButTheOppositeForAReversal) {
  using Change = void (*)(Case&);
  const std::vector<Change> changes{
      [](Case& c) { std::swap(c.draft.postings[0], c.draft.postings[1]); },
      [](Case& c) { c.draft.postings[0].about[fund] = "other"; },
      [](Case& c) { c.draft.postings[0].about[fund].reset(); },
      [](Case& c) { c.draft.postings[1].about[fund] = "media"; },
      [](Case& c) { c.draft.postings[0].account = "income:dues"; },
      [](Case& c) { c.line("assets:bank", 1, judged_eur).line("assets:bank", -1, judged_eur); },
      [](Case& c) {
        c.draft.postings.insert(c.draft.postings.end(), {c.draft.postings[0], c.draft.postings[1]});
      },
      [](Case& c) {
        for (DraftPosting& posting : c.draft.postings) posting.amount = -posting.amount;
      },
      [](Case& c) {
        for (ReversedLine& line : c.scene.reversal_targets.at(EntryNumber{5}).lines) line.amount_minor *= 2;
      },
      [](Case& c) { c.scene.reversal_targets.at(EntryNumber{5}).lines.pop_back(); },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Case c = reversing();
    changes[i](c);
    EXPECT_EQ(c.verdict(), "reversal_differs") << "change " << i;
    EXPECT_FALSE(c.scene.reversal_targets.at(EntryNumber{5}).is_reversed);
  }
}

TEST(Judgement, LetsAReversalHaveNotesOfItsOwn) {
  Case c = reversing();
  c.draft.postings[0].note = "Paid twice";
  EXPECT_EQ(c.verdict(), "");
}

TEST(Judgement, ResolvesDimensionsToTheRowsOfTheNode) {
  Case c;
  c.draft.postings[0].about[fund] = "media";
  c.scene.dimensions.emplace(std::pair{DimensionKind::fund, "media"}, DimensionId{3});
  const auto verdict = judge(c.draft, c.scene);
  EXPECT_EQ(std::get<Judged>(verdict).postings[0].about[fund], DimensionId{3});
  EXPECT_FALSE(std::get<Judged>(verdict).postings[1].about[fund]);
}

TEST(Judgement, RefusesTextsThatCannotBeStored) {
  for (const std::string& text : {std::string{"a\0b", 3}, std::string{"\xC3"}, std::string{"\xED\xA0\x80"}}) {
    Case c;
    c.draft.reference = text;
    EXPECT_EQ(c.verdict(), "field_invalid");
    EXPECT_EQ(c.field(), "/reference");
    Case noted;
    noted.draft.postings[1].note = text;
    EXPECT_EQ(noted.field(), "/postings/1/note");
  }
}

}  // namespace
}  // namespace coop::books
