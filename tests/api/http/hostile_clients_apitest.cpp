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
#include <thread>

#include "tests/api/http/echo_server.hpp"

namespace coop::testing {
namespace {

using api::HttpRequest;
using api::Reply;
using Clock = std::chrono::steady_clock;

std::int64_t ms_since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
}

/// CPU this process has used so far.
std::int64_t cpu_ms() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto ms = [](const timeval& time) { return std::int64_t{time.tv_sec} * 1000 + time.tv_usec / 1000; };
  return ms(usage.ru_utime) + ms(usage.ru_stime);
}

api::HttpSettings impatient_settings() {
  auto settings = test_settings();
  settings.header_timeout_ms = 300;
  settings.body_timeout_ms = 300;
  settings.idle_timeout_ms = 300;
  settings.write_stall_ms = 500;
  return settings;
}

/// Waits until `reached`, at most so long.
template <typename Condition>
bool comes_within(int within_ms, const Condition& reached) {
  const auto start = Clock::now();
  while (!reached()) {
    if (ms_since(start) > within_ms) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return true;
}

/// Waits until somebody has come and no connection is open any more.
bool all_leave(EchoServer& server, int within_ms) {
  return comes_within(within_ms, [&server] {
    const auto counts = server.server().counts();
    return counts.connections_total != 0 && counts.connections_open == 0;
  });
}

TEST(HttpTimeouts, EndSilentHalfSaidAndIdleConnections) {
  EchoServer server{impatient_settings()};
  RawHttpClient silent = server.client();
  RawHttpClient half_said = server.client();
  half_said.send("GET / HTTP/1.1\r\nHo");
  RawHttpClient half_sent = server.client();
  half_sent.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  RawHttpClient idle = server.client();
  idle.send(get_request("/"));
  EXPECT_EQ(idle.read_answer().status, 200);

  EXPECT_EQ(half_said.read_answer().status, 408);
  EXPECT_EQ(half_sent.read_answer().status, 408);
  EXPECT_TRUE(silent.is_closed_within(2000));
  EXPECT_TRUE(idle.is_closed_within(2000));
  EXPECT_TRUE(half_said.is_closed_within(3000));
  half_said.close();
  half_sent.close();
  EXPECT_TRUE(all_leave(server, 3000));
}

TEST(HttpTimeouts, AreNotDeceivedByDripping) {
  EchoServer server{impatient_settings()};
  for (const std::string head : {"", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"}) {
    RawHttpClient client = server.client();
    client.send(head);
    const auto start = Clock::now();
    while (!client.is_closed_within(30) && ms_since(start) < 5000) client.send("G");
    EXPECT_LT(ms_since(start), 3000) << head;
  }
}

TEST(HttpTimeouts, DoNotConcernARequestThatIsBeingServed) {
  std::jthread worker;
  EchoServer server{impatient_settings(), [&worker](HttpRequest&& request, const Reply& reply) {
                      worker = std::jthread{[request = std::move(request), reply]() mutable {
                        std::this_thread::sleep_for(std::chrono::milliseconds{1500});
                        EchoServer::echo(std::move(request), reply);
                      }};
                    }};
  EXPECT_EQ(server.ask(get_request("/slow")).status, 200);
}

TEST(HttpTimeouts, LeaveASteadyUploadAlone) {
  EchoServer server{impatient_settings()};
  RawHttpClient client = server.client();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n");
  for (int i = 0; i < 10; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    client.send(std::string(5000, 'x'));
  }
  EXPECT_EQ(client.read_answer().status, 200);
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
  const auto start = Clock::now();
  for (int i = 0; i < 200; ++i) {
    quick.send(get_request("/small"));
    EXPECT_EQ(quick.read_answer().body, "small");
  }
  EXPECT_LT(ms_since(start), 10'000);
  const std::int64_t cpu_before = cpu_ms();
  std::this_thread::sleep_for(std::chrono::milliseconds{1000});
  EXPECT_LT(cpu_ms() - cpu_before, 250);
  EXPECT_EQ(slow.front().read_answer().body.size(), 20'000'000U);
}

TEST(HttpSlowReaders, AreGivenUpAfterTheStall) {
  EchoServer server{impatient_settings(), [](HttpRequest&&, const Reply& reply) {
                      reply.send({200, {}, std::string(20'000'000, 'x')});
                    }};
  RawHttpClient client{server.port(), 4096};
  client.send(get_request("/"));
  EXPECT_TRUE(all_leave(server, 4000));
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
  std::this_thread::sleep_for(std::chrono::milliseconds{300});
  EXPECT_LT(produced, 10'000'000U);
  EXPECT_EQ(client.read_answer().body.size(), 50'000'000U);
  producer.join();
  EXPECT_TRUE(complete);
}

TEST(HttpSlowReaders, ThatLeaveOrStallEndTheProducer) {
  for (const bool leaves : {true, false}) {
    std::atomic<bool> ended{false};
    std::jthread producer;
    EchoServer server{impatient_settings(), [&](HttpRequest&&, const Reply& reply) {
                        producer = std::jthread{[&, reply] {
                          reply.begin_stream(200, {});
                          while (reply.write(std::string(100'000, 'x'))) {
                          }
                          ended = reply.client_gone();
                        }};
                      }};
    RawHttpClient client{server.port(), 4096};
    client.send(get_request("/"));
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    if (leaves) client.vanish();
    EXPECT_TRUE(all_leave(server, 4000));
    producer.join();
    EXPECT_TRUE(ended);
  }
}

TEST(HttpFastSenders, DoNotTakeTheThreadForThemselves) {
  auto settings = test_settings();
  settings.threads = 1;
  settings.body_in_memory = 1000;
  EchoServer server{settings, [](HttpRequest&&, const Reply& reply) { reply.send({200, {}, "ok"}); }};
  std::atomic<bool> sending{true};
  std::jthread uploader{[&] {
    RawHttpClient client = server.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000000\r\n\r\n");
    const std::string piece(1'000'000, 'x');
    for (int i = 0; i < 200; ++i) client.send(piece);
    EXPECT_EQ(client.read_answer().status, 200);
    sending = false;
  }};
  std::int64_t slowest_ms = 0;
  RawHttpClient quick = server.client();
  while (sending) {
    const auto start = Clock::now();
    quick.send(get_request("/"));
    EXPECT_EQ(quick.read_answer().status, 200);
    slowest_ms = std::max(slowest_ms, ms_since(start));
  }
  EXPECT_LT(slowest_ms, 1000);  // the whole upload would take longer where it took the thread
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
  EXPECT_TRUE(refused.is_closed_within(1000));
  EXPECT_EQ(server.server().counts().connections_refused, 1U);
  clients.pop_back();
  EXPECT_TRUE(comes_within(2000, [&server] {
    RawHttpClient next = server.client();
    next.send(get_request("/"));
    return next.read_status() == 200;
  }));
}

/// A server in a child process with a low limit of open files. It says its port, serves until it is told to
/// stop, and then exits with 0 if it refused `least_refused` connections without spinning.
class ConfinedServer {
 public:
  explicit ConfinedServer(rlim_t limit, std::uint64_t least_refused) {
    if (::pipe(from_child_.data()) != 0 || ::pipe(to_child_.data()) != 0) throw std::runtime_error{"pipe"};
    child_ = ::fork();
    if (child_ != 0) {
      ::close(from_child_[1]);
      return;
    }
    ::close(to_child_[1]);
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
  int serve(std::uint64_t least_refused) {
    EchoServer server;
    const std::uint16_t port = server.port();
    if (::write(from_child_[1], &port, sizeof port) < 0) return 1;
    char byte = 0;
    while (::read(to_child_[0], &byte, 1) > 0) {
    }
    if (server.server().counts().connections_refused < least_refused) return 2;
    return cpu_ms() > 2000 ? 3 : 0;
  }

  std::array<int, 2> from_child_{};
  std::array<int, 2> to_child_{};
  pid_t child_ = -1;
};

TEST(HttpConnections, StayBelowTheLimitOfOpenFiles) {
  ConfinedServer server{256, 300};
  const std::uint16_t port = server.port();
  std::vector<RawHttpClient> silent;
  for (int i = 0; i < 600; ++i) silent.emplace_back(port);
  std::this_thread::sleep_for(std::chrono::milliseconds{200});
  silent.clear();
  EXPECT_TRUE(comes_within(5000, [port] {
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
  for (int i = 0; i < 3; ++i) clients.push_back(server.client());
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  RawHttpClient waiting = server.client();
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  rlimit none = before;
  none.rlim_cur = 3;
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  ::setrlimit(RLIMIT_NOFILE, &none);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server.port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const std::int64_t cpu_before = cpu_ms();
  std::this_thread::sleep_for(std::chrono::milliseconds{600});
  EXPECT_LT(cpu_ms() - cpu_before, 200);
  clients.front().send(get_request("/"));
  EXPECT_EQ(clients.front().read_answer().status, 200);
  ::setrlimit(RLIMIT_NOFILE, &before);
  const std::string request = get_request("/");
  ::send(descriptor, request.data(), request.size(), 0);
  std::array<char, 15> head{};
  EXPECT_EQ(::recv(descriptor, head.data(), head.size(), MSG_WAITALL), 15);
  EXPECT_TRUE(std::string_view(head.data(), head.size()).starts_with("HTTP/1.1 200"));
  ::close(descriptor);
}

TEST(HttpConnections, MayBeSilentByTheThousand) {
  // On a busy machine thousands need longer to come than a client may be silent.
  auto settings = test_settings();
  settings.header_timeout_ms = 600'000;
  EchoServer server{settings};
  std::vector<RawHttpClient> silent;
  for (int i = 0; i < 4000; ++i) silent.push_back(server.client());
  RawHttpClient one = server.client();
  const auto start = Clock::now();
  const std::int64_t cpu_before = cpu_ms();
  for (int i = 0; i < 100; ++i) {
    one.send(get_request("/"));
    EXPECT_EQ(one.read_answer().status, 200);
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  EXPECT_LT(ms_since(start), 15'000);
  EXPECT_LT(cpu_ms() - cpu_before, 800);
  EXPECT_GE(server.server().counts().connections_open, 4001U);
  silent.clear();
  one.close();
  EXPECT_TRUE(all_leave(server, 60'000));
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
  EXPECT_TRUE(comes_within(1000, [&server] { return server.server().counts().requests_in_flight == 0; }));
}

}  // namespace
}  // namespace coop::testing
