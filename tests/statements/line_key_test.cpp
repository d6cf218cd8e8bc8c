#include "ledger/statements/line_key.hpp"

#include <gtest/gtest.h>

#include <set>

namespace coop::statements {
namespace {

Line keyed_line(const char* day, const char* amount, const char* text, const char* bank_id = "") {
  Line one{.booked_on = Day::parse(day), .amount = find_decimal(amount).value()};
  one.bank_id = bank_id;
  one.details = {Detail{}};
  one.details.front().text = text;
  return one;
}

std::vector<LineKey> keys(const std::vector<Line>& lines) {
  LineKeys counter;
  std::vector<LineKey> all;
  for (const Line& keyed_line : lines) all.push_back(counter.of(keyed_line));
  return all;
}

std::size_t distinct(const std::vector<LineKey>& all) {
  return std::set<LineKey>(all.begin(), all.end()).size();
}

TEST(LineKeys, KeepEqualGenuinePaymentsApart) {
  const auto twice =
      keys({keyed_line("2026-03-05", "10.00", "dues"), keyed_line("2026-03-05", "10.00", "dues")});
  EXPECT_EQ(twice[0].key, twice[1].key);
  EXPECT_EQ(twice[0].occurrence, 1);
  EXPECT_EQ(twice[1].occurrence, 2);
}

TEST(LineKeys, AreTheSameInEveryFileThatSaysTheSame) {
  EXPECT_EQ(keys({keyed_line("2026-03-05", "10.00", "dues for March")}),
            keys({keyed_line("2026-03-05", "010.0", "dues for\n March")}))
      << "another bank file breaks and pads the same text otherwise";
  EXPECT_EQ(keys({keyed_line("2026-03-05", "10.00", "dues", "B1")}),
            keys({keyed_line("2026-03-05", "10.00", "DUES", "B1")}))
      << "the bank's id, with amount and day, is enough";
}

TEST(LineKeys, NeverRestOnTheBanksIdAlone) {
  EXPECT_EQ(distinct(keys({keyed_line("2026-03-05", "-25.00", "purchase", "B1"),
                           keyed_line("2026-03-05", "-0.75", "fee", "B1"),
                           keyed_line("2027-03-05", "-25.00", "the id begins anew each year", "B1")})),
            3u);
}

TEST(LineKeys, TellLinesApartByEverythingThatTheySay) {
  Line other_payer = keyed_line("2026-03-05", "10.00", "dues");
  other_payer.details.front().counterparty.account = "ES9121000418450200051332";
  Line other_value = keyed_line("2026-03-05", "10.00", "dues");
  other_value.valued_on = Day::parse("2026-03-06");
  EXPECT_EQ(
      distinct(keys({keyed_line("2026-03-05", "10.00", "dues"), keyed_line("2026-03-06", "10.00", "dues"),
                     keyed_line("2026-03-05", "-10.00", "dues"), keyed_line("2026-03-05", "10.00", "due s!"),
                     other_payer, other_value})),
      6u);
}

// A line of camt or not, and whether the key of `read` may be that of `kept`.
bool may_be(const Line& read, const Line& kept, bool may_lack_amounts = false) {
  KeptLine again{kept};
  for (const Detail& detail : kept.details) again.add(detail, may_lack_amounts);
  return again.may_have(LineKeys{}.of(read).key);
}

TEST(KeptLines, HaveTheKeyOfWhatWasRead) {
  const Line plain = keyed_line("2026-03-05", "10.00", "dues");
  EXPECT_TRUE(may_be(plain, plain));
  EXPECT_TRUE(may_be(plain, keyed_line("2026-03-05", "10", "due s")));
  EXPECT_FALSE(may_be(plain, keyed_line("2026-03-06", "10.00", "dues")));
  EXPECT_FALSE(may_be(plain, keyed_line("2026-03-05", "10.01", "dues")));
  EXPECT_FALSE(may_be(plain, keyed_line("2026-03-05", "10.00", "fees")));
  EXPECT_FALSE(may_be(plain, keyed_line("2026-03-05", "10.00", "dues", "B1")));
  const Line named = keyed_line("2026-03-05", "10.00", "dues", "B1");
  EXPECT_TRUE(may_be(named, keyed_line("2026-03-05", "10.00", "fees", "B1"))) << "the id is enough";
  EXPECT_FALSE(may_be(named, keyed_line("2026-03-05", "10.00", "dues", "B2")));
}

TEST(KeptLines, MayHaveAnyKeyWhereLessWasKeptThanRead) {
  const std::string longest(most_kept_text, 'x'), id(most_kept_id, 'x');
  const Line other = keyed_line("2026-03-05", "10.00", "dues");
  EXPECT_TRUE(may_be(other, keyed_line("2026-03-05", "11.00", longest.c_str())));
  EXPECT_FALSE(may_be(other, keyed_line("2026-03-05", "11.00", longest.substr(4).c_str())));
  EXPECT_TRUE(may_be(other, keyed_line("2026-03-05", "11.00", "dues", id.c_str())));
  EXPECT_FALSE(may_be(other, keyed_line("2026-03-05", "11.00", "dues", id.substr(4).c_str())));
  EXPECT_TRUE(may_be(other, keyed_line("2026-03-05", "11.00", "dues"), true)) << "its payment has no amount";
  Line whole = keyed_line("2026-03-05", "11.00", "dues");
  whole.details.front().amount = whole.amount;
  EXPECT_FALSE(may_be(other, whole, true));
}

TEST(KeptLines, MayHaveBeenTurnedRoundIfTheyTakeSomethingBack) {
  const Line read = keyed_line("2026-03-05", "10.00", "dues");
  Line kept = keyed_line("2026-03-05", "-10.00", "dues");
  EXPECT_FALSE(may_be(read, kept));
  kept.is_reversal = true;
  EXPECT_TRUE(may_be(read, kept));
}

}  // namespace
}  // namespace coop::statements
