#include "ledger/statements/mt940_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

using test::codes_of;
using test::find_sample;
using test::gap_of;
using test::own_file;
using test::refusal_of;
using test::shown;

/// A statement of one line, with this field 61 and what follows it.
ReadFile with_line(const std::string& line) {
  return mt940_from(":20:T\n:25:1/2\n:28C:1\n:60F:C260101EUR0,\n:61:" + line + "\n:62F:C260102EUR1,\n-\n");
}

std::string mt940_line_of(const std::string& line) {
  return shown(with_line(line).statements.at(0).lines.at(0));
}

Detail mt940_detail_of(const std::string& text) {
  return with_line("2601020102C1,NTRFNONREF\n:86:" + text).statements.at(0).lines.at(0).details.at(0);
}

TEST(Mt940, ReadsTheGermanDialect) {
  const ReadFile file = mt940_from(own_file("german.sta"));
  ASSERT_EQ(file.statements.size(), 1u);
  const Statement& statement = file.statements[0];
  EXPECT_EQ(shown(statement),
            "20030040/0012345678 EUR 7/1: 1204.50 on 2026-02-28 -> 1225.20 on 2026-03-31, 3 lines");
  EXPECT_EQ(gap_of(statement), "0");
  EXPECT_EQ(file.kind, FileKind::mt940);
  EXPECT_EQ(statement.purpose, Purpose::booked);
  const Line& dues = statement.lines[0];
  EXPECT_EQ(shown(dues), "2026-03-02/2026-03-02 60 NTRF+166 [BK26030200017] /OCMT/EUR60,00/ SEPA-GUTSCHRIFT");
  EXPECT_EQ(dues.place, "line 6");
  EXPECT_TRUE(dues.raw.starts_with(":61:2603020302CR60,")) << dues.raw;
  EXPECT_TRUE(dues.raw.ends_with("33i GmbH")) << dues.raw;
  EXPECT_EQ(shown(dues.details.at(0)),
            "Kern und Tochter Gaertnere i GmbH|DE89370400440532013000|GENODEF1XYZ|"
            "Beitrag Maerz Mitglied M0042 RF18 5390 0754 7034");
  EXPECT_EQ(dues.details[0].references.end_to_end, "E2E-0042");
  EXPECT_EQ(dues.details[0].counterparty.ultimate_name, "Ida Kern");
}

TEST(Mt940, ReadsAReturnedDebitWithWhatItCosts) {
  const ReadFile file = mt940_from(own_file("german.sta"));
  const Line& line = file.statements[0].lines.at(1);
  const Detail& detail = line.details.at(0);
  EXPECT_EQ(detail.return_code, "AC04");
  EXPECT_EQ(detail.references.end_to_end, "BCN-2026-02-M0007");
  EXPECT_EQ(detail.references.mandate, "M0007-1");
  EXPECT_EQ(detail.references.creditor, "DE98ZZZ09999999999");
  EXPECT_EQ(shown(detail), "Bruno Ast|DE12500105170648489890|COBADEFFXXX|RETURN/AC04 KONTO ERLOSCHEN");
  ASSERT_EQ(line.charges.size(), 1u);
  EXPECT_EQ(text_of(line.charges[0].amount), "3.50");
  EXPECT_TRUE(line.charges[0].is_included);
  ASSERT_TRUE(detail.amount);
  EXPECT_EQ(text_of(*detail.amount), "-30.00");
  EXPECT_EQ(shown(file.statements[0].lines.at(2).details.at(0)), "|||Kontofuehrung Maerz");
}

TEST(Mt940, ReadsTheDutchDialects) {
  const ReadFile file = mt940_from(own_file("dutch.sta"));
  const Statement& statement = file.statements.at(0);
  EXPECT_EQ(shown(statement),
            "/NL91ABNA0417164300 EUR 12/: 100.00 on 2026-03-01 -> 87.90 on 2026-03-04, 3 lines");
  EXPECT_EQ(gap_of(statement), "0");
  const Detail& dues = statement.lines[0].details.at(0);
  EXPECT_EQ(shown(dues), "A. de Boer|NL20INGB0001234567|INGBNL2A|Contributie maart");
  EXPECT_EQ(dues.references.end_to_end, "M0042-03");
  const Detail& water = statement.lines[1].details.at(0);
  EXPECT_EQ(shown(water), "Waterbedrijf|NL02ABNA0123456789|ABNANL2A|Water Q1");
  EXPECT_EQ(water.references.mandate, "W-77");
  EXPECT_EQ(water.references.creditor, "NL01ZZZ123456780000");
  EXPECT_EQ(statement.lines[1].text, "SEPA INCASSO ALGEMEEN DOORLOPEND");
  const Detail& returned = statement.lines[2].details.at(0);
  EXPECT_EQ(returned.return_code, "MS03");
  EXPECT_EQ(returned.references.structured, "RF18539007547034");
}

TEST(Mt940, ReadsOtherSeparators) {
  const Detail triodos = mt940_from(own_file("triodos.sta")).statements.at(0).lines.at(0).details.at(0);
  EXPECT_EQ(shown(triodos), "Windpark|10390234567||0390234567 Energie Jan");
  const ReadFile interim = mt940_from(own_file("interim.sta"));
  EXPECT_EQ(shown(interim.statements.at(0).lines.at(0).details.at(0)),
            "ANNA NOWAK|PL61109010140000071219812874||SKLADKA MARZEC");
}

TEST(Mt940, JoinsThePagesOfAStatement) {
  const ReadFile file = mt940_from(own_file("pages.sta"));
  ASSERT_EQ(file.statements.size(), 1u);
  const Statement& statement = file.statements[0];
  EXPECT_EQ(shown(statement),
            "/DE89370400440532013000 EUR 5/1-3: 10 on 2025-12-30 -> 9.75 on 2026-01-02, 3 lines");
  EXPECT_EQ(gap_of(statement), "0");
  EXPECT_EQ(shown(statement.lines[0]), "2025-12-31/2025-12-31 1.5 NMSC [A1] ");
  EXPECT_EQ(shown(statement.lines[1]), "2026-01-02/2025-12-31 -2 NMSC [A2] ");
  EXPECT_TRUE(statement.lines[1].is_reversal);
  EXPECT_EQ(statement.lines[1].details.at(0).text, "taken back - with a dash - and text behind a dash");
  EXPECT_EQ(shown(statement.lines[2]), "2025-12-31/2026-01-01 0.25 FMSC [A3] ");
  EXPECT_TRUE(statement.lines[2].is_reversal);
  EXPECT_TRUE(statement.lines[2].details.empty());
}

TEST(Mt940, KeepsPagesApartThatDoNotMeet) {
  std::string bytes = own_file("pages.sta");
  bytes.replace(bytes.find(":60M:C251231EUR11,5"), 19, ":60M:C251231EUR11,6");
  EXPECT_EQ(mt940_from(bytes).statements.size(), 2u);
}

TEST(Mt940, ReadsInterimReportsAndChecksTheirSums) {
  const ReadFile file = mt940_from(own_file("interim.sta"));
  EXPECT_EQ(file.kind, FileKind::mt942);
  const Statement& statement = file.statements.at(0);
  EXPECT_EQ(statement.purpose, Purpose::interim);
  EXPECT_EQ(statement.currency, "EUR");
  EXPECT_EQ(statement.last_day, Day::parse("2026-03-05"));
  EXPECT_EQ(statement.lines.at(1).status, LineStatus::pending);
  EXPECT_EQ(codes_of(file), "turnover_differs ");
  EXPECT_EQ(file.notes[0].place, "line 12");
}

TEST(Mt940, ReadsEveryQuirkOfALine) {
  const std::pair<const char*, const char*> lines[] = {
      {"2601020102C1,NTRFNONREF", "2026-01-02/2026-01-02 1 NTRF [] "},
      {"260102D380115,NTRF", "2026-01-02/2026-01-02 -380115 NTRF [] "},
      {"260102CR5,2NMSC//X 1", "2026-01-02/2026-01-02 5.2 NMSC [X 1] "},
      {"2601021231DR5,25FMSC", "2025-12-31/2026-01-02 -5.25 FMSC [] "},
      {"2512310102C5,25FMSC", "2026-01-02/2025-12-31 5.25 FMSC [] "},
      {"260102RCR5,NMSC", "2026-01-02/2026-01-02 -5 NMSC [] "},
      {"260102RD5,NMSC", "2026-01-02/2026-01-02 5 NMSC [] "},
      {"260102 c 0005,50 nmsc", "2026-01-02/2026-01-02 5.50 NMSC [] "},
      {"990102C1.50NTRF", "1999-01-02/1999-01-02 1.50 NTRF [] "},
      {"260102C1,N", "2026-01-02/2026-01-02 1 N [] "},
      {"260102C1,NMSCA//NONREF\nmore\nwords", "2026-01-02/2026-01-02 1 NMSC [] more words"},
  };
  for (const auto& [line, expected] : lines) EXPECT_EQ(mt940_line_of(line), expected) << line;
}

TEST(Mt940, ClampsTheThirtiethOfFebruary) {
  const ReadFile file = with_line("2602300302D6,00N024NONREF");
  EXPECT_EQ(shown(file.statements[0].lines[0]), "2026-03-02/2026-02-28 -6.00 N024 [] ");
  EXPECT_EQ(file.statements[0].lines[0].raw, ":61:2602300302D6,00N024NONREF");
  EXPECT_EQ(codes_of(file), "day_clamped ");
}

TEST(Mt940, FindsKeysThatAreCutAcrossPieces) {
  const Detail detail = mt940_detail_of(
      "835?20Cafe am Hafen?22EREF+ 123?23MREF+ 12AB234CD6E7F CRED+ A?24B12CDE0000000000000000034 S"
      "?25VWZ+ . Kaffee, Ihr Einkauf?26bei Kurt?32NOTPROVIDED?31?30keine Information vorhanden");
  EXPECT_EQ(detail.references.end_to_end, "123");
  EXPECT_EQ(detail.references.mandate, "12AB234CD6E7F");
  EXPECT_EQ(detail.references.creditor, "AB12CDE0000000000000000034");
  EXPECT_EQ(shown(detail), "|||Cafe am Hafen . Kaffee, Ihr Einkauf bei Kurt");
  EXPECT_EQ(
      shown(mt940_detail_of("SVWZ+Beitrag EREF+NOTPROVIDED IBAN: DE89 3704 0044 0532 0130 00 BIC: COBADEFF")),
      "|DE89370400440532013000|COBADEFF|Beitrag");
}

TEST(Mt940, KeepsQuestionMarksThatBeginNoPiece) {
  EXPECT_EQ(mt940_detail_of("166?00X?20Wer zahlt?99 Cent?").text, "Wer zahlt?99 Cent?");
  EXPECT_EQ(mt940_detail_of("Who pays?20 euros").text, "Who pays?20 euros");
  EXPECT_EQ(mt940_detail_of("a/b/c and/or").text, "a/b/c and/or");
}

TEST(Mt940, NamesReturnsWhoseReasonItKnows) {
  EXPECT_EQ(mt940_detail_of("109?20X?34912").return_code, "MD06");
  EXPECT_EQ(mt940_detail_of("109?20X?34901").return_code, "AC01");
  EXPECT_EQ(mt940_detail_of("166?20X?34000").return_code, "");
  const ReadFile file = with_line("260102D1,NTRF\n:86:109?20X?34949");
  EXPECT_EQ(codes_of(file), "return_reason_unknown ");
}

TEST(Mt940, ReadsTheAccountInEveryShape) {
  const auto account = [](const std::string& written) {
    const Statement statement = mt940_from(":20:T\n:25" + written + "\n:62F:C260102EUR1,\n").statements.at(0);
    return statement.bank + "/" + statement.account + " " + statement.currency;
  };
  EXPECT_EQ(account(":50880050/0194787400888"), "50880050/0194787400888 EUR");
  EXPECT_EQ(account(":nl91 abna 0417 1643 00"), "/NL91ABNA0417164300 EUR");
  EXPECT_EQ(account(":NL91ABNA0417164300EUR"), "/NL91ABNA0417164300 EUR");
  EXPECT_EQ(account(":0111111111EUR"), "/0111111111 EUR");
  EXPECT_EQ(account(":123456/EUR"), "/123456 EUR");
  EXPECT_EQ(account(":/PL61109010140000071219812874"), "/PL61109010140000071219812874 EUR");
  EXPECT_EQ(account("P:DE89370400440532013000\nCOBADEFFXXX"), "COBADEFFXXX/DE89370400440532013000 EUR");
}

TEST(Mt940, NamesThePlaceOfWhatItCannotRead) {
  const std::pair<const char*, const char*> lines[] = {
      {"", "the value day is missing"},
      {"26010", "the value day is missing"},
      {"261302C1,NTRF", "there is no such day"},
      {"260132C1,NTRF", "there is no such day"},
      {"2601021301C1,NTRF", "there is no such day"},
      {"260102X1,NTRF", "neither C nor D"},
      {"260102C,NTRF", "the amount is not readable"},
      {"260102C1.000NTRF", "the amount is not readable"},
      {"260102C1,2,3NTRF", "the amount is not readable"},
      {"260102C-1,NTRF", "the amount is not readable"},
      {"260102CNTRF", "the amount is not readable"},
  };
  for (const auto& [line, why] : lines)
    EXPECT_EQ(refusal_of([&] { with_line(line); }),
              "statement_unreadable: line 5: field 61, " + std::string{why} + ": '" + line + "'");
  EXPECT_EQ(refusal_of([] { mt940_from(":20:T\n:60F:C260101EUR1,\n:62F:C260101USD1,\n"); }),
            "statement_unreadable: line 3: field 62F, the currency is USD, before it was EUR");
  EXPECT_EQ(refusal_of([] { mt940_from(":20:T\n:60F:C260101EUR1,x\n"); }),
            "statement_unreadable: line 2: field 60F, something follows the amount: 'C260101EUR1,x'");
  EXPECT_EQ(refusal_of([] { mt940_from("Date;Amount\n"); }),
            "statement_format_unknown: no field such as :25: or :61: in the file");
  EXPECT_EQ(refusal_of([] { mt940_from(":20:only\n"); }),
            "statement_format_unknown: no field such as :25: or :61: in the file");
}

TEST(Mt940, ReadsTheSameWithAnyLineEndsAndCharacterSet) {
  const std::string plain = own_file("german.sta");
  const ReadFile expected = mt940_from(plain);
  for (const std::string& end : {std::string{"\r\n"}, std::string{"\r"}}) {
    std::string bytes = "\xEF\xBB\xBF";
    for (const char c : plain) bytes += c == '\n' ? end : std::string(1, c);
    bytes += "\x1A";
    const ReadFile file = mt940_from(bytes);
    EXPECT_EQ(shown(file.statements.at(0)), shown(expected.statements[0]));
    EXPECT_EQ(shown(file.statements[0].lines.at(0)), shown(expected.statements[0].lines[0]));
  }
  EXPECT_EQ(mt940_detail_of("G\xE4rten").text, "Gärten");
}

TEST(Mt940, ReadsOrRefusesAFileThatIsCutAnywhere) {
  for (const char* name : {"german.sta", "dutch.sta", "pages.sta", "interim.sta"}) {
    const std::string bytes = own_file(name);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const std::string result = refusal_of([&] { mt940_from(bytes.substr(0, size)); });
      EXPECT_TRUE(result == "read" || result.starts_with("statement_")) << result;
    }
  }
}

TEST(Mt940, ReadsTheRealFilesAsExpected) {
  const std::tuple<const char*, std::size_t, std::vector<std::string>> files[] = {
      {"asnb.txt", 8, std::vector<std::string>(31, "0")},
      {"betterplace_sepa_snippet.sta", 11, {"0", "300.08"}},
      {"cmxl.sta", 16, {"0", "0", "0"}},
      {"february_30.sta", 1, {"0"}},
      {"gv_codes.sta", 2, {""}},
      {"jejik_abnamro.sta", 10, {"-2038.00", "-1002.60"}},
      {"jejik_ing.sta", 7, {"49.06"}},
      {"jejik_postfinance.sta", 4, {"0.2"}},
      {"mt942.sta", 1, {""}},
  };
  for (const auto& [name, count, gaps] : files) {
    const auto bytes = find_sample(std::string{"mt940/"} + name);
    if (!bytes) GTEST_SKIP() << "no real files here";
    std::size_t lines = 0;
    std::vector<std::string> found;
    for (const Statement& statement : mt940_from(*bytes).statements) {
      lines += statement.lines.size();
      found.push_back(gap_of(statement));
    }
    EXPECT_EQ(lines, count) << name;
    EXPECT_EQ(found, gaps) << name;
  }
}

RC_GTEST_PROP(Mt940, ReadsBackWhatWasWritten, ()) {
  const auto amounts = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-1'000'000, 1'000'000));
  std::string bytes = ":20:T\n:25:1/2\n:28C:1/1\n:60F:C260101EUR0,00\n";
  for (const int amount : amounts) {
    const int cents = std::abs(amount);
    bytes += ":61:2601020102" + std::string{amount < 0 ? "D" : "C"} + std::to_string(cents / 100) + "," +
             std::to_string(cents % 100 / 10) + std::to_string(cents % 10) +
             "NTRFNONREF\n:86:166?20SVWZ+line " + std::to_string(amount) + "?32Ada\n";
  }
  const Statement statement = mt940_from(bytes + ":62F:C260102EUR0,00\n-\n").statements.at(0);
  RC_ASSERT(statement.lines.size() == amounts.size());
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    RC_ASSERT(whole_minor(statement.lines[i].amount, 2) == Digits{amounts[i]});
    RC_ASSERT(statement.lines[i].details.at(0).text == "line " + std::to_string(amounts[i]));
  }
}

}  // namespace
}  // namespace coop::statements
