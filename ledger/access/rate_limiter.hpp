#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ledger/values/day.hpp"

namespace coop::access {

/// How fast one caller may ask.
struct RateLimit {
  int per_minute;  ///< in the long run, from 1 to 60,000,000
  int burst;       ///< at once, after a pause; from 1
};

/// A token bucket per caller (a token, a user's name, an address). Time is a parameter. Thread-safe; callers
/// that have been quiet are forgotten, and memory stays bounded whatever strangers send.
class RateLimiter {
 public:
  explicit RateLimiter(RateLimit limit);

  /// Zero if `caller` may ask now, which is then counted; else how long to wait before asking again, not
  /// counted.
  std::chrono::microseconds wait_or_count(std::string_view caller, Instant now);
  /// Throws Refused: rate_limited, its detail ending with the whole seconds to wait.
  void require(std::string_view caller, Instant now);
  /// How many callers are remembered.
  std::size_t remembered() const;

 private:
  /// One lock for a part of the callers. `full_at` is when the caller's bucket will be full again.
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<std::string, Instant> full_at;
  };
  Shard& shard_of(std::string_view caller);
  void forget_full(Shard& shard, Instant now) const;

  std::chrono::microseconds interval_;
  std::chrono::microseconds capacity_;
  std::array<Shard, 16> shards_;
};

/// The whole seconds of a wait, rounded up: the value of Retry-After.
std::int64_t retry_after_seconds(std::chrono::microseconds wait);

}  // namespace coop::access
