// A month's dues of thousands of members, raised while the program and its PostgreSQL are killed: the run is
// taken up again, or another one repeats it, and everybody is charged exactly once.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <csignal>
#include <random>
#include <thread>

#include "tests/support/machine.hpp"
#include "tests/support/many_members.hpp"
#include "tests/support/run_seed.hpp"
#include "tests/support/supervised_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {
namespace {

using namespace std::chrono_literals;

// Three stretches of the run and a rest.
constexpr int members = 6'500;

class InterruptedRun : public ::testing::Test {
 protected:
  InterruptedRun()
      : seed_{number_from_environment("COOP_FAULT_SEED", std::random_device{}())}, random_{seed_} {
    RecordProperty("seed", std::to_string(seed_));
    token_ = program_.make_books();
    make("/v1/nodes/bcn/chart",
         R"({"template":"multi-stakeholder","units":["EUR"],"opened_on":"2026-01-01"})");
    make("/v1/nodes/bcn/member-classes", R"({"code":"user","title":"Users"})");
    make("/v1/nodes/bcn/dues/tiers",
         R"({"code":"standard","title":"Standard","interval":"month","unit":"EUR"})");
    make("/v1/nodes/bcn/dues/tiers/standard/prices", R"({"from_on":"2026-01-01","suggested":"20.00"})");
    owner().in_tx([](Tx& tx) { add_many_members(tx, NodeId{1}, members); });
  }

  Database& owner() {
    if (!owner_)
      owner_.emplace(DatabaseSettings{.address = program_.owner_address(), .connections = 1, .role = {}});
    return *owner_;
  }

  std::string make(const std::string& path, const std::string& body = {}) {
    const auto answer = program_.ask("POST", path, body, token_);
    if (answer.status / 100 != 2) throw std::runtime_error{path + ": " + answer.body};
    return answer.body;
  }

  std::string begin_run() {
    const auto job = boost::json::parse(make("/v1/nodes/bcn/dues/runs", R"({"period":"2026-01"})"));
    return "/v1/nodes/bcn/jobs/" + std::to_string(job.at("number").as_int64());
  }

  boost::json::value read(const std::string& job) {
    return boost::json::parse(program_.ask("GET", job, {}, token_).body);
  }

  std::int64_t value(const char* sql) {
    return owner().in_tx([&](Tx& tx) { return only_row(rows(tx, sql)).int64(0); });
  }

  bool ends_as(const std::string& job, const std::string& state) {
    std::string last;
    const bool came = comes_true([&] { return (last = read(job).at("state").as_string()) == state; });
    EXPECT_TRUE(came) << "the job is " << last << ", not " << state;
    return came;
  }

  /// Kills the server, or PostgreSQL under it, some time after the run has begun, and waits until it serves.
  void kill_and_wait(bool with_postgres) {
    std::this_thread::sleep_for(std::chrono::milliseconds{std::uniform_int_distribution{20, 500}(random_)});
    if (with_postgres && program_.postmaster() > 0) kill(program_.postmaster(), SIGKILL);
    program_.kill_now();
    killed_at_ = system_clock()();
    program_.start();
    ASSERT_TRUE(program_.serves_within(120)) << program_.log();
    owner_.reset();
  }

  /// A server that was killed gives no sign of life; half a minute later its jobs count as interrupted.
  void let_half_a_minute_pass() {
    owner().in_tx([&](Tx& tx) {
      rows(tx, "UPDATE job SET beat_at = beat_at - interval '1 minute' WHERE started_at < $1", killed_at_);
    });
  }

  /// 20.00 each, of every fiftieth 15.00; every hundredth is paid for by somebody else.
  void expect_everybody_charged_once() {
    EXPECT_EQ(value("SELECT count(*) FROM charge"), members);
    EXPECT_EQ(value("SELECT count(DISTINCT membership_id) FROM charge"), members);
    EXPECT_EQ(value("SELECT count(*) FROM charge_reversal"), 0);
    EXPECT_EQ(value("SELECT sum(owed_minor)::bigint FROM debtor"), members * 20'00 - members / 50 * 5'00);
    EXPECT_EQ(value("SELECT last_number FROM book_head"), members) << "no other entries";
    const proof::Verified verified = program_.verified();
    EXPECT_TRUE(verified.is_clean()) << verified.first_flaw();
  }

  std::uint64_t seed() const { return seed_; }
  SupervisedProgram& program() { return program_; }
  const std::string& token() const { return token_; }

 private:
  TemporaryFolder folder_;
  SupervisedProgram program_{folder_.path() / "program" / "data"};
  std::uint64_t seed_;
  std::mt19937_64 random_;
  std::string token_;
  std::optional<Database> owner_;
  Instant killed_at_{};
};

TEST_F(InterruptedRun, IsTakenUpAgainAndChargesEverybodyOnce) {
  SCOPED_TRACE("COOP_FAULT_SEED=" + std::to_string(seed()));
  const std::string job = begin_run();
  for (int kills = 0; kills < 4; ++kills) {
    ASSERT_NO_FATAL_FAILURE(kill_and_wait(kills % 2 == 1));
    let_half_a_minute_pass();
    ASSERT_TRUE(comes_true([&] { return read(job).at("state").as_string() != "running"; }));
    const std::string state{read(job).at("state").as_string()};
    if (state == "done") break;
    if (state != "waiting") make(job + "/resumption");
  }
  ASSERT_TRUE(ends_as(job, "done"));
  EXPECT_EQ(read(job).at("result").at("complete").as_bool(), true);
  EXPECT_EQ(read(job).at("done").as_int64(), members);
  expect_everybody_charged_once();
}

TEST_F(InterruptedRun, IsRepeatedByAnotherWhileItIsStillOnRecord) {
  SCOPED_TRACE("COOP_FAULT_SEED=" + std::to_string(seed()));
  begin_run();
  ASSERT_NO_FATAL_FAILURE(kill_and_wait(false));
  ASSERT_TRUE(ends_as(begin_run(), "done"));
  expect_everybody_charged_once();
}

TEST_F(InterruptedRun, ThatWasCancelledKeepsWhatItChargedAndIsFinishedLater) {
  SCOPED_TRACE("COOP_FAULT_SEED=" + std::to_string(seed()));
  const std::string job = begin_run();
  ASSERT_TRUE(comes_true([&] { return value("SELECT count(*) FROM charge") > 0; }));
  if (read(job).at("state").as_string() == "running") program().ask("POST", job + "/cancelling", {}, token());
  ASSERT_TRUE(comes_true([&] { return read(job).at("state").as_string() != "running"; }));
  const std::string state{read(job).at("state").as_string()};
  EXPECT_TRUE(state == "cancelled" || state == "done") << state;
  if (state == "cancelled") make(job + "/resumption");
  ASSERT_TRUE(ends_as(job, "done"));
  expect_everybody_charged_once();
}

}  // namespace
}  // namespace coop::test
