#include "ledger/values/csv_table.hpp"

#include <gtest/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop {
namespace {

using test::refusal_code;

CsvTable read(std::string_view bytes) { return csv_table_from(bytes, {"number", "name", "left_on"}, 3); }

std::string shown(const CsvTable& table) {
  std::string text;
  for (const CsvRow& row : table.rows) {
    text += std::to_string(row.line) + ":";
    for (const std::string& cell : row.cells) text += cell + "|";
    text += " ";
  }
  return text;
}

TEST(CsvTable, ReadsWhatSpreadsheetsSave) {
  EXPECT_EQ(shown(read("number,name\nM1,Maria\nM2,Jordi\n")), "2:M1|Maria| 3:M2|Jordi| ");
  EXPECT_EQ(shown(read("\xEF\xBB\xBFNumber;Left on\r\nM1;\"a;b\"\r\n\r\nM2; x \r\n")), "2:M1|a;b| 4:M2|x| ");
  EXPECT_EQ(shown(read("number\tname\nM1\t\"say \"\"hi\"\"\nthere\"\nM2\t")),
            "2:M1|say \"hi\"\nthere| 4:M2|| ");
  EXPECT_EQ(read("left-on,NUMBER\n").header, (std::vector<std::string>{"left_on", "number"}));
}

TEST(CsvTable, ReadsWindows1252WhereItIsNoUtf8) {
  const CsvTable table = read(
      "number,name\nM1,Aim\xE9"
      "e \x80\n");
  EXPECT_TRUE(table.was_windows_1252);
  EXPECT_EQ(shown(table), "2:M1|Aimée €| ");
  EXPECT_FALSE(read("number,name\nM1,Aimée\n").was_windows_1252);
}

TEST(CsvTable, NamesTheLineThatItCannotRead) {
  const auto detail = [](std::string_view bytes) {
    try {
      read(bytes);
    } catch (const Refused& refused) {
      return std::string{text_of(refused.refusal()).code} + ": " + refused.detail().substr(0, 6);
    }
    return std::string{};
  };
  EXPECT_EQ(detail(""), "import_unreadable: line 1");
  EXPECT_EQ(detail("\n\n"), "import_unreadable: line 1");
  EXPECT_EQ(detail("number,colour\n"), "import_unreadable: line 1");
  EXPECT_EQ(detail("number,number\n"), "import_unreadable: line 1");
  EXPECT_EQ(detail("number\nM1\n\"M2\n\n"), "import_unreadable: line 3");
  EXPECT_EQ(detail("number\n\"M1\"x\n"), "import_unreadable: line 2");
  EXPECT_EQ(detail("number\n1\n2\n3\n4\n"), "import_unreadable: line 5");
  EXPECT_EQ(detail(std::string_view{"number\n\0\n", 9}), "import_unreadable: line 1");
}

}  // namespace
}  // namespace coop
