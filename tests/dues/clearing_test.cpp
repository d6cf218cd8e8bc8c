#include "ledger/dues/clearing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/support/run_seed.hpp"

namespace coop::dues {
namespace {

Day day(int number) { return Day::parse("2026-01-01").plus_days(number); }
Owed owed(int charge, int due_on, std::int64_t minor) { return {ChargeNumber{charge}, day(due_on), minor}; }
Given given(int payment, int on, std::int64_t minor) { return {PaymentNumber{payment}, day(on), minor, {}}; }

TEST(Clearing, TakesTheOldestChargeFirst) {
  const std::vector charges{owed(2, 31, 2'000), owed(1, 0, 2'000), owed(3, 59, 2'000)};
  const std::vector payments{given(1, 5, 1'500), given(2, 40, 3'000)};
  const Clearing clearing = clearing_of(charges, payments);
  EXPECT_EQ(clearing.charges[0].open_minor, 0);
  EXPECT_EQ(clearing.charges[0].cleared_on, day(40));
  EXPECT_EQ(clearing.charges[1].cleared_on, day(40)) << "the last of it came then";
  EXPECT_EQ(clearing.charges[2].open_minor, 1'500);
  EXPECT_EQ(clearing.charges[2].cleared_on, std::nullopt);
  EXPECT_EQ(clearing.open_minor, 1'500);
  EXPECT_EQ(clearing.credit_minor, 0);
}

TEST(Clearing, GoesWhereThePayerSaid) {
  const std::vector charges{owed(1, 0, 2'000), owed(2, 31, 2'000)};
  std::vector payments{given(1, 5, 2'500)};
  payments[0].towards = ChargeNumber{2};
  const Clearing clearing = clearing_of(charges, payments);
  EXPECT_EQ(clearing.charges[1].open_minor, 0);
  EXPECT_EQ(clearing.charges[0].open_minor, 1'500) << "what is left goes on with the oldest";
}

TEST(Clearing, KeepsWhatIsOverAsCredit) {
  const Clearing clearing = clearing_of(std::vector{owed(1, 0, 2'000)}, std::vector{given(1, 0, 6'000)});
  EXPECT_EQ(clearing.credit_minor, 4'000);
  EXPECT_EQ(clearing.open_minor, 0);
}

TEST(Clearing, OfNothingOwedIsDoneWhenDue) {
  const Clearing clearing = clearing_of(std::vector{owed(1, 9, 0)}, {});
  EXPECT_EQ(clearing.charges[0].cleared_on, day(9));
}

TEST(Clearing, AddsUpAndDoesNotDependOnTheOrderOfItsArguments) {
  std::mt19937_64 dice{test::run_seed()};
  SCOPED_TRACE("COOP_SEED=" + std::to_string(test::run_seed()));
  const auto up_to = [&](int most) { return static_cast<int>(dice() % static_cast<unsigned>(most + 1)); };
  for (int round = 0; round < 200; ++round) {
    std::vector<Owed> charges;
    std::vector<Given> payments;
    std::int64_t balance = 0;
    for (int i = 1; i <= up_to(12); ++i) balance -= charges.emplace_back(owed(i, up_to(90), up_to(50))).minor;
    for (int i = 1; i <= up_to(12); ++i) {
      balance += payments.emplace_back(given(i, up_to(90), 1 + up_to(60))).minor;
      if (!charges.empty() && up_to(3) == 0)
        payments.back().towards = charges[static_cast<std::size_t>(up_to(int(charges.size()) - 1))].charge;
    }
    const Clearing first = clearing_of(charges, payments);
    EXPECT_EQ(first.credit_minor - first.open_minor, balance);
    EXPECT_TRUE(first.credit_minor == 0 || first.open_minor == 0);
    std::map<ChargeNumber, Standing> standings;
    for (std::size_t i = 0; i < charges.size(); ++i) standings.emplace(charges[i].charge, first.charges[i]);
    std::ranges::shuffle(charges, dice);
    std::ranges::shuffle(payments, dice);
    const Clearing again = clearing_of(charges, payments);
    for (std::size_t i = 0; i < charges.size(); ++i) {
      const Standing& before = standings.at(charges[i].charge);
      EXPECT_EQ(again.charges[i].open_minor, before.open_minor);
      EXPECT_EQ(again.charges[i].cleared_on, before.cleared_on);
    }
  }
}

}  // namespace
}  // namespace coop::dues
