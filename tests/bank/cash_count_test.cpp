#include "ledger/bank/cash_count.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop::bank {
namespace {

std::string refusal_of(const std::vector<CashPiece>& pieces, std::string_view unit = "EUR") {
  return test::refusal_code([&] { total_of(pieces, unit); });
}

TEST(CashCount, ComesToItsCoinsAndNotes) {
  EXPECT_EQ(total_of({}, "EUR"), 0);
  EXPECT_EQ(total_of({{2'000, 3}, {50, 7}, {1, 0}}, "EUR"), 6'350);
  EXPECT_EQ(total_of({{3, 4}, {7, 1}}, "GMC"), 19) << "of a local currency any value may be counted";
}

RC_GTEST_PROP(CashCount, IsTheSumWhateverIsCounted, ()) {
  std::vector<CashPiece> pieces;
  std::int64_t sum = 0;
  for (const std::int64_t value : known_denominations("EUR")) {
    const auto count = *rc::gen::inRange<std::int64_t>(0, 1'000'000'001);
    pieces.push_back({value, count});
    sum += value * count;
  }
  RC_ASSERT(total_of(pieces, "EUR") == sum);
}

TEST(CashCount, IsOfCoinsAndNotesThatThereAre) {
  EXPECT_EQ(refusal_of({{3, 1}}), "cash_count_impossible");
  EXPECT_EQ(refusal_of({{0, 1}}), "field_invalid");
  EXPECT_EQ(refusal_of({{-100, 1}}), "field_invalid");
  EXPECT_EQ(refusal_of({{100, 1}, {100, 2}}), "field_invalid") << "a value twice";
  EXPECT_EQ(refusal_of({{100, -1}}), "field_invalid");
  EXPECT_EQ(refusal_of({{100, 1'000'000'001}}), "field_invalid");
  EXPECT_EQ(refusal_of({{9'000'000'000'000'000'000, 2}}, "GMC"), "amount_overflow");
  EXPECT_EQ(refusal_of(std::vector<CashPiece>(101, {100, 1})), "field_invalid");
}

}  // namespace
}  // namespace coop::bank
