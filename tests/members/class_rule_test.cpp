#include "ledger/members/class_rule.hpp"

#include <gtest/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop::members {
namespace {

using test::refusal_code;

Day day(std::string_view text) { return Day::parse(text); }

ClassRule rule(std::string_view from_on = "2026-01-01") {
  ClassRule good{day(from_on)};
  good.decision = "Assembly of 12 December 2025";
  return good;
}

TEST(ClassCodes, AreSmallLettersDigitsAndDashes) {
  for (const char* good : {"worker", "user-2", "x"})
    EXPECT_EQ(refusal_code([&] { require_class_code(good); }), "accepted") << good;
  for (const char* bad : {"", "Worker", "2user", "a b", "é"})
    EXPECT_EQ(refusal_code([&] { require_class_code(bad); }), "name_malformed") << bad;
  EXPECT_EQ(refusal_code([&] { require_class_code(std::string(41, 'a')); }), "name_malformed");
}

/// A rule with one part spoilt and the field that is named.
struct SpoiltRule {
  void (*spoil)(ClassRule&);
  const char* field;
};

TEST(ClassRules, AreRefusedWithTheirFirstFaultNamingTheField) {
  const std::vector<SpoiltRule> table{
      {[](ClassRule& r) { r.weight = Ratio{3, 2}; }, "/weight"},
      {[](ClassRule& r) { r.weight = Ratio{0, 1}; }, "/weight"},
      {[](ClassRule& r) { r.attendance = Ratio{-1, 2}; }, "/attendance"},
      {[](ClassRule& r) { r.grace_days = -1; }, "/grace_days"},
      {[](ClassRule& r) { r.arrears_days = 3'661; }, "/arrears_days"},
      {[](ClassRule& r) { r.grace_days = 10; }, "/arrears_days"},
      {[](ClassRule& r) { r.obligation = Money::of_minor(0, UnitId{1}); }, "/obligation"},
      {[](ClassRule& r) { r.decision = ""; }, "/decision"},
  };
  for (const SpoiltRule& row : table) {
    ClassRule spoilt = rule();
    row.spoil(spoilt);
    std::string field = "none";
    try {
      require_class_rule(spoilt);
    } catch (const Refused& refused) {
      EXPECT_EQ(refused.refusal(), Refusal::field_invalid);
      field = refused.field();
    }
    EXPECT_EQ(field, row.field);
  }
  EXPECT_EQ(refusal_code([&] { require_class_rule(rule()); }), "accepted");
}

TEST(ClassRules, AreInForceFromTheirDayOnAsFarAsTheyWereKnown) {
  const Instant then = instant_from_text("2026-01-01T00:00:00Z");
  const Instant later = instant_from_text("2026-06-01T00:00:00Z");
  const MemberClass of{ClassId{1},
                       "user",
                       "Users",
                       {{1, rule("2026-01-01"), then},
                        {2, rule("2026-04-01"), then},
                        {3, rule("2026-04-01"), later},
                        {4, rule("2026-02-01"), later}}};
  EXPECT_EQ(find_rule_on(of, day("2025-12-31")), nullptr);
  EXPECT_EQ(find_rule_on(of, day("2026-01-31"))->number, 1);
  EXPECT_EQ(find_rule_on(of, day("2026-03-31"))->number, 4);
  EXPECT_EQ(find_rule_on(of, day("2026-03-31"), then)->number, 1);
  EXPECT_EQ(find_rule_on(of, day("2026-05-01"))->number, 3);
  EXPECT_EQ(find_rule_on(of, day("2026-05-01"), then)->number, 2);
}

TEST(ClassRules, ReadAsPlainWords) {
  ClassRule full = rule();
  full.weight = Ratio{1, 2};
  full.attendance = Ratio{1, 2};
  full.grace_days = 14;
  full.arrears_days = 60;
  EXPECT_EQ(
      words_of(full, "1000.00 EUR"),
      "From 2026-01-01: 1/2 of the vote, one vote each; at 1/2 of the meetings of the last twelve months "
      "at least; dues 15 days late are arrears, 61 days late end the vote; joining obliges to "
      "1000.00 EUR. Adopted: Assembly of 12 December 2025.");
  ClassRule free = rule();
  free.is_solidarity = true;
  EXPECT_EQ(words_of(free, ""),
            "From 2026-01-01: no vote; free of dues. Adopted: Assembly of 12 December 2025.");
}

}  // namespace
}  // namespace coop::members
