// Worked months that must come out to the cent, each divided by a rule that comes with the program.
#include <gtest/gtest.h>

#include "ledger/sharing/division_words.hpp"
#include "tests/sharing/examples.hpp"

namespace coop::sharing {
namespace {

using test::amounts_of;
using test::deferred_of;
using test::left_in;
using test::one;
using test::pot_of;
using Texts = std::vector<std::string>;

// Four people: hours, own rates, index of their place, housing.
std::vector<Participant> four_people() {
  return {one("A", {{"hours", "20"}, {"rate", "24"}, {"housing", "500"}}),
          one("B", {{"hours", "30"}, {"rate", "18"}, {"housing", "450"}}),
          one("C", {{"hours", "10"}, {"rate", "60"}, {"housing", "0"}}),
          one("D", {{"hours", "40"}, {"rate", "12.60"}, {"housing", "600"}})};
}

TEST(FairWage, IsReadInSixWaysOfOnePot) {
  struct Row {
    const char* rule;
    const char* unit;
    Texts amounts;
    const char* left;
    const char* deferred;
  };
  const Row table[] = {
      {"equal_hour", "EUR", {"400.00", "600.00", "200.00", "800.00"}, "0.00", "0.00"},
      {"own_rates", "EUR", {"451.98", "508.47", "564.97", "474.58"}, "0.00", "124.00"},
      {"living_wage_floor", "GBP", {"447.28", "516.75", "531.97", "504.00"}, "0.00", "124.00"},
      {"ratio_cap", "EUR", {"480.00", "540.00", "378.00", "504.00"}, "98.00", "0.00"},
      {"housing_first", "EUR", {"612.50", "562.50", "112.50", "712.50"}, "0.00", "0.00"},
  };
  for (const Row& row : table) {
    const Division division = divide(example_rule(row.rule), pot_of("2000.00", row.unit), four_people());
    EXPECT_EQ(amounts_of(division), row.amounts) << row.rule;
    EXPECT_EQ(left_in(division), row.left) << row.rule;
    EXPECT_EQ(text_from_minor(division.deferred, 2), row.deferred) << row.rule;
  }
}

TEST(FairWage, IsWeightedByWhatLifeCostsInEachPlace) {
  std::vector<Participant> people = four_people();
  std::vector<PlaceValue> values;
  for (const auto& [place, index] : {std::pair{"bcn", 100}, {"mcr", 80}, {"nrt", 125}, {"got", 100}})
    values.push_back({"living_cost", place, Day::parse("2026-01-01"), Fraction{index}});
  values.push_back({"living_cost", "mcr", Day::parse("2026-04-01"), Fraction{90}});
  values.push_back({"living_cost", "mcr", Day::parse("2025-01-01"), Fraction{70}});
  const char* const places[] = {"bcn", "mcr", "nrt", "got"};
  for (std::size_t i = 0; i < people.size(); ++i) people[i].place = places[i];
  const Division division = divide(example_rule("regional_index"), pot_of("2000.00"), people, values);
  EXPECT_EQ(amounts_of(division), (Texts{"414.51", "497.41", "259.07", "829.01"}));
  EXPECT_EQ(words_of(division.participants[1].why, test::cents_of()),
            (Texts{"weight: 30 h = 30", "living cost of mcr is 80: weight 30 × 80 = 2,400",
                   "2,000.00 × 2,400 / 9,650 = 497.41"}));
}

TEST(FairWage, IsCappedByTheHour) {
  const SharingRule rule = example_rule("hourly_cap");
  const Division capped =
      divide(rule, pot_of("100.00", "USD"), {one("A", {{"hours", "1.5"}}), one("B", {{"hours", "2"}})});
  EXPECT_EQ(amounts_of(capped), (Texts{"30.00", "40.00"}));
  EXPECT_EQ(left_in(capped), "30.00");
  const Division free =
      divide(rule, pot_of("100.00", "USD"), {one("A", {{"hours", "3"}}), one("B", {{"hours", "5"}})});
  EXPECT_EQ(amounts_of(free), (Texts{"37.50", "62.50"}));
  EXPECT_EQ(left_in(free), "0.00");
}

TEST(EqualParts, GiveTheCentsLeftOverToTheEarlierIds) {
  const SharingRule rule = example_rule("equal_parts");
  EXPECT_EQ(amounts_of(divide(rule, pot_of("50.00"), {one("c", {}), one("a", {}), one("b", {})})),
            (Texts{"16.67", "16.67", "16.66"}));
  std::vector<Participant> thirteen;
  for (int i = 1; i <= 13; ++i) thirteen.push_back(one("M" + std::to_string(i), {}));
  Texts expected(13, "1538.46");
  expected[0] = expected[1] = "1538.47";
  EXPECT_EQ(amounts_of(divide(rule, pot_of("20000.00"), thirteen)), expected);
}

TEST(OwnRates, AreExplainedSoThatTheyCanBeWorkedOut) {
  const Division division = divide(example_rule("own_rates"), pot_of("2000.00"), four_people());
  EXPECT_EQ(words_of(division.participants[0].why, test::cents_of()),
            (Texts{"claims 20 h at 24.00 = 480.00",
                   "the pot covers 2,000.00 of 2,124.00; 480.00 × 2,000.00 / 2,124.00 = 451.98"}));
  EXPECT_EQ(deferred_of(division), (Texts{"28.02", "31.53", "35.03", "29.42"}));
}

TEST(Waterfall, PaysServersHostReserveAndCommonsBeforeWages) {
  const Division division =
      divide(example_rule("waterfall"),
             pot_of("1610.00", "EUR", {{"server_costs", Fraction{Ratio::parse("483.75")}}}),
             {one("femprocomuns", {{"hours", "22.5"}}), one("webarch", {{"hours", "14.25"}}),
              one("hypha", {{"hours", "11"}}), one("platform6", {{"hours", "8"}}),
              one("collectivetools", {{"hours", "6.75"}}), one("yasu", {{"hours", "4.5"}})});
  EXPECT_EQ(amounts_of(division), (Texts{"81.03", "270.08", "132.04", "96.03", "171.05", "54.02"}));
  EXPECT_EQ(deferred_of(division), (Texts{"87.72", "292.42", "142.96", "103.97", "185.20", "58.48"}));
  EXPECT_EQ(text_from_minor(division.deferred, 2), "870.75");
  EXPECT_EQ(left_in(division, "servers"), "483.75");
  EXPECT_EQ(left_in(division, "host_fee"), "80.50");
  EXPECT_EQ(left_in(division, "reserve"), "161.00");
  EXPECT_EQ(left_in(division, "commons"), "0.00");
  EXPECT_EQ(left_in(division, "media") + " " + left_in(division, "venue"), "20.13 20.13");
  EXPECT_EQ(left_in(division, "community") + " " + left_in(division, "civil_society"), "20.12 20.12");
  EXPECT_EQ(words_of(division.pots[0].why, test::cents_of())[0],
            "servers first: 483.75 (server costs) = 483.75");
  EXPECT_EQ(words_of(division.pots[0].why, test::cents_of())[1], "5% of 1,610.00 = 80.50");
}

TEST(Waterfall, ShowsWhatCouldNotBePaidWhereThePotIsTooSmall) {
  const Division division =
      divide(example_rule("waterfall"), pot_of("500.00", "EUR", {{"server_costs", Fraction{483}}}),
             {one("a", {{"hours", "1"}})});
  EXPECT_EQ(left_in(division, "host_fee"), "17.00");
  EXPECT_EQ(left_in(division, "reserve"), "0.00");
  EXPECT_EQ(division.pots[3].wanted, 5000);
  EXPECT_EQ(deferred_of(division), (Texts{"25.00"}));
  EXPECT_EQ(words_of(division.pots[0].why, test::cents_of())[1],
            "5% of 500.00 = 25.00, of which 17.00 was there");
}

TEST(SharedCosts, AreDividedByAMixOfKeys) {
  const Division division =
      divide(example_rule("server_bill"), pot_of("483.75"),
             {one("1 bcn", {{"minutes", "412300"}}), one("2 mcr", {{"minutes", "388150"}}),
              one("3 got", {{"minutes", "96020"}}), one("4 mtl", {{"minutes", "251480"}}),
              one("5 nrt", {{"minutes", "52050"}})});
  EXPECT_EQ(amounts_of(division), (Texts{"138.43", "132.58", "61.92", "99.53", "51.29"}));
}

TEST(Credits, ArePaidInTwoPoolsAndThenCareIsMoved) {
  const auto member = [](const char* id, const char* credits, const char* translated, const char* edited,
                         const char* care) {
    return one(id, {{"livelihood_credits", credits},
                    {"words_translated", translated},
                    {"words_edited", edited},
                    {"care_hours", care}});
  };
  const Division division =
      divide(example_rule("livelihood_love_care"), pot_of("3000.00"),
             {member("Ana", "1800", "2500", "0", "4"), member("Bo", "1200", "0", "12500", "10"),
              member("Cai", "600", "11250", "0", "16")});
  EXPECT_EQ(test::paid_from(division, "livelihood"), (Texts{"1125.00", "750.00", "375.00"}));
  EXPECT_EQ(test::paid_from(division, "love"), (Texts{"93.75", "234.38", "421.87"}));
  EXPECT_EQ(amounts_of(division), (Texts{"1128.75", "984.38", "886.87"}));
  EXPECT_EQ(division.participants[0].moved, -9000);
  EXPECT_EQ(division.participants[0].payments[1].deferred, 10625);
  EXPECT_EQ(division.participants[1].payments[1].deferred, 26562);
  EXPECT_EQ(division.participants[2].payments[1].deferred, 47813);
  const Texts words = words_of(division.participants[2].why, test::cents_of());
  EXPECT_EQ(words.at(2), "claims 11,250 (words translated) × 0.08 = 900.00");
  EXPECT_EQ(words.at(3),
            "love: covers 750.00 of 1,600.00; 900.00 × 750.00 / 1,600.00 = 421.87 (421.875 "
            "exactly; cents left over go to the largest remainders)");
  EXPECT_EQ(words.at(4), "care hours 16, on average 10: (16 − 10) × 15.00 = 90.00");
}

std::vector<Participant> owed_wages() {
  std::vector<Participant> owed{one("A", {}), one("B", {}), one("C", {})};
  owed[0].lots = test::lots_of({{"2025-06-15", "200.00"}, {"2025-02-10", "600.00"}});
  owed[1].lots = test::lots_of({{"2025-03-31", "300.00"}, {"2025-07-01", "500.00"}});
  owed[2].lots = test::lots_of({{"2025-04-01", "400.00"}});
  return owed;
}

TEST(DeferredWages, ArePaidTheOldestQuarterFirst) {
  const Division division = divide(example_rule("oldest_first"), pot_of("1100.00"), owed_wages());
  EXPECT_EQ(amounts_of(division), (Texts{"666.67", "300.00", "133.33"}));
  EXPECT_EQ(deferred_of(division), (Texts{"133.33", "500.00", "266.67"}));
  ASSERT_EQ(division.participants[0].lots.size(), 2u);
  EXPECT_EQ(division.participants[0].lots[1].paid, 6667);
  EXPECT_EQ(words_of(division.participants[0].why, test::cents_of()),
            (Texts{"open of 2025-Q1: the pot covers all 900.00 that is open: 600.00",
                   "open of 2025-Q2: the pot covers 200.00 of 600.00; 200.00 × 200.00 / 600.00 = 66.67"}));
}

TEST(DeferredWages, ArePaidInProportion) {
  const Division division = divide(example_rule("all_debts_alike"), pot_of("1100.00"), owed_wages());
  EXPECT_EQ(amounts_of(division), (Texts{"440.00", "440.00", "220.00"}));
}

TEST(WindingUp, GivesWhatWasNotClaimedInTimeToTheDowry) {
  std::vector<Participant> people;
  for (const char* id : {"A", "B", "C", "T1", "T2", "T3", "T4"}) {
    const std::string name = id;
    people.push_back(one(name, {{"handover_team", name[0] == 'T' ? "1" : "0"},
                                {"claimed_in_time", name == "C" || name == "T3" ? "0" : "1"}}));
  }
  people[0].lots = test::lots_of({{"2022-01-01", "4200.00"}});
  people[1].lots = test::lots_of({{"2022-01-01", "2100.00"}});
  people[2].lots = test::lots_of({{"2022-01-01", "700.00"}});
  const Division division = divide(example_rule("winding_up"), pot_of("9000.00"), people);
  EXPECT_EQ(amounts_of(division),
            (Texts{"3240.00", "1620.00", "0.00", "337.50", "337.50", "0.00", "337.50"}));
  EXPECT_EQ(left_in(division, "dowry"), "3127.50");
  EXPECT_EQ(text_from_minor(division.deferred, 2), "2140.00");
}

std::vector<Participant> workers() {
  return {one("1", {{"hours", "1640"}}), one("2", {{"hours", "1210.5"}}), one("3", {{"hours", "905.25"}}),
          one("4", {{"hours", "344.25"}})};
}

TEST(Surplus, IsSharedByHoursAndAFifthOfItPaidInCash) {
  const Division division = divide(example_rule("surplus"), pot_of("48000.00"), workers());
  EXPECT_EQ(left_in(division, "reserve") + " " + left_in(division, "education"), "21600.00 4800.00");
  EXPECT_EQ(amounts_of(division), (Texts{"8640.00", "6377.27", "4769.12", "1813.61"}));
  EXPECT_EQ(test::paid_from(division, "patronage", true), (Texts{"1728.00", "1275.45", "953.83", "362.72"}));
}

TEST(Loss, IsSharedLikeASurplus) {
  const Division division = divide(example_rule("loss"), pot_of("-10000.00"), workers());
  EXPECT_EQ(amounts_of(division), (Texts{"-2000.00", "-1476.22", "-1103.96", "-419.82"}));
  EXPECT_EQ(left_in(division, "reserve"), "-5000.00");
}

}  // namespace
}  // namespace coop::sharing
