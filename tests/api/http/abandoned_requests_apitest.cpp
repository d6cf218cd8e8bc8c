// Clients that vanish before their answer, while answers come from another thread: no answer may reach
// another client. COOP_STRESS_REQUESTS=1000000 runs the test at length.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/api/http/abandoning_clients.hpp"
#include "tests/api/http/echo_server.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/nginx_in_front.hpp"

namespace coop::testing {
namespace {

std::uint64_t requests_to_ask() {
  const char* wanted = std::getenv("COOP_STRESS_REQUESTS");
  return wanted == nullptr ? 40'000 : std::strtoull(wanted, nullptr, 10);
}

/// What this process holds: memory in KiB, clients included, and open descriptors.
struct Holdings {
  long memory_kib = 0;
  long descriptors = 0;
};

Holdings holdings() {
  Holdings now;
  std::ifstream status{"/proc/self/status"};
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) now.memory_kib = std::strtol(line.c_str() + 6, nullptr, 10);
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator{"/proc/self/fd"})
    ++now.descriptors;
  return now;
}

void ask_at_length(std::uint16_t port, std::uint64_t requests, Tally& tally) {
  constexpr int clients = 32;
  std::vector<std::jthread> threads;
  for (int i = 0; i < clients; ++i)
    threads.emplace_back([&, i] { ask_and_often_vanish(port, i, requests / clients, tally); });
}

void tell(const Tally& tally, const Holdings& before, const Holdings& after) {
  std::printf("%llu requests, %llu answers checked, %llu wrong, %llu abandoned; ",
              static_cast<unsigned long long>(tally.asked), static_cast<unsigned long long>(tally.checked),
              static_cast<unsigned long long>(tally.wrong),
              static_cast<unsigned long long>(tally.asked - tally.checked - tally.unanswered));
  std::printf("memory %ld -> %ld MiB, descriptors %ld -> %ld\n", before.memory_kib / 1024,
              after.memory_kib / 1024, before.descriptors, after.descriptors);
}

/// Waits until the connections and requests that were abandoned are gone.
void all_leave_it(EchoServer& server, std::uint64_t kept) {
  test::comes_true([&server, kept] {
    const auto counts = server.server().counts();
    return counts.connections_open <= kept && counts.requests_in_flight == 0;
  });
  EXPECT_LE(server.server().counts().connections_open, kept);
  EXPECT_EQ(server.server().counts().requests_in_flight, 0U);
}

TEST(HttpAbandonedRequests, NeverSendAnAnswerToAnotherClient) {
  const std::uint64_t requests = requests_to_ask();
  Tally tally;
  LateAnswers late{2};
  EchoServer server{test_settings(), [&late](api::HttpRequest&& request, api::Reply reply) {
                      late.take(std::move(request), std::move(reply));
                    }};
  const Holdings before = holdings();
  ask_at_length(server.port(), requests, tally);
  EXPECT_EQ(tally.wrong, 0U);
  EXPECT_EQ(tally.broken, 0U);
  EXPECT_GT(tally.checked, requests / 4);
  EXPECT_GT(tally.unanswered, 0U);
  all_leave_it(server, 0);
  const Holdings after = holdings();
  tell(tally, before, after);
  EXPECT_EQ(after.descriptors, before.descriptors);
  server.server().stop(5000);
}

TEST(HttpAbandonedRequests, NeverSendAnAnswerToAnotherClientBehindNginx) {
  if (!test::NginxInFront::is_installed()) GTEST_SKIP() << "nginx is not installed";
  const std::uint64_t requests = requests_to_ask() / 4;
  Tally tally;
  LateAnswers late{2};
  EchoServer server{test_settings(), [&late](api::HttpRequest&& request, api::Reply reply) {
                      late.take(std::move(request), std::move(reply));
                    }};
  api::Settings settings;
  settings.http.listen = "127.0.0.1:" + std::to_string(server.port());
  const test::NginxInFront nginx{settings};
  const Holdings before = holdings();
  ask_at_length(nginx.port(), requests, tally);
  EXPECT_EQ(tally.wrong, 0U);
  EXPECT_EQ(tally.broken, 0U) << nginx.complaints().substr(0, 2000);
  EXPECT_GT(tally.checked, requests / 4);
  constexpr std::uint64_t kept_by_nginx = 64;  // `keepalive 32` in each of two workers
  all_leave_it(server, kept_by_nginx);
  const Holdings after = holdings();
  tell(tally, before, after);
  EXPECT_LE(after.descriptors, before.descriptors + static_cast<long>(kept_by_nginx));
  server.server().stop(5000);
}

TEST(HttpAnnouncedBodies, TakeMemoryOnlyWhenTheyCome) {
  EchoServer server;
  const Holdings before = holdings();
  std::vector<RawHttpClient> clients;
  const int count = test::connections_that_fit(500);
  for (int i = 0; i < count; ++i) {
    clients.push_back(server.client());
    clients.back().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 250000000\r\n\r\nabc");
  }
  EXPECT_EQ(server.ask(get_request("/")).status, 200);
  EXPECT_LT(holdings().memory_kib, before.memory_kib + 64 * 1024);  // up to 125 GB were announced
  clients.clear();
  all_leave_it(server, 0);
}

}  // namespace
}  // namespace coop::testing
