// What programs write in QIF: each reads to the right figures, or is refused by line and field.
#include <gtest/gtest.h>

#include "ledger/statements/qif_reader.hpp"
#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

using test::codes_of;
using test::refusal_of;
using test::shown;

/// Each account with day, amount, who, what for, in how many parts.
std::string qif_told(const std::string& bytes, const QifReading& reading = {}) {
  std::string words;
  for (const Statement& statement : qif_from(bytes, reading).statements) {
    words += statement.id + ":";
    for (const Line& line : statement.lines)
      words += " " + line.booked_on.text() + " " + text_of(line.amount) + " " + shown(line.details.at(0)) +
               " " + std::to_string(line.details.size()) + ";";
    words += "\n";
  }
  return words;
}

TEST(QifVariants, ReadDaysInEveryWriting) {
  const auto day = [](const std::string& written, const QifReading& reading = {}) {
    return qif_from("!Type:Bank \r\nD" + written + "\r\nT5.00\r\n^\r\n", reading)
        .statements.at(0)
        .lines.at(0)
        .booked_on.text();
  };
  const QifReading month_first{DayOrder::month_day, {}};
  EXPECT_EQ(day("3/31'26"), "2026-03-31");
  EXPECT_EQ(day("31/3'26"), "2026-03-31");
  EXPECT_EQ(day("3/ 1'26", month_first), "2026-03-01");
  EXPECT_EQ(day(" 3/ 1/26", month_first), "2026-03-01");
  EXPECT_EQ(day("03-01-2026", month_first), "2026-03-01");
  EXPECT_EQ(day("31.03.26"), "2026-03-31");
  EXPECT_EQ(day("31/12/99"), "1999-12-31");
  EXPECT_EQ(day("31/12'99"), "2099-12-31");
  EXPECT_EQ(day("2026/03/31"), "2026-03-31");
  EXPECT_EQ(day("31-Mar-26"), "2026-03-31");
  EXPECT_EQ(day("Mar 31, 2026"), "2026-03-31");
  EXPECT_EQ(refusal_of([&] { day("2/3/26"); }),
            "statement_undecided: D: whether the day or the month comes first");
}

TEST(QifVariants, ReadSeveralAccountsWithSplitsAndListsBetweenThem) {
  EXPECT_EQ(
      qif_told(
          "!Option:AutoSwitch\r\n!Account\r\nNMain\r\nDMain account\r\nTBank\r\n^\r\nNCash\r\nTCash\r\n^\r\n"
          "!Clear:AutoSwitch\r\n!Option:AutoSwitch\r\n!Account\r\nNMain\r\nTBank\r\n^\r\n!Type:Bank\r\n"
          "D31.12.2025\r\nT-1.600,00\r\nCX\r\nPRent\r\nSHouse\r\nECold\r\n$-1.500,00\r\nSHouse:Heat\r\n"
          "$-100,00\r\n^\r\n!Account\r\nNCash\r\nTCash\r\n^\r\n!Type:Cash\r\nD01.01.2026\r\nT20,"
          "00\r\nPDues\r\n"
          "AStreet 1\r\nATown\r\n^\r\n!Type:Cat\r\nNHouse\r\nE\r\n^\r\n!Type:Invst\r\nD01.01.2026\r\nNBuy\r\n"
          "T5,00\r\n^\r\n"),
      "Main: 2025-12-31 -1600.00 Rent|||House: Cold 2;\nCash: 2026-01-01 20.00 Dues||| 1;\n");
}

TEST(QifVariants, ReadAmountsInEveryWriting) {
  EXPECT_EQ(qif_told("\xEF\xBB\xBF!type:oth "
                     "l\nD31/3/26\nT-1'234.50\nPCafé\n^\nD31/3/26\nT(6.00)\n^\nD31/3/26\nT5.00-\n^\n"
                     "D31/3/26\nT1 234.00\n^\nD31/3/26\nU1,234.00\nT1,234.00\n^"),
            ": 2026-03-31 -1234.50 Café||| 1; 2026-03-31 -6.00 ||| 1; 2026-03-31 -5.00 ||| 1;"
            " 2026-03-31 1234.00 ||| 1; 2026-03-31 1234.00 ||| 1;\n");
  EXPECT_EQ(qif_told("!Type:CCard\rD2026-03-02\rT-5\rPCaf\xE9\r^\r"), ": 2026-03-02 -5 Café||| 1;\n");
}

TEST(QifVariants, NoteARecordThatSaysNothingAndRefuseOneThatSaysTooLittle) {
  const ReadFile file = qif_from("!Type:Bank\nPNobody\n^\nD31/3/26\nT1.00\n^\n", {});
  EXPECT_EQ(file.statements.at(0).lines.size(), 1u);
  EXPECT_EQ(codes_of(file), "rows_passed_over ");
  EXPECT_EQ(file.notes.at(0).place, "line 2");
  EXPECT_EQ(refusal_of([] { qif_from("!Type:Bank\nD31/3/26\nPx\n^\n", {}); }),
            "statement_unreadable: line 2: the record has no amount (T)");
  EXPECT_EQ(refusal_of([] { qif_from("!Type:Bank\nD31/3/26\nT5.0.0\n^\n", {}); }),
            "statement_unreadable: line 3, T: this is no amount: '5.0.0'");
  EXPECT_EQ(refusal_of([] { qif_from("!Type:Bank\nD31/3/26\nT5.00\nSa\n$x\n^\n", {}); }),
            "statement_unreadable: line 5, $: this is no amount: 'x'");
  EXPECT_EQ(refusal_of([] { qif_from("!Type:Invst\nD31/3/26\nNBuy\n^\n", {}); }),
            "statement_format_unknown: there is no !Type:Bank, Cash, CCard, Oth A or Oth L");
}

}  // namespace
}  // namespace coop::statements
