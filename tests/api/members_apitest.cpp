#include "tests/support/api_server.hpp"

namespace coop::test {
namespace {

using access::Role;
namespace json = boost::json;

class MembersApi : public ApiTest {
 protected:
  MembersApi() {
    make("member-classes", R"({"code":"user","title":"Users"})");
    make("member-classes", R"({"code":"worker","title":"Workers"})");
    make("members", R"({"kind":"person","profile":{"name":"Maria Puig","email":"maria@example.org",
                        "iban":"es91 2100 0418 4502 0005 1332"}})");
    make("members", R"({"kind":"person","profile":{"name":"Anna"}})");
    make("members", R"({"kind":"organisation","number":"O1","profile":{"name":"Platform 6"}})");
    make("members/M0001/memberships",
         R"({"class":"user","from_on":"2026-01-01","admitted_on":"2026-01-15"})");
    make("members/M0002/memberships",
         R"({"class":"worker","from_on":"2026-02-01","admitted_on":"2026-02-01"})");
  }
  ApiAnswer as(const std::string& token, const std::string& path) {
    return send("GET", at(path), {.token = token});
  }
  std::string numbers(const ApiAnswer& list) {
    std::string all;
    const json::value body = list.json();
    for (const auto& item : body.at("items").as_array())
      all += std::string{item.at("number").as_string()} + " ";
    return all;
  }
};

TEST_F(MembersApi, AreListedWithFiltersInPages) {
  EXPECT_EQ(numbers(get(at("members"))), "M0001 M0002 O1 ");
  EXPECT_EQ(numbers(get(at("members?sort=-number"))), "O1 M0002 M0001 ");
  EXPECT_EQ(numbers(get(at("members?sort=name"))), "M0002 M0001 O1 ");
  EXPECT_EQ(numbers(get(at("members?sort=-name"))), "O1 M0001 M0002 ");
  EXPECT_EQ(numbers(get(at("members?class=user"))), "M0001 ");
  EXPECT_EQ(numbers(get(at("members?class=user&as_of=2025-12-31"))), "");
  EXPECT_EQ(numbers(get(at("members?standing=applied&as_of=2026-01-14"))), "M0001 ");
  EXPECT_EQ(numbers(get(at("members?standing=active&as_of=2026-01-15"))), "M0001 ");
  EXPECT_EQ(numbers(get(at("members?kind=organisation"))), "O1 ");
  EXPECT_EQ(numbers(get(at("members?q=PUIG"))), "M0001 ");
  EXPECT_EQ(numbers(get(at("members?known_at=2020-01-01T00:00:00Z"))), "");
  for (const std::string sort : {"number", "-number", "name", "-name"}) {
    std::string all;
    ApiAnswer page = get(at("members?limit=1&sort=" + sort));
    for (all = numbers(page); !page.text("next").empty(); all += numbers(page))
      page = get(at("members?limit=1&sort=" + sort + "&cursor=" + page.text("next")));
    EXPECT_EQ(all, numbers(get(at("members?sort=" + sort))));
  }
}

TEST_F(MembersApi, AreListedForSpreadsheetsAndPeople) {
  const ApiAnswer csv = get(at("members?format=csv&as_of=2026-03-01"));
  EXPECT_NE(csv.body.find("line,0,M0001,person,Maria Puig,maria@example.org,user active"), std::string::npos)
      << csv.body;
  EXPECT_NE(get(at("members?format=text")).body.find("Platform 6"), std::string::npos);
}

TEST_F(MembersApi, ShowEverythingThatIsKnownOfOne) {
  const ApiAnswer shown = get(at("members/m0001?as_of=2026-01-10"));
  ASSERT_EQ(shown.status, 200) << shown.body;
  const json::value member = shown.json();
  EXPECT_EQ(member.at("number").as_string(), "M0001");
  EXPECT_EQ(member.at("profile").at("iban").as_string(), "ES9121000418450200051332");
  const auto& membership = member.at("memberships").at(0);
  EXPECT_EQ(membership.at("standing").as_string(), "applied");
  EXPECT_EQ(membership.at("changes").as_array().size(), 2u);
  EXPECT_TRUE(membership.at("activity").at("fulfilled").as_bool());
}

TEST_F(MembersApi, KeepNoPersonalDataInAnswersThatAreRepeated) {
  const ApiAnswer once =
      send("PATCH", at("members/M0001"), {.body = R"({"email":null,"address":"Elsewhere 5"})"});
  EXPECT_EQ(once.status, 200) << once.body;
  EXPECT_EQ(superuser_value("SELECT count(*) FROM request_answer WHERE body LIKE '%Puig%' OR body LIKE "
                            "'%Elsewhere%'"),
            "0");
  const json::value profile = get(at("members/M0001")).json().at("profile");
  EXPECT_TRUE(profile.at("email").is_null());
  EXPECT_EQ(profile.at("address").as_string(), "Elsewhere 5");
  EXPECT_EQ(profile.at("name").as_string(), "Maria Puig");
}

TEST_F(MembersApi, AreErasedForGood) {
  EXPECT_EQ(post(at("members/M0001/erasure"), R"({"reason":"asked for it"})").status, 200);
  const json::value member = get(at("members/M0001")).json();
  EXPECT_TRUE(member.at("profile").is_null());
  EXPECT_EQ(member.at("erased").at("reason").as_string(), "asked for it");
  EXPECT_EQ(member.at("memberships").as_array().size(), 1u);
  EXPECT_EQ(send("PATCH", at("members/M0001"), {.body = R"({"name":"Maria"})"}).code(), "party_erased");
  EXPECT_EQ(post(at("members/M0001/erasure"), R"({"reason":"again"})").code(), "party_erased");
  EXPECT_EQ(numbers(get(at("members?q=puig"))), "");
}

TEST_F(MembersApi, ShowAuditorsNumbersWithoutPersonalData) {
  const std::string auditor = token_of_new_user("aud", {Role::auditor});
  const ApiAnswer list = as(auditor, "members");
  EXPECT_EQ(numbers(list), "M0001 M0002 O1 ");
  const ApiAnswer one = as(auditor, "members/M0001");
  for (const ApiAnswer& answer :
       {list, one, as(auditor, "members?format=csv"), as(auditor, "members?format=text")}) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    for (const char* personal : {"Maria", "example.org", "ES91", "Platform"})
      EXPECT_EQ(answer.body.find(personal), std::string::npos) << answer.body;
  }
  EXPECT_EQ(numbers(as(auditor, "members?q=puig")), "") << "what is not seen is not searched";
  EXPECT_EQ(as(auditor, "members?sort=name").code(), "field_invalid");
  EXPECT_EQ(send("PATCH", at("members/M0001"), {.body = "{}", .token = auditor}).code(), "role_missing");
  const std::string bookkeeper = token_of_new_user("book", {Role::bookkeeper});
  EXPECT_NE(as(bookkeeper, "members").body.find("Maria"), std::string::npos);
  EXPECT_EQ(
      send("POST", at("members/M0001/erasure"), {.body = R"({"reason":"x"})", .token = bookkeeper}).code(),
      "role_missing");
}

TEST_F(MembersApi, ShowAMemberTheirOwnAndNobodyElses) {
  const std::string maria = token_of_new_user("maria", {Role::member});
  EXPECT_EQ(as(maria, "own-members").json().at("members").as_array().size(), 0u);
  EXPECT_EQ(send("PUT", at("members/M0001/users/maria")).status, 200);
  const json::value own = as(maria, "own-members").json();
  ASSERT_EQ(own.at("members").as_array().size(), 1u);
  EXPECT_EQ(own.at("members").at(0).at("profile").at("name").as_string(), "Maria Puig");
  EXPECT_EQ(own.at("members").at(0).at("memberships").at(0).at("class").as_string(), "user");
  EXPECT_EQ(as(maria, "members").code(), "role_missing");
  EXPECT_EQ(as(maria, "members/M0001").code(), "role_missing");
  EXPECT_EQ(send("DELETE", at("members/M0001/users/maria")).status, 200);
  EXPECT_EQ(as(maria, "own-members").json().at("members").as_array().size(), 0u);
  EXPECT_EQ(send("DELETE", at("members/M0001/users/maria")).code(), "user_unknown");
}

TEST_F(MembersApi, RecordWhatHappensToAMembership) {
  const std::string changes = "members/M0001/memberships/1/changes";
  EXPECT_EQ(post(at(changes), R"({"kind":"left","on_day":"2026-03-31"})").code(), "field_invalid");
  const ApiAnswer left = post(at(changes), R"({"kind":"left","on_day":"2026-03-31","reason":"moves"})");
  ASSERT_EQ(left.status, 200) << left.body;
  EXPECT_EQ(left.text("until_on"), "2026-03-31");
  EXPECT_EQ(post(at(changes), R"({"kind":"left","on_day":"2026-04-01","reason":"x"})").code(),
            "membership_ended");
  EXPECT_EQ(
      post(at("members/M0002/memberships/1/changes"), R"({"kind":"deceased","on_day":"2026-04-01"})").code(),
      "membership_unknown")
      << "it is somebody else's";
  const ApiAnswer back = post(at(changes + "/3/annulment"), R"({"reason":"a mistake"})");
  ASSERT_EQ(back.status, 200) << back.body;
  EXPECT_TRUE(back.json().at("until_on").is_null());
  EXPECT_EQ(back.json().at("changes").at(2).at("annulled_by").as_int64(), 4);
  EXPECT_EQ(post(at("members/M0001/memberships"), R"({"class":"user","from_on":"2026-06-01"})").code(),
            "membership_overlaps");
}

TEST_F(MembersApi, HaveClassesWhoseRulesReadAsPlainWords) {
  const ApiAnswer adopted = make("member-classes/worker/rules", R"({"from_on":"2026-01-01","weight":"50%",
      "attendance":"1/2","grace_days":14,"arrears_days":60,"obligation":{"amount":"1000.00","unit":"EUR"},
      "decision":"Assembly of 12 December 2025"})");
  EXPECT_EQ(adopted.text("weight"), "1/2");
  EXPECT_NE(adopted.text("words").find("joining obliges to 1000.00 EUR"), std::string::npos) << adopted.body;
  EXPECT_EQ(send("PATCH", at("member-classes/worker"), {.body = R"({"title":"People who work"})"}).status,
            200);
  const json::value shown = get(at("member-classes/worker")).json();
  EXPECT_EQ(shown.at("title").as_string(), "People who work");
  EXPECT_EQ(shown.at("rules").as_array().size(), 1u);
  EXPECT_EQ(get(at("member-classes")).json().at("items").as_array().size(), 2u);
  const ApiAnswer first = get(at("member-classes?limit=1"));
  EXPECT_EQ(
      get(at("member-classes?limit=1&cursor=" + first.text("next"))).json().at("items").at(0).at("code"),
      "worker");
}

TEST_F(MembersApi, TellWhoKeepsTheActivityRule) {
  make("member-classes/user/rules", R"({"from_on":"2020-01-01","attendance":"1/2","decision":"Handbook"})");
  const std::string all_hands =
      R"({"held_on":"2026-02-10","title":"All hands","attended":["M0002","M0001"]})";
  const std::string meeting = make("meetings", all_hands).text("number");
  make("meetings", R"({"held_on":"2026-02-20","title":"Users","class":"user"})");
  make("meetings", R"({"held_on":"2026-02-25","title":"Users","class":"user"})");
  const auto activity = [&] {
    return get(at("members/M0001?as_of=2026-03-01")).json().at("memberships").at(0).at("activity");
  };
  EXPECT_EQ(activity().at("held").as_int64(), 3);
  EXPECT_FALSE(activity().at("fulfilled").as_bool());
  const ApiAnswer corrected = post(at("meetings/2/attendance"), R"({"present":["M0001"]})");
  EXPECT_EQ(corrected.json().at("members").as_array().size(), 1u) << corrected.body;
  EXPECT_TRUE(activity().at("fulfilled").as_bool());
  EXPECT_EQ(get(at("meetings/" + meeting)).json().at("attended").as_int64(), 2);
  EXPECT_EQ(get(at("meetings?limit=2")).json().at("items").at(0).at("held_on"), "2026-02-25");
}

TEST_F(MembersApi, OfOrganisationsDeclareTheirMembers) {
  EXPECT_EQ(make("members/O1/head-counts", R"({"from_on":"2026-01-01","members":14})").text("number"), "1");
  EXPECT_EQ(post(at("members/M0001/head-counts"), R"({"from_on":"2026-01-01","members":1})").code(),
            "party_not_organisation");
  EXPECT_EQ(get(at("members/O1?as_of=2025-12-31")).json().at("head_count").is_null(), true);
  EXPECT_EQ(get(at("members/O1?as_of=2026-01-01")).json().at("head_count").as_int64(), 14);
}

TEST_F(MembersApi, TellWhatWouldHappenWithoutDoingIt) {
  const ApiAnswer tried = post(at("members?dry_run=true"), R"({"kind":"person"})");
  EXPECT_EQ(tried.text("number"), "M0003") << tried.body;
  EXPECT_EQ(numbers(get(at("members"))), "M0001 M0002 O1 ");
  const ApiRequest asked{.body = R"({"kind":"person"})", .key = "one key"};
  EXPECT_EQ(send("POST", at("members"), asked).text("number"), "M0003");
  EXPECT_EQ(send("POST", at("members"), asked).text("number"), "M0003");
  EXPECT_EQ(numbers(get(at("members"))), "M0001 M0002 M0003 O1 ");
}

}  // namespace
}  // namespace coop::test
