// Lists page by page: nothing is left out, nothing comes twice, and a cursor is good for its own list only.
#include <algorithm>
#include <iterator>
#include <sstream>

#include "tests/support/api_server.hpp"

namespace coop::test {
namespace {

class ListPages : public ApiTest {
 protected:
  /// A member of all items, read two at a time as the operator, or with a token.
  std::string read(const std::string& list, const char* member, const std::string& token = {}) {
    std::string all;
    std::string cursor;
    for (int pages = 0; pages < 50; ++pages) {
      const ApiAnswer page = send("GET",
                                  list + (list.find('?') == std::string::npos ? "?" : "&") + "limit=2" +
                                      (cursor.empty() ? "" : "&cursor=" + cursor),
                                  {.token = token.empty() ? operator_token() : token});
      EXPECT_EQ(page.status, 200) << page.body;
      const boost::json::value found = page.json();
      const auto& items = found.at("items").as_array();
      EXPECT_LE(items.size(), 2u);
      for (const auto& item : items) all += boost::json::serialize(item.at(member)) + " ";
      cursor = page.text("next");
      if (cursor.empty()) return all;
      EXPECT_EQ(items.size(), 2u) << "only the last page is not full";
    }
    return all + "and no end";
  }
  void add_node(const std::string& name) {
    EXPECT_EQ(operate("POST", "/v1/nodes",
                      R"({"name":")" + name +
                          R"(","title":"A node","base_unit":"EUR","country":"ES","time_zone":"UTC"})")
                  .status,
              201);
  }
};

TEST_F(ListPages, OfNodesHoldThoseThatTheCallerSees) {
  for (const char* name : {"ams", "got", "mcr", "par"}) add_node(name);
  EXPECT_EQ(read("/v1/nodes", "name"), R"("ams" "bcn" "got" "mcr" "par" )");
  const std::string auditor = token_of_new_user("audrey", {access::Role::auditor});
  for (const char* name : {"ams", "par"})
    EXPECT_EQ(operate("PUT", "/v1/nodes/" + std::string{name} + "/roles/audrey/auditor").status, 200);
  EXPECT_EQ(operate("PUT", "/v1/nodes/par/roles/audrey/member").status, 200);
  EXPECT_EQ(read("/v1/nodes", "name", auditor), R"("ams" "bcn" "par" )");
  const auto only_in_par = [&](const std::string& user) {
    const std::string body = R"({"scopes":["read"],"only_node":"par"})";
    return operate("POST", "/v1/users/" + user + "/tokens", body).text("token");
  };
  EXPECT_EQ(read("/v1/nodes", "name", only_in_par("audrey")), R"("par" )");
  EXPECT_EQ(read("/v1/nodes", "name", only_in_par("operator")), R"("par" )");
  EXPECT_EQ(read("/v1/nodes", "name", only_in_par("tess")), "");
}

TEST_F(ListPages, OfUnitsKeepToTheOriginThatIsAskedFor) {
  for (const char* code : {"HOURA", "HOURB", "HOURC"})
    EXPECT_EQ(operate("POST", "/v1/units",
                      R"({"code":")" + std::string{code} + R"(","name":"time","scale":2,"origin":"hours"})")
                  .status,
              201);
  EXPECT_EQ(read("/v1/units?origin=hours", "code"), R"("HOURA" "HOURB" "HOURC" )");
  const boost::json::value all = operate("GET", "/v1/units").json();
  EXPECT_GT(all.at("items").as_array().size(), 150u) << "every currency at once";
  EXPECT_TRUE(all.at("next").is_null());
  const std::string cursor = operate("GET", "/v1/units?origin=hours&limit=1").text("next");
  EXPECT_EQ(operate("GET", "/v1/units?limit=1&cursor=" + cursor).code(), "cursor_invalid");
}

TEST_F(ListPages, OfWorkGoOnAfterTheLast) {
  for (const char* code : {"tech", "care-team", "product"})
    EXPECT_EQ(post("/v1/nodes/bcn/circles",
                   R"({"title":"A circle","from_on":"2026-01-01","circle":")" + std::string{code} + "\"}")
                  .status,
              201);
  EXPECT_EQ(read("/v1/nodes/bcn/circles", "circle", token()), R"("care-team" "product" "tech" )");
  EXPECT_EQ(read("/v1/nodes/bcn/work-kinds", "code", token()), R"("livelihood" "love" "care" "travel" )");
  for (const char* number : {"M1", "M2", "M3"})
    EXPECT_EQ(post("/v1/nodes/bcn/members",
                   R"({"kind":"person","profile":{"name":"Maria"},"number":")" + std::string{number} + "\"}")
                  .status,
              201);
  for (const char* circle : {"tech", "product", "care-team"})
    EXPECT_EQ(post("/v1/nodes/bcn/obligations",
                   R"({"title":"Cleaning","from_on":"2026-01-01","until_on":"2026-12-31","minutes":60,)"
                   R"("payable_in":["hours"],"decision":"d/1","members":["M3","M1","M2"],"circle":")" +
                       std::string{circle} + "\"}")
                  .status,
              201);
  EXPECT_EQ(read("/v1/nodes/bcn/obligations", "number", token()), "3 2 1 ");
  EXPECT_EQ(read("/v1/nodes/bcn/obligation-standings", "member", token()),
            R"("M1" "M2" "M3" "M1" "M2" "M3" "M1" "M2" "M3" )");
}

TEST_F(ListPages, OfPeriodLocksBeginWithTheNewest) {
  for (const char* day : {"2020-01-31", "2020-02-29", "2020-03-31"})
    EXPECT_EQ(post("/v1/nodes/bcn/locks",
                   R"({"kind":"soft","reason":"done","through_on":")" + std::string{day} + "\"}")
                  .status,
              201);
  EXPECT_EQ(read("/v1/nodes/bcn/locks", "number", token()), "3 2 1 ");
}

TEST_F(ListPages, OfPeriodLocksHoldNoneThroughADayToCome) {
  for (const char* kind : {"soft", "hard"}) {
    for (const char* query : {"", "?dry_run=true"}) {
      const ApiAnswer refused =
          post("/v1/nodes/bcn/locks" + std::string{query},
               R"({"reason":"done","through_on":"2099-12-31","kind":")" + std::string{kind} + "\"}");
      EXPECT_EQ(refused.code(), "field_invalid") << refused.body;
      EXPECT_NE(refused.body.find("/through_on"), std::string::npos) << refused.body;
    }
  }
  EXPECT_EQ(read("/v1/nodes/bcn/locks", "number", token()), "");
}

TEST_F(ListPages, NameWhoLockedHeldAndGrantedAndWhoEndedIt) {
  const auto first_of = [&](const std::string& list) {
    return boost::json::serialize(get("/v1/nodes/bcn/" + list).json().at("items").at(0));
  };
  const auto tells = [](const std::string& item, const std::string& what) {
    return item.find(what) != std::string::npos;
  };
  post("/v1/nodes/bcn/locks", R"({"kind":"soft","reason":"done","through_on":"2020-01-31"})");
  EXPECT_TRUE(tells(first_of("locks"), R"("locked_by":"tess")")) << first_of("locks");
  post("/v1/nodes/bcn/locks/1/lifting", R"({"reason":"a bill"})");
  EXPECT_TRUE(tells(first_of("locks"), R"("lifted_by":"tess")")) << first_of("locks");

  const std::string hold = R"({"postings":[{"account":"assets:bank","amount":"5.00","unit":"EUR"},)"
                           R"({"account":"income:dues","amount":"-5.00","unit":"EUR"}]})";
  EXPECT_EQ(post("/v1/nodes/bcn/holds", hold).status, 201);
  EXPECT_TRUE(tells(first_of("holds"), R"("made_by":"tess")")) << first_of("holds");
  EXPECT_TRUE(tells(first_of("holds"), R"("ended_by":null)")) << first_of("holds");
  EXPECT_EQ(post("/v1/nodes/bcn/holds/1/posting", R"({"booked_on":"2026-01-31"})").status, 201);
  EXPECT_TRUE(tells(first_of("holds"), R"("ended_by":"tess")")) << first_of("holds");
  EXPECT_EQ(post("/v1/nodes/bcn/holds", hold).status, 201);
  EXPECT_EQ(post("/v1/nodes/bcn/holds/2/voiding", "").status, 200);
  EXPECT_TRUE(tells(first_of("holds"), R"("ended_by":"tess")")) << first_of("holds");

  EXPECT_TRUE(tells(first_of("roles"), R"("revoked_by":null)")) << first_of("roles");
  token_of_new_user("ann", {});
  EXPECT_EQ(operate("PUT", "/v1/nodes/bcn/roles/ann/auditor").status, 200);
  EXPECT_EQ(operate("DELETE", "/v1/nodes/bcn/roles/ann/auditor").status, 200);
  EXPECT_TRUE(tells(first_of("roles?ended=true"), R"("granted_by":"operator")"));
  EXPECT_TRUE(tells(first_of("roles?ended=true"), R"("revoked_by":"operator")"));
}

TEST_F(ListPages, OfAccountsGoByPathEitherWayAndComeAsCsvOrText) {
  const std::string all = read("/v1/nodes/bcn/accounts", "path", token());
  std::istringstream words{all};
  const std::vector<std::string> paths{std::istream_iterator<std::string>{words}, {}};
  ASSERT_GE(paths.size(), 4u) << all;
  EXPECT_TRUE(std::is_sorted(paths.begin(), paths.end())) << all;
  std::string turned;
  for (auto path = paths.rbegin(); path != paths.rend(); ++path) turned += *path + " ";
  EXPECT_EQ(read("/v1/nodes/bcn/accounts?sort=-path", "path", token()), turned);
  EXPECT_EQ(get("/v1/nodes/bcn/accounts?sort=balance").code(), "field_invalid");

  const ApiAnswer csv = get("/v1/nodes/bcn/accounts?format=csv&sort=-path");
  EXPECT_EQ(csv.headers.at("content-type"), "text/csv; charset=utf-8; header=present");
  EXPECT_EQ(std::count(csv.body.begin(), csv.body.end(), '\n'),
            static_cast<std::ptrdiff_t>(paths.size()) + 1);
  EXPECT_TRUE(csv.body.starts_with("row,level,account,title,type,opened_on,")) << csv.body;
  const ApiAnswer text =
      send("GET", "/v1/nodes/bcn/accounts?limit=1", {.headers = {{"Accept", "text/plain"}}});
  EXPECT_EQ(text.headers.at("content-type"), "text/plain; charset=utf-8");
  EXPECT_TRUE(text.headers.contains("link")) << "the next page";
  EXPECT_NE(text.body.find("Barcelona"), std::string::npos) << text.body;
}

TEST_F(ListPages, OfHoldsGoByNumberOrByWhatExpiresFirst) {
  const auto hold = [&](const std::string& account, const std::string& expiry) {
    const std::string body = R"({"postings":[{"account":")" + account +
                             R"(","amount":"5.00","unit":"EUR"},)"
                             R"({"account":"income:dues","amount":"-5.00","unit":"EUR"}])" +
                             expiry + "}";
    EXPECT_EQ(post("/v1/nodes/bcn/holds", body).status, 201);
  };
  hold("assets:bank", "");
  hold("assets:bank", R"(,"expires_at":"2099-03-01T00:00:00Z")");
  hold("assets:cash", R"(,"expires_at":"2099-01-01T00:00:00Z")");
  hold("assets:bank", R"(,"expires_at":"2099-02-01T00:00:00Z")");
  hold("assets:bank", "");
  EXPECT_EQ(post("/v1/nodes/bcn/holds/5/voiding", "").status, 200);
  const auto numbers = [&](const std::string& query) {
    return read("/v1/nodes/bcn/holds" + query, "number", token());
  };
  EXPECT_EQ(numbers(""), "5 4 3 2 1 ");
  EXPECT_EQ(numbers("?sort=number"), "1 2 3 4 5 ");
  EXPECT_EQ(numbers("?sort=expires_at"), "3 4 2 1 5 ");
  EXPECT_EQ(numbers("?sort=expires_at&state=open"), "3 4 2 1 ");
  EXPECT_EQ(numbers("?account=assets:cash"), "3 ");
  EXPECT_EQ(numbers("?account=assets&sort=number"), "1 2 3 4 5 ");
  EXPECT_EQ(numbers("?account=expense"), "");
  EXPECT_EQ(get("/v1/nodes/bcn/holds?account=:").code(), "path_malformed");
}

TEST_F(ListPages, OfWebhooksLeaveOutThoseThatEnded) {
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(post("/v1/nodes/bcn/webhooks", R"({"url":"https://example.org/hook"})").status, 201);
  EXPECT_EQ(send("DELETE", "/v1/nodes/bcn/webhooks/2").status, 200);
  EXPECT_EQ(read("/v1/nodes/bcn/webhooks", "number", token()), "1 3 4 ");
}

}  // namespace
}  // namespace coop::test
