// What banks and spreadsheets make of a table: each reads to the right figures without a question where the
// file decides, and is refused by line and column where it cannot be read.
#include <gtest/gtest.h>

#include "ledger/statements/csv_reader.hpp"
#include "ledger/statements/statement_reader.hpp"
#include "tests/statements/packed_zip.hpp"
#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

using test::refusal_of;
using test::shown;

/// The statements, then day, amount, status where it is not booked, who, from which account, what for.
std::string csv_told(const std::vector<ReadFile>& files) {
  std::string words;
  for (const ReadFile& named : files) {
    for (const Statement& statement : named.statements) {
      words += shown(statement) + "\n";
      for (const Line& line : statement.lines)
        words += line.booked_on.text() + " " + text_of(line.amount) +
                 (line.status == LineStatus::booked ? " " : " not booked ") + shown(line.details.at(0)) +
                 "\n";
    }
  }
  return words;
}
std::string csv_told(std::string_view bytes) { return csv_told(read_statements(bytes)); }

std::string csv_in_utf16(std::string_view text, bool is_big) {
  std::string wide = is_big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : text) wide += is_big ? std::string{'\0', c} : std::string{c, '\0'};
  return wide;
}

TEST(CsvVariants, ReadGermanExportsWithWhatStandsAroundTheTable) {
  EXPECT_EQ(
      csv_told(
          "\"Kontonummer:\";\"DE89370400440532013000 / Girokonto\";\n\n\"Von:\";\"01.01.2026\";\n"
          "\"Kontostand vom 31.01.2026:\";\"1.234,56 EUR\";\n\n"
          "\"Buchungstag\";\"Wertstellung\";\"Buchungstext\";\"Auftraggeber / Beg\xFCnstigter\";"
          "\"Verwendungszweck\";\"Kontonummer\";\"BLZ\";\"Betrag (EUR)\";\"Gl\xE4ubiger-ID\";\n"
          "\"30.01.2026\";\"30.01.2026\";\"Lastschrift\";\"STADT\";\"Geb\xFChr\";\"DE02120300000000202051\";"
          "\"BYLADEM1001\";\"-1.234,00\";\"DE1\";\n"
          "\"02.01.2026\";\"\";\"Gutschrift\";\"MEIER\";\"Beitrag\";\"\";\"\";\"20,00\";\"\";\n"),
      "/DE89370400440532013000 EUR /: ? -> ?, 2 lines\n"
      "2026-01-30 -1234.00 STADT|DE02120300000000202051|BYLADEM1001|Gebühr\n"
      "2026-01-02 20.00 MEIER|||Beitrag\n");
  EXPECT_EQ(csv_told("Konto;1234567 00;EUR;;;;\nLetzter Kontostand;;;;1.000,00;EUR;\n"
                     "Buchungstag;Wert;Begünstigter / Auftraggeber;Verwendungszweck;Soll;Haben;Währung\n"
                     "2.1.2026;2.1.2026;Meier;Beitrag;;20,00;EUR\n5.1.2026;5.1.2026;Werke;Strom;-70,10;;EUR\n"
                     "Kontostand;31.01.2026;;;949,90;EUR;\n"),
            "/ EUR /: ? -> ?, 2 lines\n2026-01-02 20.00 Meier|||Beitrag\n2026-01-05 -70.10 Werke|||Strom\n");
  EXPECT_EQ(
      csv_told("\n\"Umsätze Girokonto \";\"Zeitraum: 30 Tage\";\n\"Neuer Kontostand\";\"1.234,56 EUR\";\n\n"
               "\"Buchungstag\";\"Wertstellung (Valuta)\";\"Vorgang\";\"Buchungstext\";\"Umsatz in EUR\";\n"
               "\"offen\";\"--\";\"Lastschrift\";\"noch nicht\";\"-9,99\";\n"
               "\"30.01.2026\";\"30.01.2026\";\"Lastschrift\";\"Stadt Gebühr\";\"-1.234,00\";\n\n"
               "\"Alter Kontostand\";\"2.468,56 EUR\";\n"),
      "/ EUR /: ? -> ?, 1 lines\n2026-01-30 -1234.00 |||Stadt Gebühr\n");
  EXPECT_EQ(
      csv_told(
          "\"Girokonto\";\"DE89370400440532013000\"\n\"\"\n\"Buchungsdatum\";\"Wertstellung\";\"Status\";"
          "\"Zahlungspflichtige*r\";\"Zahlungsempfänger*in\";\"Verwendungszweck\";\"Betrag (€)\"\n"
          "\"30.01.26\";\"30.01.26\";\"Gebucht\";\"HOF EG\";\"Stadt\";\"Gebühr\";\"-34,5\"\n"
          "\"02.01.26\";\"\";\"Vorgemerkt\";\"MEIER\";\"HOF EG\";\"Beitrag\";\"1.020\"\n"),
      "/DE89370400440532013000 EUR /: ? -> ?, 2 lines\n2026-01-30 -34.5 Stadt|||Gebühr\n"
      "2026-01-02 1020 not booked MEIER|||Beitrag\n");
}

TEST(CsvVariants, ReadDutchSignsAndColumns) {
  EXPECT_EQ(
      csv_told(
          "\"IBAN/BBAN\",\"Munt\",\"Volgnr\",\"Datum\",\"Rentedatum\",\"Bedrag\",\"Saldo na trn\","
          "\"Tegenrekening IBAN/BBAN\",\"Naam tegenpartij\",\"Omschrijving-1\",\"Omschrijving-2\"\n"
          "\"NL44RABO0123456789\",\"EUR\",\"7213\",\"2026-01-02\",\"2026-01-02\",\"+12,50\",\"+112,50\","
          "\"NL91ABNA0417164300\",\"A Smit\",\"Contributie \",\"januari\"\n"
          "\"NL44RABO0123456789\",\"EUR\",\"7214\",\"2026-01-03\",\"2026-01-03\",\"-1.000,00\",\"-887,50\","
          "\"\",\"Huur\",\"Huur\",\"\"\n"),
      "/NL44RABO0123456789 EUR /: 100.00 -> -887.50 on 2026-01-03, 2 lines\n"
      "2026-01-02 12.50 A Smit|NL91ABNA0417164300||Contributie januari\n2026-01-03 -1000.00 Huur|||Huur\n");
  EXPECT_EQ(
      csv_told(
          "\"Datum\",\"Naam / Omschrijving\",\"Rekening\",\"Tegenrekening\",\"Code\",\"Af Bij\","
          "\"Bedrag (EUR)\",\"Mededelingen\"\n\"20260131\",\"A Smit\",\"NL20INGB0001234567\",\"\",\"GT\","
          "\"Bij\",\"1.012,50\",\"dues\"\n\"20260130\",\"Bakker\",\"NL20INGB0001234567\",\"\",\"BA\",\"Af\","
          "\"3,95\",\"\"\n"),
      "/NL20INGB0001234567 EUR /: ? -> ?, 2 lines\n2026-01-31 1012.50 A Smit|||dues\n"
      "2026-01-30 -3.95 Bakker|||\n");
}

TEST(CsvVariants, ReadSwissApostrophesFormulasAndNotesBelow) {
  EXPECT_EQ(
      csv_told(
          "Account number:;0123 00123456.01;\nIBAN:;CH9300762011623852957;\nOpening balance:;1000.00;\n"
          "Valued in:;CHF;\n\nTrade date;Booking date;Value date;Currency;Debit;Credit;Individual amount;"
          "Balance;Transaction no.;Description1;Description2;Footnotes;\n"
          "2026-01-31;2026-01-31;2026-01-31;CHF;-50.25;;;1'949.75;999A;\"Shop; Bern\";\"Card\";;\n"
          "2026-01-02;2026-01-02;2026-01-02;CHF;;1'000.00;;2'000.00;998A;\"Meier\";\"dues\";;\n"),
      "/CH9300762011623852957 CHF /: 1000.00 -> 1949.75 on 2026-01-31, 2 lines\n"
      "2026-01-02 1000.00 |||Meier dues\n2026-01-31 -50.25 |||Shop; Bern Card\n");
  EXPECT_EQ(
      csv_told("\xEF\xBB\xBF"
               "Datum von:;=\"2026-01-01\"\nKonto:;=\"CH9300762011623852957\"\nWährung:;=\"CHF\"\n\n"
               "Datum;Bewegungstyp;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Label\n"
               "31.01.2026;Buchung;\"KAUF\";;-50.25;\n02.01.2026;Buchung;\"MEIER\";1000;;\n\n"
               "Disclaimer:\nOhne Gewähr.\n"),
      "/CH9300762011623852957 CHF /: ? -> ?, 2 lines\n2026-01-31 -50.25 |||KAUF\n2026-01-02 1000 |||MEIER\n");
  EXPECT_EQ(
      csv_told(
          "\"Datum\";\"Buchungstext\";\"Währung\";\"Betrag Detail\";\"Belastung CHF\";\"Gutschrift CHF\";"
          "\"Valuta\";\"Saldo CHF\"\n"
          "\"31.01.2026\";\"Belastungen (2)\";\"\";\"\";\"50.25\";\"\";\"31.01.2026\";\"1949.75\"\n"
          "\"\";\"Shop\";\"CHF\";\"25.25\";\"\";\"\";\"\";\"\"\n"
          "\"\";\"Laden\";\"CHF\";\"25.00\";\"\";\"\";\"\";\"\"\n"
          "\"02.01.2026\";\"Meier\";\"\";\"\";\"\";\"1000.00\";\"02.01.2026\";\"2000.00\"\n"),
      "/  /: 1000.00 -> 1949.75 on 2026-01-31, 2 lines\n2026-01-02 1000.00 |||Meier\n"
      "2026-01-31 -50.25 |||Belastungen (2)\n");
}

TEST(CsvVariants, ReadFrenchBlanksInThousandsAndCapitalsWithAccents) {
  EXPECT_EQ(csv_told("Solde au 31/01/2026 1 234,56 \x80\n\nDate;Libell\xE9;D\xE9"
                     "bit euros;Cr\xE9"
                     "dit euros;\n"
                     "31/01/2026;\"PRLV LOYER\nJANVIER     \";1 600,00;;\n02/01/2026;\"VIR\";;20,00;\n"),
            "/ EUR /: ? -> ?, 2 lines\n2026-01-31 -1600.00 |||PRLV LOYER JANVIER\n2026-01-02 20.00 |||VIR\n");
  EXPECT_EQ(csv_told("DATE OPÉRATION;LIBELLÉ;DÉBIT;CRÉDIT\n31/01/2026;LOYER;1\xC2\xA0"
                     "600,00;\n"
                     "13/01/2026;ASSURANCE;1\xE2\x80\xAF"
                     "600,00;\n02/01/2026;COTISATION;;20,00 €\n"),
            "/ EUR /: ? -> ?, 3 lines\n2026-01-31 -1600.00 |||LOYER\n2026-01-13 -1600.00 |||ASSURANCE\n"
            "2026-01-02 20.00 |||COTISATION\n");
  EXPECT_EQ(
      csv_told("=\"0012345678\";31/01/2026;2;1234,56 EUR\n\nDate de l'opération;Libellé;Détail de l'écriture;"
               "Montant de l'opération;Devise\n31/01/2026;PRLV;LOYER;\xE2\x88\x92"
               "600,00;EUR\n"),
      "/ EUR /: ? -> ?, 1 lines\n2026-01-31 -600.00 |||PRLV LOYER\n");
}

TEST(CsvVariants, ReadMoreLanguages) {
  const std::string lines = "2026-01-02 20.00 |||Dues\n2026-01-31 -600.00 |||Rent\n";
  const auto expect = [&](const std::string& bytes, const std::string& currency) {
    EXPECT_EQ(csv_told(bytes), "/ " + currency + " /: 1000.00 -> 420.00 on 2026-01-31, 2 lines\n" + lines);
  };
  expect(
      "FECHA OPERACIÓN;FECHA VALOR;CONCEPTO;IMPORTE EUR;SALDO\n31/01/2026;31/01/2026;Rent;-600,00;420,00\n"
      "02/01/2026;02/01/2026;Dues;20,00;1.020,00\n",
      "EUR");
  expect(
      "\"Dato\";\"Tekst\";\"Bel\xF8"
      "b\";\"Saldo\";\"Status\"\n\"02.01.2026\";\"Dues\";\"20,00\";\"1.020,00\";"
      "\"Udf\xF8rt\"\n\"31.01.2026\";\"Rent\";\"-600,00\";\"420,00\";\"Udf\xF8rt\"\n",
      "");
  expect(
      "Bokført dato;Beskrivelse;Rentedato;Inn;Ut;Saldo;\n31.01.2026;Rent;31.01.2026;;-600,00;420,00;\n"
      "02.01.2026;Dues;02.01.2026;20,00;;1020,00;\n",
      "");
  expect(
      "Data Mov.;Data Valor;Descrição;Débito;Crédito;Saldo\n31-01-2026;31-01-2026;Rent;600,00;;420,00\n"
      "02-01-2026;02-01-2026;Dues;;20,00;1.020,00\n",
      "");
  expect(
      "Data księgowania;Data waluty;Kwota;Waluta;Saldo po operacji;Tytuł\n"
      "2026-01-31;2026-01-31;-600,00;PLN;420,00;Rent\n2026-01-02;2026-01-02;+20,00;PLN;1 020,00;Dues\n",
      "PLN");
  expect(
      "Txn Date,Description,Amount,Dr/Cr,Balance\n02/01/2026,Dues,20.00,CR,1020.00\n"
      "31/01/2026,Rent,600.00,DR,420.00\n",
      "");
}

TEST(CsvVariants, ReadWhatSpreadsheetsSave) {
  const std::string told_of =
      "/  /: 1000.00 -> 420.00 on 2026-01-31, 2 lines\n2026-01-02 20.00 |||Dues\n"
      "2026-01-31 -600.00 |||Rent\n";
  const std::string tabs =
      "Datum\tText\tBelastung\tGutschrift\tSaldo\r\n02.01.2026\tDues\t\t20,00\t1.020,00\r\n"
      "31.01.2026\tRent\t600,00\t\t420,00\r\n";
  EXPECT_EQ(csv_told(tabs), told_of);
  EXPECT_EQ(csv_told(csv_in_utf16(tabs, false)), told_of);
  EXPECT_EQ(csv_told(csv_in_utf16(tabs, true)), told_of);
  EXPECT_EQ(
      csv_told("sep=;\r\nDatum;Text;Belastung;Gutschrift;Saldo;;;\r\n02.01.2026;Dues;;20,00;1.020,00;;;\r\n"
               "31.01.2026;Rent;600,00;;420,00;;;\r\n;;;;;;;\r\n"),
      told_of);
  EXPECT_EQ(csv_told("Date,Description,Debit,Credit,Balance\n01/01/2026,Opening Balance,,,\"1,000.00\"\n"
                     "02/01/2026,Dues,0.00,20.00,\"1,020.00\"\n31/01/2026,Rent,600.00,0.00,420.00\n"
                     ",Closing Balance,,,420.00\n"),
            told_of);
  EXPECT_EQ(
      csv_told("Booking date|Text|Amount|Sign||\n2026-01-02|Dues|1 020.00|C||\n2026-01-31|Rent|600.00|D||\n"
               "TOTAL||420.00|||\n"),
      "/  /: ? -> ?, 2 lines\n2026-01-02 1020.00 |||Dues\n2026-01-31 -600.00 |||Rent\n");
  EXPECT_EQ(
      csv_told("Datum;Text;Betrag\n02.01.2026;Dues;20,00+\n31.01.2026;Rent;1.600,00-\nSumme;;1.580,00-\n"),
      "/  /: ? -> ?, 2 lines\n2026-01-02 20.00 |||Dues\n2026-01-31 -1600.00 |||Rent\n");
  EXPECT_EQ(
      csv_told("\"Date\",\"Text\",\"Amount\"\r\n\"2026-01-02T23:59:59Z\",\"two\r\nlines, "
               "\"\"quoted\"\"\",\"20.00\""
               "\r\n\"2026-01-31T00:30:00+02:00\",'rent,(600.00)\r\n"),
      "/  /: ? -> ?, 2 lines\n2026-01-02 20.00 |||two lines, \"quoted\"\n2026-01-31 -600.00 |||'rent\n");
}

TEST(CsvVariants, ReadWhatServicesForPaymentsExport) {
  EXPECT_EQ(
      csv_told("Type,Product,Started Date,Completed Date,Description,Amount,Currency,State,Balance\n"
               "TOPUP,Current,2026-01-02 10:11:12,2026-01-02 10:11:13,Top-up,100.00,EUR,COMPLETED,100.00\n"
               "CARD,Current,2026-01-03 10:11:12,2026-01-04 01:02:03,Shop,-12.34,EUR,COMPLETED,87.66\n"
               "CARD,Current,2026-01-06 10:11:12,,Hotel,-50.00,EUR,PENDING,\n"
               "CARD,Current,2026-01-06 10:11:12,,Other,-50.00,EUR,REVERTED,\n"),
      "/ EUR /: 0.00 -> 87.66 on 2026-01-04, 2 lines\n2026-01-02 100.00 |||Top-up\n"
      "2026-01-04 -12.34 |||Shop\n");
  EXPECT_EQ(
      csv_told("\"Date\",\"Time\",\"Name\",\"Type\",\"Status\",\"Currency\",\"Gross\",\"Fee\",\"Net\","
               "\"Balance\"\n"
               "\"02/01/"
               "2026\",\"10:00\",\"Meier\",\"Donation\",\"Completed\",\"EUR\",\"20,00\",\"-0,85\",\"19,15\","
               "\"119,15\"\n\"13/01/"
               "2026\",\"10:00\",\"Ruiz\",\"Donation\",\"Completed\",\"EUR\",\"10,00\",\"-0,50\","
               "\"9,50\",\"128,65\"\n\"14/01/"
               "2026\",\"10:00\",\"\",\"Withdrawal\",\"Completed\",\"EUR\",\"-100,00\","
               "\"0,00\",\"-100,00\",\"28,65\"\n"),
      "/ EUR /: 100.00 -> 28.65 on 2026-01-14, 3 lines\n2026-01-02 19.15 Meier|||\n"
      "2026-01-13 9.50 Ruiz|||\n2026-01-14 -100.00 |||\n");
}

TEST(CsvVariants, AreRefusedByLineAndColumnWhereTheyCannotBeRead) {
  const auto refusal = [](std::string_view bytes) { return refusal_of([&] { read_statements(bytes); }); };
  EXPECT_EQ(refusal("Txn Date,Description,Debit,Credit\n2 Jan 2026,Dues,,\"1,00,020.00\"\n"),
            "statement_unreadable: line 2, 'Credit': this is no amount: '1,00,020.00'");
  EXPECT_EQ(refusal("Date;Text;Amount\n2026-01-02;Dues;-1'00.00\n"),
            "statement_unreadable: line 2, 'Amount': this is no amount: '-1'00.00'");
  EXPECT_EQ(refusal("Datum;Text;Betrag\n31.01.2026;Miete;-600,00\n01.13.2026;x;-1,00\n"),
            "statement_unreadable: line 3, 'Datum': the order of day and month is another than in line 2");
  EXPECT_EQ(
      refusal("Date,Text,Amount\n02/03/2026,Rent,-5.00\n"),
      "statement_undecided: day_order: Every day of the column 'date' could be a month: which comes first?");
  EXPECT_EQ(refusal("Date;Text;Amount\n2026-01-02;Rent;-5.000\n2026-01-03;Rent;-1.250\n"),
            "statement_undecided: decimal_mark: Every amount could be a thousand times as much: is the "
            "decimal mark a "
            "comma or a point?");
  EXPECT_EQ(refusal("Fecha;Concepto;Importe\n31/01/2026;\"Renta;-5,00\n"),
            "statement_unreadable: line 2: a quotation does not end");
}

TEST(CsvVariants, AreReadFromAZipWithOtherForms) {
  const auto files = read_statements(test::zip_of(
      {{"2026/", ""},
       {"2026/a.csv", "Date;Text;Amount\n2026-01-02;Dues;20.00\n2026-01-03;Rent;-5.00\n"},
       {"2026/b.sta",
        ":20:X\n:25:1/2\n:60F:C260302EUR10,00\n:61:260303C1,00NMSC\n:86:Dues\n:62F:C260303EUR11,00\n-\n"},
       {"2026/c.qif", "!Type:Bank\nD31/01/2026\nT-7.00\nPRent\n^\n"},
       {"2026/d.ofx",
        "<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>7</BANKACCTFROM><STMTTRN><DTPOSTED>20260102"
        "<TRNAMT>3.00<NAME>Ana</STMTTRN></STMTRS></OFX>"},
       {"2026/e.xml", test::own_file("camt053_german.xml")},
       {"__MACOSX/2026/._a.csv", "junk"}}));
  ASSERT_EQ(files.size(), 5u);
  EXPECT_TRUE(csv_told(files).starts_with(
      "/  /: ? -> ?, 2 lines\n2026-01-02 20.00 |||Dues\n2026-01-03 -5.00 |||Rent\n"
      "1/2 EUR /: 10.00 on 2026-03-02 -> 11.00 on 2026-03-03, 1 lines\n"
      "2026-03-03 1.00 |||Dues\n/  /: ? -> ?, 1 lines\n2026-01-31 -7.00 Rent|||\n"
      "/7 EUR /: ? -> ?, 1 lines\n2026-01-02 3.00 Ana|||\n"))
      << csv_told(files);
  EXPECT_EQ(refusal_of([] {
              read_statements(test::zip_of({{"a.csv", "Date;Text;Amount\n2026-01-02;Dues;20..00\n"}}));
            }),
            "statement_unreadable: “a.csv”: line 2, 'Amount': this is no amount: '20..00'");
}

}  // namespace
}  // namespace coop::statements
