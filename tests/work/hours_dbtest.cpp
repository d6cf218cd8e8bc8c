// Hours from being submitted to being counted, and what is refused on the way, in order.
#include <algorithm>

#include "tests/support/test_work.hpp"

namespace coop::work {
namespace {

using test::refusal_of;

class HoursOfMembers : public test::WorkTest {
 protected:
  // The codes of these, submitted together by a member who is no treasurer.
  std::string code(const HoursDraft& draft, const std::string& name = "ann", bool as_treasurer = false) {
    return code_of(submit({draft}, name, as_treasurer).front());
  }
  std::vector<std::string> codes(const std::vector<HoursOutcome>& outcomes) {
    std::vector<std::string> all;
    for (const HoursOutcome& outcome : outcomes) all.push_back(code_of(outcome));
    return all;
  }
};

TEST_F(HoursOfMembers, AreSubmittedApprovedByAnotherAndCounted) {
  const HoursNumber number = record(hour(), "ann");
  EXPECT_EQ(number, HoursNumber{1});
  const auto approved = std::get<Hours>(approve({number}, "ben").front());
  EXPECT_EQ(work::state_of(approved), HoursState::approved);
  ASSERT_EQ(approved.steps.size(), 1u);
  EXPECT_EQ(approved.steps[0].member, "M2");
  EXPECT_EQ(approved.steps[0].on, Day::parse("2026-01-31"));
  EXPECT_EQ(approved.steps[0].recorded_by, "ben");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM event WHERE kind = 'hours_approved'"), "1");
}

TEST_F(HoursOfMembers, AreRefusedWithTheirFirstFault) {
  HoursDraft draft = hour();
  draft.minutes = 1'441;
  draft.worked_on = Day::parse("2025-12-31");
  draft.kind = "sleep";
  draft.circle = "nowhere";
  draft.cost_object = "nothing";
  draft.intent = Intent::paid;
  draft.corrects = HoursNumber{9};
  draft.member = "M9";
  EXPECT_EQ(code(draft), "party_unknown");
  draft.member = "M2";
  EXPECT_EQ(code(draft), "role_missing");
  draft.member = "M1";
  EXPECT_EQ(code(draft), "circle_unknown");
  draft.circle = "tech";
  EXPECT_EQ(code(draft), "work_kind_unknown");
  draft.kind = "care";
  EXPECT_EQ(code(draft), "dimension_unknown");
  draft.cost_object = "server";
  EXPECT_EQ(code(draft), "field_invalid");
  draft.minutes = 1'440;
  EXPECT_EQ(code(draft), "circle_not_open");
  draft.worked_on = Day::parse("2026-02-01");
  EXPECT_EQ(code(draft), "field_invalid") << "tomorrow";
  draft.worked_on = Day::parse("2026-01-31");
  draft.task = std::string(501, 'x');
  EXPECT_EQ(code(draft), "field_invalid");
  draft.task = {};
  EXPECT_EQ(code(draft), "work_without_price");
  draft.kind = "travel";
  draft.member = "M4";
  EXPECT_EQ(code(draft, "dan"), "circle_not_joined");
  draft.member = "M1";
  EXPECT_EQ(code(draft), "hours_unknown");
  draft.corrects.reset();
  EXPECT_EQ(code(draft), "submitted") << "a whole day";
  draft.minutes = 1;
  EXPECT_EQ(code(draft), "hours_beyond_day");
  draft.corrects = HoursNumber{1};
  EXPECT_EQ(code(draft), "hours_not_open") << "they still count";
}

TEST_F(HoursOfMembers, OfADayComeToNoMoreThanADayEvenTogether) {
  HoursDraft draft = hour();
  draft.minutes = 720;
  HoursDraft one_more = hour();
  one_more.minutes = 1;
  HoursDraft gift = draft;
  gift.kind = "care";
  gift.intent = Intent::gift;
  EXPECT_EQ(codes(submit({draft, gift, one_more, hour()}, "ann")),
            (std::vector<std::string>{"submitted", "submitted", "hours_beyond_day", "hours_beyond_day"}));
  reverse(HoursNumber{1}, "ann");
  one_more.corrects = HoursNumber{1};
  EXPECT_EQ(codes(submit({one_more, one_more}, "ann")),
            (std::vector<std::string>{"submitted", "hours_not_open"}))
      << "what was taken back is corrected once";
}

TEST_F(HoursOfMembers, AreApprovedByNobodyOfTheirOwnNorTwiceNorFromOutside) {
  const HoursNumber own = record(hour(), "ann");
  const HoursNumber written = record(hour(), "ben");
  EXPECT_EQ(codes(approve({HoursNumber{9}, own, own}, "ann")),
            (std::vector<std::string>{"hours_unknown", "approval_of_own", "approval_of_own"}));
  EXPECT_EQ(codes(approve({written}, "ben")), (std::vector<std::string>{"approval_of_own"}));
  EXPECT_EQ(codes(approve({own}, "dan")), (std::vector<std::string>{"circle_not_joined"}));
  EXPECT_EQ(codes(approve({own}, "tess")), (std::vector<std::string>{"circle_not_joined"}));
  EXPECT_EQ(codes(approve({own, written, own}, "cas")),
            (std::vector<std::string>{"approved", "approved", "approval_repeated"}));
  EXPECT_EQ(codes(approve({own}, "ben")), (std::vector<std::string>{"approval_repeated"}));
  reverse(own, "ann");
  EXPECT_EQ(codes(approve({own}, "ben")), (std::vector<std::string>{"hours_not_open"}));
}

TEST_F(HoursOfMembers, AreApprovedByWhoeverIsInTheCircleThatDay) {
  const HoursNumber number = record(hour(), "ann");
  db().in_tx([&](Tx& tx) {
    leave_circle(tx, node(), "tech", "M2", Day::parse("2026-01-30"), "moved", author());
    join_circle(tx, node(), "tech", "M4", Day::parse("2026-02-01"), author());
  });
  EXPECT_EQ(codes(approve({number}, "ben")), (std::vector<std::string>{"circle_not_joined"}));
  EXPECT_EQ(codes(approve({number}, "dan")), (std::vector<std::string>{"circle_not_joined"}));
  now += std::chrono::hours{24};
  EXPECT_EQ(codes(approve({number}, "dan")), (std::vector<std::string>{"approved"}));
}

TEST_F(HoursOfMembers, AreRejectedAndTakenBackWithAReason) {
  const HoursNumber first = record(hour(), "ann");
  const HoursNumber second = record(hour(), "ann");
  const auto reject = [&](const std::string& reason, const std::string& name) {
    return db().in_tx(
        [&](Tx& tx) { return reject_hours(tx, books::read_node(tx, "bcn"), first, reason, user(name)); });
  };
  EXPECT_EQ(refusal_of([&] { reject("", "ben"); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { reject("not done", "ann"); }), "approval_of_own");
  EXPECT_EQ(work::state_of(reject("not done", "ben")), HoursState::rejected);
  EXPECT_EQ(refusal_of([&] { reject("not done", "cas"); }), "hours_not_open");
  EXPECT_EQ(refusal_of([&] { reverse(first, "ann"); }), "hours_not_open");
  EXPECT_EQ(refusal_of([&] { reverse(second, "ben"); }), "role_missing");
  EXPECT_EQ(refusal_of([&] { reverse(HoursNumber{9}, "ann"); }), "hours_unknown");
  EXPECT_EQ(work::state_of(reverse(second, "tess", true)), HoursState::reversed);
}

TEST_F(HoursOfMembers, AreAddedUpAsTheyWereKnown) {
  fill();
  const Instant before_the_correction = now - std::chrono::seconds{1};
  const auto sums = [&](const HoursGrouping& grouping, std::optional<Instant> known_at) {
    return db().in_snapshot([&](Tx& tx) { return sum_hours(tx, node(), grouping, {}, known_at); });
  };
  const auto by_intent = sums({.by_intent = true}, {});
  ASSERT_EQ(by_intent.size(), 3u);
  EXPECT_EQ(by_intent[0].intent, "gift");
  EXPECT_EQ(by_intent[0].submitted_minutes, 600);
  EXPECT_EQ(by_intent[1].intent, "obligation");
  EXPECT_EQ(by_intent[1].submitted_minutes, 600);
  EXPECT_EQ(by_intent[2].intent, "paid");
  EXPECT_EQ(by_intent[2].approved_minutes, 60);
  EXPECT_EQ(by_intent[2].reversed_minutes, 60);
  EXPECT_EQ(by_intent[2].rejected_minutes, 90);
  EXPECT_EQ(sums({}, before_the_correction).front().rejected_minutes, 0);
  EXPECT_EQ(sums({.by_month = true}, {}).front().month, Day::parse("2026-01-01"));
  EXPECT_EQ(sums({.by_kind = true}, {}).front().kind, "care") << "care is counted where it has no price";
}

// As many round trips for a thousand as for one.
TEST_F(HoursOfMembers, AThousandAreSubmittedTogether) {
  std::vector<HoursDraft> drafts;
  for (int i = 0; i < 1'000; ++i) {
    HoursDraft draft = hour();
    draft.minutes = 30;
    draft.worked_on = Day::parse("2026-01-01").plus_days(i % 31);
    draft.member = "M" + std::to_string(i % 3 + 1);
    drafts.push_back(draft);
  }
  const auto outcomes = submit(drafts, "tess", true);
  EXPECT_TRUE(std::ranges::all_of(
      outcomes, [](const HoursOutcome& one) { return std::holds_alternative<Hours>(one); }));
  EXPECT_EQ(refusal_of([&] { submit(std::vector<HoursDraft>(1'001, hour()), "tess", true); }),
            "batch_too_large");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM event WHERE kind = 'hours_submitted'"), "1");
}

}  // namespace
}  // namespace coop::work
