// Rules and what is learned, on facts made up for them.
#include "ledger/bank/rule.hpp"

#include <gtest/gtest.h>

#include "ledger/bank/learning.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::bank {
namespace {

using test::refusal_code;

const UnitId rule_unit{1};

BankLine line(std::int64_t minor, const std::string& name = "Hetzner Online GmbH",
              const std::string& words = "Invoice 4711 hosting", const std::string& day = "2026-02-10") {
  BankDetail detail;
  detail.counterparty.name = name;
  detail.words = words;
  detail.references.end_to_end = "E2E-17";
  return {BankLineNumber{1},
          BankImportNumber{1},
          1,
          1,
          BankAccountNumber{1},
          statements::LineStatus::booked,
          Day::parse(day),
          {},
          minor,
          0,
          false,
          "key",
          1,
          "",
          "PMNT ICDT",
          "",
          "",
          "",
          "",
          "",
          LineState::open,
          {detail}};
}

RulePart part(const std::string& account, std::optional<std::int64_t> fixed = {},
              std::optional<std::int64_t> share = {}) {
  return {.account = account, .fixed_minor = fixed, .share_millionths = share};
}

BankRule rule(const RuleConditions& when, const std::vector<RulePart>& parts = {part("expenses:hosting")}) {
  BankRule made{.number = BankRuleNumber{3},
                .version = 2,
                .is = {.name = "Hosting", .unit = rule_unit, .when = when, .parts = parts},
                .recorded_at = {}};
  made.counterparty_words = {};
  if (!when.counterparty.empty()) made.counterparty_words = {when.counterparty};
  if (!when.words.empty()) made.text_words = {when.words};
  return made;
}

std::string reasons(const BankRule& rule, const BankLine& line, const std::string& hash = {}) {
  const auto taken =
      take_by(rule, {line, features_of(line), rule_unit, "assets:bank", hash, line.amount_minor});
  if (!taken) return "no";
  std::string all;
  for (const Reason& reason : taken->reasons) all += (all.empty() ? "" : " ") + reason.code;
  return all;
}

std::string parts(const BankRule& rule, std::int64_t minor) {
  const auto made = parts_by(rule, minor);
  if (!made) return "no";
  std::string all;
  for (const ProposedPart& one : *made)
    all += (all.empty() ? "" : " ") + one.account + "=" + std::to_string(one.amount_minor);
  return all;
}

TEST(BankRules, TakeALineIfEverythingHoldsThatTheySay) {
  const BankLine bill = line(-1'190);
  EXPECT_EQ(reasons(rule({.is_credit = false}), bill), "rule rule_direction");
  EXPECT_EQ(reasons(rule({.is_credit = true}), bill), "no");
  EXPECT_EQ(reasons(rule({.counterparty = "hetzner"}), bill), "rule rule_counterparty");
  EXPECT_EQ(reasons(rule({.counterparty = "hetzne"}), bill), "no") << "words are whole";
  EXPECT_EQ(reasons(rule({.words = "hosting"}), bill), "rule rule_words");
  EXPECT_EQ(reasons(rule({.words = "hetzner"}), bill), "no") << "the name is no text";
  EXPECT_EQ(reasons(rule({.least_minor = 1'190, .most_minor = 1'190}), bill), "rule rule_amount");
  EXPECT_EQ(reasons(rule({.least_minor = 1'191}), bill), "no");
  EXPECT_EQ(reasons(rule({.most_minor = 1'189}), bill), "no");
  EXPECT_EQ(reasons(rule({.reference = "e2e-17"}), bill), "rule rule_reference");
  EXPECT_EQ(reasons(rule({.reference = "e2e"}), bill), "no");
  EXPECT_EQ(reasons(rule({.code = "pmnticdt"}), bill), "rule rule_code");
  EXPECT_EQ(reasons(rule({.bank_account = BankAccountNumber{1}}), bill), "rule rule_account");
  EXPECT_EQ(reasons(rule({.bank_account = BankAccountNumber{2}}), bill), "no");
  EXPECT_EQ(reasons(rule({.counterparty_hash = "abc"}), bill, "abc"), "rule rule_counterparty_account");
  EXPECT_EQ(reasons(rule({.counterparty_hash = "abc"}), bill), "no");
  EXPECT_EQ(reasons(rule({.is_credit = false, .counterparty = "hetzner", .words = "rent"}), bill), "no");
  EXPECT_EQ(reasons(rule({.is_credit = false}, {part("assets:bank")}), bill), "no") << "its own other side";
}

TEST(BankRules, KnowTheDaysOfAMonthAcrossItsEnd) {
  const RuleConditions turn{.first_day = 28, .last_day = 3};
  EXPECT_EQ(reasons(rule(turn), line(-1, "A", "b", "2026-02-28")), "rule rule_day");
  EXPECT_EQ(reasons(rule(turn), line(-1, "A", "b", "2026-03-03")), "rule rule_day");
  EXPECT_EQ(reasons(rule(turn), line(-1, "A", "b", "2026-03-04")), "no");
  EXPECT_EQ(reasons(rule({.first_day = 4, .last_day = 4}), line(-1, "A", "b", "2026-03-04")),
            "rule rule_day");
}

TEST(BankRules, OfAnotherUnitOrEndedTakeNothing) {
  BankRule other = rule({.is_credit = false});
  other.is.unit = UnitId{2};
  EXPECT_EQ(reasons(other, line(-1)), "no");
  BankRule ended = rule({.is_credit = false});
  ended.mode = RuleMode::ended;
  EXPECT_EQ(reasons(ended, line(-1)), "no");
}

TEST(BankRules, DivideExactly) {
  const RuleConditions any{.is_credit = false};
  EXPECT_EQ(parts(rule(any), -1'000), "expenses:hosting=-1000");
  EXPECT_EQ(parts(rule(any, {part("a", 300), part("b")}), -1'000), "a=-300 b=-700");
  EXPECT_EQ(parts(rule(any, {part("a", 300), part("b")}), -300), "a=-300");
  EXPECT_EQ(parts(rule(any, {part("a", 300), part("b")}), -299), "no");
  EXPECT_EQ(parts(rule(any, {part("a", {}, 333'333), part("b", {}, 333'333), part("c", {}, 333'334)}), 100),
            "a=33 b=33 c=34");
  EXPECT_EQ(parts(rule(any, {part("a", 1), part("b", {}, 500'000), part("c")}), 102), "a=1 b=51 c=50");
}

TEST(BankRules, AreWhole) {
  const auto code = [](RuleDraft draft) { return refusal_code([&] { require_rule(draft); }); };
  const RuleConditions out{.is_credit = false};
  const RuleDraft right{.name = "Hosting", .unit = rule_unit, .when = out, .parts = {part("a")}};
  EXPECT_EQ(code(right), "accepted");
  const auto with = [&](auto change) {
    RuleDraft draft = right;
    change(draft);
    return code(draft);
  };
  EXPECT_EQ(with([](RuleDraft& d) { d.name = ""; }), "field_invalid");
  EXPECT_EQ(with([](RuleDraft& d) { d.note = std::string(501, 'x'); }), "field_invalid");
  EXPECT_EQ(with([](RuleDraft& d) { d.when = {}; }), "field_missing");
  EXPECT_EQ(with([](RuleDraft& d) { d.when.words = "!!"; }), "field_invalid");
  EXPECT_EQ(with([](RuleDraft& d) { d.when.least_minor = -1; }), "field_invalid");
  EXPECT_EQ(with([](RuleDraft& d) { d.when.least_minor = 2, d.when.most_minor = 1; }), "field_invalid");
  EXPECT_EQ(with([](RuleDraft& d) { d.when.first_day = 2; }), "field_missing");
  EXPECT_EQ(with([](RuleDraft& d) { d.parts.clear(); }), "field_missing");
  EXPECT_EQ(with([](RuleDraft& d) { d.pays_for = "M0001"; }), "field_invalid");
  EXPECT_EQ(with([](RuleDraft& d) { d.transfer_to = BankAccountNumber{2}; }), "field_invalid");
  EXPECT_EQ(with([](RuleDraft& d) { d.parts.push_back(part("b")); }), "field_invalid") << "two are the rest";
  EXPECT_EQ(with([](RuleDraft& d) { d.parts = {part("a", 100)}; }), "field_invalid")
      << "nothing takes the rest";
  EXPECT_EQ(with([](RuleDraft& d) { d.parts = {part("a", {}, 999'999)}; }), "field_invalid");
  EXPECT_EQ(with([](RuleDraft& d) { d.parts = {part("a", {}, 1'000'000)}; }), "accepted");
  EXPECT_EQ(with([](RuleDraft& d) { d.parts = {part("a", 0), part("b")}; }), "field_invalid");
  EXPECT_EQ(with([](RuleDraft& d) { d.parts = {part("a", 1, 1), part("b")}; }), "field_invalid");
  EXPECT_EQ(with([](RuleDraft& d) { d.parts.assign(51, part("a", 1)); }), "field_invalid");
}

TEST(LearnedGuesses, WeighWhatFormerLinesDid) {
  const std::vector<LearnedWord> words{
      {"gmbh", {{"expenses:rent", "", 30}, {"expenses:hosting", "", 10}}},
      {"hetzner", {{"expenses:hosting", "", 12}, {"expenses:other", "", 1}}}};
  const auto guesses = guesses_from(words);
  ASSERT_EQ(guesses.size(), 2u);
  EXPECT_EQ(guesses[0].lesson.account, "expenses:hosting");
  EXPECT_EQ(guesses[0].weight, 85) << "100 * 12 / 14";
  ASSERT_EQ(guesses[0].reasons.size(), 1u);
  EXPECT_EQ(guesses[0].reasons[0].words, "12 of 13 lines with the same word went to expenses:hosting");
  EXPECT_EQ(guesses[0].reasons[0].said, "hetzner");
  EXPECT_EQ(guesses[1].lesson.account, "expenses:rent");
  EXPECT_EQ(guesses[1].weight, 73);
}

TEST(LearnedGuesses, AreNoneWhereNothingPrevails) {
  EXPECT_TRUE(guesses_from({}).empty());
  EXPECT_TRUE(guesses_from({{"invoice", {{"a", "", 1}, {"b", "", 1}}}}).empty());
  const auto once = guesses_from({{"ana", {{"", "M0001", 1}}}});
  ASSERT_EQ(once.size(), 1u);
  EXPECT_EQ(once[0].reasons[0].words, "1 of 1 lines with the same word were payments of M0001");
}

TEST(LearnedGuesses, LookAtWordsAndNotAtFigures) {
  EXPECT_EQ(teaching_words(line(1, "Zoë & Co", "bill 4711 of may")),
            (std::vector<std::string>{"bill", "may", "zoe"}));
  EXPECT_EQ(word_hash("bcn", "zoe").size(), 64u);
  EXPECT_NE(word_hash("bcn", "zoe"), word_hash("got", "zoe"));
  BankLine batch = line(1);
  batch.details.push_back(batch.details.front());
  EXPECT_TRUE(teaching_words(batch).empty());
}

TEST(LearnedGuesses, AreTaughtByPeopleOnly) {
  const ProposedPart hosting{.amount_minor = -1, .made = Made::entry, .account = "expenses:hosting"};
  const ProposedPart rent{.amount_minor = -1, .made = Made::entry, .account = "expenses:rent"};
  EXPECT_NE(lesson_of({.parts = {hosting}}), nullptr);
  EXPECT_NE(lesson_of({.method = MatchMethod::learned, .parts = {hosting}}), nullptr);
  EXPECT_EQ(lesson_of({.parts = {hosting, rent}}), nullptr);
  EXPECT_EQ(lesson_of({.parts = {hosting}, .is_attended = false}), nullptr);
  EXPECT_EQ(lesson_of({.method = MatchMethod::reference, .parts = {hosting}}), nullptr);
  EXPECT_EQ(lesson_of({.parts = {{.amount_minor = 1, .made = Made::found, .entry = EntryNumber{1}}}}),
            nullptr);
}

}  // namespace
}  // namespace coop::bank
