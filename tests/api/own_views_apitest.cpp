// What a member sees of their own, signed in or by a link that expires.
#include "tests/support/api_server.hpp"

namespace coop::test {
namespace {

namespace json = boost::json;
using access::Role;

/// A clock that the test moves: system time and so many days.
std::atomic<int>& days_later() {
  static std::atomic<int> days{0};
  return days;
}
Instant later_time() { return system_clock()() + std::chrono::hours{24 * days_later()}; }

class OwnViews : public ApiTest {
 protected:
  OwnViews() : ApiTest{{}, later_time} {
    days_later() = 0;
    make("members", R"({"kind":"person","number":"M0001","profile":{"name":"Maria Puig"}})");
    make("members", R"({"kind":"person","number":"M0002","profile":{"name":"Jordi Serra"}})");
    make("member-classes", R"({"code":"user","title":"Users"})");
    make("member-classes/user/rules",
         R"({"from_on":"2025-01-01","decision":"Assembly","obligation":{"amount":"100.00","unit":"EUR"}})");
    make("dues/tiers", R"({"code":"standard","title":"Standard","interval":"month","unit":"EUR"})");
    make("dues/tiers/standard/prices", R"({"from_on":"2025-01-01","suggested":"20.00"})");
    make("members/M0001/memberships",
         R"({"class":"user","from_on":"2026-01-01","admitted_on":"2026-01-01"})");
    make("members/M0001/memberships/1/subscriptions", R"({"from_on":"2026-01-01","tier":"standard"})");
    run("2026-01");
    run("2026-02");
    make("dues/payments", R"({"payer":"M0001","amount":"120.00","unit":"EUR","received_on":"2026-01-20",)"
                          R"("account":"assets:bank"})");
  }

  void run(const std::string& period) {
    EXPECT_EQ(ended(post(at("dues/runs"), R"({"period":")" + period + R"("})")).text("state"), "done");
  }
  std::string link(const std::string& body = "{}") {
    return post(at("members/M0001/links"), body).text("path");
  }
  ApiAnswer unknown_caller(const std::string& path, const std::string& accept = {}) {
    ApiRequest request{.token = "-"};
    if (!accept.empty()) request.headers = {{"Accept", accept}};
    return send("GET", path, request);
  }
};

TEST_F(OwnViews, TellEverythingInOneRequest) {
  const json::value view = get(at("members/M0001/own-view?as_of=2026-02-10")).json();
  EXPECT_EQ(view.at("name").as_string(), "Maria Puig");
  EXPECT_EQ(view.at("memberships").at(0).at("class").as_string(), "Users");
  EXPECT_EQ(view.at("memberships").at(0).at("covered_until").as_string(), "2026-01-31");
  const json::value& vote = view.at("memberships").at(0).at("vote");
  EXPECT_FALSE(vote.at("eligible").as_bool());
  EXPECT_EQ(vote.at("exclusions").at(0).at("kind").as_string(), "no_vote");
  EXPECT_EQ(vote.at("exclusions").at(1).at("words").as_string(),
            "owes 20.00 EUR since 2026-02-01: 9 days late, none is allowed");
  const json::value& balance = view.at("balances").at(0);
  EXPECT_EQ(balance.at("open").as_string(), "20.00");
  EXPECT_EQ(balance.at("overdue").as_string(), "20.00");
  EXPECT_EQ(view.at("open_charges").as_array().size(), 1u);
  EXPECT_TRUE(view.at("next_due").is_null()) << "February's has been due since the first";
  EXPECT_EQ(view.at("upcoming").at("from").as_string(), "2026-03-01");
  EXPECT_EQ(view.at("obligations").at(0).at("owed").as_string(), "100.00");
  EXPECT_EQ(view.at("obligations").at(0).at("open").as_string(), "0.00");
  std::string lines;
  for (const json::value& line : view.at("statement").at("lines").as_array())
    lines += std::string{line.at("on").as_string()} + " " + std::string{line.at("kind").as_string()} + " " +
             std::string{line.at("amount").as_string()} + " " +
             std::string{line.at("owed_after").as_string()} + "\n";
  EXPECT_EQ(lines,
            "2026-01-01 charge 20.00 20.00\n"
            "2026-01-01 charge 100.00 120.00\n"
            "2026-01-20 payment -120.00 0.00\n"
            "2026-02-01 charge 20.00 20.00\n");
  const json::value later = get(at("members/M0001/own-view?as_of=2026-02-10&from=2026-02-01")).json();
  EXPECT_EQ(later.at("statement").at("owed_before").at(0).at("amount").as_string(), "0.00");
  EXPECT_EQ(later.at("statement").at("lines").as_array().size(), 1u);
}

TEST_F(OwnViews, TellOfAPeriodThatNobodyChargedYet) {
  const std::string path = at("members/M0001/own-view");
  const json::value march = get(path + "?as_of=2026-03-20").json();
  EXPECT_EQ(march.at("upcoming").at("from").as_string(), "2026-03-01") << "March runs, and is not charged";
  EXPECT_EQ(get(path + "?as_of=2026-04-01").json().at("upcoming").at("from").as_string(), "2026-04-01");
  const std::string known = path + "?as_of=2026-03-20&known_at=2026-03-20T12:00:00Z";
  EXPECT_TRUE(get(known).json().at("upcoming").is_null());
}

TEST_F(OwnViews, BeginTheStatementWithTheFiscalYearBefore) {
  EXPECT_EQ(get(at("members/M0001/own-view?as_of=2026-02-10")).json().at("statement").at("from").as_string(),
            "2025-01-01");
}

TEST_F(OwnViews, AreEachMembersOwn) {
  const std::string maria = token_of_new_user("maria", {Role::member});
  const auto ask = [&](const std::string& path) { return send("GET", at(path), {.token = maria}); };
  EXPECT_EQ(ask("own-members/M0001").code(), "party_unknown");
  EXPECT_EQ(send("PUT", at("members/M0001/users/maria")).status, 200);
  EXPECT_EQ(ask("own-members/M0001").text("member"), "M0001");
  EXPECT_EQ(ask("own-members/M0002").code(), "party_unknown");
  EXPECT_EQ(ask("own-members/nobody").code(), "party_unknown");
  EXPECT_EQ(ask("members/M0001/own-view").code(), "role_missing");
  EXPECT_EQ(ask("members/M0001/links").code(), "role_missing");
  const std::string auditor = token_of_new_user("aud", {Role::auditor});
  EXPECT_EQ(send("GET", at("members/M0001/own-view"), {.token = auditor}).code(), "role_missing");
}

TEST_F(OwnViews, OpenByALinkUntilItExpires) {
  const std::string path = link(R"({"days":3})");
  ASSERT_TRUE(path.starts_with("/v1/own-views/bcn.1.")) << path;
  EXPECT_EQ(unknown_caller(path).text("name"), "Maria Puig");
  EXPECT_EQ(get(at("members/M0001/links")).json().at("items").at(0).at("path").as_string(), path);
  EXPECT_EQ(unknown_caller(path + "?as_of=2026-01-10").text("as_of"), "2026-01-10");
  days_later() = 3;
  EXPECT_EQ(unknown_caller(path).code(), "link_invalid");
  EXPECT_TRUE(get(at("members/M0001/links")).json().at("items").at(0).at("path").is_null());
}

TEST_F(OwnViews, DoNotOpenByALinkThatSaysSomethingElse) {
  const std::string path = link();
  for (std::size_t place = std::string{"/v1/own-views/"}.size(); place < path.size(); ++place) {
    std::string spoiled = path;
    spoiled[place] = spoiled[place] == 'A' ? 'B' : 'A';
    EXPECT_EQ(unknown_caller(spoiled).code(), "link_invalid") << spoiled;
  }
  EXPECT_EQ(unknown_caller(path.substr(0, path.size() - 1)).code(), "link_invalid");
  EXPECT_EQ(unknown_caller(path + "A").code(), "link_invalid");
}

TEST_F(OwnViews, CloseWhenTheLinkIsEndedOrTheMemberErased) {
  const std::string first = link();
  const std::string second = link();
  EXPECT_EQ(send("DELETE", at("members/M0002/links/1")).code(), "link_invalid") << "another member's";
  EXPECT_EQ(send("DELETE", at("members/M0001/links/1")).status, 200);
  EXPECT_EQ(send("DELETE", at("members/M0001/links/1")).code(), "link_invalid");
  EXPECT_EQ(unknown_caller(first).code(), "link_invalid");
  EXPECT_EQ(unknown_caller(second).status, 200);
  EXPECT_EQ(post(at("members/M0001/erasure"), R"({"reason":"asked for it"})").status, 200);
  EXPECT_EQ(unknown_caller(second).code(), "link_invalid");
  EXPECT_EQ(post(at("members/M0001/links"), "{}").code(), "party_erased");
  EXPECT_TRUE(get(at("members/M0001/own-view")).json().at("name").is_null()) << "the books stay whole";
}

TEST_F(OwnViews, ShowTheLinkOnceWhenARequestIsRepeated) {
  const ApiRequest request{.body = "{}", .key = "a-key"};
  const ApiAnswer made = send("POST", at("members/M0001/links"), request);
  const ApiAnswer again = send("POST", at("members/M0001/links"), request);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.text("number"), made.text("number"));
  EXPECT_TRUE(again.json().at("path").is_null()) << "what is kept of a request holds no secret";
}

TEST_F(OwnViews, AreTextAndCsv) {
  const std::string text = get(at("members/M0001/own-view?as_of=2026-02-10&format=text")).body;
  for (const char* words :
       {"Maria Puig", "You owe: 20.00 EUR, 20.00 EUR of it overdue since 2026-02-01",
        "Users since 2026-01-01, in_arrears, dues paid until 2026-01-31; no vote: the class has no "
        "vote, owes 20.00 EUR since 2026-02-01: 9 days late, none is allowed",
        "Obligation: 100.00 EUR, 0.00 EUR of it open"})
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
  const std::string csv = get(at("members/M0001/own-view?as_of=2026-02-10&format=csv")).body;
  EXPECT_NE(csv.find("2026-01-20,Your payment 1,EUR,-120.00,0.00"), std::string::npos) << csv;
}

TEST_F(OwnViews, ArePagesForPeople) {
  const ApiAnswer page = unknown_caller(link() + "?as_of=2026-02-10", "text/html");
  EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
  for (const char* words : {"Maria Puig", "You owe <strong>20.00 EUR</strong>", "overdue since 2026-02-01",
                            "Next to come: 20.00 EUR by 2026-03-01", "Your payment 1"})
    EXPECT_NE(page.body.find(words), std::string::npos) << words << "\n" << page.body;
}

}  // namespace
}  // namespace coop::test
