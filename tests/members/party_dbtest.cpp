#include "tests/support/test_members.hpp"

namespace coop::members {
namespace {

using books::DimensionKind;
using test::refusal_of;

class Parties : public test::MembersTest {
 protected:
  std::string add_code(const PartyDraft& draft) {
    return refusal_of([&] { add(draft); });
  }
  std::optional<Profile> profile_of(const std::string& number) {
    return db().in_snapshot(
        [&](Tx& tx) { return find_profile(tx, node(), read_party(tx, node(), number).id); });
  }
  Profile change_name(const std::string& number, const std::string& name) {
    ProfileChange change;
    change.name = name;
    return db().in_tx([&](Tx& tx) { return change_profile(tx, node(), number, change, author()); });
  }
  void erase(const std::string& number, const std::string& reason = "asked for it") {
    db().in_tx([&](Tx& tx) { erase_party(tx, node(), number, reason, author()); });
  }
  HeadCount declare(const std::string& number, std::string_view from_on, int heads) {
    return db().in_tx(
        [&](Tx& tx) { return declare_head_count(tx, node(), number, Day::parse(from_on), heads, author()); });
  }
  void make_user(const std::string& name) {
    superuser_sql("INSERT INTO user_account (name, title, created_at) VALUES ('" + name + "', '', now())");
  }
  void link(const std::string& number, const std::string& user) {
    db().in_tx([&](Tx& tx) { link_user(tx, node(), number, user, author()); });
  }
  void unlink(const std::string& number, const std::string& user) {
    db().in_tx([&](Tx& tx) { unlink_user(tx, node(), number, user, author()); });
  }
  std::string dimension_name(const std::string& code) {
    return superuser_value("SELECT name FROM dimension WHERE kind = 'member' AND code = '" + code + "'");
  }
};

TEST_F(Parties, GetTheNextFreeNumberOrTheOneThatIsGiven) {
  EXPECT_EQ(add_person("Maria").number, "M0001");
  EXPECT_EQ(add_person("Jordi", "M0041").number, "M0041");
  EXPECT_EQ(add_organisation("Platform 6").number, "M0042");
  EXPECT_EQ(add_person("Anna", "2026-7").number, "2026-7");
  EXPECT_EQ(add_person("Pau").number, "M0043");
  EXPECT_EQ(profile_of("M0042")->name, "Platform 6");
  EXPECT_EQ(db().in_snapshot([&](Tx& tx) { return read_party(tx, node(), "M0042"); }).kind,
            PartyKind::organisation);
}

TEST_F(Parties, AreMembersInTheBooksUnderTheirNumberAlone) {
  add_person("Maria");
  EXPECT_EQ(dimension_name("M0001"), "M0001");
  open("assets:bank");
  open("income:dues");
  books::DimensionCodes about;
  about[1] = "M0001";
  record("2026-01-31", {{"assets:bank", "10.00"}, {"income:dues", "-10.00", about}});
}

TEST_F(Parties, TakeOverTheMemberWhomTheBooksKnewAndItsNameGoes) {
  db().in_tx([&](Tx& tx) {
    books::add_dimensions(tx, node(), {{DimensionId{1}, DimensionKind::member, "M0007", "Maria P."}},
                          author());
  });
  EXPECT_EQ(add_person("Anna").number, "M0008") << "nobody gets another one's number by accident";
  EXPECT_EQ(add_person("Maria P.", "M0007").number, "M0007");
  EXPECT_EQ(dimension_name("M0007"), "M0007");
}

TEST_F(Parties, AreRefusedWithTheFirstFaultOfTheirDraft) {
  add_person("Maria", "M1");
  const PartyKind person = PartyKind::person;
  EXPECT_EQ(add_code({"M 1", person}), "name_malformed");
  EXPECT_EQ(add_code({"M2", person, Profile{""}}), "field_invalid");
  EXPECT_EQ(add_code({"M2", person, Profile{"x", {}, "XX"}}), "iban_malformed");
  EXPECT_EQ(add_code({"M1", person}), "party_exists");
  EXPECT_EQ(add_code({"m1", person}), "party_exists");
  EXPECT_EQ(
      refusal_of([&] {
        db().in_tx([&](Tx& tx) { add_parties(tx, node(), {{"M5", person}, {"m5", person}}, author()); });
      }),
      "party_exists");
  EXPECT_EQ(count("party"), 1);
  EXPECT_EQ(refusal_of([&] { profile_of("M5"); }), "party_unknown");
  use(NodeId{999});
  EXPECT_EQ(add_code({"M2", person}), "node_unknown");
}

TEST_F(Parties, AreAddedManyAtOnceInTheirOrder) {
  const std::vector<PartyDraft> drafts{{{}, PartyKind::person, Profile{"A"}},
                                       {"M0003", PartyKind::organisation},
                                       {{}, PartyKind::person, Profile{"C", "c@example.org"}}};
  const auto parties = db().in_tx([&](Tx& tx) { return add_parties(tx, node(), drafts, author()); });
  ASSERT_EQ(parties.size(), 3u);
  EXPECT_EQ(parties[0].number, "M0004");
  EXPECT_EQ(parties[1].number, "M0003");
  EXPECT_EQ(parties[2].number, "M0005");
  EXPECT_EQ(profile_of("M0005")->email, "c@example.org");
  EXPECT_FALSE(profile_of("M0003"));
  EXPECT_EQ(superuser_value("SELECT body->>'added' FROM event WHERE kind = 'members_added'"), "3");
}

TEST_F(Parties, ChangeTheirProfile) {
  add({"M1", PartyKind::person});
  ProfileChange nameless;
  nameless.country = std::optional<std::string>{"ES"};
  const auto code = [&](const ProfileChange& change) {
    return refusal_of(
        [&] { db().in_tx([&](Tx& tx) { change_profile(tx, node(), "M1", change, author()); }); });
  };
  EXPECT_EQ(code(nameless), "field_missing");
  EXPECT_EQ(change_name("M1", "Maria").name, "Maria");
  EXPECT_EQ(code(nameless), "");
  EXPECT_EQ(profile_of("M1")->country, "ES");
  nameless.country = std::optional<std::string>{"Spain"};
  EXPECT_EQ(code(nameless), "field_invalid");
  EXPECT_EQ(refusal_of([&] { change_name("M2", "x"); }), "party_unknown");
}

TEST_F(Parties, LeaveNoPersonalDataWhenErasedAndTheBooksStayWhole) {
  make_user("maria");
  add({"M1", PartyKind::person,
       Profile{"Maria Unmistakable", "maria@unmistakable.example", "ES9121000418450200051332",
               "Unmistakable 1", "ES", "ca"}});
  link("M1", "maria");
  open("assets:bank");
  open("income:dues");
  books::DimensionCodes about;
  about[1] = "M1";
  record("2026-01-31", {{"assets:bank", "10.00"}, {"income:dues", "-10.00", about}});
  change_name("M1", "Maria Unmistakable i Puig");
  erase("M1");
  EXPECT_FALSE(profile_of("M1"));
  EXPECT_EQ(balance("income:dues"), "-10.00");
  const auto erasure =
      db().in_snapshot([&](Tx& tx) { return find_erasure(tx, node(), read_party(tx, node(), "M1").id); });
  ASSERT_TRUE(erasure);
  EXPECT_EQ(erasure->reason, "asked for it");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM party_user u WHERE is_linked(u.node_id, u.party_id, "
                            "u.user_id)"),
            "0");
  const std::string everything = superuser_value(
      "SELECT string_agg(query_to_xml(format('SELECT * FROM %I', table_name), true, true, '')::text, '') "
      "FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
  EXPECT_GT(everything.size(), 1'000u);
  EXPECT_EQ(everything.find("nmistakable"), std::string::npos);
  EXPECT_EQ(everything.find("21000418450200051332"), std::string::npos);
}

TEST_F(Parties, StayErased) {
  make_user("maria");
  add_person("Maria", "M1");
  EXPECT_EQ(refusal_of([&] { erase("M1", ""); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { erase("M2"); }), "party_unknown");
  erase("M1");
  EXPECT_EQ(refusal_of([&] { erase("M1"); }), "party_erased");
  EXPECT_EQ(refusal_of([&] { change_name("M1", "Maria"); }), "party_erased");
  EXPECT_EQ(refusal_of([&] { link("M1", "maria"); }), "party_erased");
  EXPECT_EQ(refusal_of([&] { add_person("Maria", "M1"); }), "party_exists");
}

TEST_F(Parties, ThatAreOrganisationsDeclareTheirMembers) {
  add_organisation("Platform 6", "O1");
  add_person("Maria", "M1");
  EXPECT_EQ(declare("O1", "2026-01-01", 12).number, 1);
  EXPECT_EQ(declare("O1", "2026-06-01", 15).number, 2);
  EXPECT_EQ(refusal_of([&] { declare("M1", "2026-01-01", 1); }), "party_not_organisation");
  EXPECT_EQ(refusal_of([&] { declare("O1", "2026-01-01", -1); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { declare("O2", "2026-01-01", 1); }), "party_unknown");
  const auto declared =
      db().in_snapshot([&](Tx& tx) { return read_head_counts(tx, node(), read_party(tx, node(), "O1").id); });
  ASSERT_EQ(declared.size(), 2u);
  EXPECT_EQ(find_head_count_on(declared, Day::parse("2026-05-31"))->members, 12);
}

TEST_F(Parties, AreSeenByTheUsersTheyAreLinkedWith) {
  make_user("maria");
  add_person("Maria", "M1");
  add_organisation("Platform 6", "O1");
  link("O1", "maria");
  link("M1", "maria");
  link("M1", "maria");
  const UserId user = db().in_snapshot([](Tx& tx) { return read_user_id(tx, "maria"); });
  const auto seen = [&] {
    std::string numbers;
    for (const Party& party :
         db().in_snapshot([&](Tx& tx) { return read_parties_of_user(tx, node(), user); }))
      numbers += party.number + " ";
    return numbers;
  };
  EXPECT_EQ(seen(), "M1 O1 ");
  unlink("M1", "maria");
  EXPECT_EQ(seen(), "O1 ");
  EXPECT_EQ(refusal_of([&] { unlink("M1", "maria"); }), "user_unknown");
  EXPECT_EQ(refusal_of([&] { link("M1", "nobody"); }), "user_unknown");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM event WHERE kind = 'member_user_linked'"), "2");
}

TEST_F(Parties, KeepTheirNamesOutOfTheBooks) {
  add_person("Maria", "M1");
  const auto rename = [&](const std::string& name) {
    return refusal_of([&] {
      db().in_tx(
          [&](Tx& tx) { books::rename_dimension(tx, node(), DimensionKind::member, "M1", name, author()); });
    });
  };
  EXPECT_EQ(rename("Maria"), "field_invalid");
  EXPECT_EQ(rename("M1"), "");
  add(DimensionKind::member, {"old"});
}

}  // namespace
}  // namespace coop::members
