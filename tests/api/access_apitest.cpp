#include "tests/support/api_server.hpp"

namespace coop::test {
namespace {

using access::Role;
using AccessApi = ApiTest;

TEST_F(AccessApi, AsksForAToken) {
  EXPECT_EQ(send("GET", "/v1/nodes", {.token = "-"}).code(), "sign_in_required");
  const ApiAnswer stranger = send("GET", "/v1/nodes", {.token = "coop_" + std::string(43, 'A')});
  EXPECT_EQ(stranger.status, 401);
  EXPECT_EQ(stranger.code(), "sign_in_required");
  EXPECT_EQ(stranger.headers.at("www-authenticate"), "Bearer");
}

TEST_F(AccessApi, SignsInAndOut) {
  operate("PUT", "/v1/users/tess/password", R"({"password":"correct horse battery"})");
  const auto sign_in = [&](const std::string& password) {
    return send(
        "POST", "/v1/sign-in",
        {.body = R"({"name":"tess","password":")" + password + "\"}", .token = "-", .without_key = true});
  };
  EXPECT_EQ(sign_in("wrong horse battery").code(), "sign_in_failed");
  const ApiAnswer signed_in = sign_in("correct horse battery");
  ASSERT_EQ(signed_in.status, 201) << signed_in.body;
  const std::string token = signed_in.text("token");
  EXPECT_EQ(send("GET", "/v1/me", {.token = token}).text("name"), "tess");
  EXPECT_EQ(send("POST", "/v1/sign-out", {.token = token}).status, 200);
  EXPECT_EQ(send("GET", "/v1/me", {.token = token}).code(), "sign_in_required");
}

TEST_F(AccessApi, HidesNodesFromWhoeverHasNoRole) {
  const std::string stranger = token_of_new_user("stranger", {});
  EXPECT_EQ(send("GET", "/v1/nodes/bcn", {.token = stranger}).code(), "node_unknown");
  EXPECT_EQ(send("GET", "/v1/nodes/bcn/entries", {.token = stranger}).code(), "node_unknown");
  EXPECT_EQ(send("GET", "/v1/nodes", {.token = stranger}).json().at("items").as_array().size(), 0u);
  EXPECT_EQ(send("GET", "/v1/events", {.token = stranger}).json().at("items").as_array().size(), 0u);
}

TEST_F(AccessApi, LetsEachRoleDoItsOwnWorkOnly) {
  const std::string auditor = token_of_new_user("audrey", {Role::auditor});
  EXPECT_EQ(send("GET", "/v1/nodes/bcn/entries", {.token = auditor}).status, 200);
  const std::string body = entry("assets:bank", "income:dues", "1.00");
  EXPECT_EQ(send("POST", "/v1/nodes/bcn/entries", {.body = body, .token = auditor}).code(), "role_missing");
  EXPECT_EQ(operate("GET", "/v1/nodes/bcn").status, 200);
  EXPECT_EQ(operate("GET", "/v1/nodes/bcn/entries").code(), "role_missing") << "the operator reads no books";
  EXPECT_EQ(get("/v1/users").code(), "role_missing");
  EXPECT_EQ(record("assets:bank", "income:dues", "1.00"), 1);
}

TEST_F(AccessApi, KeepsATokenToItsScopesAndNode) {
  const ApiAnswer issued = post("/v1/me/tokens", R"({"label":"reader","scopes":["read"],"days":30})");
  ASSERT_EQ(issued.status, 201) << issued.body;
  const std::string reader = issued.text("token");
  EXPECT_EQ(send("GET", "/v1/nodes/bcn/entries", {.token = reader}).status, 200);
  const std::string body = entry("assets:bank", "income:dues", "1.00");
  EXPECT_EQ(send("POST", "/v1/nodes/bcn/entries", {.body = body, .token = reader}).code(), "scope_missing");
  EXPECT_EQ(send("DELETE", "/v1/me/tokens/" + issued.text("number")).status, 200);
  EXPECT_EQ(send("GET", "/v1/nodes/bcn/entries", {.token = reader}).code(), "sign_in_required");
  EXPECT_EQ(send("DELETE", "/v1/me/tokens/999").code(), "token_unknown");
}

TEST_F(AccessApi, NeverKeepsATokensTextForRepetitions) {
  const ApiRequest request{.body = R"({"scopes":["read"]})", .key = "token"};
  const ApiAnswer first = send("POST", "/v1/me/tokens", request);
  const ApiAnswer again = send("POST", "/v1/me/tokens", request);
  EXPECT_EQ(first.text("token").substr(0, 5), "coop_");
  EXPECT_EQ(again.text("number"), first.text("number"));
  EXPECT_EQ(again.text("token"), "");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM request_answer WHERE body LIKE '%coop\\_%'"), "0");
}

TEST_F(AccessApi, KeepsANodesLastTreasurer) {
  EXPECT_EQ(operate("DELETE", "/v1/nodes/bcn/roles/tess/treasurer").code(), "last_treasurer");
  EXPECT_EQ(operate("PUT", "/v1/nodes/bcn/roles/nobody/treasurer").code(), "user_unknown");
  EXPECT_EQ(operate("PUT", "/v1/nodes/bcn/roles/tess/king").code(), "field_invalid");
}

class SlowApi : public ApiTest {
 protected:
  SlowApi() : ApiTest{[](api::Settings& settings) { settings.requests_per_minute = 60; }} {}
};

TEST_F(SlowApi, AsksFastCallersToWait) {
  ApiAnswer last;
  for (int i = 0; i < 120 && last.status != 429; ++i) last = get("/v1/me");
  EXPECT_EQ(last.code(), "rate_limited");
  EXPECT_EQ(last.headers.at("retry-after"), "1");
}

}  // namespace
}  // namespace coop::test
