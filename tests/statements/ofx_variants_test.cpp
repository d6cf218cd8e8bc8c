// What programs and banks write in OFX: each reads to the right figures, or is refused by line and field.
#include <gtest/gtest.h>

#include "ledger/statements/ofx_reader.hpp"
#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

using test::codes_of;
using test::refusal_of;
using test::shown;

constexpr const char* sgml_header =
    "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n"
    "COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n";

/// The statements, then day, amount, currency where it is another, the bank's id, who, what for.
std::string ofx_told(const std::string& bytes) {
  std::string words;
  for (const Statement& statement : ofx_from(bytes).statements) {
    words += shown(statement) + "\n";
    for (const Line& line : statement.lines)
      words += line.booked_on.text() + " " + text_of(line.amount) + line.currency + " [" + line.bank_id +
               "] " + shown(line.details.at(0)) + "\n";
  }
  return words;
}

TEST(OfxVariants, ReadSgmlWithoutEndsInWindows1252WithDecimalCommas) {
  EXPECT_EQ(
      ofx_told(
          std::string{sgml_header} +
          "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260305101112"
          "<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1>\r\n<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0"
          "</STATUS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>20041<BRANCHID>00001<ACCTID>1234567X020"
          "<ACCTTYPE>CHECKING<ACCTKEY>33</BANKACCTFROM>\r\n<BANKTRANLIST><DTSTART>20260301<DTEND>20260331\r\n"
          "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260302<TRNAMT>+20,00<FITID>F1<NAME>Jos\xE9 M\xFCller"
          "<MEMO>dues \x80</STMTTRN>\r\n<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260331<TRNAMT>-1600,00<FITID>F2"
          "<NAME>Rent &amp; more<MEMO>a < b</STMTTRN>\r\n</BANKTRANLIST><LEDGERBAL><BALAMT>420,00"
          "<DTASOF>20260331</LEDGERBAL><AVAILBAL><BALAMT>400,00<DTASOF>20260331</AVAILBAL></STMTRS>"
          "</STMTTRNRS></BANKMSGSRSV1></OFX>\r\n"),
      "20041/1234567X020 EUR /: ? -> 420.00 on 2026-03-31, 2 lines\n"
      "2026-03-02 20.00 [F1] José Müller|||dues €\n2026-03-31 -1600.00 [F2] Rent & more|||a < b\n");
  EXPECT_EQ(
      ofx_told(
          "OFXHEADER:100\n<OFX>\n<BANKMSGSRSV1>\n<STMTTRNRS>\n<STMTRS>\n<CURDEF>BRL\n<BANKACCTFROM>\n"
          "<BANKID>0341\n<ACCTID>1234567890\n<BANKTRANLIST>\n<DTSTART>20260301100000[-03:EST]\n<STMTTRN>\n"
          "<DTPOSTED>20260302233000[-03:EST]\n<TRNAMT>1.020,00\n<FITID>1\n<MEMO>PIX\n<STMTTRN>\n"
          "<DTPOSTED>20260331\n<TRNAMT>-600,00\n<FITID>2\n<MEMO>RENT\n<LEDGERBAL>\n<BALAMT>420,00\n"
          "<DTASOF>20260331100000[-03:EST]\n"),
      "0341/1234567890 BRL /: ? -> 420.00 on 2026-03-31, 2 lines\n"
      "2026-03-02 1020.00 [1] |||PIX\n2026-03-31 -600.00 [2] |||RENT\n")
      << "nothing closes at all";
}

TEST(OfxVariants, ReadAHeaderInOneLineSmallLettersAndUtf8ThatIsDeclaredOtherwise) {
  const std::string body =
      "<STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>22</BANKACCTFROM><STMTTRN><DTPOSTED>"
      "2026-03-02<TRNAMT>-1,234.5<FITID>1<NAME>caf\xC3\xA9 &amp;amp; co</STMTTRN></STMTRS>";
  const std::string words = "1/22 USD /: ? -> ?, 1 lines\n2026-03-02 -1234.5 [1] café & co|||\n";
  EXPECT_EQ(ofx_told("OFXHEADER:100DATA:OFXSGMLVERSION:102SECURITY:NONEENCODING:USASCIICHARSET:1252<OFX>" +
                     body + "</OFX>"),
            words);
  EXPECT_EQ(ofx_told(std::string{sgml_header} + "<ofx>" + body + "</ofx>"), words);
  EXPECT_EQ(ofx_told("\xEF\xBB\xBF\n\n" + std::string{sgml_header} + "<OFX>" + body), words);
  EXPECT_EQ(
      ofx_told("<ofx><stmtrs><curdef>usd<bankacctfrom><bankid>1<acctid>22</bankacctfrom><stmttrn><dtposted>"
               "20260302<trnamt> + 2.00 <fitid>1<name>x</stmttrn></stmtrs></ofx>"),
      "1/22 USD /: ? -> ?, 1 lines\n2026-03-02 2.00 [1] x|||\n");
}

TEST(OfxVariants, ReadXmlWithEscapesAndOtherCurrencies) {
  EXPECT_EQ(
      ofx_told(
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?><?OFX OFXHEADER=\"200\" VERSION=\"220\"?><OFX>"
          "<CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>USD</CURDEF><CCACCTFROM><ACCTID>4111 "
          "1111</ACCTID>"
          "</CCACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260302120000.000[0:GMT]"
          "</DTPOSTED><DTUSER>20260228</DTUSER><TRNAMT>-12.34</TRNAMT><FITID>a</FITID><PAYEE><NAME>Caf&#233; "
          "&quot;Z&quot;</NAME><CITY>y</CITY></PAYEE><MEMO><![CDATA[A & B]]></MEMO><CURRENCY><CURRATE>1.1"
          "</CURRATE><CURSYM>USD</CURSYM></CURRENCY></STMTTRN><STMTTRN><DTPOSTED>20260303</DTPOSTED><TRNAMT>"
          ".50</TRNAMT><FITID>b</FITID><NAME>back</NAME><CURRENCY><CURSYM>EUR</CURSYM></CURRENCY></STMTTRN>"
          "</BANKTRANLIST><LEDGERBAL><BALAMT>-11.84</BALAMT><DTASOF>20260331</DTASOF></LEDGERBAL></CCSTMTRS>"
          "</CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>"),
      "/41111111 USD /: ? -> -11.84 on 2026-03-31, 2 lines\n2026-03-02 -12.34 [a] Café \"Z\"|||A & B\n"
      "2026-03-03 0.50EUR [b] back|||\n");
}

TEST(OfxVariants, ReadTheBankBesideTheBroker) {
  const std::string securities =
      "<INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD<INVACCTFROM><ACCTID>9</INVACCTFROM><INVTRANLIST>"
      "<INVBANKTRAN><STMTTRN><DTPOSTED>20260302<TRNAMT>5<FITID>9</STMTTRN></INVBANKTRAN></INVTRANLIST></"
      "INVSTMTRS>"
      "</INVSTMTTRNRS></INVSTMTMSGSRSV1>";
  const std::string bank =
      "<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>22</BANKACCTFROM>"
      "<BANKTRANLIST><DTEND>20260331</BANKTRANLIST><LEDGERBAL><BALAMT><DTASOF>20260331</LEDGERBAL>"
      "</STMTRS></STMTTRNRS></BANKMSGSRSV1>";
  EXPECT_EQ(ofx_told("<OFX>" + securities + bank + "</OFX>"), "/22 USD /: ? -> ?, 0 lines\n");
  EXPECT_EQ(codes_of(ofx_from("<OFX>" + securities + bank + "</OFX>")), "investments_skipped ");
  EXPECT_EQ(refusal_of([&] { ofx_from("<OFX>" + securities + "</OFX>"); }),
            "statement_unreadable: INVSTMTRS: there is no statement of a bank account or card in it, only of "
            "securities");
  EXPECT_EQ(
      refusal_of([] { ofx_from("<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500</STATUS></SONRS></OFX>"); }),
      "statement_unreadable: the file: there is no statement of a bank account or card in it");
}

}  // namespace
}  // namespace coop::statements
