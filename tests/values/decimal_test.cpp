#include "ledger/values/decimal.hpp"

#include <gtest/gtest.h>

namespace coop {
namespace {

TEST(Decimal, AddsAndMultipliesExactly) {
  EXPECT_EQ(text_of(Decimal{1, 1} + Decimal{2, 2}), "0.12");
  EXPECT_EQ(text_of(Decimal{-5, 0} + Decimal{25, 1}), "-2.5");
  EXPECT_EQ(text_of(Decimal{3, 0} * Decimal{3333, 3}), "9.999");
  EXPECT_TRUE(is_same(Decimal{100, 2}, Decimal{1, 0}));
}

TEST(Decimal, IsWholeMinorUnitsOrNothing) {
  EXPECT_EQ(whole_minor(Decimal{1234, 2}, 2), 1234);
  EXPECT_EQ(whole_minor(Decimal{12, 0}, 2), 1200);
  EXPECT_EQ(whole_minor(Decimal{-12500, 4}, 2), -125);
  EXPECT_EQ(whole_minor(Decimal{9999, 3}, 2), std::nullopt);
  EXPECT_EQ(whole_minor(Decimal{5, 1}, 0), std::nullopt);
  EXPECT_EQ(find_int64(*whole_minor(Decimal{9'223'372'036'854'775'807, 0}, 0)), 9'223'372'036'854'775'807);
  EXPECT_EQ(find_int64(*whole_minor(Decimal{9'223'372'036'854'775'807, 0}, 2)), std::nullopt);
}

TEST(Decimal, IsReadWithTheMarkThatTheFileUses) {
  EXPECT_EQ(text_of(find_decimal("12.50").value()), "12.50");
  EXPECT_EQ(text_of(find_decimal("-000000149,87", ',').value()), "-149.87");
  EXPECT_EQ(text_of(find_decimal("380115,", ',').value()), "380115");
  EXPECT_EQ(text_of(find_decimal("+.5").value()), "0.5");
  EXPECT_TRUE(is_same(find_decimal("0008").value(), Decimal{8, 0}));
  for (const char* text : {"", "-", ".", "1,5", "1.5.", "1 000", "--1", "$5", "1e5", "0x10"}) {
    EXPECT_FALSE(find_decimal(text)) << text;
  }
  EXPECT_FALSE(find_decimal(std::string(401, '7')));
}

TEST(Decimal, KnowsTheDecimalsItNeeds) {
  EXPECT_EQ(needed_places(Decimal{1000, 3}), 0);
  EXPECT_EQ(needed_places(Decimal{1050, 3}), 2);
  EXPECT_EQ(needed_places(Decimal{0, 5}), 0);
}

TEST(Decimal, RoundsToZeroWithinHalfAMinorUnit) {
  EXPECT_TRUE(rounds_to_zero(Decimal{5, 3}, 2));
  EXPECT_TRUE(rounds_to_zero(Decimal{-49, 4}, 2));
  EXPECT_FALSE(rounds_to_zero(Decimal{6, 3}, 2));
  EXPECT_FALSE(rounds_to_zero(Decimal{1, 0}, 2));
}

TEST(Decimal, IsReadAsJsonWritesWholeNumbers) {
  EXPECT_EQ(digits_from("-120"), Digits{-120});
  EXPECT_EQ(digits_from("0"), Digits{0});
  EXPECT_EQ(digits_from("007"), Digits{7});
  EXPECT_EQ(digits_from("1.25e4"), Digits{12'500});
  EXPECT_EQ(digits_from("-1.2345678901234567890123456789012e31"),
            Digits{"-12345678901234567890123456789012"});
  for (const char* text :
       {"", "-", "1.5", "1.25e1", "1e", "e5", "0x1", "1e999", "1 ", " 1", "+1", "1e-2", "\"1"}) {
    EXPECT_EQ(digits_from(text), std::nullopt) << text;
  }
}

TEST(Decimal, RoundsHalfAMinorUnitToTheEvenOne) {
  EXPECT_EQ(rounded_minor(Decimal{125, 3}, 2), 12);
  EXPECT_EQ(rounded_minor(Decimal{135, 3}, 2), 14);
  EXPECT_EQ(rounded_minor(Decimal{-125, 3}, 2), -12);
  EXPECT_EQ(rounded_minor(Decimal{-1251, 4}, 2), -13);
  EXPECT_EQ(rounded_minor(Decimal{5, 0}, 2), 500);
}

TEST(Decimal, IsShiftedByTenthsExactly) {
  EXPECT_EQ(text_of(shifted(Decimal{1234, 3}, 2)), "123.4");
  EXPECT_EQ(text_of(shifted(Decimal{1234, 1}, 3)), "123400");
}

}  // namespace
}  // namespace coop
