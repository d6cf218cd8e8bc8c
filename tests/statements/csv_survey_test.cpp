#include "ledger/statements/csv_survey.hpp"

#include <gtest/gtest.h>

#include "ledger/statements/csv_cells.hpp"
#include "ledger/statements/csv_words.hpp"
#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

using test::own_file;
using test::refusal_of;

/// The codes of what a file leaves open, with a blank behind each.
std::string questions_of(std::string_view bytes) {
  std::string codes;
  const CsvSurvey survey = survey_csv(bytes).value();
  for (const CsvQuestion& question : survey.questions) codes += question.code + " ";
  return codes;
}

/// What the survey of one column of amounts, with or without balances, decides.
CsvProfile profile_of(std::string_view bytes) {
  EXPECT_EQ(questions_of(bytes), "") << bytes;
  return survey_csv(bytes).value().profile;
}

TEST(CsvSurvey, KnowsTheLanguageOfTheHeader) {
  for (const auto& [name, language] : std::vector<std::pair<std::string, std::string>>{{"german", "de"},
                                                                                       {"english", "en"},
                                                                                       {"french", "fr"},
                                                                                       {"dutch", "nl"},
                                                                                       {"spanish", "es"},
                                                                                       {"italian", "it"},
                                                                                       {"catalan", "ca"},
                                                                                       {"swedish", "sv"}}) {
    EXPECT_EQ(survey_csv(own_file(name + ".csv")).value().language, language);
    EXPECT_EQ(questions_of(own_file(name + ".csv")), "");
    EXPECT_TRUE(is_csv(own_file(name + ".csv")));
  }
  EXPECT_EQ(survey_csv(own_file("german.csv")).value().header_line, 5u);
}

TEST(CsvSurvey, IsNothingForOtherText) {
  EXPECT_FALSE(survey_csv(""));
  EXPECT_FALSE(survey_csv("Dear Ada,\nthe amount is due, the date is near.\n"));
  EXPECT_FALSE(is_csv("a,b\n1,2\n"));
  EXPECT_FALSE(is_csv("\"Date,Amount\n"));
}

TEST(CsvSurvey, DecidesTheDecimalMarkOverAllRows) {
  EXPECT_EQ(questions_of("Date;Amount\n2026-01-01;-1.000\n2026-01-02;2.000\n"), "decimal_mark ");
  EXPECT_EQ(profile_of("Date;Amount\n2026-01-01;-1.000\n2026-01-02;1.234,56\n").decimal_mark, ',');
  EXPECT_EQ(profile_of("Date;Amount\n2026-01-01;-3.000\n2026-01-02;110.7\n").decimal_mark, '.');
  EXPECT_EQ(profile_of("Date;Amount;Balance\n2026-01-01;-1.000;4.000\n2026-01-02;-500;3.500\n").decimal_mark,
            ',');
  EXPECT_EQ(profile_of("Date;Amount;Balance\n2026-01-01;-1.000;4.000\n2026-01-02;-500;-496\n").decimal_mark,
            '.');
  EXPECT_EQ(questions_of("Date;Amount;Balance\n2026-01-01;-1.000;4.000\n2026-01-02;2.000;6.000\n"),
            "decimal_mark ");
  EXPECT_EQ(
      profile_of("Date;Amount;Balance\n2026-01-01;-1.000;4.000\n2026-01-02;2.000;6.000,0\n").decimal_mark,
      ',');
}

TEST(CsvSurvey, DecidesTheOrderOfDaysOverAllRows) {
  EXPECT_EQ(questions_of("Date;Amount\n01/02/2026;-1\n"), "day_order ");
  EXPECT_EQ(profile_of("Date;Amount\n01/02/2026;-1\n13/02/2026;1\n").days, CsvDays::day_month);
  EXPECT_EQ(profile_of("Date;Amount\n01/02/2026;-1\n02/13/2026;1\n").days, CsvDays::month_day);
  EXPECT_EQ(profile_of("Date;Amount\n01.02.2026;-1\n").days, CsvDays::day_month);
  EXPECT_EQ(profile_of("Datum;Betrag\n01/02/2026;-1\n").days, CsvDays::day_month);
  EXPECT_EQ(profile_of("Date;Amount\n2026-02-01;-1\n").days, CsvDays::year_first);
  EXPECT_EQ(refusal_of([] { survey_csv("Date;Amount\n13/02/2026;-1\n02/13/2026;1\n"); }),
            "statement_unreadable: line 3, 'Date': the order of day and month is another than in line 2");
}

TEST(CsvSurvey, DecidesWhichWayMoneyGoes) {
  EXPECT_EQ(profile_of("Date;Amount\n2026-01-01;-1\n2026-01-02;1\n").signs, CsvSigns::signed_amount);
  EXPECT_EQ(profile_of("Date;Amount\n2026-01-01;+1\n").signs, CsvSigns::signed_amount);
  EXPECT_EQ(profile_of("Date;Amount\n2026-01-01;1.00 DR\n2026-01-01;2.00 CR\n").signs,
            CsvSigns::signed_amount);
  EXPECT_EQ(questions_of("Date;Amount\n2026-01-01;1\n2026-01-02;2\n"), "sign_layout ");
  EXPECT_EQ(profile_of("Date;Amount;Balance\n2026-01-01;1;3\n2026-01-02;2;5\n").signs,
            CsvSigns::signed_amount);
  EXPECT_EQ(profile_of("Date;Amount;Balance\n2026-01-01;1;5\n2026-01-02;2;3\n").signs,
            CsvSigns::inverse_amount);
  EXPECT_EQ(profile_of("Date;Debit;Credit\n2026-01-01;1;\n2026-01-02;;2\n").signs,
            CsvSigns::debit_and_credit);
  EXPECT_EQ(profile_of("Date;Debit;Credit\n2026-01-01;-1;\n2026-01-02;;2\n").signs,
            CsvSigns::signed_debit_and_credit);
  EXPECT_EQ(questions_of("Date;Debit;Credit\n2026-01-01;-1;\n2026-01-02;2;\n"), "sign_layout ");
  EXPECT_EQ(
      profile_of("Date;Debit;Credit;Balance\n2026-01-01;-1;;9\n2026-01-02;2;;7\n2026-01-03;-1;;8\n").signs,
      CsvSigns::debit_and_credit);
  EXPECT_EQ(profile_of("Datum;Betrag;Soll/Haben\n2026-01-01;1;S\n2026-01-02;2;H\n").signs, CsvSigns::flagged);
  EXPECT_EQ(profile_of("Date;Amount;Type\n2026-01-01;1;DEBIT\n2026-01-02;2;CREDIT\n").flag, "type");
  EXPECT_EQ(profile_of("Date;Amount;Type\n2026-01-01;-1;DEBIT\n2026-01-02;2;CREDIT\n").flag, "");
  EXPECT_EQ(questions_of("Date;Amount;D/C\n2026-01-01;-1;D\n2026-01-02;2;D\n"), "sign_layout ");
  EXPECT_EQ(questions_of("Date;Amount;D/C\n2026-01-01;1;X\n2026-01-02;2;D\n"), "flag_words ");
}

TEST(CsvSurvey, NeverGuessesAboutCards) {
  EXPECT_EQ(questions_of(own_file("card.csv")), "sign_layout ");
  EXPECT_EQ(questions_of("Card;Date;Amount;Balance\n1;2026-01-01;5;5\n1;2026-01-02;2;7\n"), "sign_layout ");
}

TEST(CsvSurvey, AsksWhereColumnsAreInDoubt) {
  EXPECT_EQ(questions_of("Date;Gross;Net\n2026-01-01;-5;-6\n"), "amount_column ");
  EXPECT_EQ(profile_of("Date;Gross;Net\n2026-01-01;-5;-5\n").amount, "gross");
  EXPECT_EQ(questions_of("Date;Amount;Balance\n2026-01-01;-5;3\n2026-01-02;-5;99\n2026-01-03;-7;4\n"),
            "balance_column ");
  EXPECT_EQ(questions_of("Date;Amount;Status\n2026-01-01;-5;Booked\n2026-01-02;-5;Odd\n"), "status_words ");
  EXPECT_EQ(profile_of("Date;Amount;Status\n2026-01-01;-5;Odd\n").status, "");
}

TEST(CsvSurvey, TellsWhoseAccountAColumnNames) {
  const auto columns = [](const std::string& rows) {
    const CsvProfile profile = survey_csv("Date;Amount;IBAN\n" + rows).value().profile;
    return profile.own_account + "/" + profile.account;
  };
  EXPECT_EQ(columns("2026-01-01;-1;A\n2026-01-02;1;A\n"), "iban/");
  EXPECT_EQ(columns("2026-01-01;-1;A\n2026-01-02;1;B\n"), "/iban");
  EXPECT_EQ(columns("2026-01-01;-1;A\n2026-01-02;1;\n"), "/iban");
  EXPECT_EQ(columns("2026-01-01;-1;A\n"), "/");
}

TEST(CsvProfile, FindsFilesOfOneKindByTheirHeader) {
  EXPECT_EQ(header_fingerprint({"Date opération", "Montant (€)", ""}),
            header_fingerprint({"DATE OPERATION", "montant  €"}));
  EXPECT_NE(header_fingerprint({"a", "b"}), header_fingerprint({"b", "a"}));
  EXPECT_EQ(header_fingerprint({"a"}), "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7");
}

TEST(CsvProfile, NamesColumnsByNameOrPlace) {
  const std::vector<std::string> header{"Date", "Amount", "Amount", ""};
  EXPECT_EQ(find_column(header, "date"), 0u);
  EXPECT_EQ(find_column(header, "amount"), std::nullopt);
  EXPECT_EQ(find_column(header, "#3"), 2u);
  EXPECT_EQ(find_column(header, "#5"), std::nullopt);
  EXPECT_EQ(find_column(header, "#0"), std::nullopt);
  EXPECT_EQ(find_column(header, ""), std::nullopt);
  EXPECT_EQ(column_key("  ValutaDate (EUR)* "), "valuta date eur");
  EXPECT_EQ(column_key("Größe_Ñandú–x"), "grosse nandu x");
  EXPECT_EQ(column_key("+/-"), "+/-");
}

TEST(CsvCells, ReadFiguresWithTheirCurrency) {
  const auto figure = [](std::string_view cell) {
    const auto found = find_figure(cell);
    return found ? found->text + "|" + found->currency + (found->has_sign ? "|signed" : "") : "nothing";
  };
  EXPECT_EQ(figure("12,50 EUR"), "12,50|EUR");
  EXPECT_EQ(figure("-£5.00"), "-5.00|GBP|signed");
  EXPECT_EQ(figure("CHF 1'000.00-"), "1'000.00-|CHF|signed");
  EXPECT_EQ(figure("($3.00)"), "-3.00||signed");
  EXPECT_EQ(figure("3.00 DR"), "-3.00||signed");
  EXPECT_EQ(figure("3,00 H"), "3,00||signed");
  EXPECT_EQ(figure("kr 3,00"), "3,00|");
  EXPECT_EQ(figure(" - "), "nothing");
  EXPECT_EQ(figure(""), "nothing");
  EXPECT_FALSE(is_figure(*find_figure("-3.00 DR DR")));
  EXPECT_FALSE(is_figure(*find_figure("--3")));
  EXPECT_FALSE(is_figure(*find_figure("12..34")));
}

TEST(CsvCells, ReadDaysWithMonthsAsWords) {
  const auto day = [](std::string_view cell) {
    const auto written = find_csv_day(cell);
    const auto read = written ? day_in_order(*written, DayOrder::day_month) : std::nullopt;
    return read ? read->day.text() : "nothing";
  };
  for (const char* cell : {"02 Jan 2026", "Jan 2, 2026", "2-jan-26", "2. Januar 2026", "2 janvier 2026 10:00",
                           "2 enero 2026", "02/01/2026"})
    EXPECT_EQ(day(cell), "2026-01-02") << cell;
  EXPECT_EQ(day("1 Mrz 2026"), "2026-03-01");
  EXPECT_EQ(day("31 Foo 2026"), "nothing");
  EXPECT_EQ(day("32 Jan 2026"), "nothing");
  EXPECT_EQ(day("Jan 2026"), "nothing");
  const std::vector<std::string> months{"oct", "okt", "ottobre", "aout", "juin", "juillet", "maart", "dez"};
  std::string numbers;
  for (const std::string& month : months) numbers += std::to_string(find_month(month).value()) + " ";
  EXPECT_EQ(numbers, "10 10 10 8 6 7 3 12 ");
}

}  // namespace
}  // namespace coop::statements
