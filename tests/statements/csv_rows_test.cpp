#include "ledger/statements/csv_rows.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

using test::refusal_of;

/// "line 1: a|b|c; line 2: …": what the rows hold.
std::string rows_of(std::string_view bytes, std::optional<char> separator = {}) {
  std::string text;
  for (const SourceRow& row : csv_rows(bytes, separator).rows) {
    text += "[" + std::to_string(row.line) + "] ";
    for (const std::string& cell : row.cells) text += cell + "/";
    text += " ";
  }
  return text;
}

TEST(CsvRows, ReadQuotationsAndLineEnds) {
  EXPECT_EQ(rows_of("a,b\r\n1,2\r3,4\n\n5,6"), "[1] a/b/ [2] 1/2/ [3] 3/4/ [5] 5/6/ ");
  EXPECT_EQ(rows_of("a,b\n\"x,\"\"y\"\"\n z\" , 2 \n3,"), "[1] a/b/ [2] x,\"y\"\n z/2/ [4] 3// ");
  EXPECT_EQ(rows_of("a;b\n\"Inn \"Lamb\" Ltd\";2\n"), "[1] a/b/ [2] Inn \"Lamb\" Ltd/2/ ");
  EXPECT_EQ(rows_of("a;b\n5\" pipe;2\n;;\n\x1A"), "[1] a/b/ [2] 5\" pipe/2/ ");
  EXPECT_EQ(rows_of("\xEF\xBB\xBFsep=;\r\na;b,c\r\n"), "[2] a/b,c/ ");
  EXPECT_EQ(rows_of("a;b\n'-12;=\"0042\"\n'x';'\n"), "[1] a/b/ [2] -12/0042/ [3] 'x'/'/ ");
  EXPECT_EQ(rows_of(""), "");
}

TEST(CsvRows, KeepTheTextOfEachRow) {
  const SourceTable table = csv_rows("a;b\r\n\"x\r\ny\"; 2 \r\n");
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[1].raw, "\"x\r\ny\"; 2 ");
  EXPECT_EQ(csv_rows("a,b,c").rows.at(0).raw, "a,b,c");
  EXPECT_EQ(csv_rows("a,b,").rows.at(0).raw, "a,b,");
}

TEST(CsvRows, DecideTheSeparatorOverAllRows) {
  EXPECT_EQ(csv_rows("Day;Amount;Balance\n1;1,00;2,00\n2;1,00;3,00\n").separator, ';');
  EXPECT_EQ(csv_rows("Name: Smith, John\nx;y;z\n1,5;2;3\n").separator, ';');
  EXPECT_EQ(csv_rows("a\tb\n1,2\t3,4\n").separator, '\t');
  EXPECT_EQ(csv_rows("a|b|c\n1,2|3|4\n").separator, '|');
  EXPECT_EQ(csv_rows("a,b\n\"x;y;z\",1\n").separator, ',');
  EXPECT_EQ(csv_rows("a;b,c;d\n", ',').rows.at(0).cells.size(), 2u);
}

TEST(CsvRows, AreRefusedByTheirPlace) {
  EXPECT_EQ(refusal_of([] { csv_rows("a,b\n1,\"x\n2,3\n"); }),
            "statement_unreadable: line 2: a quotation does not end");
  EXPECT_EQ(refusal_of([] { csv_rows("a,b\n\"x\"y,1\n\"z\",2\n"); }),
            "statement_unreadable: line 2: a quotation does not end");
  EXPECT_EQ(refusal_of([] { csv_rows("a,b\n" + std::string(longest_csv_cell + 1, 'x') + ",1\n"); }),
            "statement_unreadable: line 2: the cell is too long");
  EXPECT_EQ(refusal_of([] { csv_rows("a,b\n\"" + std::string(longest_csv_cell + 2, 'x') + "\",1\n"); }),
            "statement_unreadable: line 2: a quotation does not end");
  EXPECT_EQ(refusal_of([] { csv_rows(std::string(most_csv_columns + 1, ',')); }),
            "statement_unreadable: line 1: the row has too many cells");
  EXPECT_EQ(refusal_of([] { csv_rows(std::string{"a,b\0\n", 5}); }),
            "statement_unreadable: the file: it holds the character NUL");
}

TEST(CsvRows, AreReadInSeveralCharacterSets) {
  EXPECT_EQ(rows_of("a;K\xE4se\n"), "[1] a/K\xC3\xA4se/ ");
  EXPECT_EQ(rows_of(std::string{"\xFF\xFE"
                                "a\0;\0b\0\n\0",
                                10}),
            "[1] a/b/ ");
}

RC_GTEST_PROP(CsvRows, ReadBackWhatWasWritten, ()) {
  const auto letters = rc::gen::container<std::string>(rc::gen::elementOf(std::string{"ab\";,\n|\t'"}));
  const auto rows =
      *rc::gen::container<std::vector<std::vector<std::string>>>(rc::gen::container<std::vector<std::string>>(
          3, rc::gen::map(letters, [](const std::string& text) { return "x" + text + "y"; })));
  const char separator = *rc::gen::element(';', ',', '\t', '|');
  std::string bytes;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) bytes += separator;
      bytes += '"';
      for (const char c : row[i]) bytes += c == '"' ? std::string{"\"\""} : std::string{c};
      bytes += '"';
    }
    bytes += "\r\n";
  }
  std::vector<std::vector<std::string>> read;
  for (const SourceRow& row : csv_rows(bytes, separator).rows) read.push_back(row.cells);
  RC_ASSERT(read == rows);
}

}  // namespace
}  // namespace coop::statements
