#include "ledger/statements/csv_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/statements/csv_survey.hpp"
#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

using test::codes_of;
using test::find_sample;
using test::own_file;
using test::refusal_of;
using test::shown;

/// What a file holds: statements, lines, details, notes.
std::string csv_read(std::string_view bytes) {
  const ReadFile file = csv_from(bytes);
  std::string text;
  for (const Statement& statement : file.statements) {
    text += shown(statement) + "\n";
    for (const Line& line : statement.lines) text += shown(line) + " | " + shown(line.details.at(0)) + "\n";
  }
  return text + codes_of(file);
}

TEST(Csv, ReadsAGermanExport) {
  EXPECT_EQ(
      csv_read(own_file("german.csv")),
      "/DE89370400440532013000 EUR /: 1000.00 -> 1968.50 on 2026-03-31, 3 lines\n"
      "2026-03-02/2026-03-02 -6  []  | Bank|||Entgelt\n"
      "2026-03-12/2026-03-13 -25.50  []  | Grüner \"Laden\" KG|DE02500105170137075030||Rechnung; 4711\n"
      "2026-03-31/2026-03-31 1000.00  []  | Ada Bäcker|DE02120300000000202051||Beitrag März Mitglied 7\n"
      "profile_proposed ");
  const ReadFile file = csv_from(own_file("german.csv"));
  const Line& line = file.statements.at(0).lines.at(2);
  EXPECT_EQ(line.place, "line 6");
  EXPECT_EQ(line.raw,
            "\"31.03.26\";\"31.03.26\";\"Gebucht\";\"Ada Bäcker\";\"Hof eG\";\"Beitrag März\nMitglied "
            "7\";\"DE02120300000000202051\";\"1.000,00\";\"1.968,50\";\"E-7\"");
  EXPECT_EQ(line.details[0].references.end_to_end, "E-7");
  EXPECT_EQ(text_of(line.balance_after.value()), "1968.50");
}

TEST(Csv, ReadsDebitAndCreditInColumns) {
  EXPECT_EQ(csv_read(own_file("french.csv")),
            "/  /: ? -> ?, 2 lines\n"
            "2026-04-02/2026-04-02 -1234.56  []  | |||Loyer avril\n"
            "2026-04-13/2026-04-14 35.00  []  | |||Cotisation\n"
            "rows_passed_over profile_proposed ");
  const ReadFile file = csv_from(own_file("french.csv"));
  EXPECT_EQ(file.statements[0].lines[0].details[0].references.instruction, "FR-1");
  EXPECT_EQ(file.statements[0].lines[1].details[0].references.structured, "RF18539007547034");
  EXPECT_EQ(csv_read(own_file("italian.csv")),
            "/  /: ? -> ?, 2 lines\n"
            "2026-03-31/2026-03-31 -50.00  []  | |||Affitto\n"
            "2026-03-31/2026-04-01 7.5  []  | |||Quota\n"
            "profile_proposed ");
}

TEST(Csv, ReadsAFlagBesideTheAmount) {
  EXPECT_EQ(csv_read(own_file("dutch.csv")),
            "/NL91ABNA0417164300 EUR /: ? -> ?, 2 lines\n"
            "2026-03-31 12.50 Online bankieren []  | A. de Vries|NL20INGB0001234567||Contributie maart\n"
            "2026-03-30 -3.95 Betaalautomaat []  | Bakker|||Brood\n"
            "profile_proposed ");
}

TEST(Csv, ReadsMonthsAsWordsBalancesInBetweenAndWhatStoodBefore) {
  EXPECT_EQ(csv_read(own_file("english.csv")),
            "/ GBP /: 100.00 -> -1000.00 on 2026-02-05, 3 lines\n"
            "2026-01-02 -60.00 DD []  | |||Rent\n"
            "2026-01-02 25.00 BP []  | |||Smith, John\n"
            "2026-02-05 -1065.00 VIS []  | |||Grocer\n"
            "profile_proposed ");
}

TEST(Csv, ReadsOtherLanguagesAndSeparators) {
  EXPECT_EQ(csv_read(own_file("spanish.csv")),
            "/ EUR /: 0 -> 1500 on 2026-03-31, 2 lines\n"
            "2026-03-30/2026-03-30 500  []  | |||Saldo inicial\n"
            "2026-03-31/2026-03-31 1000  []  | |||Cuota\n"
            "profile_proposed ");
  EXPECT_EQ(csv_read(own_file("catalan.csv")),
            "/  /: 10.00 -> 11.20 on 2026-03-13, 1 lines\n"
            "2026-03-13 1.20  []  | |||Quota\n"
            "profile_proposed ");
  EXPECT_EQ(csv_read(own_file("swedish.csv")),
            "/ SEK /: ? -> ?, 2 lines\n"
            "2026-03-31 -1250.00  []  | |||Hyra\n"
            "2026-04-01 300.00  []  | |||Avgift\n"
            "profile_proposed ");
}

TEST(Csv, ReadsTheLedgerOfACollective) {
  EXPECT_EQ(csv_read(own_file("collective.csv")),
            "/GARDEN EUR /: 0.00 -> 67.00 on 2026-02-03, 2 lines\n"
            "2026-02-01 97.50 CONTRIBUTION [a1]  | Ada|ADA||Monthly contribution\n"
            "2026-02-03 -30.50 EXPENSE [b2]  | Town Hall|HALL||Room, February\n"
            "profile_proposed ");
}

TEST(Csv, ReadsAFileOfSeveralAccountsAndCurrencies) {
  EXPECT_EQ(
      csv_read("Date;Own account;Amount;Currency;Balance\n2026-01-01;A1;-1,50;EUR;8,50\n"
               "2026-01-02;B2;3,00;EUR;3,00\n2026-01-03;A1;-0,50;EUR;8,00\n2026-01-03;A1;4,00;USD;4,00\n"),
      "/A1 EUR /: 10.00 -> 8.00 on 2026-01-03, 2 lines\n"
      "2026-01-01 -1.50  []  | |||\n2026-01-03 -0.50  []  | |||\n"
      "/B2 EUR /: 0.00 -> 3.00 on 2026-01-02, 1 lines\n2026-01-02 3.00  []  | |||\n"
      "/A1 USD /: 0.00 -> 4.00 on 2026-01-03, 1 lines\n2026-01-03 4.00  []  | |||\n"
      "profile_proposed ");
}

TEST(Csv, TakesABlankCurrencyForTheOneOfTheOtherRows) {
  EXPECT_EQ(csv_read("Date;Amount;Currency\n2026-01-01;-1,50;EUR\n2026-01-02;3,00;\n"),
            "/ EUR /: ? -> ?, 2 lines\n2026-01-01 -1.50  []  | |||\n2026-01-02 3.00  []  | |||\n"
            "profile_proposed ");
}

TEST(Csv, NamesWhereRowsAreMissing) {
  const ReadFile file = csv_from(
      "Date;Amount;Balance\n2026-01-01;-1,00;9,00\n2026-01-02;-1,00;8,00\n2026-01-03;-1,00;7,00\n"
      "2026-01-05;-1,00;2,00\n2026-01-06;-1,00;1,00\n");
  EXPECT_EQ(shown(file.statements.at(0)), "/  /: ? -> ?, 5 lines");
  ASSERT_EQ(codes_of(file), "rows_missing profile_proposed ");
  EXPECT_EQ(file.notes[0].place, "line 5");
  EXPECT_EQ(file.notes[0].text, "The balance after this row should be 6.00, but is 2.00.");
}

TEST(Csv, PutsRowsInOrderByTheirBalances) {
  const auto days = [](const std::string& rows) {
    std::string text;
    const ReadFile file = csv_from("Date;Amount;Balance\n" + rows);
    for (const Line& line : file.statements.at(0).lines) text += text_of(line.amount) + " ";
    return text;
  };
  EXPECT_EQ(days("2026-01-02;-3,0;4,0\n2026-01-01;-2,0;7,0\n2026-01-01;-1,0;9,0\n"), "-1.0 -2.0 -3.0 ");
  EXPECT_EQ(days("2026-01-02;-3,0;4,0\n2026-01-01;-1,0;9,0\n2026-01-01;-2,0;7,0\n"), "-1.0 -2.0 -3.0 ");
  EXPECT_EQ(days("2026-01-01;-2,0;7,0\n2026-01-01;-1,0;9,0\n2026-01-02;-3,0;4,0\n"), "-1.0 -2.0 -3.0 ");
  EXPECT_EQ(days("2026-01-02;-3,0;4,0\n2026-01-01;-2,0;7,0\n2026-01-01;-1,0;\n"), "-1.0 -2.0 -3.0 ");
}

TEST(Csv, TellsWhatIsNotBooked) {
  const ReadFile file = csv_from(
      "Date;Amount;Status\n2026-01-01;-1,00;Booked\n2026-01-02;-1,00;Pending\n2026-01-03;-1,00;Declined\n");
  const std::vector<Line>& lines = file.statements.at(0).lines;
  EXPECT_EQ(lines.at(0).status, LineStatus::booked);
  EXPECT_EQ(lines.at(1).status, LineStatus::pending);
  EXPECT_EQ(lines.at(2).status, LineStatus::information);
  EXPECT_EQ(codes_of(csv_from("Date;Amount;State\n2026-01-01;-1,00;Completed\n;-2,00;Pending\n")),
            "rows_passed_over profile_proposed ");
}

TEST(Csv, RefusesWhatIsDamagedByItsLine) {
  const auto refusal = [](const std::string& rows) {
    return refusal_of([&] { csv_from("Date;Text;Amount;Balance\n2026-01-01;a;-1.50;\n" + rows); });
  };
  EXPECT_EQ(refusal("2026-01-02;b;12..34;\n"),
            "statement_unreadable: line 3, 'Amount': this is no amount: '12..34'");
  EXPECT_EQ(refusal("2026-01-02;b;1,25;\n"),
            "statement_unreadable: line 3, 'Amount': the decimal mark is another than in line 2");
  EXPECT_EQ(refusal("2026-13-02;b;1.25;\n"),
            "statement_unreadable: line 3, 'Date': this is no day: '2026-13-02'");
  EXPECT_EQ(refusal(";b;1.25;\n"),
            "statement_unreadable: line 3, 'Date': the row has an amount, but no day: ''");
  EXPECT_EQ(refusal("2026-01-02;b\n"), "statement_unreadable: line 3: the row ends early");
  EXPECT_EQ(refusal("2026-01-02;b;1.2\n"), "statement_unreadable: line 3: the row ends early");
  EXPECT_EQ(refusal("2026-01-02;b;c;1.25;0.5\n2026-01-03;b;1.25;\n"),
            "statement_unreadable: line 3, 'Amount': this is no amount: 'c'");
  EXPECT_EQ(refusal("2026-01-02;b;1.25;;x\n"),
            "statement_unreadable: line 3: the row has more cells than the header");
  EXPECT_EQ(refusal("2026-01-02;b;1.25 EUR;1 USD\n"),
            "statement_unreadable: line 3, 'Balance': the row has two currencies: EUR and USD");
  EXPECT_EQ(refusal_of([] { csv_from("Date;Debit;Credit\n2026-01-01;1.50;2.50\n"); }),
            "statement_unreadable: line 2: the row has both a debit and a credit");
  EXPECT_EQ(
      refusal_of([] { csv_from("a;b\n1;2\n"); }),
      "statement_format_unknown: no row names a day and an amount; a profile can say which columns they "
      "are");
}

TEST(Csv, IsReadByASavedProfile) {
  CsvProfile profile = survey_csv(own_file("card.csv")).value().profile;
  profile.signs = CsvSigns::inverse_amount;
  const ReadFile file = csv_from(own_file("card.csv"), profile);
  EXPECT_EQ(codes_of(file), "");
  EXPECT_EQ(shown(file.statements.at(0).lines.at(0)), "2026-03-01/2026-03-03 -29.00  [T1] ");
  EXPECT_EQ(file.statements[0].lines.at(1).status, LineStatus::pending);
  const auto changed =
      csv_from("New;TransactionId;CardNumber;Date;ValutaDate;Amount;Currency;MerchantName;StateType\n", [&] {
        CsvProfile other = profile;
        other.separator = ';';
        return other;
      }());
  EXPECT_EQ(codes_of(changed), "header_changed ");
  EXPECT_EQ(
      refusal_of([&] { csv_from("Date,Amount\n2026-01-01,1.00\n", profile); }),
      "statement_undecided: the file has not the columns of the profile: no row is the header with 'date'");
  EXPECT_EQ(refusal_of([&] { csv_from("", profile); }),
            "statement_undecided: the file has not the columns of the profile: it has no rows");
}

TEST(Csv, IsReadWithoutAHeaderByPlacesOfColumns) {
  CsvProfile profile;
  profile.separator = ',';
  profile.has_header = false;
  profile.days = CsvDays::month_day;
  profile.day = "#1";
  profile.amount = "#2";
  profile.text = {"#4", "#3"};
  const ReadFile file = csv_from("01/02/2026,-1.50,b,a\n", profile);
  EXPECT_EQ(shown(file.statements.at(0).lines.at(0)), "2026-01-02 -1.50  [] ");
  EXPECT_EQ(file.statements[0].lines[0].details.at(0).text, "a b");
  profile.text = {"#5"};
  EXPECT_EQ(refusal_of([&] { csv_from("01/02/2026,-1.50,b,a\n", profile); }),
            "statement_undecided: the file has not the columns of the profile: there is no '#5'");
}

TEST(Csv, ReadsOrRefusesAFileThatIsCutAnywhere) {
  for (const char* name : {"german.csv", "english.csv", "collective.csv"}) {
    const std::string bytes = own_file(name);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const std::string result = refusal_of([&] { csv_from(bytes.substr(0, size)); });
      EXPECT_TRUE(result == "read" || result.starts_with("statement_")) << result;
    }
  }
}

TEST(Csv, ReadsTheRealFiles) {
  const auto european = find_sample("csv/bankstatementparser__csv_european_decimals.csv");
  const auto french = find_sample("csv/bankstatementparser__csv_french_headers.csv");
  const auto garbled = find_sample("csv/bankstatementparser__csv_garbled_amount.csv");
  const auto card = find_sample("csv/camt-csv__viseca.csv");
  if (!european || !french || !garbled || !card) GTEST_SKIP() << "no real files here";
  EXPECT_EQ(shown(csv_from(*european).statements.at(0)), "/DE89370400440532013000 EUR /: ? -> ?, 3 lines");
  EXPECT_EQ(text_of(test::sum_of(csv_from(*european).statements.at(0))), "2260.94");
  EXPECT_EQ(text_of(test::sum_of(csv_from(*french).statements.at(0))), "2260.94");
  EXPECT_EQ(refusal_of([&] { csv_from(*garbled); }),
            "statement_unreadable: line 3, 'Amount': this is no amount: '12..34'");
  const std::optional<CsvSurvey> survey = survey_csv(*card);
  ASSERT_EQ(survey.value().questions.size(), 2u);
  EXPECT_EQ(survey->questions[0].code, "decimal_mark");
  EXPECT_EQ(survey->questions[1].code, "sign_layout");
  CsvProfile profile = survey->profile;
  profile.signs = CsvSigns::inverse_amount;
  EXPECT_EQ(text_of(test::sum_of(csv_from(*card, profile).statements.at(0))), "-49.200");
}

RC_GTEST_PROP(Csv, ReadsBackWhatWasWritten, ()) {
  const auto amounts =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(-99'999, 99'999)));
  const bool is_newest_first = *rc::gen::arbitrary<bool>();
  std::vector<std::string> rows;
  Decimal balance{5000, 2};
  Day day = Day::parse("2026-01-01");
  std::string expected;
  const auto written = [](const Decimal& amount) {
    std::string text = text_of(amount);
    text[text.find('.')] = ',';
    return text;
  };
  for (const int minor : amounts) {
    const Decimal amount{minor, 2};
    balance = balance + amount;
    day = day.plus_days(1);
    rows.push_back(day.text() + ";" + written(amount) + ";" + written(balance) + "\n");
    expected += day.text() + " " + text_of(amount) + " ";
  }
  if (is_newest_first) std::reverse(rows.begin(), rows.end());
  std::string bytes = "Datum;Betrag;Saldo\n";
  for (const std::string& row : rows) bytes += row;
  CsvProfile profile;
  profile.separator = ';';
  profile.decimal_mark = ',';
  profile.day = "datum", profile.amount = "betrag", profile.balance = "saldo";
  const Statement statement = csv_from(bytes, profile).statements.at(0);
  std::string found;
  for (const Line& line : statement.lines) found += line.booked_on.text() + " " + text_of(line.amount) + " ";
  RC_ASSERT(found == expected);
  RC_ASSERT(is_same(statement.opening.value().amount, Decimal{5000, 2}));
  RC_ASSERT(is_same(statement.closing.value().amount, balance));
}

}  // namespace
}  // namespace coop::statements
