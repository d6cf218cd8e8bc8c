#include "tests/support/test_members.hpp"

namespace coop::members {
namespace {

using test::refusal_of;

class Meetings : public test::MembersTest {
 protected:
  Meetings() {
    for (const char* number : {"M1", "M2", "M3"}) add_person("Somebody", std::string{number});
    add_class("user");
    add_class("worker");
  }
  Meeting correct(MeetingId id, const AttendanceChange& change) {
    return db().in_tx([&](Tx& tx) { return correct_attendance(tx, node(), id, change, author()); });
  }
  std::vector<std::string> present_at(MeetingId id) {
    return db().in_snapshot([&](Tx& tx) { return read_attendance(tx, node(), id); });
  }
  void require_half(const std::string& code) {
    ClassRule rule{Day::parse("2020-01-01")};
    rule.attendance = Ratio{1, 2};
    rule.decision = "Handbook";
    adopt(code, rule);
  }
  Activity activity(const Membership& membership, const std::string& code, std::string_view day,
                    std::optional<Instant> known_at = {}) {
    return db().in_snapshot([&](Tx& tx) {
      return read_activity(tx, node(), membership, read_class(tx, node(), code), Day::parse(day), known_at);
    });
  }
};

TEST_F(Meetings, AreRecordedWithThoseWhoWereThere) {
  const Meeting meeting = meet("2026-01-10", {"M1", "m3", "M1"});
  EXPECT_EQ(meeting.id, MeetingId{1});
  EXPECT_EQ(meeting.attended, 2);
  EXPECT_EQ(meeting.title, "All hands");
  EXPECT_EQ(present_at(meeting.id), (std::vector<std::string>{"M1", "M3"}));
  EXPECT_EQ(meet("2026-01-11", {}, "worker").class_code, "worker");
}

TEST_F(Meetings, AreRefusedWithTheirFirstFault) {
  EXPECT_EQ(refusal_of([&] { meet("2026-01-10", {"M9"}, "nobody"); }), "class_unknown");
  EXPECT_EQ(refusal_of([&] { meet("2026-01-10", {"M9"}); }), "party_unknown");
  EXPECT_EQ(
      refusal_of([&] {
        db().in_tx([&](Tx& tx) { record_meeting(tx, node(), {Day::parse("2026-01-10"), ""}, author()); });
      }),
      "field_invalid");
  EXPECT_EQ(refusal_of([&] { correct(MeetingId{1}, {}); }), "meeting_unknown");
  meet("2026-01-10", {});
  EXPECT_EQ(refusal_of([&] { correct(MeetingId{1}, {{"M1"}, {"M2", "M1"}}); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { correct(MeetingId{1}, {{"M8"}, {}}); }), "party_unknown");
}

TEST_F(Meetings, AreCorrectedAndRememberWhatWasKnown) {
  require_half("user");
  const Membership membership = join("M2", "user", "2026-01-01");
  const auto meeting = meet("2026-01-10", {"M1"}).id;
  const Instant before = now;
  now += std::chrono::hours{1};
  EXPECT_EQ(correct(meeting, {{"M2"}, {"M1"}}).attended, 1);
  EXPECT_EQ(present_at(meeting), (std::vector<std::string>{"M2"}));
  EXPECT_TRUE(activity(membership, "user", "2026-01-31").fulfilled);
  EXPECT_FALSE(activity(membership, "user", "2026-01-31", before).fulfilled);
  const auto events = count("event");
  correct(meeting, {{"M2"}, {"M1", "M3"}});
  EXPECT_EQ(count("event"), events) << "nothing new was said";
}

TEST_F(Meetings, AreListedTheLatestFirst) {
  meet("2026-01-10", {"M1"});
  meet("2026-03-10", {});
  meet("2026-02-10", {});
  const auto list = [&](const std::optional<MeetingPlace>& before, int limit) {
    std::string days;
    for (const Meeting& meeting :
         db().in_snapshot([&](Tx& tx) { return list_meetings(tx, node(), before, limit); }))
      days += meeting.held_on.text() + " ";
    return days;
  };
  EXPECT_EQ(list({}, 10), "2026-03-10 2026-02-10 2026-01-10 ");
  EXPECT_EQ(list({}, 2), "2026-03-10 2026-02-10 ");
  EXPECT_EQ(list(MeetingPlace{Day::parse("2026-02-10"), MeetingId{3}}, 2), "2026-01-10 ");
}

TEST_F(Meetings, CountForTheActivityRuleFromAdmissionOnWithinTwelveMonths) {
  require_half("user");
  const Membership membership = begin({"M1", "user", Day::parse("2025-02-01"), Day::parse("2025-03-01")});
  meet("2025-02-15", {});            // before it was admitted
  meet("2025-03-01", {"M1"});        // counts until the end of February 2026
  meet("2025-06-01", {}, "worker");  // not of its class
  meet("2025-09-01", {}, "user");
  meet("2026-01-15", {});
  const Activity in_january = activity(membership, "user", "2026-01-14");
  EXPECT_EQ(in_january.held, 2);
  EXPECT_EQ(in_january.attended, 1);
  EXPECT_TRUE(in_january.fulfilled);
  EXPECT_FALSE(activity(membership, "user", "2026-01-15").fulfilled);
  EXPECT_EQ(activity(membership, "user", "2026-02-28").attended, 1);
  EXPECT_EQ(activity(membership, "user", "2026-03-01").attended, 0);
  EXPECT_EQ(activity(membership, "user", "2025-02-20").held, 0);
}

TEST_F(Meetings, AreNotExpectedOfWhoHasPausedOrLeft) {
  const auto id = join("M1", "user", "2026-01-01").id;
  meet("2026-01-10", {});
  meet("2026-02-10", {});
  meet("2026-03-31", {});
  meet("2026-04-10", {});
  change(id, ChangeKind::paused, "2026-02-01");
  change(id, ChangeKind::resumed, "2026-03-01");
  const Membership membership = change(id, ChangeKind::left, "2026-03-31");
  EXPECT_EQ(activity(membership, "user", "2026-05-01").held, 2);
}

}  // namespace
}  // namespace coop::members
