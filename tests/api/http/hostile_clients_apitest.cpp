// Clients that are slow, silent, many or gone: nobody else is delayed, nothing hangs or spins.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "tests/api/http/echo_server.hpp"
#include "tests/support/machine.hpp"

namespace coop::testing {
namespace {

using api::HttpRequest;
using api::Reply;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::comes_true;
using Clock = std::chrono::steady_clock;

api::HttpSettings impatient_settings() {
  auto settings = test_settings();
  settings.header_timeout_ms = 300;
  settings.body_timeout_ms = 300;
  settings.idle_timeout_ms = 300;
  settings.write_stall_ms = 500;
  return settings;
}

/// Waits for somebody else to set `flag`.
bool is_set(const std::atomic<bool>& flag) {
  return comes_true([&flag] { return flag.load(); });
}

/// Says `said` to a server and is then silent: answers the status it is sent away with, and whether the
/// connection is then closed. On a busy machine even quick words may come too late for an impatient server,
/// which closes without an answer as if nothing had been said: then it tries again.
std::pair<int, bool> end_after(const EchoServer& server, const std::string& said) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    RawHttpClient client = server.client();
    client.send(said);
    if (const int status = client.read_status(); status != 0) return {status, client.is_closed()};
  }
  return {0, false};
}

/// Waits until somebody has come and no connection is open any more.
bool all_leave(EchoServer& server) {
  return comes_true([&server] {
    const auto counts = server.server().counts();
    return counts.connections_total != 0 && counts.connections_open == 0;
  });
}

TEST(HttpTimeouts, EndSilentHalfSaidAndIdleConnections) {
  EchoServer server{impatient_settings()};
  RawHttpClient silent = server.client();
  RawHttpClient half_said = server.client();
  half_said.send("GET / HTTP/1.1\r\nHo");
  const std::pair timed_out{408, true};
  EXPECT_EQ(end_after(server, "GET / HTTP/1.1\r\nHo"), timed_out);
  EXPECT_EQ(end_after(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"), timed_out);
  EXPECT_EQ(end_after(server, get_request("/")), (std::pair{200, true})) << "it stays idle";
  EXPECT_TRUE(silent.is_closed());
  half_said.read_to_end();
  half_said.close();
  EXPECT_TRUE(all_leave(server));
}

TEST(HttpTimeouts, AreNotDeceivedByDripping) {
  EchoServer server{impatient_settings()};
  for (const std::string head : {"", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"}) {
    RawHttpClient client = server.client();
    client.send(head);
    const auto start = Clock::now();
    bool is_over = false;
    while (!is_over && Clock::now() - start < seconds{20}) {
      is_over = client.is_closed_within(30);
      client.send("G");
    }
    EXPECT_TRUE(is_over) << "ten times as long as it may take: " << head;
  }
}

TEST(HttpTimeouts, DoNotConcernARequestThatIsBeingServed) {
  std::jthread worker;
  EchoServer server{impatient_settings(), [&worker](HttpRequest&& request, const Reply& reply) {
                      worker = std::jthread{[request = std::move(request), reply]() mutable {
                        std::this_thread::sleep_for(milliseconds{1500});
                        EchoServer::echo(std::move(request), reply);
                      }};
                    }};
  EXPECT_EQ(end_after(server, get_request("/slow")).first, 200);
}

TEST(HttpTimeouts, LeaveASteadyUploadAlone) {
  auto settings = test_settings();
  settings.body_timeout_ms = 1000;
  EchoServer server{settings};
  int status = 0;
  // On a busy machine an upload may falter by itself: then it is tried again.
  for (int attempt = 0; attempt < 20 && status != 200; ++attempt) {
    RawHttpClient client = server.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    for (int i = 0; i < 20; ++i) {
      std::this_thread::sleep_for(milliseconds{100});
      client.send(std::string(5000, 'x'));
    }
    status = client.read_status();
  }
  EXPECT_EQ(status, 200);
}

TEST(HttpSlowReaders, DelayNobodyAndCostNothing) {
  auto settings = test_settings();
  settings.threads = 1;
  EchoServer server{settings, [](HttpRequest&& request, const Reply& reply) {
                      reply.send({200, {}, request.path == "/big" ? std::string(20'000'000, 'x') : "small"});
                    }};
  std::vector<RawHttpClient> slow;
  for (int i = 0; i < 8; ++i) {
    slow.emplace_back(server.port(), 4096);
    slow.back().send(get_request("/big"));
  }
  RawHttpClient quick = server.client();
  for (int i = 0; i < 200; ++i) {
    quick.send(get_request("/small"));
    EXPECT_EQ(quick.read_answer().body, "small");
  }
  EXPECT_TRUE(test::comes_to_rest());
  EXPECT_EQ(slow.front().read_answer().body.size(), 20'000'000U);
}

TEST(HttpSlowReaders, AreGivenUpAfterTheStall) {
  EchoServer server{impatient_settings(), [](HttpRequest&&, const Reply& reply) {
                      reply.send({200, {}, std::string(20'000'000, 'x')});
                    }};
  RawHttpClient client{server.port(), 4096};
  client.send(get_request("/"));
  EXPECT_TRUE(all_leave(server));
}

TEST(HttpSlowReaders, HoldTheProducerOfAStreamNotItsMemory) {
  std::atomic<std::size_t> produced{0};
  std::atomic<bool> complete{false};
  std::jthread producer;
  EchoServer server{test_settings(), [&](HttpRequest&&, const Reply& reply) {
                      producer = std::jthread{[&, reply] {
                        reply.begin_stream(200, {});
                        const std::string piece(100'000, 'x');
                        while (produced < 50'000'000 && reply.write(piece)) produced += piece.size();
                        reply.finish();
                        complete = !reply.client_gone();
                      }};
                    }};
  RawHttpClient client{server.port(), 4096};
  client.send(get_request("/"));
  std::this_thread::sleep_for(milliseconds{300});
  EXPECT_LT(produced, 10'000'000U);
  EXPECT_EQ(client.read_answer().body.size(), 50'000'000U);
  producer.join();
  EXPECT_TRUE(complete);
}

TEST(HttpSlowReaders, ThatLeaveOrStallEndTheProducer) {
  auto settings = test_settings();
  settings.write_stall_ms = 500;
  for (const bool leaves : {true, false}) {
    std::atomic<bool> begun{false};
    std::atomic<bool> ended{false};
    std::jthread producer;
    EchoServer server{settings, [&](HttpRequest&&, const Reply& reply) {
                        producer = std::jthread{[&, reply] {
                          reply.begin_stream(200, {});
                          begun = true;
                          while (reply.write(std::string(100'000, 'x'))) {
                          }
                          ended = reply.client_gone();
                        }};
                      }};
    RawHttpClient client{server.port(), 4096};
    client.send(get_request("/"));
    ASSERT_TRUE(is_set(begun));
    if (leaves) client.vanish();
    EXPECT_TRUE(all_leave(server));
    EXPECT_TRUE(is_set(ended));
  }
}

TEST(HttpFastSenders, DoNotTakeTheThreadForThemselves) {
  auto settings = test_settings();
  settings.threads = 1;
  settings.body_in_memory = 1000;
  EchoServer server{settings, [](HttpRequest&&, const Reply& reply) { reply.send({200, {}, "ok"}); }};
  RawHttpClient quick = server.client();
  auto uploading = std::async(std::launch::async, [&server] {
    RawHttpClient client = server.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000000\r\n\r\n");
    const std::string piece(1'000'000, 'x');
    for (int i = 0; i < 200; ++i) client.send(piece);
    return client.read_answer().status;
  });
  int answered = 0;
  while (uploading.wait_for(seconds{0}) != std::future_status::ready) {
    quick.send(get_request("/"));
    EXPECT_EQ(quick.read_answer().status, 200);
    ++answered;
  }
  EXPECT_EQ(uploading.get(), 200);
  EXPECT_GT(answered, 10) << "where the upload took the thread, they would wait for its end";
}

TEST(HttpConnections, BeyondTheLimitAreClosedAtOnce) {
  auto settings = test_settings();
  settings.max_connections = 5;
  EchoServer server{settings};
  std::vector<RawHttpClient> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(server.client());
    clients.back().send(get_request("/"));
    EXPECT_EQ(clients.back().read_answer().status, 200);
  }
  RawHttpClient refused = server.client();
  EXPECT_TRUE(refused.is_closed());
  EXPECT_EQ(server.server().counts().connections_refused, 1U);
  clients.pop_back();
  EXPECT_TRUE(comes_true([&server] {
    RawHttpClient next = server.client();
    next.send(get_request("/"));
    return next.read_status() == 200;
  }));
}

/// A server in a child process that may open `room` more files than this one holds. It says its port, serves
/// until it is told to stop, and then exits with 0 if it refused `least_refused` connections without
/// spinning.
class ConfinedServer {
 public:
  ConfinedServer(int room, std::uint64_t least_refused) {
    if (::pipe(from_child_.data()) != 0 || ::pipe(to_child_.data()) != 0) throw std::runtime_error{"pipe"};
    child_ = ::fork();
    if (child_ != 0) {
      ::close(from_child_[1]);
      return;
    }
    ::close(to_child_[1]);
    const auto limit = static_cast<rlim_t>(test::descriptors_open() + room);
    const rlimit lowered{limit, limit};
    ::setrlimit(RLIMIT_NOFILE, &lowered);
    ::_exit(serve(least_refused));
  }
  ~ConfinedServer() {
    ::close(from_child_[0]);
    ::close(to_child_[0]);
  }
  ConfinedServer(const ConfinedServer&) = delete;
  ConfinedServer& operator=(const ConfinedServer&) = delete;

  std::uint16_t port() {
    std::uint16_t port = 0;
    if (::read(from_child_[0], &port, sizeof port) != sizeof port) throw std::runtime_error{"no server"};
    return port;
  }
  int exit_code() {
    ::close(to_child_[1]);
    int status = 0;
    ::waitpid(child_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  int serve(std::uint64_t least_refused) noexcept {
    EchoServer server;
    const std::uint16_t port = server.port();
    if (::write(from_child_[1], &port, sizeof port) < 0) return 1;
    char byte = 0;
    while (::read(to_child_[0], &byte, 1) > 0) {
    }
    if (server.server().counts().connections_refused < least_refused) return 2;
    return test::comes_to_rest() ? 0 : 3;
  }

  std::array<int, 2> from_child_{};
  std::array<int, 2> to_child_{};
  pid_t child_ = -1;
};

TEST(HttpConnections, StayBelowTheLimitOfOpenFiles) {
  if (!test::children_may_start_threads) GTEST_SKIP() << "the server is in a child process";
  constexpr int least_refused = 300;
  ConfinedServer server{250, least_refused};
  const std::uint16_t port = server.port();
  std::vector<RawHttpClient> silent;
  for (int i = 0; i < 600; ++i) silent.emplace_back(port);
  int closed = 0;
  EXPECT_TRUE(comes_true([&] {
    closed +=
        static_cast<int>(std::erase_if(silent, [](RawHttpClient& one) { return one.is_closed_within(0); }));
    return closed >= least_refused;
  }));
  silent.clear();
  EXPECT_TRUE(comes_true([port] {
    RawHttpClient one{port};
    one.send(get_request("/"));
    return one.read_status() == 200;
  }));
  EXPECT_EQ(server.exit_code(), 0);
}

TEST(HttpConnections, WaitWhileTheSystemHasNoDescriptorsLeft) {
  EchoServer server;
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  std::vector<RawHttpClient> clients;
  for (int i = 0; i < 4; ++i) clients.push_back(server.client());
  ASSERT_TRUE(comes_true([&server] { return server.server().counts().connections_open == 4; }));
  rlimit none = before;
  none.rlim_cur = 3;
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  ::setrlimit(RLIMIT_NOFILE, &none);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server.port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_TRUE(test::comes_to_rest());
  clients.front().send(get_request("/"));
  EXPECT_EQ(clients.front().read_answer().status, 200);
  ::setrlimit(RLIMIT_NOFILE, &before);
  const std::string request = get_request("/");
  ::send(descriptor, request.data(), request.size(), MSG_NOSIGNAL);
  std::array<char, 15> head{};
  EXPECT_EQ(::recv(descriptor, head.data(), head.size(), MSG_WAITALL), 15);
  EXPECT_TRUE(std::string_view(head.data(), head.size()).starts_with("HTTP/1.1 200"));
  ::close(descriptor);
}

TEST(HttpConnections, MayBeSilentByTheThousand) {
  EchoServer server;
  std::vector<RawHttpClient> silent;
  const auto count = static_cast<std::size_t>(test::connections_that_fit(4000));
  while (silent.size() < count) silent.push_back(server.client());
  RawHttpClient one = server.client();
  for (int i = 0; i < 100; ++i) {
    one.send(get_request("/"));
    EXPECT_EQ(one.read_answer().status, 200);
  }
  EXPECT_TRUE(test::comes_to_rest());
  EXPECT_EQ(server.server().counts().connections_open, count + 1);
  silent.clear();
  one.close();
  EXPECT_TRUE(all_leave(server));
}

TEST(HttpHandlers, ThatThrowAnythingOrForgetTheReplyCauseA500) {
  EchoServer server{test_settings(), [](HttpRequest&& request, const Reply& reply) {
                      if (request.path == "/exception") throw std::runtime_error{"secret"};
                      if (request.path == "/number") throw 42;
                      if (request.path == "/late") {
                        reply.send({200, {}, "answered before"});
                        throw std::runtime_error{"secret"};
                      }
                      if (request.path == "/twice") {
                        reply.send({200, {}, "first"});
                        reply.send({200, {}, "second"});
                      }
                    }};
  RawHttpClient client = server.client();
  for (const std::string path : {"/exception", "/number", "/forgotten"}) {
    client.send(get_request(path));
    const RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.status, 500) << path;
    EXPECT_EQ(answer.body.find("secret"), std::string::npos);
    EXPECT_NE(answer.body.find("\"code\":\"internal_error\""), std::string::npos);
  }
  client.send(get_request("/late"));
  EXPECT_EQ(client.read_answer().body, "answered before");
  client.send(get_request("/twice"));
  EXPECT_EQ(client.read_answer().body, "first");
  EXPECT_TRUE(comes_true([&server] { return server.server().counts().requests_in_flight == 0; }));
}

}  // namespace
}  // namespace coop::testing
