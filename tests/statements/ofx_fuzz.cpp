// OFX from a stranger is read or refused; what is read has text that can be stored.
#include "ledger/statements/ofx_reader.hpp"
#include "ledger/values/text.hpp"
#include "tests/support/fuzz_target.hpp"

namespace coop::statements {
namespace {

void look_at_ofx(std::string_view bytes) {
  fuzz::is_read([&] {
    const ReadFile file = ofx_from(bytes);
    fuzz::require(!file.statements.empty(), "a file that is read has a statement");
    for (const Statement& statement : file.statements) {
      for (const Line& line : statement.lines) {
        fuzz::require(line.details.size() == 1, "a line has one detail");
        fuzz::require(is_storable_text(line.raw) && is_storable_text(line.details[0].text),
                      "text can be stored");
        fuzz::require(is_storable_text(line.details[0].counterparty.name), "names can be stored");
      }
    }
  });
}

const bool added_ofx = fuzz::add_target(
    {"ofx",
     look_at_ofx,
     {"OFXHEADER:100\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><"
      "BANKID>1"
      "<ACCTID>2</"
      "BANKACCTFROM><BANKTRANLIST><DTSTART>20260101<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260102<TRNAMT>-1.5"
      "<FITID>A<NAME>G\xE4rten &amp;amp; &#233;<MEMO>a < "
      "b\n<STMTTRN><DTPOSTED>20260230<TRNAMT>1,000</STMTTRN>"
      "<LEDGERBAL><BALAMT>7<DTASOF>20260131</LEDGERBAL></STMTRS></OFX>",
      "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?><?OFX OFXHEADER=\"200\" VERSION=\"211\"?><!-- x "
      "--><OFX>"
      "<CCSTMTRS><CCACCTFROM><ACCTID>4</ACCTID></CCACCTFROM><BANKTRANLIST><DTEND>20260131</DTEND><STMTTRN>"
      "<DTPOSTED></DTPOSTED><TRNAMT>-2,00</TRNAMT><MEMO><![CDATA[<x>]]></MEMO><PAYEE><NAME>I</NAME></PAYEE>"
      "</STMTTRN></BANKTRANLIST></CCSTMTRS><INVSTMTRS></INVSTMTRS></OFX>"}});

}  // namespace
}  // namespace coop::statements
