// What SWIFT allows and banks write in MT940 and MT942: each reads to the right figures, or is refused by
// line and field.
#include <gtest/gtest.h>

#include "ledger/statements/mt940_reader.hpp"
#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

using test::codes_of;
using test::gap_of;
using test::refusal_of;
using test::shown;

/// Statements, whether each adds up, their lines with who paid and what for.
std::string mt940_words_of(const std::string& bytes) {
  std::string words;
  for (const Statement& statement : mt940_from(bytes).statements) {
    words += shown(statement) + ", off by " + gap_of(statement) + "\n";
    for (const Line& line : statement.lines)
      words += shown(line) + " | " + (line.details.empty() ? "" : shown(line.details[0])) + "\n";
  }
  return words;
}

constexpr const char* envelope =
    "{1:F01BANKDEFFXXXX0000000000}{2:O9401200260305BANKDEFFXXXX00000000002603051200N}";

std::string two_statements() {
  return std::string{envelope} + R"({3:{108:X}}{4:
:20:A1
:25:37040044/0532013000
:28C:00011/001
:60F:C260302EUR1000,00
:61:260303C20,00NTRFNONREF//B1
:86:166?00GUTSCHRIFT?109310?20EREF+E1?21SVWZ+Beitrag M7?30BYLADEM1001?31DE02120300000000202051?32Meier?33 Anna
:62F:C260303EUR1020,00
:64:C260303EUR1020,00
:65:C260304EUR1020,00
-}{5:{MAC:00000000}{CHK:123456789ABC}}{S:{SPD:}}
)" + envelope +
         R"({4::20:A2
:25:37040044/0532013000
:28C:00012/001
:60F:C260303EUR1020,00
:61:2603040304DR70,10NDDTE6//B2
/OCMT/EUR70,10/
:86:105?00LASTSCHRIFT?20EREF+E6?21MREF+M1?22SVWZ+Strom?30BYLADEM1001?31DE02120300000000202051?32Werke
:62F:C260304EUR949,90
-}{5:}
)";
}

constexpr const char* two_statements_words =
    "37040044/0532013000 EUR 11/1: 1000.00 on 2026-03-02 -> 1020.00 on 2026-03-03, 1 lines, off by 0\n"
    "2026-03-03/2026-03-03 20.00 NTRF+166 [B1] GUTSCHRIFT | "
    "Meier Anna|DE02120300000000202051|BYLADEM1001|Beitrag M7\n"
    "37040044/0532013000 EUR 12/1: 1020.00 on 2026-03-03 -> 949.90 on 2026-03-04, 1 lines, off by 0\n"
    "2026-03-04/2026-03-04 -70.10 NDDT+105 [B2] /OCMT/EUR70,10/ LASTSCHRIFT | "
    "Werke|DE02120300000000202051|BYLADEM1001|Strom\n";

TEST(Mt940Variants, ReadSeveralStatementsWithAndWithoutEnvelopesAndWithAnyLineEnds) {
  const std::string whole = two_statements();
  EXPECT_EQ(mt940_words_of(whole), two_statements_words);
  std::string bare;
  std::string with_returns;
  std::string lone_returns;
  for (std::size_t at = 0; at < whole.size();) {
    const std::size_t end = whole.find('\n', at);
    const std::string line = whole.substr(at, end - at);
    const std::size_t tag = line.find(":20:");
    if (line.starts_with('{') && tag != std::string::npos) bare += line.substr(tag) + "\n";
    if (!line.starts_with('{') && !line.starts_with('-')) bare += line + "\n";
    with_returns += line + "\r\n";
    lone_returns += line + "\r";
    at = end + 1;
  }
  EXPECT_EQ(mt940_words_of(bare), two_statements_words) << "nothing between them";
  EXPECT_EQ(mt940_words_of(with_returns), two_statements_words);
  EXPECT_EQ(mt940_words_of(lone_returns), two_statements_words);
  EXPECT_EQ(mt940_words_of("\xEF\xBB\xBF" + whole), two_statements_words);
  std::string wide = "\xFF\xFE";
  for (const char c : whole) wide += {c, '\0'};
  EXPECT_EQ(mt940_words_of(wide), two_statements_words);
}

TEST(Mt940Variants, ReadTheOtherAccountWhereDutchBanksPutIt) {
  EXPECT_EQ(mt940_words_of(R"(:940:
:20:940S260303
:25:NL44RABO0123456789 EUR
:28C:0
:60F:C260302EUR000000001000,00
:61:260303C000000000020,00N541EREF
NL91ABNA0417164300
:86:/EREF/E1/ORDP//NAME/A Smit/ADDR/Straat 1 NL/REMI/Contributie janu
ari 2026/ISDT/2026-03-03
:61:260303D000000000070,10N064MARF
NL02ABNA0123456789
:86:/MARF/M-1/EREF/E6/BENM//NAME/Energie BV/REMI/Stroom/CSID/NL01ZZZ/
PURP//CD/OTHR
:62F:C260303EUR000000000949,90
:940:
:20:940S260304
:25:NL44RABO0123456789 EUR
:28C:0
:60F:C260303EUR000000000949,90
:62F:C260304EUR000000000949,90
)"),
            "/NL44RABO0123456789 EUR /: 1000.00 on 2026-03-02 -> 949.90 on 2026-03-03, 2 lines, off by 0\n"
            "2026-03-03/2026-03-03 20.00 N541 []  | A Smit|NL91ABNA0417164300||Contributie januari 2026\n"
            "2026-03-03/2026-03-03 -70.10 N064 []  | Energie BV|NL02ABNA0123456789||Stroom\n"
            "/NL44RABO0123456789 EUR /: 949.90 on 2026-03-03 -> 949.90 on 2026-03-04, 0 lines, off by 0\n");
  const Statement ing = mt940_from(R"(:20:P140220000000001
:25:NL20INGB0001234567EUR
:28C:00000
:60F:C260302EUR1000,00
:61:2603030303D70,10NDDTEREF//00000000001006
/TRCD/01016/
:86:/MARF/M-1//CSID/NL01ZZZ//CNTP/NL02ABNA0123456789/ABNANL2A/Energie//
/REMI/USTD//Stroom//PURP/OTHR/
:62F:C260303EUR929,90
:86:/SUM/1/0/70,10/0,00/
-XXX
)")
                            .statements.at(0);
  EXPECT_EQ(shown(ing.lines.at(0).details.at(0)), "Energie|NL02ABNA0123456789|ABNANL2A|Stroom");
  EXPECT_EQ(ing.lines[0].details[0].references.instruction, "") << "EREF only says where to look";
  EXPECT_EQ(ing.lines[0].details[0].references.mandate, "M-1");
}

TEST(Mt940Variants, FindTheOtherAccountInFreeTextButNeverOurOwn) {
  const auto detail = [](const std::string& text) {
    return shown(mt940_from(":20:T\n:25:NL91ABNA0417164300\n:60F:C260302EUR1,\n:61:260303C1,NTRF\n:86:" +
                            text + "\n:62F:C260303EUR2,\n")
                     .statements.at(0)
                     .lines.at(0)
                     .details.at(0));
  };
  EXPECT_EQ(detail("SEPA IDEAL                       IBAN: NL02ABNA0123456789        \n"
                   "BIC: ABNANL2A                    NAAM: SHOP"),
            "|NL02ABNA0123456789|ABNANL2A|SEPA IDEAL IBAN: NL02ABNA0123456789 BIC: ABNANL2A NAAM: SHOP");
  EXPECT_EQ(detail("dues to IBAN: NL91ABNA0417164300"), "|||dues to IBAN: NL91ABNA0417164300");
  EXPECT_EQ(detail("GIRO POST\nABSENDER: ANNA MEIER\nMITTEILUNGEN: BEITRAG"),
            "|||GIRO POST ABSENDER: ANNA MEIER MITTEILUNGEN: BEITRAG");
  EXPECT_EQ(detail("/ORDP/Anna Meier/REMI/RF18539007547034/"), "Anna Meier|||RF18539007547034");
}

TEST(Mt940Variants, ReadPolishStatementsWithFieldsOfTheBanksOwn) {
  EXPECT_EQ(mt940_words_of(R"(:20:MB
:25:PL61109010140000071219812874
:28C:12
:NS:22STOWARZYSZENIE
:60F:C260302PLN1000,00
:61:2603030303CN20,00S073PRZELEW//26030300001
073 PRZELEW
:86:073
:86:073~00VE02
~20SKLADKA MARZEC~21~22~23
~3010901014~31000007121981287
~32ANNA NOWAK~33
:NS:23Rachunek
:62F:C260303PLN1020,00
-
)"),
            "/PL61109010140000071219812874 PLN 12/: 1000.00 on 2026-03-02 -> 1020.00 on 2026-03-03, 1 lines, "
            "off by 0\n"
            "2026-03-03/2026-03-03 20.00 S073+073 [26030300001] 073 PRZELEW VE02 | "
            "ANNA NOWAK|000007121981287|10901014|SKLADKA MARZEC\n");
}

TEST(Mt940Variants, ReadEveryMarkOfDirectionAndBothSidesOfTheYear) {
  EXPECT_EQ(mt940_words_of(R"(:20:X
:25:1/2
:28C:1/1
:60F:C251230EUR100,00
:61:260101RD5,00NMSCNONREF
:61:2601011231RC6,00NMSCNONREF
:61:2601010101ED7,00NMSCNONREF
:61:260101ECR8,00NMSCNONREF
:61:260101CR,50NMSCNONREF
:61:2512310101CD9,FMSCNONREF
:61:251231C1NMSCNONREF
:61:251231D1.234,50NMSCNONREF
:62F:D260101EUR1.125,00
)"),
            "1/2 EUR 1/1: 100.00 on 2025-12-30 -> -1125.00 on 2026-01-01, 8 lines, off by -1.00\n"
            "2026-01-01/2026-01-01 5.00 NMSC []  | \n2025-12-31/2026-01-01 -6.00 NMSC []  | \n"
            "2026-01-01/2026-01-01 -7.00 NMSC []  | \n2026-01-01/2026-01-01 8.00 NMSC []  | \n"
            "2026-01-01/2026-01-01 0.50 NMSC []  | \n2026-01-01/2025-12-31 9 FMSC []  | \n"
            "2025-12-31/2025-12-31 1 NMSC []  | \n2025-12-31/2025-12-31 -1234.50 NMSC []  | \n");
}

TEST(Mt940Variants, TakeTextOfTheStatementForNoLines) {
  EXPECT_EQ(mt940_words_of(
                ":20:X\n:25:1/2\n:28C:1\n:60F:C260302EUR10,00  \n:86:about all\n:61:260303C1,00NMSC   \n"
                ":86:Text: with\n:20 which is no tag\nand ?20 no piece\n:62F:C260303EUR11,00\n:86:more\n-\n"),
            "1/2 EUR 1/: 10.00 on 2026-03-02 -> 11.00 on 2026-03-03, 1 lines, off by 0\n"
            "2026-03-03/2026-03-03 1.00 NMSC []  | |||Text: with :20 which is no tag and ?20 no piece\n");
}

TEST(Mt940Variants, JoinPagesAndKeepAccountsApart) {
  const std::string pages =
      ":20:1\n:25:CH9300762011623852957\n:28C:37/1\n:60F:C260302CHF1000,00\n:61:2603030303C20,00NTRFNONREF//"
      "7\n"
      ":62M:C260303CHF1020,00\n-\n:20:1\n:25:CH9300762011623852957\n:28C:37/2\n:60M:C260303CHF1020,00\n"
      ":61:2603030303D20,00NCHGNONREF\n:86:PREIS\n:62F:C260303CHF1000,00\n-\n";
  EXPECT_EQ(
      mt940_words_of(pages),
      "/CH9300762011623852957 CHF 37/1-2: 1000.00 on 2026-03-02 -> 1000.00 on 2026-03-03, 2 lines, off by 0\n"
      "2026-03-03/2026-03-03 20.00 NTRF [7]  | \n2026-03-03/2026-03-03 -20.00 NCHG []  | |||PREIS\n");
  std::string other = pages;
  other.replace(other.rfind("CH93"), 21, "CH5604835012345678009");
  EXPECT_EQ(mt940_from(other).statements.size(), 2u);
}

TEST(Mt940Variants, ReadInterimReportsOfSeveralAccounts) {
  const ReadFile file = mt940_from(R"(:20:ONE
:25:37040044/0532013000
:28C:5/1
:34F:EURD1,00
:34F:EURC2,00
:13D:2603051015+0100
:61:2603050305C20,00NTRFNONREF
:86:166?00GUT?20Beitrag?32Meier
:61:2603050305D0,50NTRFNONREF
:90D:1EUR0,50
:90C:1EUR20,00
-
:20:TWO
:25:37040044/0532013001
:28C:5/1
:34F:EUR0,
:13D:2603051015
:90D:0EUR0,
:90C:0EUR0,00
-
)");
  EXPECT_EQ(file.kind, FileKind::mt942);
  ASSERT_EQ(file.statements.size(), 2u);
  for (const Statement& statement : file.statements) EXPECT_EQ(statement.purpose, Purpose::interim);
  EXPECT_EQ(file.statements[0].lines.size(), 2u);
  EXPECT_EQ(codes_of(file), "");
}

TEST(Mt940Variants, ReadBlanksForCharactersThatNoTextHas) {
  using namespace std::string_literals;
  const std::string bytes =
      ":20:X\n:25:1/2\n:60F:C260302EUR10,00\n:61:260303C1,00NMSC\n:86:a\0b\x01"
      "c\x1A"
      "d\n:62F:C260303EUR11,00\n-\n"s;
  EXPECT_EQ(mt940_from(bytes).statements.at(0).lines.at(0).details.at(0).text, "a b c d");
}

TEST(Mt940Variants, AreRefusedByLineAndFieldWhereTheyCannotBeRead) {
  const auto refusal = [](const std::string& opening) {
    return refusal_of([&] { mt940_from(":20:X\n:25:1/2\n:60F:" + opening + "\n:62F:C260303EUR1,00\n"); });
  };
  EXPECT_EQ(refusal("C260302EUR1.000"),
            "statement_unreadable: line 3: field 60F, the amount is not readable: 'C260302EUR1.000'");
  EXPECT_EQ(refusal("C260302EUR1.00,00"),
            "statement_unreadable: line 3: field 60F, the amount is not readable: 'C260302EUR1.00,00'");
  EXPECT_EQ(refusal("C260302EUR,"),
            "statement_unreadable: line 3: field 60F, the amount is not readable: 'C260302EUR,'");
  EXPECT_EQ(refusal("C261302EUR1,"),
            "statement_unreadable: line 3: field 60F, there is no such day: 'C261302EUR1,'");
  EXPECT_EQ(refusal("260302EUR1,"),
            "statement_unreadable: line 3: field 60F, neither C nor D: '260302EUR1,'");
}

}  // namespace
}  // namespace coop::statements
