// Entries of several days, cut into parts that balance.
#include "ledger/journals/import_parts.hpp"

#include <gtest/gtest.h>

#include "ledger/values/decimal.hpp"

namespace coop::journals {
namespace {

TEST(ImportParts, BalanceSumsBeyondOneAmountBySeveral) {
  constexpr std::int64_t much = books::most_posting_minor;
  const Day first = Day::parse("2026-01-02");
  const Day second = Day::parse("2026-01-03");
  const UnitId unit{1};
  std::vector<DatedPosting> postings;
  for (const Day day : {first, second}) {
    const std::int64_t minor = day == first ? much : -much;
    for (int i = 0; i < 2; ++i) postings.push_back({day, {"assets:a", Money::of_minor(minor, unit), {}, ""}});
  }
  const auto parts = parts_of(postings, first, "equity:clearing");
  ASSERT_EQ(parts.size(), 2u);
  for (const ImportPart& part : parts) {
    Digits sum = 0;
    for (const books::DraftPosting& posting : part.postings) sum += posting.amount.minor();
    EXPECT_EQ(part.postings.size(), 4u);
    EXPECT_EQ(sum, 0);
  }
}

}  // namespace
}  // namespace coop::journals
