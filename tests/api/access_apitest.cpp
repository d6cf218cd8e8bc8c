#include "api/server/server.hpp"
#include "tests/support/api_server.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/ran_program.hpp"

namespace coop::test {
namespace {

using access::Role;

class AccessApi : public ApiTest {
 protected:
  /// The number of the user's newest token.
  std::string number_of_token(const std::string& user) {
    const auto tokens = operate("GET", "/v1/users/" + user + "/tokens").json();
    return boost::json::serialize(tokens.at("items").as_array().at(0).at("number"));
  }
};

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

TEST_F(AccessApi, ChangesOnesPasswordForWhoKnowsTheOldOne) {
  operate("PUT", "/v1/users/tess/password", R"({"password":"correct horse battery"})");
  const auto sign_in = [&](const std::string& password) {
    return send(
        "POST", "/v1/sign-in",
        {.body = R"({"name":"tess","password":")" + password + "\"}", .token = "-", .without_key = true});
  };
  const std::string token = sign_in("correct horse battery").text("token");
  const std::string other = sign_in("correct horse battery").text("token");
  const auto change = [&](const std::string& body) {
    return send("PUT", "/v1/me/password", {.body = body, .token = token});
  };
  EXPECT_EQ(change(R"({"password":"battery staple"})").text("field"), "/old_password");
  const ApiAnswer wrong = change(R"({"old_password":"wrong horse","password":"battery staple"})");
  EXPECT_EQ(wrong.code(), "sign_in_failed");
  EXPECT_EQ(wrong.text("field"), "/old_password");
  EXPECT_EQ(change(R"({"old_password":"correct horse battery","password":"battery staple"})").status, 200);
  EXPECT_EQ(send("GET", "/v1/me", {.token = token}).status, 200) << "who asked stays signed in";
  EXPECT_EQ(send("GET", "/v1/me", {.token = other}).code(), "sign_in_required");
  EXPECT_EQ(sign_in("battery staple").status, 201);
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

TEST_F(AccessApi, ForgetsAtOnceWhatIsTaken) {
  const std::string auditor = token_of_new_user("audrey", {Role::auditor});
  const std::string clerk = token_of_new_user("clara", {Role::bookkeeper});
  const auto reads = [&](const std::string& token) {
    return send("GET", "/v1/nodes/bcn/entries", {.token = token}).code();
  };
  EXPECT_EQ(reads(auditor) + reads(clerk), "");
  EXPECT_EQ(operate("DELETE", "/v1/nodes/bcn/roles/audrey/auditor").status, 200);
  EXPECT_EQ(reads(auditor), "node_unknown");
  EXPECT_EQ(operate("DELETE", "/v1/users/clara/tokens/" + number_of_token("clara")).status, 200);
  EXPECT_EQ(reads(clerk), "sign_in_required");
  EXPECT_EQ(operate("PUT", "/v1/nodes/bcn/roles/audrey/auditor").status, 200);
  EXPECT_EQ(reads(auditor), "") << "what is given is noticed at once as well";
  EXPECT_EQ(operate("PATCH", "/v1/users/audrey", R"({"closed":true})").status, 200);
  EXPECT_EQ(reads(auditor), "sign_in_required");
}

class SeveralServers : public AccessApi {
 protected:
  /// What the fixture's server says once it does not let the token read any more. Fails the test if it still
  /// does after a minute; five seconds are promised.
  std::string refusal_of(const std::string& token) {
    std::string code;
    comes_true([&] {
      code = send("GET", "/v1/nodes/bcn/entries", {.token = token}).code();
      return !code.empty();
    });
    return code;
  }
  void take_elsewhere(std::uint16_t port, const std::string& method, const std::string& path,
                      const std::string& body = {}) {
    const ApiAnswer taken = send(method, path, {.body = body, .token = operator_token(), .port = port});
    EXPECT_EQ(taken.status, 200) << taken.body;
  }
};

TEST_F(SeveralServers, NoticeWhatAnotherServerOrTheCommandLineTakes) {
  const auto another = another_server(system_clock());
  const std::uint16_t other = another->port();
  const std::string auditor = token_of_new_user("audrey", {Role::auditor});
  const std::string clerk = token_of_new_user("clara", {Role::bookkeeper});
  const std::string member = token_of_new_user("mo", {Role::member, Role::auditor});
  for (const std::string& token : {auditor, clerk, member})
    EXPECT_EQ(send("GET", "/v1/nodes/bcn/entries", {.token = token}).status, 200);
  take_elsewhere(other, "DELETE", "/v1/nodes/bcn/roles/audrey/auditor");
  take_elsewhere(other, "PATCH", "/v1/users/clara", R"({"closed":true})");
  const Ran closed =
      ran_coopledger({"token", "revoke", "mo", number_of_token("mo"), "--database", address()});
  EXPECT_EQ(closed.code, 0) << closed.err;
  EXPECT_EQ(refusal_of(auditor), "node_unknown");
  EXPECT_EQ(refusal_of(clerk), "sign_in_required");
  EXPECT_EQ(refusal_of(member), "sign_in_required");
  another->stop();
}

TEST_F(AccessApi, PagesUsersRolesAndTokens) {
  for (const char* name : {"ada", "bob", "cyd"}) token_of_new_user(name, {Role::auditor, Role::approver});
  for (int i = 0; i < 2; ++i) operate("POST", "/v1/users/ada/tokens", R"({"scopes":["read"]})");
  const auto names_of = [&](const std::string& path, const char* member) {
    std::string names;
    std::string cursor;
    for (int pages = 0; pages < 20; ++pages) {
      const ApiAnswer page = operate("GET", path + (cursor.empty() ? "" : "&cursor=" + cursor));
      EXPECT_EQ(page.status, 200) << page.body;
      const boost::json::value list = page.json();
      EXPECT_LE(list.at("items").as_array().size(), 2u);
      for (const auto& item : list.at("items").as_array())
        names += boost::json::serialize(item.at(member)) + " ";
      cursor = page.text("next");
      if (cursor.empty()) break;
    }
    return names;
  };
  EXPECT_EQ(names_of("/v1/users?limit=2", "name"), R"("ada" "bob" "cyd" "operator" "tess" )");
  EXPECT_EQ(names_of("/v1/nodes/bcn/roles?limit=2", "user"),
            R"("ada" "ada" "bob" "bob" "cyd" "cyd" "tess" )");
  EXPECT_EQ(operate("DELETE", "/v1/nodes/bcn/roles/bob/auditor").status, 200);
  EXPECT_EQ(names_of("/v1/nodes/bcn/roles?limit=2&ended=true", "role"),
            R"("approver" "auditor" "approver" "auditor" "approver" "auditor" "treasurer" )");
  EXPECT_EQ(names_of("/v1/nodes/bcn/roles?limit=2", "role"),
            R"("approver" "auditor" "approver" "approver" "auditor" "treasurer" )");
  EXPECT_EQ(names_of("/v1/users/ada/tokens?limit=2", "scopes"),
            R"(["read"] ["read"] ["read","write","admin"] )");
  EXPECT_EQ(get("/v1/me/tokens?limit=1").text("next"), "");
  EXPECT_EQ(operate("GET", "/v1/users?cursor=abc").code(), "cursor_invalid");
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

class FewSignInsApi : public ApiTest {
 protected:
  FewSignInsApi() : ApiTest{[](api::Settings& settings) { settings.sign_ins_per_minute = 5; }} {}
};

TEST_F(FewSignInsApi, CountsWrongOldPasswordsLikeFailedSignIns) {
  operate("PUT", "/v1/users/tess/password", R"({"password":"correct horse battery"})");
  ApiAnswer last;
  for (int i = 0; i < 60 && last.status != 429; ++i)
    last = send("PUT", "/v1/me/password",
                {.body = R"({"old_password":"wrong horse","password":"battery staple"})"});
  EXPECT_EQ(last.code(), "rate_limited");
  EXPECT_TRUE(last.headers.contains("retry-after"));
  EXPECT_EQ(send("POST", "/v1/sign-in",
                 {.body = R"({"name":"tess","password":"correct horse battery"})",
                  .token = "-",
                  .without_key = true})
                .code(),
            "rate_limited");
}

// A bookkeeper alone cannot change who must agree.
TEST_F(AccessApi, LetsTreasurersAloneRecordWhatABodyDecides) {
  const std::string bookkeeper = token_of_new_user("bea", {access::Role::bookkeeper});
  for (const char* path :
       {"funds/media/terms", "spending-mandates", "spending-mandates/1/recalling", "spending-rules",
        "budgets", "budgets/1/revisions", "allocation-rounds", "allocation-rounds/1/closing",
        "allocation-rounds/1/giving-up", "share-classes", "surplus-rules", "tariffs", "sharing-rules"}) {
    const std::string at = std::string{"/v1/nodes/bcn/"} + path;
    EXPECT_EQ(send("POST", at, {.body = "{}", .token = bookkeeper}).code(), "role_missing") << path;
    EXPECT_NE(send("POST", at, {.body = "{}"}).code(), "role_missing") << path;
  }
  for (const char* path : {"spending-mandates/1/draws", "allocation-rounds/1/proposals", "share-movements"}) {
    const std::string at = std::string{"/v1/nodes/bcn/"} + path;
    EXPECT_NE(send("POST", at, {.body = "{}", .token = bookkeeper}).code(), "role_missing") << path;
  }
}

}  // namespace
}  // namespace coop::test
