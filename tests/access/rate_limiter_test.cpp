#include "ledger/access/rate_limiter.hpp"

#include <gtest/gtest.h>

#include "ledger/values/refusal.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::access {
namespace {

using namespace std::chrono_literals;
using test::refusal_code;

const Instant start = instant_from_text("2026-03-01T12:00:00Z");

int passed_at(RateLimiter& limiter, Instant moment, int tries) {
  int passed = 0;
  for (int i = 0; i < tries; ++i) passed += limiter.wait_or_count("maria", moment) == 0us ? 1 : 0;
  return passed;
}

TEST(RateLimiter, LetsABurstPassAndThenTheLongRunRate) {
  RateLimiter limiter{{.per_minute = 600, .burst = 5}};
  EXPECT_EQ(passed_at(limiter, start, 100), 5);
  EXPECT_EQ(passed_at(limiter, start + 99ms, 100), 0);
  EXPECT_EQ(passed_at(limiter, start + 100ms, 100), 1);
  EXPECT_EQ(passed_at(limiter, start + 400ms, 100), 3);
  EXPECT_EQ(passed_at(limiter, start + 1h, 100), 5) << "a long pause saves no more than a burst";
}

TEST(RateLimiter, TellsHowLongToWait) {
  RateLimiter limiter{{.per_minute = 120, .burst = 1}};
  EXPECT_EQ(limiter.wait_or_count("maria", start), 0us);
  EXPECT_EQ(limiter.wait_or_count("maria", start), 500ms);
  EXPECT_EQ(limiter.wait_or_count("maria", start + 200ms), 300ms);
  EXPECT_EQ(limiter.wait_or_count("maria", start + 500ms), 0us) << "waiting as told is enough";
  EXPECT_EQ(retry_after_seconds(500ms), 1);
  EXPECT_EQ(retry_after_seconds(1s), 1);
  EXPECT_EQ(retry_after_seconds(1001ms), 2);
}

TEST(RateLimiter, CountsEveryCallerAlone) {
  RateLimiter limiter{{.per_minute = 60, .burst = 1}};
  EXPECT_EQ(limiter.wait_or_count("maria", start), 0us);
  EXPECT_EQ(limiter.wait_or_count("jordi", start), 0us);
  EXPECT_EQ(refusal_code([&] { limiter.require("maria", start); }), "rate_limited");
  EXPECT_EQ(refusal_code([&] { limiter.require("maria", start + 1s); }), "accepted");
}

TEST(RateLimiter, LocksNobodyOutWhenTheClockIsSetBack) {
  RateLimiter limiter{{.per_minute = 600, .burst = 2}};
  EXPECT_EQ(passed_at(limiter, start, 10), 2);
  EXPECT_LE(limiter.wait_or_count("maria", start - 24h), 100ms);
  EXPECT_EQ(passed_at(limiter, start - 24h + 200ms, 10), 2);
}

TEST(RateLimiter, RemembersOnlySoManyStrangers) {
  RateLimiter limiter{{.per_minute = 60, .burst = 1}};
  for (int i = 0; i < 500'000; ++i) limiter.wait_or_count("stranger " + std::to_string(i), start);
  EXPECT_LE(limiter.remembered(), 16U * 8'192U);
}

TEST(RateLimiter, ForgetsTheQuietBeforeTheBusy) {
  RateLimiter limiter{{.per_minute = 60, .burst = 1}};
  for (int i = 0; i < 100'000; ++i) limiter.wait_or_count("early " + std::to_string(i), start);
  for (int i = 0; i < 100'000; ++i) limiter.wait_or_count("late " + std::to_string(i), start + 10s);
  EXPECT_NE(limiter.wait_or_count("late 99999", start + 10s), 0us) << "who asked just now is still counted";
}

TEST(RateLimiter, RefusesALimitThatLetsNothingPass) {
  EXPECT_THROW(RateLimiter({.per_minute = 0, .burst = 1}), InvariantBroken);
  EXPECT_THROW(RateLimiter({.per_minute = 60, .burst = 0}), InvariantBroken);
}

}  // namespace
}  // namespace coop::access
