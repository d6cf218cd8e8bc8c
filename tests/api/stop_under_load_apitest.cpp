// The program itself, stopped as systemd stops it (a signal to the main process alone) while clients post.
#include <signal.h>

#include <atomic>
#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>

#include "tests/support/machine.hpp"
#include "tests/support/served_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {
namespace {

std::string text_of_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return text.str();
}

class StopUnderLoad : public ::testing::Test {
 protected:
  void make_books(const ServedProgram& program) {
    token_ = program.first_token();
    ASSERT_FALSE(token_.empty()) << program.words();
    require(program.ask("POST", "/v1/nodes", token_,
                        R"({"name":"bcn","title":"Barcelona","base_unit":"EUR","country":"ES",)"
                        R"("time_zone":"Europe/Madrid"})",
                        "node"));
    require(program.ask("PUT", "/v1/nodes/bcn/roles/operator/treasurer", token_, "", "role"));
    for (const std::string account : {R"("assets:bank","type":"asset")", R"("income:dues","type":"income")"})
      require(program.ask("POST", "/v1/nodes/bcn/accounts", token_,
                          R"({"unit":"EUR","opened_on":"2020-01-01","path":)" + account + "}", account));
  }

  static void require(const testing::RawAnswer& answer) {
    ASSERT_TRUE(answer.status == 200 || answer.status == 201) << answer.status << answer.body;
  }

  testing::RawAnswer post(const ServedProgram& program, const std::string& name) const {
    return program.ask("POST", "/v1/nodes/bcn/entries", token_,
                       R"({"booked_on":"2026-01-05","reference":")" + name +
                           R"(","postings":[{"account":"assets:bank","amount":"1.00","unit":"EUR"},)" +
                           R"({"account":"income:dues","amount":"-1.00","unit":"EUR"}]})",
                       name);
  }

  /// Posts one entry after the other until the server says that it stops, or is gone.
  void post_until_the_end(const ServedProgram& program, int client) {
    for (int i = 0;; ++i) {
      const std::string name = std::to_string(client) + "." + std::to_string(i);
      {
        const std::lock_guard lock{mutex_};
        asked_.push_back(name);
      }
      try {
        const testing::RawAnswer answer = post(program, name);
        if (answer.status != 201) {
          EXPECT_EQ(answer.status, 503) << answer.body;
          return;
        }
        const std::lock_guard lock{mutex_};
        answered_[name] = answer.body;
      } catch (const std::runtime_error&) {
        return;
      }
    }
  }

  std::size_t answered() {
    const std::lock_guard lock{mutex_};
    return answered_.size();
  }

  std::string token_;
  std::mutex mutex_;
  std::vector<std::string> asked_;
  std::map<std::string, std::string> answered_;
};

TEST_F(StopUnderLoad, EndsTheProgramAndItsPostgresqlInOrderAndLosesNothingThatWasAnswered) {
  const TemporaryFolder folder;
  const std::filesystem::path data = folder.path() / "data";
  {
    ServedProgram program{data};
    make_books(program);
    std::vector<std::jthread> clients;
    for (int i = 0; i < 8; ++i) clients.emplace_back([&, i] { post_until_the_end(program, i); });
    EXPECT_TRUE(comes_true([this] { return answered() >= 100; }));
    program.signal(SIGTERM);
    EXPECT_EQ(program.wait(), 0) << program.words();
  }
  const std::filesystem::path cluster = data / "postgresql" / "cluster";
  EXPECT_FALSE(std::filesystem::exists(cluster / "postmaster.pid")) << "PostgreSQL was left behind";

  ServedProgram again{data};
  EXPECT_EQ(again.first_token(), "");
  for (const std::string& name : asked_) {
    const testing::RawAnswer repeated = post(again, name);
    EXPECT_EQ(repeated.status, 201) << name << repeated.body;
    if (answered_.contains(name)) {
      EXPECT_EQ(repeated.body, answered_.at(name)) << name;
    }
  }
  const testing::RawAnswer balance = again.ask("GET", "/v1/nodes/bcn/accounts/assets:bank/balance", token_);
  EXPECT_EQ(boost::json::parse(balance.body).at("balance").as_string(),
            std::to_string(asked_.size()) + ".00");
  std::string log;
  for (const auto& file : std::filesystem::recursive_directory_iterator{data / "postgresql"})
    if (file.path().extension() == ".log") log += text_of_file(file.path());
  EXPECT_NE(log.find("database system is shut down"), std::string::npos) << log;
  EXPECT_EQ(log.find("automatic recovery in progress"), std::string::npos) << log;
  again.signal(SIGTERM);
  EXPECT_EQ(again.wait(), 0) << again.words();
}

}  // namespace
}  // namespace coop::test
