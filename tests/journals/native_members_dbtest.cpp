// The complete export carries members whole, and whoever was erased stays erased.
#include <fstream>

#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "tests/support/native_file.hpp"
#include "tests/support/test_members.hpp"

namespace coop::journals {
namespace {

using members::ChangeKind;
using members::PartyKind;
using members::Profile;

class NativeMembers : public test::MembersTest {
 protected:
  void fill() {
    superuser_sql("INSERT INTO user_account (name, title, created_at) VALUES ('tess', '', now())");
    author_id_ = UserId{1};
    add({"M1", PartyKind::person,
         Profile{"Maria \"la Rossa\" Puig", "maria@example.org", "ES9121000418450200051332", "Here 1\nThere",
                 "ES", "ca"}});
    add_person("Forgotten", "M2");
    add_organisation("Platform 6", "O1");
    add_class("user");
    add_class("worker");
    members::ClassRule rule{Day::parse("2026-01-01")};
    rule.weight = Ratio{1, 1};
    rule.attendance = Ratio{1, 2};
    rule.one_vote = members::OneVote::head_count;
    rule.grace_days = 7;
    rule.arrears_days = 30;
    rule.obligation = money("40.00 HOUR");
    rule.decision = "Assembly";
    adopt("worker", rule);
    rule.weight.reset();
    rule.obligation.reset();
    adopt("worker", rule);
    const auto first = join("M1", "user", "2026-01-01").id;
    change(first, ChangeKind::paused, "2026-02-01");
    change(first, ChangeKind::resumed, "2026-03-01");
    change(first, ChangeKind::left, "2026-06-30");
    annul(first, 5);
    change(first, ChangeKind::left, "2026-05-31");
    join("M1", "user", "2026-07-01");
    annul(join("M2", "worker", "2026-01-01").id, 2);
    const auto never = begin({"M2", "user", Day::parse("2026-01-01")}).id;
    annul(never, 1);
    const auto meeting = meet("2026-01-10", {"M1", "O1"}, "user").id;
    meet("2026-02-10", {});
    db().in_tx([&](Tx& tx) {
      members::correct_attendance(tx, node(), meeting, {{"M2"}, {"O1"}}, {author_id_, now});
      members::declare_head_count(tx, node(), "O1", Day::parse("2026-01-01"), 12, {author_id_, now});
      members::link_user(tx, node(), "M1", "tess", author());
      members::erase_party(tx, node(), "M2", "asked for it", {author_id_, now});
    });
  }
  NativeSummary restored_from(const std::string& text, Database& database) {
    std::ofstream{file_.path(), std::ios::binary} << text;
    return restore_native(database, file_.path(), now);
  }
  TemporaryFile file_;
  std::optional<UserId> author_id_;
};

TEST_F(NativeMembers, RestoreIntoAnEmptyServerAsTheyWere) {
  fill();
  const std::string original = test::native_export(db());
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  EXPECT_TRUE(restored_from(original, empty).complete);
  EXPECT_EQ(test::native_export(empty), original);
  for (const char* table : {"party", "party_profile", "party_erasure", "head_count", "member_class",
                            "class_rule", "membership", "membership_change", "meeting", "attendance"}) {
    const std::string sql =
        "SELECT string_agg(r, chr(10) ORDER BY r) FROM (SELECT (to_jsonb(t) - "
        "'obligation_unit_id')::text FROM " +
        std::string{table} + " t) rows (r)";
    EXPECT_NE(superuser_value(sql), "") << table;
    EXPECT_EQ(other.superuser_value(sql), superuser_value(sql)) << table;
  }
  EXPECT_EQ(other.superuser_value("SELECT count(*) FROM party_user"), "0") << "a file gives nobody rights";
  EXPECT_EQ(test::refusal_of([&] {
              empty.in_tx([&](Tx& tx) {
                members::ProfileChange change;
                change.name = "Back again";
                members::change_profile(tx, NodeId{1}, "M2", change, author());
              });
            }),
            "party_erased");
  const auto faults = test::derived_faults(other);
  EXPECT_TRUE(faults.empty()) << faults.front();
}

TEST_F(NativeMembers, LeaveNothingOfWhoWasErased) {
  fill();
  EXPECT_EQ(test::native_export(db()).find("Forgotten"), std::string::npos);
}

TEST_F(NativeMembers, OfAnyNumberComeWhole) {
  add_class("user");
  std::vector<members::PartyDraft> drafts(1'203, {std::nullopt, PartyKind::person, Profile{"Somebody"}});
  std::vector<members::MembershipDraft> memberships;
  db().in_tx([&](Tx& tx) {
    for (const auto& party : members::add_parties(tx, node(), drafts, author()))
      memberships.push_back({party.number, "user", Day::parse("2026-01-01")});
    members::begin_memberships(tx, node(), memberships, author());
  });
  const std::string original = test::native_export(db());
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  const NativeSummary summary = restored_from(original, empty);
  EXPECT_EQ(summary.lines.at("membership"), 1'203);
  EXPECT_EQ(summary.lines.at("profile"), 1'203);
  EXPECT_EQ(test::native_export(empty), original);
}

}  // namespace
}  // namespace coop::journals
