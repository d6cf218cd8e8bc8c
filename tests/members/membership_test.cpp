#include "ledger/members/membership.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop::members {
namespace {

using enum ChangeKind;
using test::refusal_code;

const Instant recorded = instant_from_text("2026-01-01T00:00:00Z");

/// One change of a course as tests write it.
struct Step {
  ChangeKind kind;
  const char* on;
};

Membership membership_with(const std::vector<Step>& steps) {
  Membership membership{MembershipId{1}, PartyId{1}, ClassId{1}, Day::parse(steps.front().on), {}, {}};
  int number = 0;
  for (const Step& step : steps)
    membership.changes.push_back({++number, step.kind, Day::parse(step.on), "", {}, recorded, {}, {}});
  membership.until_on = ending_of(membership);
  return membership;
}

void annul(Membership& membership, int number, Instant at = recorded) {
  MembershipChange back = membership.changes.at(static_cast<std::size_t>(number) - 1);
  back.annuls = number;
  back.number = static_cast<int>(membership.changes.size()) + 1;
  back.recorded_at = at;
  membership.changes.push_back(back);
  membership.until_on = ending_of(membership);
}

std::string standing_on(const Membership& membership, const char* on, std::optional<Instant> known_at = {}) {
  const auto standing = standing_of(membership, Day::parse(on), known_at);
  return standing ? std::string{text_of(*standing)} : "none";
}

std::string change_code(const Membership& membership, ChangeKind kind, const char* on,
                        const std::string& reason = "why") {
  return refusal_code([&] { require_change(membership, {kind, Day::parse(on), reason, {}}); });
}

const std::vector<Step> long_course{
    {applied, "2026-01-01"},   {admitted, "2026-01-10"},   {paused, "2026-03-01"}, {resumed, "2026-04-01"},
    {suspended, "2026-05-01"}, {reinstated, "2026-05-15"}, {left, "2026-06-30"}};

TEST(Membership, StandsOnEachDayWhereItsChangesPutIt) {
  const Membership membership = membership_with(long_course);
  EXPECT_EQ(standing_on(membership, "2025-12-31"), "none");
  EXPECT_EQ(standing_on(membership, "2026-01-01"), "applied");
  EXPECT_EQ(standing_on(membership, "2026-01-10"), "active");
  EXPECT_EQ(standing_on(membership, "2026-02-28"), "active");
  EXPECT_EQ(standing_on(membership, "2026-03-01"), "paused");
  EXPECT_EQ(standing_on(membership, "2026-04-01"), "active");
  EXPECT_EQ(standing_on(membership, "2026-05-14"), "suspended");
  EXPECT_EQ(standing_on(membership, "2026-05-15"), "active");
}

TEST(Membership, LastsUntilTheEndOfTheDayOnWhichTheMemberLeaves) {
  const Membership membership = membership_with(long_course);
  EXPECT_EQ(membership.until_on, Day::parse("2026-06-30"));
  EXPECT_EQ(standing_on(membership, "2026-06-30"), "active");
  EXPECT_EQ(standing_on(membership, "2026-07-01"), "left");
  EXPECT_EQ(standing_on(membership_with({{applied, "2026-01-01"}, {deceased, "2026-01-01"}}), "2026-01-02"),
            "deceased");
}

TEST(Membership, OwesDuesFromItsAdmissionWhileItIsNeitherPausedNorEnded) {
  using Days = std::vector<DayRange>;
  EXPECT_EQ(active_days(membership_with(long_course)),
            (Days{{Day::parse("2026-01-10"), Day::parse("2026-02-28")},
                  {Day::parse("2026-04-01"), Day::parse("2026-06-30")}}));
  EXPECT_EQ(active_days(membership_with({{applied, "2026-01-01"}})), Days{});
  EXPECT_EQ(active_days(membership_with({{applied, "2026-01-01"}, {admitted, "2026-01-01"}})),
            (Days{{Day::parse("2026-01-01"), std::nullopt}}));
  EXPECT_EQ(active_days(membership_with({{applied, "2026-01-01"},
                                         {admitted, "2026-01-01"},
                                         {paused, "2026-02-01"},
                                         {suspended, "2026-03-01"},
                                         {left, "2026-04-01"}})),
            (Days{{Day::parse("2026-01-01"), Day::parse("2026-01-31")}}));
  EXPECT_EQ(active_days(
                membership_with({{applied, "2026-01-01"}, {admitted, "2026-01-01"}, {paused, "2026-01-01"}})),
            Days{});
}

TEST(Membership, ForgetsNothingWhenAChangeIsTakenBack) {
  Membership membership = membership_with(long_course);
  const Instant later = instant_from_text("2026-07-15T12:00:00Z");
  annul(membership, 7, later);
  EXPECT_EQ(standing_on(membership, "2026-07-01"), "active");
  EXPECT_FALSE(membership.until_on);
  EXPECT_EQ(standing_on(membership, "2026-07-01", later), "active");
  EXPECT_EQ(standing_on(membership, "2026-07-01", later - std::chrono::microseconds{1}), "left");
  EXPECT_EQ(standing_on(membership, "2026-07-01", recorded - std::chrono::microseconds{1}), "none");
}

TEST(Membership, NeverWasWhenItsApplicationIsTakenBack) {
  Membership membership = membership_with({{applied, "2026-01-01"}});
  EXPECT_FALSE(is_taken_back(membership));
  annul(membership, 1);
  EXPECT_TRUE(is_taken_back(membership));
  EXPECT_EQ(standing_on(membership, "2026-02-01"), "none");
  for (const ChangeKind kind : {applied, admitted, left})
    EXPECT_EQ(change_code(membership, kind, "2026-01-01"), "change_contradicts");
}

/// A change asked of the long course, and the refusal it gets.
struct AskedChange {
  ChangeKind kind;
  const char* on;
  const char* code;
};

TEST(Membership, RefusesChangesWithTheFirstRuleTheyBreak) {
  const std::vector<AskedChange> table{
      {paused, "2025-12-31", "change_too_early"},
      {left, "2025-12-31", "change_too_early"},
      {left, "2026-06-30", "membership_ended"},
      {left, "2026-02-01", "membership_ended"},
      {deceased, "2026-02-01", "membership_ended"},
      {paused, "2026-07-01", "membership_ended"},
      {applied, "2026-01-01", "change_contradicts"},
      {admitted, "2026-01-11", "change_contradicts"},
      {paused, "2026-01-05", "change_contradicts"},
      {resumed, "2026-02-01", "change_contradicts"},
      {reinstated, "2026-02-01", "change_contradicts"},
      {suspended, "2026-02-01",
       "change_contradicts"},  // the pause that follows would be of a suspended member
      {paused, "2026-06-01", "accepted"},
      {suspended, "2026-03-15", "change_contradicts"},
      {suspended, "2026-06-30", "accepted"},
  };
  const Membership membership = membership_with(long_course);
  for (const AskedChange& row : table)
    EXPECT_EQ(change_code(membership, row.kind, row.on), row.code) << text_of(row.kind) << " on " << row.on;
}

TEST(Membership, WantsAReasonForWhatGoesAgainstAMember) {
  const Membership membership = membership_with({{applied, "2026-01-01"}, {admitted, "2026-01-01"}});
  for (const ChangeKind kind : {paused, suspended, left}) {
    EXPECT_EQ(change_code(membership, kind, "2026-02-01", ""), "field_invalid");
    EXPECT_EQ(change_code(membership, kind, "2026-02-01", std::string(501, 'x')), "field_invalid");
    EXPECT_EQ(change_code(membership, kind, "2026-02-01"), "accepted");
  }
  EXPECT_EQ(change_code(membership, deceased, "2026-02-01", ""), "accepted");
  EXPECT_EQ(refusal_code([&] { require_change(membership, {deceased, Day::parse("2026-02-01"), "", ""}); }),
            "field_invalid");
}

TEST(Membership, RefusesTakingBackWithTheFirstRuleItBreaks) {
  Membership membership = membership_with(long_course);
  const auto code = [&](int number, const std::string& reason = "a mistake") {
    return refusal_code([&] { require_annulment(membership, number, reason); });
  };
  EXPECT_EQ(code(8), "change_unknown");
  EXPECT_EQ(code(7, ""), "field_invalid");
  EXPECT_EQ(code(3), "change_contradicts");
  EXPECT_EQ(code(1), "change_contradicts");
  EXPECT_EQ(code(7), "accepted");
  annul(membership, 7);
  EXPECT_EQ(code(7), "change_annulled_already");
  EXPECT_EQ(code(8), "change_annulled_already");
}

TEST(Membership, ReadsItsOwnWords) {
  for (const ChangeKind kind : {applied, admitted, paused, resumed, suspended, reinstated, left, deceased})
    EXPECT_EQ(change_kind_from(text_of(kind)), kind);
  EXPECT_EQ(refusal_code([] { change_kind_from("fired"); }), "field_invalid");
  EXPECT_EQ(standing_from("in_arrears"), Standing::in_arrears);
  EXPECT_EQ(refusal_code([] { standing_from("gone"); }), "field_invalid");
}

/// Walks a course at random as a secretary would write it down day by day, without a look at the code.
struct Walked {
  Membership membership;
  std::vector<std::string> standings;  ///< of each day from the first on
  std::vector<bool> owes;              ///< whether dues run on each day
};

std::vector<ChangeKind> possible_after(const std::string& standing) {
  if (standing == "applied") return {admitted, left, deceased};
  if (standing == "active") return {paused, suspended, left, deceased};
  if (standing == "paused") return {resumed, suspended, left, deceased};
  if (standing == "suspended") return {reinstated, left, deceased};
  return {};
}

Walked walk() {
  Walked walked{membership_with({{applied, "2026-01-01"}}), {}, {}};
  std::string standing = "applied";
  bool owes = false;
  std::string after_today;
  for (int count = 0; count < 60; ++count) {
    const Day today = Day::parse("2026-01-01").plus_days(count);
    if (!after_today.empty()) standing = after_today, owes = false;
    after_today.clear();
    const auto possible = possible_after(standing);
    if (!possible.empty() && *rc::gen::inRange(0, 6) == 0) {
      const ChangeKind kind = possible.at(*rc::gen::inRange<std::size_t>(0, possible.size()));
      auto& changes = walked.membership.changes;
      changes.push_back({static_cast<int>(changes.size()) + 1, kind, today, "", {}, recorded, {}, {}});
      if (kind == admitted || kind == resumed || kind == reinstated) standing = "active", owes = true;
      if (kind == paused) standing = "paused", owes = false;
      if (kind == suspended) standing = "suspended";
      if (is_ending(kind)) after_today = text_of(kind);
    }
    walked.standings.push_back(standing);
    walked.owes.push_back(owes);
  }
  return walked;
}

RC_GTEST_PROP(Membership, StandsAsItWasLivedThroughDayByDay, ()) {
  const Walked walked = walk();
  const auto ranges = active_days(walked.membership);
  for (std::size_t count = 0; count < walked.standings.size(); ++count) {
    const Day today = Day::parse("2026-01-01").plus_days(static_cast<int>(count));
    const auto standing = standing_of(walked.membership, today);
    RC_ASSERT(standing.has_value());
    RC_ASSERT(std::string{text_of(*standing)} == walked.standings[count]);
    const bool owes =
        std::any_of(ranges.begin(), ranges.end(), [&](const DayRange& range) { return range.holds(today); });
    RC_ASSERT(owes == walked.owes[count]);
  }
}

}  // namespace
}  // namespace coop::members
