#include "ledger/statements/line_key.hpp"

#include <gtest/gtest.h>

#include <set>

namespace coop::statements {
namespace {

Line line(const char* day, const char* amount, const char* text, const char* bank_id = "") {
  Line one{.booked_on = Day::parse(day), .amount = find_decimal(amount).value()};
  one.bank_id = bank_id;
  one.details = {Detail{}};
  one.details.front().text = text;
  return one;
}

std::vector<LineKey> keys(const std::vector<Line>& lines) {
  LineKeys counter;
  std::vector<LineKey> all;
  for (const Line& line : lines) all.push_back(counter.of(line));
  return all;
}

std::size_t distinct(const std::vector<LineKey>& all) {
  return std::set<LineKey>(all.begin(), all.end()).size();
}

TEST(LineKeys, KeepEqualGenuinePaymentsApart) {
  const auto twice = keys({line("2026-03-05", "10.00", "dues"), line("2026-03-05", "10.00", "dues")});
  EXPECT_EQ(twice[0].key, twice[1].key);
  EXPECT_EQ(twice[0].occurrence, 1);
  EXPECT_EQ(twice[1].occurrence, 2);
}

TEST(LineKeys, AreTheSameInEveryFileThatSaysTheSame) {
  EXPECT_EQ(keys({line("2026-03-05", "10.00", "dues for March")}),
            keys({line("2026-03-05", "010.0", "dues for\n March")}))
      << "another bank file breaks and pads the same text otherwise";
  EXPECT_EQ(keys({line("2026-03-05", "10.00", "dues", "B1")}),
            keys({line("2026-03-05", "10.00", "DUES", "B1")}))
      << "the bank's id, with amount and day, is enough";
}

TEST(LineKeys, NeverRestOnTheBanksIdAlone) {
  EXPECT_EQ(
      distinct(keys({line("2026-03-05", "-25.00", "purchase", "B1"), line("2026-03-05", "-0.75", "fee", "B1"),
                     line("2027-03-05", "-25.00", "the id begins anew each year", "B1")})),
      3u);
}

TEST(LineKeys, TellLinesApartByEverythingThatTheySay) {
  Line other_payer = line("2026-03-05", "10.00", "dues");
  other_payer.details.front().counterparty.account = "ES9121000418450200051332";
  Line other_value = line("2026-03-05", "10.00", "dues");
  other_value.valued_on = Day::parse("2026-03-06");
  EXPECT_EQ(distinct(keys({line("2026-03-05", "10.00", "dues"), line("2026-03-06", "10.00", "dues"),
                           line("2026-03-05", "-10.00", "dues"), line("2026-03-05", "10.00", "due s!"),
                           other_payer, other_value})),
            6u);
}

}  // namespace
}  // namespace coop::statements
