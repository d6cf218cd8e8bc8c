// The whole server behind nginx, as `coopledger nginx` configures it: what the API promises holds for clients
// of nginx, too.
#include "tests/support/api_server.hpp"
#include "tests/support/nginx_in_front.hpp"

namespace coop::test {
namespace {

class ApiBehindNginx : public ApiTest {
 protected:
  ApiBehindNginx()
      : ApiTest{[](api::Settings& settings) {
          settings.behind_proxy = true;
          settings.sign_ins_per_minute = 3;
        }} {}
  void SetUp() override {
    if (!NginxInFront::is_installed()) GTEST_SKIP() << "nginx is not installed";
    api::Settings settings;
    settings.http.listen = "127.0.0.1:" + std::to_string(port());
    nginx_ = std::make_unique<NginxInFront>(settings);
  }

  testing::RawAnswer ask(const std::string& method, const std::string& path, const std::string& headers = "",
                         const std::string& body = "") const {
    return nginx_->ask(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                       "Authorization: Bearer " + token() + "\r\n" + headers +
                       "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }

 private:
  std::unique_ptr<NginxInFront> nginx_;
};

constexpr auto json_with_key = "Content-Type: application/json\r\nIdempotency-Key: once\r\n";

TEST_F(ApiBehindNginx, EntriesProblemsAndRepetitionsComeThrough) {
  const std::string body = entry("assets:bank", "income:dues", "5.00");
  const auto first = ask("POST", "/v1/nodes/bcn/entries", json_with_key, body);
  EXPECT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(first.headers.at("location"), "/v1/nodes/bcn/entries/1");
  const auto again = ask("POST", "/v1/nodes/bcn/entries", json_with_key, body);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.headers.at("idempotent-replay"), "true");
  const auto refused =
      ask("POST", "/v1/nodes/bcn/entries", json_with_key, entry("assets:bank", "income:dues", "6.00"));
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.headers.at("content-type"), "application/problem+json");
  EXPECT_NE(refused.body.find("key_reused"), std::string::npos);
  EXPECT_EQ(ask("GET", "/v1/nowhere").status, 404);
  EXPECT_EQ(ask("DELETE", "/v1/nodes/bcn").headers.at("allow"), "GET, HEAD, PATCH, OPTIONS");
}

TEST_F(ApiBehindNginx, PathsTagsAndStreamsComeThrough) {
  open("assets:50% off/é", "asset");
  const auto account = ask("GET", "/v1/nodes/bcn/accounts/assets:50%25%20off%2F%C3%A9?unit=EUR");
  EXPECT_EQ(account.status, 200) << account.body;
  const auto same = ask("GET", "/v1/nodes/bcn/accounts/assets:50%25%20off%2F%C3%A9?unit=EUR",
                        "If-None-Match: " + account.headers.at("etag") + "\r\n");
  EXPECT_EQ(same.status, 304);
  std::string lines;
  for (int i = 0; i < 1'500; ++i) lines += entry("assets:bank", "income:dues", "0.01") + "\n";
  const auto streamed = ask("POST", "/v1/nodes/bcn/entries/stream",
                            "Content-Type: application/x-ndjson\r\nIdempotency-Key: stream\r\n", lines);
  EXPECT_NE(streamed.body.find(R"({"done":true,"recorded":1500,"repeated":0,"refused":0})"),
            std::string::npos);
  const auto exported = ask("GET", "/v1/nodes/bcn/export");
  EXPECT_NE(exported.body.find(R"("kind":"end")"), std::string::npos) << exported.body.substr(0, 300);
}

/// Whoever tells of another address in X-Forwarded-For is still one client: nginx writes the header itself.
TEST_F(ApiBehindNginx, ClientsCannotPretendToBeOthers) {
  int limited = 0;
  for (int i = 0; i < 10; ++i) {
    const auto answer =
        ask("POST", "/v1/sign-in",
            "Content-Type: application/json\r\nX-Forwarded-For: 192.0.2." + std::to_string(i) + "\r\n",
            R"({"name":"user)" + std::to_string(i) + R"(","password":"wrong horse battery"})");
    limited += answer.status == 429;
  }
  EXPECT_GE(limited, 6);
}

}  // namespace
}  // namespace coop::test
