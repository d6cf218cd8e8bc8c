// The connection to PostgreSQL is lost while something is recorded: before a statement arrives, after it was
// done, during the commit. Whoever repeats with the same key has it once.
#include <set>

#include "tests/support/api_server.hpp"
#include "tests/support/asked_books.hpp"
#include "tests/support/cutting_proxy.hpp"
#include "tests/support/stubborn_client.hpp"

namespace coop::test {
namespace {

using Cut = CuttingProxy::Cut;

/// Made before the server that connects through it.
struct ProxyFirst {
  CuttingProxy proxy;
};

class LostConnections : private ProxyFirst, public ApiTest {
 protected:
  LostConnections()
      : ApiTest{[this](api::Settings& settings) {
          settings.database = proxy.address_through(fresh().service_address());
        }} {}

  /// What happened over all the messages at which the connection was cut.
  struct Sweep {
    int unanswered = 0;
    int found_done = 0;  ///< done, but nobody heard so: the server's or the client's repetition found it
  };

  /// Sends requests, each made by `body` from a fresh name, and cuts the connection at the first message,
  /// then at the second, and so on until a request needs fewer. Repeats each with its key until it is
  /// answered.
  Sweep sweep(const std::string& path, const std::function<std::string(const std::string&)>& body, Cut when) {
    Sweep swept;
    ++sweeps_;
    for (int message = 1; message < 200; ++message) {
      const std::string name = "s" + std::to_string(sweeps_) + "m" + std::to_string(message);
      const ApiRequest request{.body = body(name), .key = path + name};
      proxy.cut_at(message, when);
      ApiAnswer answer = send("POST", path, request);
      const bool cut = proxy.stop_cutting();
      if (!is_success(answer)) {
        ++swept.unanswered;
        EXPECT_EQ(answer.status, 503) << answer.body;
        EXPECT_EQ(answer.code(), "unavailable");
        EXPECT_TRUE(answer.headers.contains("retry-after"));
        EXPECT_NE(answer.text("detail").find("It is not known whether this was done"), std::string::npos);
        answer = repeated(path, request);
      }
      if (answer.headers.contains("idempotent-replay")) ++swept.found_done;
      EXPECT_TRUE(is_success(answer)) << answer.status << " " << answer.body;
      if (!cut) return swept;
    }
    ADD_FAILURE() << "a request takes more than 200 messages";
    return swept;
  }

  static bool is_success(const ApiAnswer& answer) { return answer.status == 200 || answer.status == 201; }

  /// Sweeps until a connection was lost at the commit, so that somebody was left without an answer: what the
  /// server does besides may take a cut's place.
  Sweep sweep_to_commit(const std::string& path, const std::function<std::string(const std::string&)>& body,
                        Cut when) {
    Sweep swept;
    for (int times = 0; times < 100 && swept.unanswered == 0; ++times) swept = sweep(path, body, when);
    return swept;
  }

 private:
  int sweeps_ = 0;

  ApiAnswer repeated(const std::string& path, const ApiRequest& request) {
    ApiAnswer answer;
    for (int times = 0; times < 5 && !is_success(answer); ++times) answer = send("POST", path, request);
    return answer;
  }
};

std::string referring(std::string entry, const std::string& reference) {
  return entry.insert(1, R"("reference":")" + reference + "\",");
}

TEST_F(LostConnections, RecordAnEntryOnce) {
  const auto one = [](const std::string& name) {
    return referring(entry("assets:bank", "income:dues", "1.00"), name);
  };
  sweep("/v1/nodes/bcn/entries", one, Cut::before);
  // What the server does besides may take the place of the one cut that is looked for.
  int found_done = 0;
  for (int times = 0; times < 100 && found_done == 0; ++times)
    found_done = sweep("/v1/nodes/bcn/entries", one, Cut::after).found_done;
  EXPECT_GT(found_done, 0) << "one of the cuts comes after the commit was done";
  EXPECT_EQ(superuser_value("SELECT count(*) - count(DISTINCT reference) FROM entry"), "0");
  EXPECT_EQ(superuser_value("SELECT count(*) = max(number) FROM entry"), "t");
}

TEST_F(LostConnections, RecordABatchOnce) {
  for (const Cut when : {Cut::before, Cut::after}) {
    const auto batch = [](const std::string& name) {
      const std::string one = entry("assets:bank", "income:dues", "1.00");
      return R"({"mode":"per_item","entries":[)" + referring(one, name + "-1") + "," +
             referring(one, name + "-2") + "]}";
    };
    sweep("/v1/nodes/bcn/entries/batch", batch, when);
  }
  EXPECT_EQ(superuser_value("SELECT count(*) - count(DISTINCT reference) FROM entry"), "0");
  EXPECT_EQ(superuser_value(
                "SELECT count(*) FROM (SELECT left(reference, -2) FROM entry GROUP BY 1 HAVING count(*) "
                "<> 2) AS in_part"),
            "0");
}

TEST_F(LostConnections, OpenAnAccountOnce) {
  for (const Cut when : {Cut::before, Cut::after}) {
    const Sweep swept = sweep_to_commit(
        "/v1/nodes/bcn/accounts",
        [](const std::string& name) {
          return R"({"path":"assets:)" + name + R"(","unit":"EUR","type":"asset","opened_on":"2020-01-01"})";
        },
        when);
    EXPECT_GT(swept.unanswered, 0);
  }
  EXPECT_EQ(superuser_value("SELECT count(*) FROM event WHERE kind = 'accounts_opened'"),
            superuser_value("SELECT count(*) FROM account"));
}

TEST_F(LostConnections, AskForAKeyBeforeAnythingIsDone) {
  const ApiAnswer answer = send("POST", "/v1/nodes/bcn/entries",
                                {.body = entry("assets:bank", "income:dues", "1.00"), .without_key = true});
  EXPECT_EQ(answer.code(), "key_missing") << "without a key nobody could repeat safely";
  EXPECT_EQ(superuser_value("SELECT count(*) FROM entry"), "0");
}

class EndedConnections : public ApiTest {};

TEST_F(EndedConnections, AtRandomMomentsLoseNothing) {
  std::atomic<bool> ending{false};
  std::vector<std::unique_ptr<StubbornClient>> clients;
  std::vector<std::thread> threads;
  for (int number = 1; number <= 8; ++number) {
    clients.push_back(
        std::make_unique<StubbornClient>(port(), token(), "c" + std::to_string(number), number));
    threads.emplace_back([&ending, client = clients.back().get()] { client->run(ending); });
  }
  int ended = 0;
  for (int times = 0; times < 100; ++times) {
    ended +=
        std::stoi(superuser_value("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE "
                                  "datname = current_database() AND "
                                  "usename = 'coopledger_service' AND random() < 0.5"));
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  ending = true;
  for (std::thread& thread : threads) thread.join();
  std::vector<AskedEntries> asked;
  for (const auto& client : clients) {
    for (const std::string& fault : client->faults()) ADD_FAILURE() << fault;
    asked.insert(asked.end(), client->asked().begin(), client->asked().end());
  }
  EXPECT_GT(ended, 0);
  for (const std::string& fault : compared_with_books(address(), asked).faults) ADD_FAILURE() << fault;
}

}  // namespace
}  // namespace coop::test
