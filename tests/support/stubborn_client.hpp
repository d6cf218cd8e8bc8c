#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/support/raw_http_client.hpp"

namespace coop::test {

/// What one request asked to be recorded, and what it was told.
struct AskedEntries {
  std::string key;
  std::string path;
  std::string body;
  std::map<std::string, std::int64_t> amounts;  ///< minor units by the entry's reference
  std::map<std::string, std::int64_t>
      numbers;  ///< by the entry's reference, as answered; empty: never answered
};

/// A client that wants entries recorded and repeats each request with the same key until it is answered. Now
/// and then it gives one up after a failure, or repeats one that was answered.
class StubbornClient {
 public:
  /// `name` makes its keys and references unlike those of others.
  StubbornClient(std::uint16_t port, std::string token, std::string name, std::uint64_t seed);

  /// Asks for one thing after the other until `ending`; the last one is answered too.
  void run(const std::atomic<bool>& ending);
  /// Asks until it is answered; with `may_give_up` it stops after the first failure. Fills in the numbers.
  void ask_until_answered(AskedEntries& asked, bool may_give_up);
  /// Asks for `count` entries: singly, or in a request of many.
  AskedEntries next_request(int count);

  const std::vector<AskedEntries>& asked() const noexcept { return asked_; }
  /// Answers and repetitions that should not have been.
  const std::vector<std::string>& faults() const noexcept { return faults_; }
  std::int64_t retries() const noexcept { return retries_; }
  /// Requests that were answered as repetitions of one whose answer was lost.
  std::int64_t found_recorded() const noexcept { return found_recorded_; }

 private:
  std::optional<testing::RawAnswer> try_once(const AskedEntries& asked);
  bool take(const testing::RawAnswer& answer, AskedEntries& asked);
  int random(int low, int high) { return std::uniform_int_distribution{low, high}(random_); }
  void pause(int most_ms);

  std::uint16_t port_;
  std::string token_;
  std::string name_;
  std::mt19937_64 random_;
  std::optional<testing::RawHttpClient> connection_;
  std::vector<AskedEntries> asked_;
  std::vector<std::string> faults_;
  std::int64_t retries_ = 0;
  std::int64_t found_recorded_ = 0;
  int made_ = 0;
};

}  // namespace coop::test
