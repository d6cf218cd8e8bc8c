// What a mandate grants and has left, in figures alone.
#include "ledger/funds/spending_mandate.hpp"

#include <gtest/gtest.h>

#include "ledger/funds/fund.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::funds {
namespace {

const Day first_day = Day::parse("2026-01-01");
const Day last_day = Day::parse("2026-12-31");

SpendingMandate of_hours(HoursGrant hours) {
  return {SpendingMandateNumber{1},
          "Circle",
          BodyLevel::node,
          "Films",
          DimensionId{1},
          "media",
          std::nullopt,
          "",
          UnitId{1},
          amount_of(hours),
          hours,
          first_day,
          last_day,
          "d/1",
          Instant{},
          std::nullopt,
          {}};
}

void draw(SpendingMandate& mandate, int minutes) {
  const std::int64_t minor = amount_of_minutes(mandate, minutes);
  mandate.steps.push_back({static_cast<int>(mandate.steps.size()) + 1, SpendingStepKind::drawn, first_day,
                           minor, minutes, std::nullopt, "", std::nullopt, "", Instant{}, std::nullopt});
}

TEST(SpendingMandates, OfHoursAreHoursTimesRateTimesMonths) {
  EXPECT_EQ(amount_of({720, 20'00, 12}), 2'880'00);
  EXPECT_EQ(minutes_of(HoursGrant{720, 20'00, 12}), 144 * 60);
  EXPECT_THROW(amount_of({1, 1, 1}), Refused);
  EXPECT_THROW(amount_of({600'000, 9'000'000'000'000'000'000, 120}), Refused);
}

TEST(SpendingMandates, OfHoursComeToTheirAmountWhateverTheParts) {
  for (const int part : {1, 7, 13, 20, 59}) {
    SpendingMandate mandate = of_hours({720, 10'10, 2});
    std::int64_t left = minutes_of(*mandate.hours);
    for (; left > 0; left -= part) draw(mandate, static_cast<int>(std::min<std::int64_t>(part, left)));
    EXPECT_EQ(drawn_minor(mandate), mandate.minor) << part;
    EXPECT_EQ(left_minor(mandate), 0) << part;
  }
}

TEST(SpendingMandates, OfHoursBearPartsThatWereRoundedEachByItself) {
  const SpendingMandate mandate = of_hours({720, 17'35, 3});
  EXPECT_TRUE(come_to(mandate, 421, 121'74, 1));
  EXPECT_TRUE(come_to(mandate, 187, 54'07, 1));
  EXPECT_TRUE(come_to(mandate, 20, 5'78, 1));
  EXPECT_TRUE(come_to(mandate, 628, 181'59, 3)) << "the whole is 181.60";
  EXPECT_TRUE(come_to(mandate, 346, 99'99, 3)) << "a part of it, to whole minutes";
  EXPECT_FALSE(come_to(mandate, 628, 182'20, 3));
  EXPECT_FALSE(come_to(mandate, 20, 5'99, 1));
  EXPECT_FALSE(come_to(mandate, 20, 5'57, 1));
  EXPECT_TRUE(come_to(mandate, 0, 0, 1));
  EXPECT_TRUE(come_to(mandate, 20, 5'78, 0));
  EXPECT_TRUE(come_to(mandate, 20, 5'79, 0)) << "5.78⅓ with what was rounded before";
  EXPECT_FALSE(come_to(mandate, 20, 5'80, 0));
  EXPECT_FALSE(come_to(mandate, 60, 17'34, 0));
}

TEST(SpendingMandates, StandByTheirDaysAndEndWithTheRecall) {
  SpendingMandate mandate = of_hours({60, 10'00, 1});
  EXPECT_EQ(state_of(mandate, Day::parse("2025-12-31")), SpendingMandateState::upcoming);
  EXPECT_EQ(state_of(mandate, first_day), SpendingMandateState::open);
  EXPECT_EQ(state_of(mandate, last_day), SpendingMandateState::open);
  EXPECT_EQ(state_of(mandate, Day::parse("2027-01-01")), SpendingMandateState::over);
  mandate.steps.push_back({1, SpendingStepKind::recalled, first_day, 0, std::nullopt, std::nullopt, "",
                           std::nullopt, "x", Instant{}, std::nullopt});
  EXPECT_EQ(state_of(mandate, first_day), SpendingMandateState::recalled);
}

TEST(SpendingMandates, CountNoDrawThatWasTakenBack) {
  SpendingMandate mandate = of_hours({60, 10'00, 1});
  draw(mandate, 30);
  draw(mandate, 30);
  mandate.steps.push_back({3, SpendingStepKind::taken_back, first_day, 0, std::nullopt, std::nullopt, "", 1,
                           "x", Instant{}, std::nullopt});
  EXPECT_EQ(used_minutes(mandate), 30);
  EXPECT_EQ(left_minor(mandate), 5'00);
}

TEST(Funds, KeepTheHighestMeasureOfTheirBuffer) {
  EXPECT_EQ(set_buffer_minor({}), 0);
  EXPECT_EQ(set_buffer_minor({{"a quarter of the fixed costs", 270'00}, {"a tenth of the year", 1'180'00}}),
            1'180'00);
}

TEST(Funds, HaveFreeWhatIsAboveTheBufferAndNotCommitted) {
  const FundFigures figures{DimensionId{1}, "media", "Media", FundPurpose::media, false,
                            UnitId{1},      "EUR",   2,       4'120'00,           1'500'00,
                            1'180'00,       0,       0};
  EXPECT_EQ(free_minor(figures), 1'440'00);
}

TEST(Funds, TakeTheLatestTermsAndOfOneDayTheLast) {
  const auto term = [](int number, const char* day) {
    return FundTerm{
        number,
        {.from_on = Day::parse(day), .purpose = FundPurpose::media, .unit = UnitId{1}, .decision = "d"},
        Instant{},
        std::nullopt};
  };
  const std::vector<FundTerm> terms{term(1, "2026-02-01"), term(2, "2026-01-01"), term(3, "2026-02-01")};
  EXPECT_EQ(terms_on(terms, Day::parse("2025-12-31")), nullptr);
  EXPECT_EQ(terms_on(terms, Day::parse("2026-01-31"))->number, 2);
  EXPECT_EQ(terms_on(terms, Day::parse("2026-02-01"))->number, 3);
}

}  // namespace
}  // namespace coop::funds
