#include "ledger/members/meeting.hpp"

#include <gtest/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop::members {
namespace {

std::vector<ExpectedMeeting> meetings(int held, int attended) {
  std::vector<ExpectedMeeting> all;
  for (int i = 0; i < held; ++i)
    all.push_back({MeetingId{i + 1}, Day::parse("2026-01-01").plus_days(i), "All hands", i < attended});
  return all;
}

TEST(Activity, IsAnExactShareOfTheMeetingsHeld) {
  EXPECT_TRUE(activity_of(meetings(4, 2), Ratio{1, 2}).fulfilled);
  EXPECT_FALSE(activity_of(meetings(5, 2), Ratio{1, 2}).fulfilled);
  EXPECT_TRUE(activity_of(meetings(3, 1), Ratio{1, 3}).fulfilled);
  EXPECT_FALSE(activity_of(meetings(3, 2), Ratio{1, 1}).fulfilled);
  const Activity activity = activity_of(meetings(5, 2), Ratio{1, 2});
  EXPECT_EQ(activity.held, 5);
  EXPECT_EQ(activity.attended, 2);
  EXPECT_EQ(activity.required, (Ratio{1, 2}));
}

TEST(Activity, AsksNothingWhereNoMeetingWasHeldOrNoRuleIs) {
  EXPECT_TRUE(activity_of({}, Ratio{1, 1}).fulfilled);
  EXPECT_TRUE(activity_of(meetings(5, 0), std::nullopt).fulfilled);
}

TEST(Activity, LooksBackTwelveMonths) {
  EXPECT_EQ(activity_begins_after(Day::parse("2026-11-21")), Day::parse("2025-11-21"));
  EXPECT_EQ(activity_begins_after(Day::parse("2024-02-29")), Day::parse("2023-02-28"));
}

TEST(MeetingDrafts, HaveATitle) {
  const auto code = [](const std::string& title) {
    return test::refusal_code([&] { require_meeting({Day::parse("2026-01-01"), title}); });
  };
  EXPECT_EQ(code(""), "field_invalid");
  EXPECT_EQ(code(std::string(201, 'x')), "field_invalid");
  EXPECT_EQ(code("All hands"), "accepted");
}

}  // namespace
}  // namespace coop::members
