// Clients that post entries and vanish before their answer: each entry exists once, and nobody gets the
// receipt of somebody else. COOP_STRESS_REQUESTS=100000 runs the test at length.
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <random>
#include <thread>

#include "tests/support/api_server.hpp"
#include "tests/support/nginx_in_front.hpp"
#include "tests/support/raw_http_client.hpp"

namespace coop::test {
namespace {

class AbandonedEntries : public ApiTest {
 protected:
  /// Sixteen clients post their entries, half of them without waiting for the answer.
  void post_and_often_vanish(std::uint16_t port) {
    const char* wanted = std::getenv("COOP_STRESS_REQUESTS");
    const int each = (wanted == nullptr ? 3'200 : std::atoi(wanted)) / clients;
    std::vector<std::jthread> threads;
    for (int i = 0; i < clients; ++i) threads.emplace_back([=, this] { post_entries(port, i, each); });
    threads.clear();
    EXPECT_EQ(wrong_, 0);
    EXPECT_EQ(names_.size(), static_cast<std::size_t>(each * clients));
    std::string receipts;
    for (const auto& [number, name] : names_) receipts += std::to_string(number) + " " + name + ",";
    EXPECT_EQ(superuser_value(
                  "SELECT string_agg(number || ' ' || reference || ',', '' ORDER BY number) FROM entry"),
              receipts);
  }

 private:
  static constexpr int clients = 16;

  std::string request_of(const std::string& name) const {
    const std::string body = R"({"booked_on":"2026-01-05","reference":")" + name +
                             R"(","postings":[{"account":"assets:bank","amount":"0.01","unit":"EUR"},)" +
                             R"({"account":"income:dues","amount":"-0.01","unit":"EUR"}]})";
    return "POST /v1/nodes/bcn/entries HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token() +
           "\r\nIdempotency-Key: " + name +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
  }

  void post_entries(std::uint16_t port, int client_number, int count) {
    std::minstd_rand random{static_cast<unsigned>(client_number) + 5};
    testing::RawHttpClient client{port};
    std::vector<std::string> abandoned;
    for (int i = 0; i < count; ++i) {
      const std::string name = std::to_string(client_number) + "." + std::to_string(i);
      client.send(request_of(name));
      if (random() % 2 == 0) {
        take_answer(name, client, port);
        continue;
      }
      abandoned.push_back(name);
      if (random() % 2 == 0) std::this_thread::sleep_for(std::chrono::microseconds{random() % 2'000});
      if (random() % 2 == 0) client.vanish();
      client = testing::RawHttpClient{port};
    }
    // Whoever does not know what became of a request repeats it with its key.
    for (const std::string& name : abandoned) {
      client.send(request_of(name));
      take_answer(name, client, port);
    }
  }

  /// nginx ends a connection after a thousand requests, and says so.
  void take_answer(const std::string& name, testing::RawHttpClient& client, std::uint16_t port) {
    const testing::RawAnswer answer = client.read_answer();
    note(name, answer);
    const auto connection = answer.headers.find("connection");
    if (connection != answer.headers.end() && connection->second == "close")
      client = testing::RawHttpClient{port};
  }

  void note(const std::string& name, const testing::RawAnswer& answer) {
    const std::lock_guard lock{mutex_};
    if (answer.status == 201) {
      const std::int64_t number = boost::json::parse(answer.body).at("number").as_int64();
      if (names_.emplace(number, name).second) return;
    }
    ++wrong_;
    ADD_FAILURE() << name << ": " << answer.status << " " << answer.body;
  }

  std::mutex mutex_;
  std::map<std::int64_t, std::string> names_;  ///< whose receipt had which number
  int wrong_ = 0;
};

TEST_F(AbandonedEntries, AreRecordedOnceAndReceiptsReachTheirOwnClient) { post_and_often_vanish(port()); }

TEST_F(AbandonedEntries, AreRecordedOnceBehindNginxToo) {
  if (!NginxInFront::is_installed()) GTEST_SKIP() << "nginx is not installed";
  api::Settings settings;
  settings.http.listen = "127.0.0.1:" + std::to_string(port());
  const NginxInFront nginx{settings};
  post_and_often_vanish(nginx.port());
}

}  // namespace
}  // namespace coop::test
