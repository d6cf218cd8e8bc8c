#include "api/demo/year.hpp"

#include <numeric>
#include <set>

namespace coop::api::demo {
namespace {

std::int64_t entries_in(const NodeYear& year) {
  std::int64_t entries = 0;
  for (const Happening& happening : year.diary.in_order()) {
    entries += std::holds_alternative<WrittenEntry>(happening.what) ? 1 : 0;
  }
  return entries;
}

TEST(DemoYear, IsTheSameEveryTime) {
  const auto first = written_years();
  const auto second = written_years();
  for (std::size_t node = 0; node < first.size(); ++node) {
    const auto one = first[node].diary.in_order();
    const auto other = second[node].diary.in_order();
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      const auto* a = std::get_if<WrittenEntry>(&one[i].what);
      const auto* b = std::get_if<WrittenEntry>(&other[i].what);
      ASSERT_EQ(a == nullptr, b == nullptr);
      if (a == nullptr) continue;
      EXPECT_EQ(a->key + a->day.text(), b->key + b->day.text());
    }
  }
}

TEST(DemoYear, HasSomeThousandEntriesInFiveNodes) {
  std::int64_t all = 0;
  for (const NodeYear& year : written_years()) {
    EXPECT_GT(entries_in(year), 500) << year.name();
    all += entries_in(year);
  }
  EXPECT_GE(all, 5'000);
  EXPECT_LE(all, 8'000);
}

TEST(DemoYear, BalancesEveryEntryAndNamesEachOnce) {
  for (const NodeYear& year : written_years()) {
    std::set<std::string> keys;
    for (const Happening& happening : year.diary.in_order()) {
      const auto* entry = std::get_if<WrittenEntry>(&happening.what);
      if (entry == nullptr) continue;
      EXPECT_TRUE(keys.insert(entry->key).second) << entry->key;
      std::map<std::string, std::int64_t> sums;
      for (const DiaryLine& line : entry->lines) {
        EXPECT_NE(line.minor, 0) << entry->key;
        sums[line.unit] += line.minor;
      }
      for (const auto& [unit, sum] : sums) EXPECT_EQ(sum, 0) << entry->key << " in " << unit;
    }
  }
}

TEST(DemoYear, EndsWithTheMembersOfE1) {
  int members = 0;
  for (const NodeYear& year : written_years()) {
    std::array<int, 4> by_tier{};
    std::set<std::string> codes;
    for (const Member& member : year.members) {
      EXPECT_TRUE(codes.insert(member.code).second);
      if (member.tier >= 0 && member.left > last_month) by_tier[static_cast<std::size_t>(member.tier)] += 1;
    }
    EXPECT_EQ(by_tier, year.facts.members) << year.name();
    members += std::accumulate(by_tier.begin(), by_tier.end(), 0);
  }
  EXPECT_EQ(members, 94);
}

TEST(DemoYear, IsWrittenOnFridays) {
  EXPECT_EQ(friday_from(Day::parse("2026-01-31")), Day::parse("2026-02-06"));
  EXPECT_EQ(friday_from(Day::parse("2026-02-06")), Day::parse("2026-02-06"));
  EXPECT_EQ(friday_from(Day::parse("2026-02-07")), Day::parse("2026-02-13"));
  for (const NodeYear& year : written_years()) {
    for (const Happening& happening : year.diary.in_order()) {
      EXPECT_EQ(friday_from(happening.written_on), happening.written_on);
      const auto* entry = std::get_if<WrittenEntry>(&happening.what);
      if (entry == nullptr) continue;
      EXPECT_LE(entry->day, happening.written_on) << entry->key;
    }
  }
}

}  // namespace
}  // namespace coop::api::demo
