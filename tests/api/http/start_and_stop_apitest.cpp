// Starting, stopping and starting again, also under load.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "ledger/values/refusal.hpp"
#include "tests/api/http/echo_server.hpp"
#include "tests/support/machine.hpp"

namespace coop::testing {
namespace {

using api::HttpRequest;
using api::HttpServer;
using api::HttpSettings;
using api::Reply;
using std::chrono::milliseconds;

/// Longer than anything a test waits for.
constexpr int no_end_ms = 120'000;

/// Whether nobody listens at the server's port any more.
bool is_shut(const EchoServer& server) {
  try {
    server.client();
    return false;
  } catch (const std::runtime_error&) {
    return true;
  }
}

TEST(HttpStop, LetsRequestsEndAndRefusesNewOnes) {
  std::vector<Reply> slow;
  std::atomic<bool> begun{false};
  EchoServer server{test_settings(), [&](HttpRequest&& request, const Reply& reply) {
                      if (request.path != "/slow") return EchoServer::echo(std::move(request), reply);
                      slow.push_back(reply);
                      begun = true;
                    }};
  RawHttpClient in_flight = server.client();
  RawHttpClient open = server.client();
  RawHttpClient idle = server.client();
  in_flight.send(get_request("/slow"));
  open.send(get_request("/"));
  EXPECT_EQ(open.read_answer().status, 200);
  while (!begun) std::this_thread::yield();
  std::jthread stopping{[&server] { server.server().stop(no_end_ms); }};
  EXPECT_TRUE(test::comes_true([&server] { return is_shut(server); }));
  open.send(get_request("/"));
  const RawAnswer refused = open.read_answer();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.headers.at("connection"), "close");
  EXPECT_TRUE(refused.headers.contains("retry-after"));
  slow.front().send({200, {}, "at last"});
  const RawAnswer answered = in_flight.read_answer();
  EXPECT_EQ(answered.status, 200);
  EXPECT_EQ(answered.headers.at("connection"), "close");
  EXPECT_TRUE(idle.is_closed());
}

TEST(HttpStop, EndsAfterItsPatienceAndLateAnswersDoNothing) {
  std::vector<Reply> kept;
  std::atomic<bool> begun{false};
  {
    EchoServer server{test_settings(), [&](HttpRequest&&, const Reply& reply) {
                        kept.push_back(reply);
                        begun = true;
                      }};
    RawHttpClient client = server.client();
    client.send(get_request("/"));
    while (!begun) std::this_thread::yield();
    server.server().stop(100);
    EXPECT_TRUE(client.is_closed());
    EXPECT_TRUE(kept.front().client_gone());
    EXPECT_EQ(server.server().counts().connections_open, 0U);
  }
  kept.front().send({200, {}, "too late"});
  kept.clear();
}

TEST(HttpStop, FlushesAnAnswerThatIsStillOnItsWay) {
  std::atomic<bool> answered{false};
  EchoServer server{test_settings(), [&answered](HttpRequest&&, const Reply& reply) {
                      reply.send({200, {}, std::string(30'000'000, 'x')});
                      answered = true;
                    }};
  RawHttpClient client{server.port(), 8192};
  client.send(get_request("/"));
  while (!answered) std::this_thread::yield();
  std::jthread stopping{[&server] { server.server().stop(no_end_ms); }};
  EXPECT_EQ(client.read_answer().body.size(), 30'000'000U);
}

TEST(HttpStart, WorksAgainOnTheSamePortAtOnceUnderLoad) {
  auto settings = test_settings();
  HttpServer server{settings, EchoServer::echo};
  server.start();
  settings.listen = "127.0.0.1:" + std::to_string(server.port());
  server.stop(1000);
  HttpServer again{settings, EchoServer::echo};
  again.start();
  std::atomic<std::uint64_t> answered{0};
  std::atomic<std::uint64_t> wrong{0};
  std::vector<std::jthread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&, i](const std::stop_token& ended) {
      for (int request = 0; !ended.stop_requested(); ++request) {
        const std::string path = "/" + std::to_string(i) + "-" + std::to_string(request);
        try {
          RawHttpClient client{again.port()};
          client.send(get_request(path));
          const RawAnswer answer = client.read_answer();
          const bool right = answer.status == 503 || answer.body.starts_with("GET " + path + "\n");
          if (right) ++answered;
          if (!right) ++wrong;
        } catch (const std::runtime_error&) {  // refused or closed while the server was away
        }
      }
    });
  }
  for (int round = 0; round < 10; ++round) {
    std::this_thread::sleep_for(milliseconds{30});
    again.stop(1000);
    EXPECT_EQ(again.counts().connections_open, 0U);
    again.start();
  }
  const std::uint64_t before_last = answered;
  EXPECT_TRUE(test::comes_true([&] { return answered > before_last; }));
  clients.clear();
  EXPECT_EQ(wrong, 0U);
}

TEST(HttpStart, SaysWhyItCannotListen) {
  EchoServer server;
  auto settings = test_settings();
  const std::vector<std::string> impossible{"127.0.0.1:" + std::to_string(server.port()),
                                            "nonsense",
                                            "127.0.0.1:http-ish",
                                            "192.0.2.1:0",
                                            "unix:/does/not/exist",
                                            "unix:/" + std::string(200, 'x')};
  for (const std::string& listen : impossible) {
    settings.listen = listen;
    HttpServer other{settings, EchoServer::echo};
    EXPECT_THROW(other.start(), Unavailable) << listen;
  }
}

TEST(HttpStart, ListensOnIpv6) {
  auto settings = test_settings();
  settings.listen = "[::1]:0";
  HttpServer server{settings, EchoServer::echo};
  try {
    server.start();
  } catch (const Unavailable& error) {
    GTEST_SKIP() << error.what();
  }
  EXPECT_GT(server.port(), 0);
}

TEST(HttpStart, ListensOnAUnixSocketAndTakesOverADeadOne) {
  const std::string path = ::testing::TempDir() + "coop-http-" + std::to_string(::getpid()) + ".sock";
  auto settings = test_settings();
  settings.listen = "unix:" + path;
  HttpServer server{settings,
                    [](HttpRequest&& request, const Reply& reply) { reply.send({200, {}, request.remote}); }};
  for (int round = 0; round < 2; ++round) {
    server.start();
    EXPECT_EQ(server.port(), 0);
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms{0660});
    RawHttpClient client{path};
    client.send(get_request("/"));
    EXPECT_EQ(client.read_answer().body, "unix");
    HttpServer second{settings, EchoServer::echo};
    EXPECT_THROW(second.start(), Unavailable);
    EXPECT_TRUE(std::filesystem::is_socket(path));
    server.stop(1000);
    EXPECT_FALSE(std::filesystem::exists(path));
  }
  // A server that was killed leaves its socket behind; a file that is no socket is never touched.
  const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(dead, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ::close(dead);
  server.start();
  server.stop(1000);
  std::ofstream{path} << "precious";
  EXPECT_THROW(server.start(), Unavailable);
  EXPECT_TRUE(std::filesystem::remove(path));
}

}  // namespace
}  // namespace coop::testing
