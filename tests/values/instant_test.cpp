#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/values/day.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop {
namespace {

using test::refusal_code;

TEST(Instant, IsReadWithAnyOffsetAndWrittenInUtc) {
  struct Row {
    std::string_view from;
    std::string_view to;
  };
  constexpr Row table[] = {
      {"2026-01-31T09:05:00Z", "2026-01-31T09:05:00.000000Z"},
      {"2026-01-31t09:05:00z", "2026-01-31T09:05:00.000000Z"},
      {"2026-01-31T09:05:00.5Z", "2026-01-31T09:05:00.500000Z"},
      {"2026-01-31T09:05:00.123456Z", "2026-01-31T09:05:00.123456Z"},
      {"2026-01-31T09:05:00+01:00", "2026-01-31T08:05:00.000000Z"},
      {"2026-01-31T23:05:00-05:30", "2026-02-01T04:35:00.000000Z"},
      {"2026-01-31T09:05:00-00:00", "2026-01-31T09:05:00.000000Z"},
      {"2026-12-31T23:59:60Z", "2027-01-01T00:00:00.000000Z"},
      {"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"},
      {"9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"},
  };
  for (const Row& row : table) EXPECT_EQ(text_of(instant_from_text(row.from)), row.to) << row.from;
}

TEST(Instant, IsRefusedIfItIsNotRfc3339) {
  for (const std::string_view text : {"",
                                      "2026-01-31",
                                      "2026-01-31T09:05",
                                      "2026-01-31T09:05:00",
                                      "2026-01-31 09:05:00Z",
                                      "2026-01-31T24:00:00Z",
                                      "2026-01-31T09:60:00Z",
                                      "2026-01-31T09:05:61Z",
                                      "2026-01-31T9:05:00Z",
                                      "2026-01-31T09:05:00.Z",
                                      "2026-01-31T09:05:00.1234567Z",
                                      "2026-01-31T09:05:00,5Z",
                                      "2026-01-31T09:05:00+0100",
                                      "2026-01-31T09:05:00+01",
                                      "2026-01-31T09:05:00+24:00",
                                      "2026-01-31T09:05:00+01:60",
                                      "2026-01-31T09:05:00Zx",
                                      "2026-01-31T09-05-00Z",
                                      "2026-01-31T09:05:00 Z",
                                      "2026-01-31T-9:05:00Z",
                                      "0001-01-01T00:00:00+00:01",
                                      "9999-12-31T23:59:59-00:01"})
    EXPECT_EQ(refusal_code([&] { instant_from_text(text); }), "instant_malformed") << text;
  EXPECT_EQ(refusal_code([] { instant_from_text("2026-02-30T09:05:00Z"); }), "instant_malformed");
}

TEST(Instant, FallsOnTheDayOfItsTimeZone) {
  const Instant late = instant_from_text("2026-01-31T23:30:00Z");
  EXPECT_EQ(day_in_zone(late, "UTC").text(), "2026-01-31");
  EXPECT_EQ(day_in_zone(late, "Europe/Madrid").text(), "2026-02-01");
  EXPECT_EQ(day_in_zone(late, "America/Sao_Paulo").text(), "2026-01-31");
  EXPECT_EQ(day_in_zone(instant_from_text("2026-07-31T22:30:00Z"), "Europe/Madrid").text(), "2026-08-01")
      << "two hours ahead in summer";
  EXPECT_EQ(day_in_zone(instant_from_text("2026-01-31T10:30:00Z"), "Pacific/Auckland").text(), "2026-01-31");
  EXPECT_EQ(day_in_zone(instant_from_text("2026-01-31T11:30:00Z"), "Pacific/Auckland").text(), "2026-02-01");
}

TEST(Instant, IsRefusedInAZoneThatDoesNotExist) {
  for (const char* zone : {"", "Mars/Olympus", "europe/madrid", "../etc/passwd", "tzdata.zi", "Europe"})
    EXPECT_EQ(refusal_code([&] { day_in_zone(Instant{}, zone); }), "name_malformed") << zone;
}

TEST(Instant, ComesFromTheMachinesClock) {
  const Clock clock = system_clock();
  const Instant first = clock();
  EXPECT_LE(first, clock());
  EXPECT_GT(first, instant_from_text("2024-01-01T00:00:00Z"));
}

RC_GTEST_PROP(Instant, IsReadBackAsItWasWritten, ()) {
  const auto seconds = *rc::gen::inRange<std::int64_t>(-62'135'596'800, 253'402'300'800);
  const auto microseconds = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
  const Instant instant{std::chrono::microseconds{seconds * 1'000'000 + microseconds}};
  RC_ASSERT(instant_from_text(text_of(instant)) == instant);
}

}  // namespace
}  // namespace coop
