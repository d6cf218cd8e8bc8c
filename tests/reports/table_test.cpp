#include "reports/table.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace coop::reports {
namespace {

Table small_table() {
  Table table{"small", "A small table", {}, {}, {}, std::nullopt};
  table.facts = {{"as_of", "As of", Day::parse("2026-01-31")}, {"note", "Note", std::string{"a\"b"}}};
  table.columns = {
      {"account", "Account", ColumnKind::text}, {"day", "Day", ColumnKind::day},
      {"count", "Count", ColumnKind::number},   {"amount", "Amount", ColumnKind::amount},
      {"unit", "Unit", ColumnKind::text},       {"recorded_at", "Recorded", ColumnKind::instant, 0, false}};
  const Instant at = instant_from_text("2026-01-31T09:05:00.123456Z");
  table.rows = {
      heading_row(0, "Assets"),
      {RowKind::line,
       1,
       {std::string{"bank"}, Day::parse("2026-01-30"), std::int64_t{7}, Amount{-1234567, 2, "EUR"},
        std::string{"EUR"}, at}},
      {RowKind::total, 0, {std::string{"Total"}, {}, {}, Amount{0, 0, "HOUR"}, std::string{"HOUR"}, {}}}};
  return table;
}

std::string csv_of_text(const std::string& text) {
  Table table{"t", "T", {}, {{"text", "Text", ColumnKind::text}}, {{RowKind::line, 0, {text}}}, std::nullopt};
  return csv_text(table, false);
}

TEST(Tables, AsJsonKeepAmountsAsTextWithTheirUnit) {
  const auto json = boost::json::parse(json_text(small_table()));
  EXPECT_EQ(json.at("report").as_string(), "small");
  EXPECT_EQ(json.at("facts").at("as_of").as_string(), "2026-01-31");
  EXPECT_EQ(json.at("facts").at("note").as_string(), "a\"b");
  EXPECT_EQ(json.at("columns").at(3).at("kind").as_string(), "amount");
  EXPECT_EQ(json.at("rows").at(0).at("words").as_string(), "Assets");
  const auto& cells = json.at("rows").at(1).at("cells");
  EXPECT_EQ(cells.at("amount").at("amount").as_string(), "-12345.67");
  EXPECT_EQ(cells.at("amount").at("unit").as_string(), "EUR");
  EXPECT_EQ(cells.at("recorded_at").as_string(), "2026-01-31T09:05:00.123456Z");
  EXPECT_EQ(cells.at("count").as_int64(), 7);
  EXPECT_TRUE(json.at("rows").at(2).at("cells").at("day").is_null());
  EXPECT_EQ(json.at("rows").at(2).at("kind").as_string(), "total");
  EXPECT_TRUE(json.at("next").is_null());
}

TEST(Tables, AsCsvSpeakToPrograms) {
  EXPECT_EQ(csv_text(small_table()),
            "row,level,account,day,count,amount,unit,recorded_at\r\n"
            "line,1,bank,2026-01-30,7,-12345.67,EUR,2026-01-31T09:05:00.123456Z\r\n"
            "total,0,Total,,,0,HOUR,\r\n");
  EXPECT_EQ(csv_text(small_table(), false).substr(0, 7), "line,1,");
}

TEST(Tables, AsCsvQuoteWhatRfc4180Quotes) {
  EXPECT_EQ(csv_of_text("Smith, John"), "line,0,\"Smith, John\"\r\n");
  EXPECT_EQ(csv_of_text("a \"b\""), "line,0,\"a \"\"b\"\"\"\r\n");
  EXPECT_EQ(csv_of_text("two\nlines"), "line,0,\"two\nlines\"\r\n");
}

TEST(Tables, AsCsvHoldNoFormulaFromStrangers) {
  EXPECT_EQ(csv_of_text("=HYPERLINK(\"x\")"), "line,0,\"'=HYPERLINK(\"\"x\"\")\"\r\n");
  for (const char* text : {"+1", "-1", "@a", "\tx", "\rx"}) {
    EXPECT_NE(csv_of_text(text).find(std::string{"'"} + text), std::string::npos) << text;
  }
  EXPECT_EQ(csv_of_text("12=3"), "line,0,12=3\r\n");
}

TEST(Tables, AsTextAlignWhatAPersonReads) {
  EXPECT_EQ(plain_text(small_table()),
            "A small table\n"
            "As of: 2026-01-31\n"
            "Note: a\"b\n"
            "\n"
            "Account  Day         Count      Amount  Unit\n"
            "-------  ----------  -----  ----------  ----\n"
            "Assets\n"
            "  bank   2026-01-30      7  -12 345.67  EUR\n"
            "                            ----------\n"
            "Total                                0  HOUR\n");
}

TEST(Tables, AsTextCountLettersAndNotBytesAndCutLongOnes) {
  Table table{"t", "T",         {}, {{"a", "A", ColumnKind::text, 5}, {"b", "B", ColumnKind::text}},
              {},  std::nullopt};
  table.rows = {{RowKind::line, 0, {std::string{"Ñandú corre"}, std::string{"x"}}},
                {RowKind::line, 0, {std::string{"abc"}, std::string{"y"}}}};
  EXPECT_EQ(plain_text(table), "T\n\nA      B\n-----  -\nÑand…  x\nabc    y\n");
}

TEST(Tables, AsTextSendNoControlCharactersToTheTerminal) {
  Table table{"t", "T\x1b[2J", {}, {{"a", "A", ColumnKind::text}}, {}, std::nullopt};
  table.rows = {{RowKind::line, 0, {std::string{"x\x1b[31my\nz\x7f\xc2\x9b"}}}};
  const std::string text = plain_text(table);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x7f'), std::string::npos);
  EXPECT_EQ(text.find("\xc2\x9b"), std::string::npos);
  EXPECT_NE(text.find("x [31my z"), std::string::npos);
}

TEST(Tables, AsTextSayOnceWhatRowsRepeat) {
  Table table{"t", "T",
              {},  {{"entry", "Entry", ColumnKind::number, 0, true, true}, {"a", "A", ColumnKind::text}},
              {},  "c"};
  table.rows = {{RowKind::line, 0, {std::int64_t{1}, std::string{"x"}}},
                {RowKind::line, 0, {std::int64_t{1}, std::string{"y"}}},
                {RowKind::line, 0, {std::int64_t{2}, std::string{"z"}}}};
  EXPECT_EQ(
      plain_text(table),
      "T\n\nEntry  A\n-----  -\n    1  x\n       y\n    2  z\n\nMore follows: ask again with cursor=c\n");
}

TEST(Tables, AsTextSayWhereNothingWasFound) {
  const Table table{"t", "T", {}, {{"a", "A", ColumnKind::text}}, {}, std::nullopt};
  EXPECT_EQ(plain_text(table), "T\n\nNothing was found.\n");
}

TEST(Tables, ShowTheSignAReaderExpects) {
  using books::AccountType;
  EXPECT_EQ(reader_sign(5, AccountType::asset), 5);
  EXPECT_EQ(reader_sign(5, AccountType::expense), 5);
  EXPECT_EQ(reader_sign(-5, AccountType::liability), 5);
  EXPECT_EQ(reader_sign(-5, AccountType::equity), 5);
  EXPECT_EQ(reader_sign(-5, AccountType::income), 5);
}

}  // namespace
}  // namespace coop::reports
