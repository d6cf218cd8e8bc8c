// A round of allocation in figures alone: equal shares, what is given and given back, what got its goal.
#include "ledger/funds/allocation.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "ledger/values/refusal.hpp"

namespace coop::funds {
namespace {

AllocationRound round_of_two() {
  AllocationRound round{RoundNumber{1},
                        "Spring",
                        "Assembly",
                        BodyLevel::node,
                        "media",
                        UnitId{1},
                        100'00,
                        Day::parse("2026-01-01"),
                        Day::parse("2026-12-31"),
                        "d",
                        Instant{}};
  round.shares = {{"M1", 50'00}, {"M2", 50'00}};
  return round;
}

void step(AllocationRound& round, AllocationStepKind kind, std::int64_t minor, const std::string& member = {},
          std::optional<int> proposal = {}) {
  round.steps.push_back({static_cast<int>(round.steps.size()) + 1, kind, proposal, "", "", member, minor,
                         std::nullopt, Instant{}});
}

TEST(Allocation, DividesItsPotEqually) {
  const auto shares = equal_shares(20'000'00, 13);
  ASSERT_EQ(shares.size(), 13u);
  for (std::size_t i = 0; i < shares.size(); ++i) EXPECT_EQ(shares[i], i < 2 ? 1'538'47 : 1'538'46);
  EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), 20'000'00);
  EXPECT_EQ(equal_shares(2, 3), (std::vector<std::int64_t>{1, 1, 0}));
  EXPECT_THROW(equal_shares(1, 0), Refused);
}

TEST(Allocation, CountsWhatWasGivenLessWhatWasGivenBack) {
  AllocationRound round = round_of_two();
  step(round, AllocationStepKind::proposed, 60'00);
  step(round, AllocationStepKind::given, 50'00, "M1", 1);
  step(round, AllocationStepKind::given, 10'00, "M2", 1);
  EXPECT_EQ(given_to(round, 1), 60'00);
  EXPECT_EQ(full_proposals(round).size(), 1u);
  EXPECT_EQ(left_of(round, "M1"), 0);
  step(round, AllocationStepKind::given_back, 5'00, "M1", 1);
  EXPECT_EQ(given_to(round, 1, "M1"), 45'00);
  EXPECT_EQ(left_of(round, "M1"), 5'00);
  EXPECT_EQ(left_of(round, "M3"), std::nullopt);
  EXPECT_TRUE(full_proposals(round).empty());
  EXPECT_EQ(state_of(round), RoundState::open);
  EXPECT_EQ(find_proposal(round, 2), nullptr);
  const AllocationSums sums = sums_of(round);
  EXPECT_EQ(sums.given_to, (std::map<int, std::int64_t>{{1, 55'00}}));
  EXPECT_EQ(sums.left_of, (std::map<std::string, std::int64_t>{{"M1", 5'00}, {"M2", 40'00}}));
  EXPECT_TRUE(sums.mandate_of.empty());
}

TEST(Allocation, EndsWhenItIsClosedOrGivenUp) {
  AllocationRound closed = round_of_two();
  step(closed, AllocationStepKind::closed, 0);
  EXPECT_EQ(text_of(state_of(closed)), "closed");
  AllocationRound given_up = round_of_two();
  step(given_up, AllocationStepKind::given_up, 0);
  EXPECT_EQ(text_of(state_of(given_up)), "given_up");
}

TEST(Allocation, HasEverythingBackWhenItIsGivenUp) {
  AllocationRound round = round_of_two();
  step(round, AllocationStepKind::proposed, 60'00);
  step(round, AllocationStepKind::given, 50'00, "M1", 1);
  step(round, AllocationStepKind::given, 5'00, "M2", 1);
  step(round, AllocationStepKind::given_up, 0);
  EXPECT_EQ(given_to(round, 1), 0);
  EXPECT_EQ(given_to(round, 1, "M1"), 0);
  EXPECT_EQ(left_of(round, "M1"), 50'00);
  EXPECT_EQ(left_of(round, "M3"), std::nullopt);
  EXPECT_TRUE(full_proposals(round).empty());
  EXPECT_EQ(sums_of(round).given_to, (std::map<int, std::int64_t>{{1, 0}}));
  EXPECT_EQ(sums_of(round).left_of, (std::map<std::string, std::int64_t>{{"M1", 50'00}, {"M2", 50'00}}));
}

TEST(Allocation, IsAddedUpInOnePassHoweverManyTakePart) {
  AllocationRound round = round_of_two();
  round.shares.clear();
  for (int i = 0; i < 5'000; ++i) round.shares.push_back({"M" + std::to_string(i), 100});
  step(round, AllocationStepKind::proposed, 500'000);
  for (int i = 0; i < 5'000; ++i)
    for (int times = 0; times < 4; ++times)
      step(round, AllocationStepKind::given, 25, "M" + std::to_string(i), 1);
  const AllocationSums sums = sums_of(round);
  EXPECT_EQ(sums.given_to.at(1), 500'000);
  EXPECT_EQ(sums.left_of.at("M4999"), 0);
  EXPECT_EQ(full_proposals(round).size(), 1u);
}

TEST(Allocation, KnowsItsSteps) {
  EXPECT_EQ(allocation_step_kind_from("given_back"), AllocationStepKind::given_back);
  EXPECT_THROW(allocation_step_kind_from("lent"), Refused);
}

}  // namespace
}  // namespace coop::funds
