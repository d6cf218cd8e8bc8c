#include "ledger/statements/file_survey.hpp"

#include <gtest/gtest.h>

#include "tests/statements/packed_zip.hpp"
#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

/// "decimal_mark(amount: 1.000|2.000 -> .|,) …" of what a file asks.
std::string asked(std::string_view bytes, const FileProfile& profile = {}) {
  const auto survey = survey_file(bytes, profile);
  if (!survey) return "nothing";
  const auto joined = [](const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "" : "|") + text;
    return all;
  };
  std::string all;
  for (const CsvQuestion& question : survey->questions)
    all += question.code + "(" + question.column + ": " + joined(question.samples) + " -> " +
           joined(question.answers) + ") ";
  return all;
}

TEST(FileSurvey, AsksWhichMarkIsTheDecimalOne) {
  const std::string open = "Date;Amount\n2026-01-01;-1.000\n2026-01-02;2.000\n2026-01-03;2.000\n";
  EXPECT_EQ(asked(open), "decimal_mark(amount: -1.000|2.000 -> .|,) ");
  EXPECT_EQ(asked(open + "2026-01-04;1.234,56\n"), "nothing");
  EXPECT_EQ(asked("Date;Amount;Balance\n2026-01-01;-1.000;4.000\n2026-01-02;-500;3.500\n"), "nothing");
  FileSurvey survey = survey_file(open).value();
  survey.csv.decimal_mark = ',';
  const FileProfile answered{{}, {survey.csv}};
  EXPECT_EQ(asked(open, answered), "nothing");
  EXPECT_EQ(text_of(test::sum_of(read_statements(open, answered).at(0).statements.at(0))), "3000");
}

TEST(FileSurvey, AsksOfQifWhatNoRecordDecides) {
  const std::string open = "!Type:Bank\nD1/2/26\nT1.000\n^\nD2/3/26\nT2.000\n^\n";
  EXPECT_EQ(asked(open),
            "day_order(D: 1/2/26|2/3/26 -> day_month|month_day) decimal_mark(T: 1.000|2.000 -> .|,) ");
  EXPECT_EQ(asked(open, {{DayOrder::day_month, std::nullopt}, {}}), "decimal_mark(T: 1.000|2.000 -> .|,) ");
  EXPECT_EQ(asked(open, {{DayOrder::day_month, ','}, {}}), "nothing");
}

TEST(FileSurvey, ShowsTheColumnsOfATableThatItDoesNotKnow) {
  const std::string odd = "A remark\nwann;viel;wer\n01.02.2026;-3,50;Ada\n02.02.2026;4,00;Ada\n";
  EXPECT_EQ(asked(odd), "columns(:  -> ) ");
  FileSurvey survey = survey_file(odd).value();
  ASSERT_EQ(survey.columns.size(), 3u);
  EXPECT_EQ(survey.columns[1].column, "viel");
  EXPECT_EQ(survey.columns[2].samples, std::vector<std::string>{"Ada"});
  survey.csv.day = "wann";
  survey.csv.amount = "viel";
  survey.csv.days = CsvDays::day_month;
  survey.csv.decimal_mark = ',';
  const auto read = read_statements(odd, {{}, {survey.csv}});
  EXPECT_EQ(text_of(test::sum_of(read.at(0).statements.at(0))), "0.50");
}

TEST(FileSurvey, LooksIntoAZip) {
  const std::string open = "Date;Amount\n2026-01-01;-1.000\n";
  const auto survey =
      survey_file(test::zip_of({{"a.csv", "Date;Amount\n2026-01-01;-1,5\n"}, {"b.csv", open}}));
  EXPECT_EQ(survey.value().name, "b.csv");
}

TEST(FileSurvey, AsksNothingOfWhatIsNoTable) {
  EXPECT_EQ(asked(""), "nothing");
  EXPECT_EQ(asked("%PDF-1.7 a;b\nc;d\n"), "nothing");
  EXPECT_EQ(asked("nothing of a bank"), "nothing");
  EXPECT_EQ(asked("<html>a;b\nc;d</html>"), "nothing");
}

}  // namespace
}  // namespace coop::statements
