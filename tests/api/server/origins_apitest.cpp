// Pages of other origins may call the API where an operator named them, and nowhere else.
#include "tests/support/api_server.hpp"

namespace coop::test {
namespace {

ApiRequest from(const std::string& origin) { return {.headers = {{"Origin", origin}}}; }

ApiRequest preflight(const std::string& origin) {
  return {.token = "-",
          .headers = {{"Origin", origin},
                      {"Access-Control-Request-Method", "POST"},
                      {"Access-Control-Request-Headers", "authorization, idempotency-key"}},
          .without_key = true};
}

std::string header_of(const ApiAnswer& answer, const std::string& name) {
  const auto found = answer.headers.find(name);
  return found == answer.headers.end() ? "" : found->second;
}

/// The headers of an answer that browsers read for calls from other origins.
std::string origin_headers_of(const ApiAnswer& answer) {
  std::string found;
  for (const auto& [name, value] : answer.headers)
    if (name.starts_with("access-control-")) found += name + ": " + value + "\n";
  return found;
}

using NoOrigins = ApiTest;

TEST_F(NoOrigins, MayCallUnlessTheyAreSet) {
  const ApiAnswer read = send("GET", "/v1/nodes/bcn", from("https://books.example.org"));
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(origin_headers_of(read), "");
  const ApiAnswer asked = send("OPTIONS", "/v1/nodes/bcn/entries", preflight("https://books.example.org"));
  EXPECT_EQ(asked.status, 204);
  EXPECT_EQ(origin_headers_of(asked), "");
  EXPECT_EQ(header_of(asked, "allow"), "GET, HEAD, POST, OPTIONS");
}

class SomeOrigins : public ApiTest {
 protected:
  SomeOrigins()
      : ApiTest{[](api::Settings& settings) {
          settings.cors_origins = {"https://books.example.org", "http://localhost:3000"};
        }} {}
};

TEST_F(SomeOrigins, AreAnsweredByName) {
  for (const char* origin : {"https://books.example.org", "http://localhost:3000"}) {
    const ApiAnswer read = send("GET", "/v1/nodes/bcn", from(origin));
    EXPECT_EQ(read.status, 200);
    EXPECT_EQ(origin_headers_of(read),
              "access-control-allow-origin: " + std::string{origin} +
                  "\naccess-control-expose-headers: ETag, Link, Location, Idempotent-Replay, X-Request-Id\n");
    EXPECT_EQ(header_of(read, "vary"), "Origin");
  }
  const ApiAnswer refused = send("GET", "/v1/nodes/nowhere", from("http://localhost:3000"));
  EXPECT_EQ(refused.code(), "node_unknown");
  EXPECT_EQ(header_of(refused, "access-control-allow-origin"), "http://localhost:3000")
      << "a page may read why it was refused";
}

TEST_F(SomeOrigins, MayAskBeforeTheyCall) {
  const ApiAnswer asked = send("OPTIONS", "/v1/nodes/bcn/entries", preflight("https://books.example.org"));
  EXPECT_EQ(asked.status, 204);
  EXPECT_EQ(header_of(asked, "access-control-allow-origin"), "https://books.example.org");
  EXPECT_EQ(header_of(asked, "access-control-allow-methods"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(header_of(asked, "access-control-allow-headers"),
            "Authorization, Content-Type, Idempotency-Key, If-None-Match");
  EXPECT_EQ(header_of(asked, "access-control-max-age"), "600");
  EXPECT_EQ(header_of(asked, "vary"), "Origin");
}

TEST_F(SomeOrigins, AreNotAnybody) {
  for (const char* origin : {"https://evil.example.org", "https://books.example.org.evil.org", "null",
                             "http://books.example.org", "http://localhost"}) {
    for (const ApiAnswer& answer : {send("GET", "/v1/nodes/bcn", from(origin)),
                                    send("OPTIONS", "/v1/nodes/bcn/entries", preflight(origin))}) {
      EXPECT_EQ(header_of(answer, "access-control-allow-origin"), "") << origin;
      EXPECT_EQ(header_of(answer, "vary"), "Origin") << origin;
    }
  }
  EXPECT_EQ(origin_headers_of(get("/v1/nodes/bcn")), "") << "who names no origin is no page";
}

}  // namespace
}  // namespace coop::test
