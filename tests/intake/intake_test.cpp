#include "ledger/intake/intake.hpp"

#include <gtest/gtest.h>

#include "ledger/values/refusal.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::intake {
namespace {

using test::refusal_code;

TEST(DayCells, AreReadAsSpreadsheetsWriteThem) {
  EXPECT_EQ(day_from_cell("2026-01-31"), Day::parse("2026-01-31"));
  EXPECT_EQ(day_from_cell("31.01.2026"), Day::parse("2026-01-31"));
  EXPECT_EQ(day_from_cell("1.2.2026"), Day::parse("2026-02-01"));
  for (const char* bad : {"01/02/2026", "31.02.2026", "31.1.26", "tomorrow", "1.2", "2026-1-1"})
    EXPECT_EQ(refusal_code([&] { day_from_cell(bad); }), "day_malformed") << bad;
}

TEST(AmountCells, AreReadAsSpreadsheetsWriteThem) {
  for (const auto& [text, minor] :
       std::vector<std::pair<const char*, std::int64_t>>{{"1234.50", 123'450},
                                                         {"1,234.50", 123'450},
                                                         {"1.234,50", 123'450},
                                                         {"1234,5", 123'450},
                                                         {"1234", 123'400},
                                                         {"-12,50", -1'250},
                                                         {"1.234.567,89", 123'456'789}})
    EXPECT_EQ(minor_from_cell(text, 2), minor) << text;
  EXPECT_EQ(minor_from_cell("1.234", 3), 1'234);
  for (const char* bad :
       {"1.234", "1,234", "12.34.56", "1.23,45", "1,2,3.45", "EUR 5", "", ",", "5.", "1.,5"})
    EXPECT_EQ(refusal_code([&] { minor_from_cell(bad, 2); }), "amount_malformed") << bad;
  EXPECT_EQ(refusal_code([] { minor_from_cell("1.2345", 2); }), "amount_too_precise");
}

TEST(IntakeRow, NamesTheColumnThatIsRefused) {
  const CsvRow row{7, {"M1", "", "never"}};
  const IntakeRow::Columns columns{{"number", 0}, {"name", 1}, {"from_on", 2}};
  const IntakeRow cells{row, columns};
  EXPECT_EQ(cells.find("number"), "M1");
  EXPECT_EQ(cells.find("name"), std::nullopt);
  EXPECT_EQ(cells.find("email"), std::nullopt);
  EXPECT_EQ(cells.line(), 7);
  EXPECT_EQ(refusal_code([&] { cells.require("name"); }), "field_missing");
  try {
    cells.parsed("from_on", day_from_cell);
    FAIL();
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.field(), "/from_on");
  }
}

}  // namespace
}  // namespace coop::intake
