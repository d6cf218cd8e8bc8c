// What the schema itself keeps of members, whatever the program does.
#include "ledger/proof/verify_service.hpp"
#include "tests/support/test_members.hpp"

namespace coop::members {
namespace {

constexpr const char* check_violated = "23514";
constexpr const char* unique_violated = "23505";
constexpr const char* foreign_key_violated = "23503";
constexpr const char* exclusion_violated = "23P01";
constexpr const char* integrity_violated = "23000";
constexpr const char* restricted = "23001";

class MembersSchema : public test::MembersTest {
 protected:
  MembersSchema() {
    add_person("Maria", "M1");
    add_organisation("Platform 6", "O1");
    add_class("user");
    add_class("worker");
  }
  /// Inserts a row of the node, its other columns and values as given.
  std::string insert(const std::string& table, const std::string& columns, const std::string& values) const {
    return state_of("INSERT INTO " + table + " (node_id, " + columns + ") VALUES (" +
                    std::to_string(node().number()) + ", " + values + ")");
  }
};

TEST_F(MembersSchema, TiesAPartyToTheMemberOfItsNumberInTheBooks) {
  add(books::DimensionKind::member, {"M8", "M9"});
  add(books::DimensionKind::fund, {"F1"});
  superuser_sql("UPDATE dimension SET name = 'Jordi' WHERE code = 'M9'");
  const auto party = [&](const std::string& number, const std::string& code) {
    return insert(
        "party", "id, number, kind, dimension_id, recorded_at",
        "77, '" + number + "', 'person', (SELECT id FROM dimension WHERE code = '" + code + "'), now()");
  };
  EXPECT_EQ(party("M8", "M9"), integrity_violated);
  EXPECT_EQ(party("F1", "F1"), integrity_violated);
  EXPECT_EQ(party("M9", "M9"), integrity_violated) << "its name is still in the books";
  EXPECT_EQ(party("M8", "M8"), "accepted");
  EXPECT_EQ(state_of("UPDATE dimension SET name = 'Jordi' WHERE code = 'M8'"), restricted);
  EXPECT_EQ(state_of("UPDATE dimension SET name = 'M8' WHERE code = 'M8'"), "accepted");
  add(books::DimensionKind::member, {"m1"});
  EXPECT_EQ(insert("party", "id, number, kind, dimension_id, recorded_at",
                   "78, 'm1', 'person', (SELECT id FROM dimension WHERE code = 'm1'), now()"),
            unique_violated);
}

TEST_F(MembersSchema, HoldsOnlyProfilesThatCanBe) {
  const auto change = [&](const std::string& assignment) {
    return state_of("UPDATE party_profile SET " + assignment + " WHERE party_id = 1");
  };
  for (const char* bad : {"name = ''", "email = 'maria'", "iban = 'ES91 2100'", "address = ''",
                          "country = 'es'", "language = 'Catalan'"})
    EXPECT_EQ(change(bad), check_violated) << bad;
  EXPECT_EQ(change("iban = 'ES9121000418450200051332'"), "accepted");
}

TEST_F(MembersSchema, KeepsErasedWhoeverWasErased) {
  const auto erase = [&] {
    return insert("party_erasure", "party_id, erased_at, reason", "1, now(), 'asked'");
  };
  EXPECT_EQ(erase(), integrity_violated) << "the profile is still there";
  superuser_sql("DELETE FROM party_profile WHERE party_id = 1");
  EXPECT_EQ(erase(), "accepted");
  EXPECT_EQ(insert("party_profile", "party_id, name, updated_at", "1, 'Maria', now()"), restricted);
  superuser_sql("INSERT INTO user_account (name, title, created_at) VALUES ('maria', '', now())");
  EXPECT_EQ(insert("party_user", "party_id, user_id, linked_at", "1, (SELECT id FROM user_account), now()"),
            restricted);
  EXPECT_EQ(state_of("DELETE FROM party_erasure"), restricted);
  EXPECT_EQ(state_of("UPDATE party_erasure SET reason = 'x'"), restricted);
}

TEST_F(MembersSchema, LetsOnlyOrganisationsDeclareMembers) {
  const auto declare = [&](int party) {
    return insert("head_count", "party_id, number, from_on, members, recorded_at",
                  std::to_string(party) + ", 1, '2026-01-01', 5, now()");
  };
  EXPECT_EQ(declare(1), foreign_key_violated);
  EXPECT_EQ(declare(2), "accepted");
  EXPECT_EQ(state_of("UPDATE head_count SET members = 6"), restricted);
}

TEST_F(MembersSchema, HoldsOnlyRulesThatCanBe) {
  const auto rule = [&](const std::string& weight, const std::string& days, const std::string& obligation) {
    return insert("class_rule",
                  "class_id, number, from_on, weight_numerator, weight_denominator, one_vote, grace_days, "
                  "arrears_days, is_solidarity, obligation_minor, obligation_unit_id, decision, recorded_at",
                  "1, 1, '2026-01-01', " + weight + ", 'member', " + days + ", false, " + obligation +
                      ", 'Assembly', now()");
  };
  for (const char* weight : {"2, 4", "3, 2", "0, 1", "1, NULL", "-1, -2"})
    EXPECT_EQ(rule(weight, "0, 0", "NULL, NULL"), check_violated) << weight;
  EXPECT_EQ(rule("1, 2", "10, 5", "NULL, NULL"), check_violated);
  EXPECT_EQ(rule("1, 2", "0, 0", "100, NULL"), check_violated);
  EXPECT_EQ(rule("1, 2", "0, 0", "0, 1"), check_violated);
  EXPECT_EQ(rule("1, 2", "0, 0", "100, 1"), "accepted");
  EXPECT_EQ(state_of("UPDATE class_rule SET grace_days = 5"), restricted);
  EXPECT_EQ(state_of("UPDATE member_class SET code = 'other' WHERE id = 1"), restricted);
  EXPECT_EQ(state_of("DELETE FROM member_class"), restricted);
}

TEST_F(MembersSchema, HasNoMembershipsThatOverlap) {
  const auto first = join("M1", "user", "2026-01-01").id;
  change(first, ChangeKind::left, "2026-03-31");
  const auto membership = [&](int id, const std::string& class_id, const std::string& from_on) {
    const std::string node_text = std::to_string(node().number());
    const std::string number = std::to_string(id);
    return state_of(
        "BEGIN; INSERT INTO membership (node_id, id, party_id, class_id, from_on, recorded_at) "
        "VALUES (" +
        node_text + ", " + number + ", 1, " + class_id + ", '" + from_on +
        "', now()); INSERT INTO membership_change (node_id, membership_id, number, kind, on_day, "
        "recorded_at) VALUES (" +
        node_text + ", " + number + ", 1, 'applied', '" + from_on + "', now()); COMMIT");
  };
  EXPECT_EQ(membership(2, "1", "2026-03-31"), exclusion_violated);
  EXPECT_EQ(membership(2, "1", "2025-01-01"), exclusion_violated);
  EXPECT_EQ(membership(2, "2", "2026-03-31"), "accepted");
  EXPECT_EQ(membership(3, "1", "2026-04-01"), "accepted");
}

TEST_F(MembersSchema, LetsAMembershipSayOnlyWhatItsChangesSay) {
  const auto id = join("M1", "user", "2026-01-01").id;
  EXPECT_EQ(state_of("UPDATE membership SET until_on = '2026-03-31'"), integrity_violated);
  EXPECT_EQ(state_of("UPDATE membership SET taken_back = true"), integrity_violated);
  EXPECT_EQ(state_of("UPDATE membership SET from_on = '2025-01-01'"), restricted);
  EXPECT_EQ(state_of("DELETE FROM membership"), restricted);
  EXPECT_EQ(
      insert("membership", "id, party_id, class_id, from_on, recorded_at", "9, 1, 2, '2026-01-01', now()"),
      integrity_violated)
      << "without an application";
  const auto changed = [&](const std::string& number, const std::string& kind, const std::string& day,
                           const std::string& reason, const std::string& annuls) {
    return insert(
        "membership_change", "membership_id, number, kind, on_day, reason, annuls, recorded_at",
        "1, " + number + ", '" + kind + "', '" + day + "', '" + reason + "', " + annuls + ", now()");
  };
  EXPECT_EQ(changed("3", "left", "2026-03-31", "moves", "NULL"), integrity_violated)
      << "its last day is missing";
  EXPECT_EQ(changed("3", "resumed", "2026-03-31", "", "NULL"), integrity_violated);
  EXPECT_EQ(changed("3", "paused", "2026-03-31", "", "NULL"), check_violated);
  EXPECT_EQ(changed("4", "paused", "2026-03-31", "ill", "NULL"), integrity_violated) << "a number is missing";
  EXPECT_EQ(changed("3", "paused", "2026-03-31", "ill", "NULL"), "accepted");
  EXPECT_EQ(changed("4", "paused", "2026-03-30", "no", "3"), integrity_violated) << "another day";
  EXPECT_EQ(changed("4", "paused", "2026-03-31", "", "3"), check_violated);
  EXPECT_EQ(changed("4", "paused", "2026-03-31", "no", "3"), "accepted");
  EXPECT_EQ(changed("5", "paused", "2026-03-31", "no", "3"), unique_violated);
  EXPECT_EQ(changed("5", "paused", "2026-03-31", "no", "4"), integrity_violated) << "itself a taking back";
  EXPECT_EQ(state_of("UPDATE membership_change SET reason = 'x'"), restricted);
  EXPECT_EQ(state_of("DELETE FROM membership_change"), restricted);
  change(id, ChangeKind::left, "2026-06-30");
}

TEST_F(MembersSchema, KeepsMeetingsAndWhoWasThere) {
  meet("2026-01-10", {"M1"});
  EXPECT_EQ(state_of("UPDATE attendance SET was_there = false"), restricted);
  EXPECT_EQ(state_of("DELETE FROM attendance"), restricted);
  EXPECT_EQ(state_of("UPDATE meeting SET held_on = '2026-01-11'"), restricted);
  EXPECT_EQ(
      insert("attendance", "meeting_id, party_id, number, was_there, recorded_at", "1, 9, 1, true, now()"),
      foreign_key_violated);
}

TEST_F(MembersSchema, IsMissedByVerificationWhereAGuardIsGone) {
  leave_books_damaged();
  const auto flaws = [&] {
    std::string texts;
    for (const proof::Flaw& flaw : proof::verify(db().settings()).flaws) texts += flaw.text + "\n";
    return texts;
  };
  EXPECT_EQ(flaws(), "");
  superuser_sql("ALTER TABLE membership DROP CONSTRAINT memberships_do_not_overlap");
  EXPECT_NE(flaws().find("memberships_do_not_overlap"), std::string::npos) << flaws();
  superuser_sql("ALTER TABLE party_profile DISABLE TRIGGER keep_erased");
  EXPECT_NE(flaws().find("keep_erased"), std::string::npos) << flaws();
  superuser_sql("GRANT DELETE ON party_erasure TO coopledger_service");
  EXPECT_NE(flaws().find("the service may delete party_erasure"), std::string::npos) << flaws();
}

TEST_F(MembersSchema, GivesTheServiceNoRightToRewriteWhatWasRecorded) {
  for (const char* forbidden :
       {"UPDATE party SET kind = 'person'", "DELETE FROM party", "DELETE FROM party_erasure",
        "UPDATE membership SET from_on = '2020-01-01'", "DELETE FROM membership",
        "UPDATE membership_change SET reason = ''", "DELETE FROM class_rule",
        "UPDATE class_rule SET number = 2", "UPDATE member_class SET code = 'x'", "DELETE FROM meeting",
        "UPDATE attendance SET was_there = true", "DELETE FROM head_count",
        "UPDATE party_profile SET party_id = 2", "TRUNCATE party_profile", "DELETE FROM party_user",
        "UPDATE party_user SET user_id = 2", "DELETE FROM party_user_end"})
    EXPECT_FALSE(service_may(forbidden)) << forbidden;
  for (const char* allowed : {"DELETE FROM party_profile", "UPDATE party_profile SET name = 'x'",
                              "UPDATE member_class SET title = 'x'"})
    EXPECT_TRUE(service_may(allowed)) << allowed;
}

}  // namespace
}  // namespace coop::members
