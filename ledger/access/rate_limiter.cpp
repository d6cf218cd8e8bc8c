#include "ledger/access/rate_limiter.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop::access {

namespace {

using std::chrono::microseconds;

constexpr std::size_t most_callers_in_shard = 8'192;

}  // namespace

RateLimiter::RateLimiter(RateLimit limit) : interval_{}, capacity_{} {
  ensure(limit.per_minute >= 1 && limit.per_minute <= 60'000'000 && limit.burst >= 1,
         "a rate limit lets something pass");
  interval_ = microseconds{60'000'000 / limit.per_minute};
  capacity_ = interval_ * limit.burst;
}

RateLimiter::Shard& RateLimiter::shard_of(std::string_view caller) {
  return shards_[std::hash<std::string_view>{}(caller) % shards_.size()];
}

// The generic cell rate algorithm: instead of counting what is left in the bucket, remember when it will be
// full.
microseconds RateLimiter::wait_or_count(std::string_view caller, Instant now) {
  Shard& shard = shard_of(caller);
  const std::lock_guard lock{shard.mutex};
  if (shard.full_at.size() >= most_callers_in_shard) forget_full(shard, now);
  Instant& full_at = shard.full_at.try_emplace(std::string{caller}, now).first->second;
  // Clamped on both sides, so that a clock that was set back locks nobody out for longer than a bucket takes
  // to fill.
  full_at = std::clamp(full_at, now, now + capacity_);
  const Instant then_full = full_at + interval_;
  if (then_full - now > capacity_) return then_full - now - capacity_;
  full_at = then_full;
  return microseconds{0};
}

void RateLimiter::forget_full(Shard& shard, Instant now) const {
  std::erase_if(shard.full_at, [&](const auto& caller) { return caller.second <= now; });
  // So many busy callers at once are an attack: forgetting them is cheaper than remembering them all.
  if (shard.full_at.size() >= most_callers_in_shard) shard.full_at.clear();
}

void RateLimiter::require(std::string_view caller, Instant now) {
  const microseconds wait = wait_or_count(caller, now);
  if (wait == microseconds{0}) return;
  throw Refused{Refusal::rate_limited,
                "too many requests: wait " + std::to_string(retry_after_seconds(wait))};
}

std::size_t RateLimiter::remembered() const {
  std::size_t count = 0;
  for (const Shard& shard : shards_) {
    const std::lock_guard lock{shard.mutex};
    count += shard.full_at.size();
  }
  return count;
}

std::int64_t retry_after_seconds(microseconds wait) { return date::ceil<std::chrono::seconds>(wait).count(); }

}  // namespace coop::access
