// Whatever bytes come as camt: they are refused, or every line has its source, its place and a text that can
// be stored.
#include "ledger/statements/camt_reader.hpp"
#include "ledger/values/text.hpp"
#include "tests/support/fuzz_target.hpp"

namespace coop::statements {
namespace {

void look_at(const Detail& detail) {
  const Counterparty& other = detail.counterparty;
  for (const std::string& text :
       {other.name, other.ultimate_name, other.account, other.bank, detail.text, detail.return_code,
        detail.references.end_to_end, detail.references.structured})
    fuzz::require(is_storable_text(text), "a detail's texts can be stored");
}

void look_at(const Line& line) {
  fuzz::require(!line.place.empty() && is_storable_text(line.place), "a line knows its place");
  fuzz::require(!line.raw.empty() && is_storable_text(line.raw), "a line keeps its source");
  fuzz::require(is_storable_text(line.text) && is_storable_text(line.bank_id) && is_storable_text(line.code),
                "a line's texts can be stored");
  for (const Detail& detail : line.details) look_at(detail);
}

void look_at_camt(std::string_view bytes) {
  is_camt(bytes);
  ReadFile file{FileKind::camt053, {}, {}, {}};
  if (!fuzz::is_read([&] { file = camt_from(bytes); })) return;
  fuzz::require(!file.statements.empty(), "a file has a statement, or is refused");
  for (const Statement& statement : file.statements)
    for (const Line& line : statement.lines) look_at(line);
  for (const Note& note : file.notes) fuzz::require(is_storable_text(note.text), "a note can be stored");
}

const std::string whole_line =
    "<Ntry><NtryRef>REF-000001</NtryRef><Amt "
    "Ccy=\"EUR\">00012.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true"
    "</RvslInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2026-02-30T10:00:00+01:00</DtTm></"
    "BookgDt><ValDt><Dt>2026-03-01"
    "</Dt></ValDt><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RDDT</Cd><SubFmlyCd>ESDD</SubFmlyCd></Fmly></Domn></"
    "BkTxCd>"
    "<Chrgs><Rcrd><Amt "
    "Ccy=\"EUR\">1</Amt><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs><NtryDtls><Btch><NbOfTxs>1"
    "</NbOfTxs><TtlAmt>12.50</TtlAmt></Btch><TxDtls><Refs><EndToEndId>E-1</EndToEndId><UETR>u</UETR></"
    "Refs><Amt"
    " Ccy=\"USD\">13</Amt><RltdPties><Cdtr><Pty><Nm>A &amp; B</Nm></Pty></Cdtr><CdtrAcct><Id><Othr><Id>1 "
    "2</Id></Othr>"
    "</Id></CdtrAcct></RltdPties><RmtInf><Ustrd>EREF+X SVWZ+y IBAN: "
    "DE89370400440532013000</Ustrd><Strd><CdtrRefInf>"
    "<Ref>RF1</Ref></CdtrRefInf></Strd></RmtInf><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></"
    "NtryDtls></Ntry>";

const std::string fuzzed_balance =
    "<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry><SubTp><Cd>INTM</Cd></SubTp></Tp><Amt "
    "Ccy=\"EUR\">5</Amt><CdtDbtInd>"
    "CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>";

const bool added_camt = fuzz::add_target(
    {"camt",
     look_at_camt,
     {"<Document "
      "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><GrpHdr/><Stmt><Id>S</Id>"
      "<ElctrncSeqNb>7</ElctrncSeqNb><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></"
      "Acct>" +
          fuzzed_balance + whole_line + whole_line + "</Stmt></BkToCstmrStmt></Document>",
      "<?xml version=\"1.0\"?><a:Document "
      "xmlns:a=\"camt.054.001.02\"><a:BkToCstmrDbtCdtNtfctn><a:Ntfctn><a:Ntry>"
      "<a:Amt>1</a:Amt><a:CdtDbtInd>CRDT</a:CdtDbtInd><a:ValDt>2026-03-01</a:ValDt></a:Ntry></a:Ntfctn>"
      "</a:BkToCstmrDbtCdtNtfctn></a:Document>",
      "<Document><BkToCstmrAcctRpt><Rpt><CreDtTm>2026-03-01T00:00:00Z</CreDtTm>" + whole_line +
          "</Rpt></BkToCstmrAcctRpt></Document>",
      "<!DOCTYPE a [<!ENTITY b \"c\">]>", "<![CDATA[", "]]>", "&#xD800;", "&amp;", "<Ntry>", "</Ntry>",
      "<!--", "-->", "<Amt>999999999999999999</Amt>"}});

}  // namespace
}  // namespace coop::statements
