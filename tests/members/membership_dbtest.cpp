#include <rapidcheck.h>

#include "tests/support/test_members.hpp"

namespace coop::members {
namespace {

using enum ChangeKind;
using test::refusal_of;

class Memberships : public test::MembersTest {
 protected:
  Memberships() {
    add_person("Maria", "M1");
    add_person("Jordi", "M2");
    add_class("user");
    add_class("worker");
  }
  Membership find(MembershipId id) {
    return db().in_snapshot([&](Tx& tx) { return read_membership(tx, node(), id); });
  }
  std::string standing_on(MembershipId id, std::string_view day, std::optional<Instant> known_at = {}) {
    const auto standing = standing_of(find(id), Day::parse(day), known_at);
    return standing ? std::string{text_of(*standing)} : "none";
  }
  std::string change_code(MembershipId id, ChangeKind kind, std::string_view day) {
    return refusal_of([&] { change(id, kind, day); });
  }
  std::string join_code(const std::string& number, const std::string& code, std::string_view day) {
    return refusal_of([&] { join(number, code, day); });
  }
};

TEST_F(Memberships, BeginWithAnApplicationAndAnAdmission) {
  const Membership membership =
      begin({"M1", "user", Day::parse("2026-01-01"), Day::parse("2026-01-15"), "by letter", "Circle 7"});
  EXPECT_EQ(membership.id, MembershipId{1});
  EXPECT_EQ(membership.from_on, Day::parse("2026-01-01"));
  ASSERT_EQ(membership.changes.size(), 2u);
  EXPECT_EQ(membership.changes[0].kind, applied);
  EXPECT_EQ(membership.changes[1].kind, admitted);
  EXPECT_EQ(membership.changes[1].on_day, Day::parse("2026-01-15"));
  EXPECT_EQ(membership.changes[1].reason, "by letter");
  EXPECT_EQ(membership.changes[1].decision, "Circle 7");
  EXPECT_EQ(standing_on(membership.id, "2026-01-14"), "applied");
  EXPECT_EQ(standing_on(membership.id, "2026-01-15"), "active");
}

TEST_F(Memberships, OfOnePartyMayBeInSeveralClassesButNotTwiceInOne) {
  join("M1", "user", "2026-01-01");
  EXPECT_EQ(join_code("M1", "worker", "2026-01-01"), "");
  EXPECT_EQ(join_code("M2", "user", "2026-01-01"), "");
  EXPECT_EQ(join_code("M1", "user", "2026-05-01"), "membership_overlaps");
  EXPECT_EQ(join_code("M1", "user", "2025-05-01"), "membership_overlaps");
  EXPECT_EQ(count("membership"), 3);
}

TEST_F(Memberships, FollowEachOtherWhenSomebodyComesBack) {
  const auto first = join("M1", "user", "2026-01-01").id;
  EXPECT_EQ(change(first, left, "2026-03-31").until_on, Day::parse("2026-03-31"));
  EXPECT_EQ(join_code("M1", "user", "2026-03-31"), "membership_overlaps");
  EXPECT_EQ(join_code("M1", "user", "2026-04-01"), "");
  EXPECT_EQ(memberships_of("M1").size(), 2u);
  EXPECT_EQ(refusal_of([&] { annul(first, 3); }), "membership_overlaps");
}

TEST_F(Memberships, AreRefusedWithTheFirstFaultOfTheirDraft) {
  const Day day = Day::parse("2026-01-01");
  const auto code = [&](const MembershipDraft& draft) { return refusal_of([&] { begin(draft); }); };
  EXPECT_EQ(code({"M9", "nothing", day}), "party_unknown");
  EXPECT_EQ(code({"M1", "nothing", day}), "class_unknown");
  EXPECT_EQ(code({"M1", "user", day, day.plus_days(-1)}), "change_too_early");
  EXPECT_EQ(code({"M1", "user", day, {}, std::string(501, 'x')}), "field_invalid");
  EXPECT_EQ(code({"M1", "user", day, {}, "", ""}), "field_invalid");
  EXPECT_EQ(count("membership"), 0);
  use(NodeId{999});
  EXPECT_EQ(code({"M1", "user", day}), "node_unknown");
}

TEST_F(Memberships, BeginManyAtOnceAllOrNone) {
  const Day day = Day::parse("2026-01-01");
  const auto begin_all = [&](const std::vector<MembershipDraft>& drafts) {
    return db().in_tx([&](Tx& tx) { return begin_memberships(tx, node(), drafts, author()); });
  };
  const auto ids = begin_all({{"M1", "user", day, day}, {"M2", "user", day}, {"M1", "worker", day, day}});
  EXPECT_EQ(ids, (std::vector{MembershipId{1}, MembershipId{2}, MembershipId{3}}));
  EXPECT_EQ(find(MembershipId{3}).changes.size(), 2u);
  EXPECT_EQ(refusal_of([&] { begin_all({{"M2", "worker", day}, {"M2", "worker", day}}); }),
            "membership_overlaps");
  EXPECT_EQ(refusal_of([&] { begin_all({{"M2", "worker", day}, {"M1", "user", day}}); }),
            "membership_overlaps");
  EXPECT_EQ(count("membership"), 3);
  EXPECT_EQ(superuser_value("SELECT body->>'begun' FROM event WHERE kind = 'memberships_begun'"), "3");
}

TEST_F(Memberships, ChangeAsTheirCourseAllows) {
  const auto id = join("M1", "user", "2026-01-01").id;
  EXPECT_EQ(change_code(id, paused, "2025-12-31"), "change_too_early");
  EXPECT_EQ(change_code(id, resumed, "2026-02-01"), "change_contradicts");
  EXPECT_EQ(change_code(id, paused, "2026-02-01"), "");
  EXPECT_EQ(change_code(id, resumed, "2026-03-01"), "");
  EXPECT_EQ(change_code(id, suspended, "2026-04-01"), "");
  EXPECT_EQ(change_code(id, reinstated, "2026-04-15"), "");
  EXPECT_EQ(change_code(id, left, "2026-06-30"), "");
  EXPECT_EQ(change_code(id, left, "2026-07-01"), "membership_ended");
  EXPECT_EQ(change_code(id, left, "2026-02-01"), "membership_ended");
  EXPECT_EQ(standing_on(id, "2026-06-30"), "active");
  EXPECT_EQ(standing_on(id, "2026-07-01"), "left");
  EXPECT_EQ(change_code(MembershipId{99}, left, "2026-07-01"), "membership_unknown");
  EXPECT_EQ(refusal_of([&] { change(id, left, "2026-07-01", ""); }), "field_invalid");
}

TEST_F(Memberships, TakeChangesBackAndRememberWhatWasKnown) {
  const auto id = join("M1", "user", "2026-01-01").id;
  change(id, left, "2026-03-31");
  const Instant believed_left = now;
  now += std::chrono::hours{24};
  EXPECT_FALSE(annul(id, 3).until_on);
  EXPECT_EQ(standing_on(id, "2026-04-01"), "active");
  EXPECT_EQ(standing_on(id, "2026-04-01", believed_left), "left");
  EXPECT_EQ(refusal_of([&] { annul(id, 3); }), "change_annulled_already");
  EXPECT_EQ(refusal_of([&] { annul(id, 4); }), "change_annulled_already");
  EXPECT_EQ(refusal_of([&] { annul(id, 5); }), "change_unknown");
  EXPECT_EQ(refusal_of([&] { annul(id, 2, ""); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { annul(id, 1); }), "change_contradicts");
  EXPECT_EQ(change_code(id, left, "2026-05-31"), "");
}

TEST_F(Memberships, ThatWereTakenBackWholeMakeRoom) {
  const auto id = join("M1", "user", "2026-01-01").id;
  annul(id, 2);
  annul(id, 1);
  EXPECT_TRUE(memberships_of("M1").empty());
  EXPECT_EQ(join_code("M1", "user", "2025-06-01"), "");
  EXPECT_EQ(memberships_of("M1").size(), 1u);
  EXPECT_EQ(find(id).changes.size(), 4u) << "what was recorded stays on record";
}

TEST_F(Memberships, AreReadForTheDaysThatAreAskedFor) {
  const auto first = join("M1", "user", "2026-01-01").id;
  change(first, left, "2026-03-31");
  join("M2", "user", "2026-05-01");
  const auto within = [&](std::string_view from, std::string_view to) {
    MembershipFilter wanted;
    wanted.on_or_after = Day::parse(from);
    wanted.on_or_before = Day::parse(to);
    return db().in_snapshot([&](Tx& tx) { return read_memberships(tx, node(), wanted); }).size();
  };
  EXPECT_EQ(within("2026-01-01", "2026-03-31"), 1u);
  EXPECT_EQ(within("2026-04-01", "2026-04-30"), 0u);
  EXPECT_EQ(within("2026-03-31", "2026-05-01"), 2u);
  MembershipFilter page;
  page.after = first;
  page.limit = 1;
  const auto rest = db().in_snapshot([&](Tx& tx) { return read_memberships(tx, node(), page); });
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].id, MembershipId{2});
  EXPECT_EQ(rest[0].changes.size(), 2u);
}

/// Raw SQL for a change, with what follows from it, as somebody at the database would write it.
std::string raw_change(int membership, ChangeKind kind, Day on_day) {
  const std::string id = std::to_string(membership);
  const std::string ends =
      is_ending(kind) ? "UPDATE membership SET until_on = '" + on_day.text() + "' WHERE id = " + id + ";"
                      : "";
  return "BEGIN; INSERT INTO membership_change (node_id, membership_id, number, kind, on_day, reason, "
         "recorded_at) SELECT node_id, membership_id, max(number) + 1, '" +
         std::string{text_of(kind)} + "', '" + on_day.text() +
         "', 'why', max(recorded_at) FROM membership_change WHERE membership_id = " + id + " GROUP BY 1, 2;" +
         ends + " COMMIT";
}

TEST_F(Memberships, AreJudgedAlikeByTheCodeAndTheSchema) {
  int id = 0;
  EXPECT_TRUE(rc::check("random changes", [&] {
    const Membership begun = begin({"M2", "worker", Day::parse("2026-01-01").plus_days(100 * id)});
    id = begun.id.number();
    for (int step = 0; step < 5; ++step) {
      const auto kind = static_cast<ChangeKind>(*rc::gen::inRange(0, 8));
      const Day on_day = begun.from_on.plus_days(*rc::gen::inRange(-1, 12));
      const Membership before = find(begun.id);
      const bool code_accepts =
          refusal_of([&] { require_change(before, {kind, on_day, "why", {}}); }).empty();
      RC_ASSERT((state_of(raw_change(id, kind, on_day)) == "accepted") == code_accepts);
      const Membership after = find(begun.id);
      RC_ASSERT(after.until_on == ending_of(after));
      const Day asked = begun.from_on.plus_days(*rc::gen::inRange(-1, 14));
      const auto standing = standing_of(after, asked);
      RC_ASSERT(superuser_value("SELECT membership_standing(node_id, id, '" + asked.text() +
                                "') FROM membership WHERE id = " + std::to_string(id)) ==
                (standing ? std::string{text_of(*standing)} : ""));
    }
    if (!find(begun.id).until_on) change(begun.id, left, begun.from_on.plus_days(20).text());
  }));
}

}  // namespace
}  // namespace coop::members
