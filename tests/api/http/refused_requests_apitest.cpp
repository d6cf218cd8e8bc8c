// Bytes that are no acceptable request: each is answered with a problem document and the end of the
// connection.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "tests/api/http/echo_server.hpp"
#include "tests/api/http/refused_requests.hpp"
#include "tests/support/machine.hpp"

namespace coop::testing {
namespace {

api::HttpSettings strict_settings() {
  auto settings = test_settings();
  settings.max_body_bytes = 100'000;
  return settings;
}

TEST(HttpRefusals, AreProblemsWithACodeAndEndTheConnection) {
  std::atomic<int> handed_over{0};
  const EchoServer server{strict_settings(),
                          [&handed_over](api::HttpRequest&& request, const api::Reply& reply) {
                            ++handed_over;
                            EchoServer::echo(std::move(request), reply);
                          }};
  for (const RefusedRequest& refused : refused_requests()) {
    RawHttpClient client = server.client();
    client.send(refused.bytes);
    const RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.status, refused.status) << refused.what << ": " << answer.body;
    EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json") << refused.what;
    EXPECT_EQ(answer.headers.at("connection"), "close") << refused.what;
    EXPECT_TRUE(answer.body.find("\"code\":\"" + refused.code + "\"") != std::string::npos) << answer.body;
    EXPECT_TRUE(client.is_closed()) << refused.what;
  }
  EXPECT_EQ(handed_over, 0);
}

TEST(HttpRefusals, AreTheSameByteByByte) {
  const EchoServer server{strict_settings()};
  for (const RefusedRequest& refused : refused_requests()) {
    if (refused.bytes.size() > 300) continue;
    RawHttpClient client = server.client();
    for (const char byte : refused.bytes) {
      if (!client.send({&byte, 1})) break;
    }
    EXPECT_EQ(client.read_answer().status, refused.status) << refused.what;
  }
}

TEST(HttpRefusals, ComeAfterTheAnswersToWhatWasRightBefore) {
  const EchoServer server;
  RawHttpClient client = server.client();
  client.send(get_request("/1") + post_with("Content-Length: 2abc\r\n") + get_request("/3"));
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(client.read_answer().status, 400);
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(HttpRefusals, OfALargeBodyReachAClientThatIsStillSending) {
  const EchoServer server{strict_settings()};
  RawHttpClient client = server.client();
  client.send(post_with("Content-Length: 3000000\r\n", std::string(3'000'000, 'x')));
  EXPECT_EQ(client.read_answer().status, 413);
}

TEST(HttpRefusals, OfALargeBodyComeInsteadOfAnInvitation) {
  const EchoServer server{strict_settings()};
  EXPECT_EQ(server.ask(post_with("Content-Length: 3000000\r\nExpect: 100-continue\r\n", "")).status, 413);
}

TEST(HttpRefusals, StopAFloodOfHeadersThatComeSingly) {
  const EchoServer server;
  RawHttpClient client = server.client();
  client.send("GET / HTTP/1.1\r\nHost: a\r\n");
  const std::string header = "X-A: " + std::string(1000, 'a') + "\r\n";
  for (int i = 0; i < 20; ++i) {
    client.send(header);
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  EXPECT_EQ(client.read_answer().status, 431);
}

TEST(HttpRefusals, FollowWhenBodiesTakeAllTheirRoom) {
  auto settings = test_settings();
  settings.body_in_memory = 1000;
  settings.bodies_in_files = 150'000;
  const EchoServer server{settings};
  RawHttpClient first = server.client();
  first.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 110000\r\n\r\n" + std::string(100'000, 'x'));
  EXPECT_EQ(server.ask(get_request("/")).status, 200);
  RawAnswer answer;
  const auto comes = [&](int status) {
    return test::comes_true([&, status] {
      answer = server.ask(post_request("/", std::string(100'000, 'x')));
      return answer.status == status;
    });
  };
  ASSERT_TRUE(comes(503));
  EXPECT_EQ(answer.headers.at("retry-after"), "1");
  first.send(std::string(10'000, 'x'));
  EXPECT_EQ(first.read_answer().status, 200);
  EXPECT_TRUE(comes(200));
}

TEST(HttpRefusals, DoNotHappenWhenMemoryForBodiesRunsOutBecauseFilesTakeOver) {
  auto settings = test_settings();
  settings.bodies_in_memory = 100'000;
  const EchoServer server{settings};
  std::vector<RawHttpClient> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(server.client());
    clients.back().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50001\r\n\r\n" +
                        std::string(50'000, 'x'));
  }
  for (RawHttpClient& client : clients) client.send("y");
  for (RawHttpClient& client : clients) {
    const RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.size(), 50'001 + std::string_view{"POST /\n\n\n"}.size());
  }
}

}  // namespace
}  // namespace coop::testing
