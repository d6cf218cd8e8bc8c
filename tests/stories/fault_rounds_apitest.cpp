// Exactly once, never lost: many clients have entries recorded by the real program while it and its
// PostgreSQL are killed at random moments. COOP_FAULT_ROUNDS says how many rounds, COOP_FAULT_SEED which
// random numbers.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <thread>

#include "tests/support/asked_books.hpp"
#include "tests/support/stubborn_client.hpp"
#include "tests/support/supervised_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {
namespace {

constexpr int client_count = 64;
constexpr int kills_a_round = 5;

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Figures {
  int rounds = 0;
  int servers = 0;
  int postmasters = 0;
  int backends = 0;
  std::int64_t retries = 0;
  std::int64_t found_recorded = 0;
  AskedAndRecorded books;
};

std::ostream& operator<<(std::ostream& out, const Figures& figures) {
  return out << figures.rounds << " rounds; kill -9: " << figures.servers << " servers, "
             << figures.postmasters << " postmasters, " << figures.backends << " backends; "
             << figures.books.answered << " requests answered with " << figures.books.entries << " entries, "
             << figures.retries << " retries, " << figures.found_recorded
             << " of them found the entry recorded; " << figures.books.given_up << " requests given up, "
             << figures.books.given_up_recorded << " of them recorded";
}

class FaultRounds : public ::testing::Test {
 protected:
  FaultRounds() : seed_{number_from("COOP_FAULT_SEED", std::random_device{}())}, random_{seed_} {
    RecordProperty("seed", std::to_string(seed_));
    token_ = program_.make_books();
  }

  void play_round();
  void check_books();

  SupervisedProgram& program() { return program_; }
  std::uint64_t seed() const { return seed_; }
  const Figures& figures() const { return figures_; }

 private:
  int random(int low, int high) { return std::uniform_int_distribution{low, high}(random_); }
  void kill_something();
  void kill_server();
  void kill_postmaster();
  void check_repetition(const AskedEntries& asked);

  TemporaryFolder folder_;
  SupervisedProgram program_{folder_.path() / "program" / "data"};
  std::string token_;
  std::uint64_t seed_;
  std::mt19937_64 random_;
  Figures figures_;
  std::vector<AskedEntries> asked_;
};

void FaultRounds::kill_server() {
  program_.kill_now();
  ++figures_.servers;
  std::this_thread::sleep_for(std::chrono::milliseconds{random(0, 200)});
  program_.start();
}

void FaultRounds::kill_postmaster() {
  const pid_t leader = program_.postmaster();
  if (leader > 0 && kill(leader, SIGKILL) == 0) ++figures_.postmasters;
}

void FaultRounds::kill_something() {
  std::this_thread::sleep_for(std::chrono::milliseconds{random(50, 900)});
  switch (random(0, 3)) {
    case 0:
      return kill_server();
    case 1:
      return kill_postmaster();
    case 2: {
      const std::vector<pid_t> backends = program_.backends();
      if (backends.empty()) return kill_postmaster();
      const auto chosen = static_cast<std::size_t>(random(0, static_cast<int>(backends.size()) - 1));
      if (kill(backends[chosen], SIGKILL) == 0) ++figures_.backends;
      return;
    }
    default:
      kill_postmaster();
      return kill_server();
  }
}

void FaultRounds::play_round() {
  ++figures_.rounds;
  std::atomic<bool> ending{false};
  std::vector<std::unique_ptr<StubbornClient>> all;
  std::vector<std::thread> threads;
  for (int number = 1; number <= client_count; ++number) {
    const std::string name = "r" + std::to_string(figures_.rounds) + "c" + std::to_string(number);
    all.push_back(std::make_unique<StubbornClient>(program_.port(), token_, name, random_()));
    threads.emplace_back([&ending, client = all.back().get()] { client->run(ending); });
  }
  for (int kills = 0; kills < kills_a_round; ++kills) kill_something();
  EXPECT_TRUE(program_.serves_within(120)) << program_.log();
  ending = true;
  for (std::thread& thread : threads) thread.join();
  for (const auto& client : all) {
    for (const std::string& fault : client->faults()) ADD_FAILURE() << fault;
    asked_.insert(asked_.end(), client->asked().begin(), client->asked().end());
    figures_.retries += client->retries();
    figures_.found_recorded += client->found_recorded();
  }
}

void FaultRounds::check_books() {
  const AskedAndRecorded compared = compared_with_books(program_.owner_address(), asked_);
  for (const std::string& fault : compared.faults) ADD_FAILURE() << fault;
  figures_.books = compared;
  const proof::Verified verified = program_.verified();
  EXPECT_TRUE(verified.is_clean()) << verified.first_flaw();
  for (int times = 0; times < 20 && !asked_.empty(); ++times)
    check_repetition(asked_[static_cast<std::size_t>(random(0, static_cast<int>(asked_.size()) - 1))]);
}

/// Whoever repeats gets the numbers of the first time.
void FaultRounds::check_repetition(const AskedEntries& asked) {
  if (asked.numbers.empty()) return;
  StubbornClient client{program_.port(), token_, "repeating", random_()};
  AskedEntries again = asked;
  client.ask_until_answered(again, false);
  EXPECT_EQ(again.numbers, asked.numbers) << asked.key;
}

TEST_F(FaultRounds, LoseNothingAndRecordNothingTwice) {
  SCOPED_TRACE("COOP_FAULT_SEED=" + std::to_string(seed()));
  const auto rounds = static_cast<int>(number_from("COOP_FAULT_ROUNDS", 3));
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    play_round();
    check_books();
  }
  std::cout << figures() << "\n";
  EXPECT_GT(figures().books.entries, 0);
  EXPECT_EQ(program().stop(), 0);
}

}  // namespace
}  // namespace coop::test
