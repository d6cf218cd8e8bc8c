// What the standard allows and banks write in camt files: each reads to the right figures, or is refused by
// name and place.
#include <gtest/gtest.h>

#include "ledger/statements/camt_reader.hpp"
#include "ledger/statements/equation.hpp"
#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

using test::codes_of;
using test::refusal_of;
using test::shown;

constexpr std::string_view our_account = "<Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy>";

std::string balance(const std::string& code, const std::string& amount, const std::string& currency = "EUR",
                    const std::string& day = "<Dt>2026-03-01</Dt>") {
  return "<Bal><Tp><CdOrPrtry><Cd>" + code + "</Cd></CdOrPrtry></Tp><Amt Ccy=\"" + currency + "\">" + amount +
         "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt>" + day + "</Dt></Bal>";
}

std::string entry(const std::string& amount, const std::string& direction, const std::string& inside = "",
                  const std::string& status = "<Sts>BOOK</Sts>") {
  return "<Ntry><Amt Ccy=\"EUR\">" + amount + "</Amt><CdtDbtInd>" + direction + "</CdtDbtInd>" + status +
         "<BookgDt><Dt>2026-03-04</Dt></BookgDt><ValDt><Dt>2026-03-05</Dt></ValDt>" + inside + "</Ntry>";
}

std::string camt_statement(const std::string& inside, std::string_view account = our_account) {
  return "<Stmt><Id>S</Id><CreDtTm>2026-03-05T10:00:00</CreDtTm><Acct>" + std::string{account} + "</Acct>" +
         inside + "</Stmt>";
}

std::string document(const std::string& inside, const std::string& version = "053.001.02",
                     const std::string& message = "BkToCstmrStmt") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document "
         "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt." +
         version + "\"><" + message +
         "><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-03-05T10:00:00</CreDtTm></GrpHdr>" + inside + "</" +
         message + "></Document>";
}

/// 100.00, 20.00 that came in, 120.00.
std::string plain_file(const std::string& inside = "") {
  return document(camt_statement(balance("OPBD", "100.00") +
                                 balance("CLBD", "120.00", "EUR", "<Dt>2026-03-04</Dt>") +
                                 entry("20.00", "CRDT", inside)));
}

constexpr const char* plain_words =
    "/DE89370400440532013000 EUR /: 100.00 on 2026-03-01 -> 120.00 on 2026-03-04, 1 lines";

std::string camt_words_of(const std::string& bytes) { return shown(camt_from(bytes).statements.at(0)); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  if (from.empty()) return text;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// Every element below a prefix, as some banks write them.
std::string prefixed(const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < text.size(); ++i) {
    all += text[i];
    const bool is_slash = text[i] == '/' && i > 0 && text[i - 1] == '<';
    const bool is_name = i + 1 < text.size() && text[i + 1] >= 'A' && text[i + 1] <= 'Z';
    if ((text[i] == '<' || is_slash) && is_name) all += "n0:";
  }
  return replaced(all, "xmlns=", "xmlns:n0=");
}

std::string in_utf16(const std::string& ascii, bool is_big, bool has_mark) {
  std::string wide = !has_mark ? "" : is_big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) wide += is_big ? std::string{'\0', c} : std::string{c, '\0'};
  return wide;
}

TEST(CamtVariants, ReadTheSameInEveryDress) {
  const std::string plain = plain_file();
  const std::string bare = plain.substr(plain.find('\n') + 1);
  const std::string spread = replaced(plain, "><", ">\r\n\t<");
  for (const std::string& bytes :
       {plain, bare, "\xEF\xBB\xBF" + plain, prefixed(plain), spread,
        replaced(replaced(spread, "<Amt", "<!-- an amount --><Amt"), "20.00", "<![CDATA[20.00]]>"),
        "<e:E xmlns:e=\"x\"><e:Head><e:From>B</e:From></e:Head>" + prefixed(bare) + "</e:E>",
        replaced(plain, "<CdtDbtInd>CRDT</CdtDbtInd>", "<CdtDbtInd> crdt </CdtDbtInd>"),
        replaced(plain, " xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"", ""),
        in_utf16(replaced(plain, "UTF-8", "UTF-16"), false, true),
        in_utf16(replaced(plain, "UTF-8", "UTF-16"), true, true),
        in_utf16(replaced(plain, "UTF-8", "UTF-16"), false, false),
        in_utf16(replaced(plain, "UTF-8", "UTF-16"), true, false)})
    EXPECT_EQ(camt_words_of(bytes), plain_words) << bytes;
  for (const char* version : {"02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13"})
    EXPECT_EQ(camt_words_of(replaced(plain, "053.001.02", std::string{"053.001."} + version)), plain_words);
}

TEST(CamtVariants, ReadTheCharactersThatTheFileDeclares) {
  const auto text = [](const std::string& charset, const std::string& written) {
    const std::string bytes = plain_file("<AddtlNtryInf>" + written + "</AddtlNtryInf>");
    return camt_from(replaced(bytes, "UTF-8", charset)).statements.at(0).lines.at(0).text;
  };
  EXPECT_EQ(text("ISO-8859-1",
                 "Gr\xFC\xDF"
                 "e"),
            "Grüße");
  EXPECT_EQ(text("ISO-8859-15", "5 \xA4"), "5 €");
  EXPECT_EQ(text("windows-1252", "5 \x80"), "5 €");
  EXPECT_EQ(text("ISO-8859-2", "ksi\xEAgowa\xE6"), "księgować");
  EXPECT_EQ(text("ISO-8859-1", "Grüße"), "Grüße") << "which is UTF-8, whatever it declares";
  EXPECT_EQ(text("UTF-8", "Gr&#252;&#xDF;e &amp; more"), "Grüße & more");
}

TEST(CamtVariants, TakeTheBooksBalancesInTheAccountsCurrency) {
  const auto read = [](const std::string& balances) {
    const Statement one =
        camt_from(document(camt_statement(balances + entry("20.00", "CRDT")))).statements.at(0);
    return (one.opening ? text_of(one.opening->amount) : "-") + " " +
           (one.closing ? text_of(one.closing->amount) : "-");
  };
  const std::string opening = balance("OPBD", "100.00");
  const std::string closing = balance("CLBD", "120.00");
  EXPECT_EQ(read(opening + balance("OPBD", "9", "USD") + closing + balance("CLBD", "5", "USD")),
            "100.00 120.00");
  EXPECT_EQ(read(balance("OPBD", "9", "USD") + opening + balance("CLBD", "5", "USD") + closing),
            "100.00 120.00");
  EXPECT_EQ(read(balance("PRCD", "100.00") + balance("CLBD", "110") + balance("PRCD", "110") + closing),
            "100.00 120.00");
  EXPECT_EQ(read(opening + balance("OPBD", "110") + balance("CLBD", "110") + closing), "100.00 120.00");
  EXPECT_EQ(read(balance("OPAV", "90") + balance("CLAV", "110") + balance("XPCD", "1")), "- -");
  EXPECT_EQ(read(balance("ITBD", "100.00") + balance("ITAV", "1") + balance("ITBD", "120.00")),
            "100.00 120.00");
  EXPECT_EQ(read(replaced(opening, "<Cd>OPBD</Cd>", "<Prtry>OPBD</Prtry>") + closing), "100.00 120.00");
  EXPECT_EQ(
      read(replaced(opening, "<Amt", "<CdtLine><Incl>true</Incl><Amt Ccy=\"EUR\">5000</Amt></CdtLine><Amt") +
           closing),
      "100.00 120.00");
  EXPECT_EQ(read(balance("OPBD", "100.00", "EUR", "<DtTm>2026-03-01T23:59:59.999+01:00</DtTm>") + closing),
            "100.00 120.00");
}

TEST(CamtVariants, ReadEachStatementOfAFileByItself) {
  const ReadFile file = camt_from(
      document(camt_statement(balance("OPBD", "100") + balance("CLBD", "120") + entry("20.00", "CRDT")) +
                   camt_statement(balance("OPBD", "7", "USD") + balance("CLBD", "7", "USD"),
                                  "<Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>USD</Ccy>") +
                   camt_statement(balance("PRCD", "7", "CHF"), "<Id><Othr><Id>0123 456</Id></Othr></Id>") +
                   "<Stmt><Id>T</Id>" + balance("OPBD", "1") + balance("CLBD", "1") + "</Stmt>",
               "053.001.04"));
  std::string words;
  for (const Statement& one : file.statements) words += shown(one) + "\n";
  EXPECT_EQ(words,
            "/DE89370400440532013000 EUR /: 100 on 2026-03-01 -> 120 on 2026-03-01, 1 lines\n"
            "/DE89370400440532013000 USD /: 7 on 2026-03-01 -> 7 on 2026-03-01, 0 lines\n"
            "/0123456 CHF /: 7 on 2026-03-01 -> ?, 0 lines\n"
            "/ EUR /: 1 on 2026-03-01 -> 1 on 2026-03-01, 0 lines\n");
  EXPECT_EQ(codes_of(file), "balance_missing schema_broken ");
}

TEST(CamtVariants, LeaveItToTheEquationWhatAReversalIs) {
  const auto proof = [](const std::string& closing, const std::string& reversal) {
    const ReadFile file = camt_from(
        document(camt_statement(balance("OPBD", "100") + balance("CLBD", closing) + reversal), "053.001.08"));
    EXPECT_TRUE(file.statements.at(0).lines.at(0).is_reversal);
    return equation_of(file.statements[0], {}).proof;
  };
  const std::string booked = "<Sts><Cd>BOOK</Cd></Sts>";
  EXPECT_EQ(proof("70", entry("30.00", "DBIT", "<RvslInd>true</RvslInd>", booked)), Proof::holds);
  EXPECT_EQ(proof("70", entry("30.00", "CRDT", "<RvslInd>1</RvslInd>", booked)), Proof::flipped);
  EXPECT_EQ(proof("75", entry("30.00", "CRDT", "<RvslInd>1</RvslInd>", booked)), Proof::contradicts);
}

TEST(CamtVariants, KeepABatchWithItsChargesAndItsPayments) {
  const Line line =
      camt_from(plain_file(
                    "<AcctSvcrRef>A1</AcctSvcrRef><Chrgs><TtlChrgsAndTaxAmt Ccy=\"EUR\">6</TtlChrgsAndTaxAmt>"
                    "<Rcrd><Amt Ccy=\"EUR\">6.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>"
                    "<ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs><NtryDtls><Btch><MsgId>OURS</MsgId>"
                    "<PmtInfId>P1</PmtInfId><NbOfTxs>2</NbOfTxs><TtlAmt Ccy=\"EUR\">26.00</TtlAmt></Btch>"
                    "<TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy=\"EUR\">"
                    "16.00</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>Ana</Nm></Dbtr><DbtrAcct><Id><Othr>"
                    "<Id>12-345 67</Id></Othr></Id></DbtrAcct><UltmtDbtr><Nm>Mia</Nm></UltmtDbtr>"
                    "</RltdPties></TxDtls></NtryDtls><NtryDtls><TxDtls><Refs><EndToEndId>E2</EndToEndId>"
                    "</Refs><Amt Ccy=\"EUR\">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty>"
                    "<Nm>Bo</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls>"))
          .statements.at(0)
          .lines.at(0);
  EXPECT_EQ(text_of(line.amount), "20.00");
  EXPECT_EQ(line.batch->count, 2u);
  EXPECT_EQ(text_of(*line.batch->total), "26.00");
  ASSERT_EQ(line.charges.size(), 1u);
  EXPECT_EQ(text_of(line.charges[0].amount), "6.00");
  ASSERT_EQ(line.details.size(), 2u);
  EXPECT_EQ(shown(line.details[0]), "Ana|12-34567||");
  EXPECT_EQ(line.details[0].counterparty.ultimate_name, "Mia");
  EXPECT_EQ(text_of(*line.details[0].amount), "16.00");
  EXPECT_EQ(shown(line.details[1]), "Bo|||");
}

TEST(CamtVariants, ReadAPaymentInAnotherCurrencyByItsValueInOurs) {
  const Line line =
      camt_from(plain_file("<AmtDtls><InstdAmt><Amt Ccy=\"USD\">22.00</Amt></InstdAmt></AmtDtls>"
                           "<NtryDtls><TxDtls><AmtDtls><InstdAmt><Amt Ccy=\"USD\">22.00</Amt></InstdAmt>"
                           "<TxAmt><Amt Ccy=\"USD\">22.00</Amt></TxAmt><CntrValAmt><Amt Ccy=\"EUR\">"
                           "20.30</Amt></CntrValAmt></AmtDtls><Chrgs><Amt Ccy=\"EUR\">0.30</Amt></Chrgs>"
                           "</TxDtls></NtryDtls>"))
          .statements.at(0)
          .lines.at(0);
  EXPECT_EQ(text_of(line.amount), "20.00");
  EXPECT_EQ(text_of(*line.details.at(0).amount), "20.30");
  EXPECT_EQ(line.details[0].currency, "");
  EXPECT_EQ(text_of(line.details[0].charges.at(0).amount), "0.30");
}

TEST(CamtVariants, TakeThePartiesOfWhatCameBackForThoseOfThePaymentItTakesBack) {
  const auto name = [](const std::string& direction, const std::string& inside) {
    const std::string details =
        "<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Bo</Nm></Dbtr><Cdtr><Nm>Coop</Nm></Cdtr>"
        "</RltdPties>" +
        inside + "</TxDtls></NtryDtls>";
    const ReadFile file = camt_from(document(camt_statement(entry("20.00", direction, details))));
    return file.statements.at(0).lines.at(0).details.at(0).counterparty.name;
  };
  const std::string returned = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>";
  EXPECT_EQ(name("CRDT", ""), "Bo");
  EXPECT_EQ(name("DBIT", ""), "Coop");
  EXPECT_EQ(name("DBIT", returned), "Bo") << "a debit of ours that came back";
  EXPECT_EQ(name("CRDT", returned), "Coop") << "a payment of ours that came back";
}

TEST(CamtVariants, ReadWhatIsComingAndWhatABatchConsistsOf) {
  const ReadFile interim =
      camt_from(document("<Rpt><Id>R</Id><ElctrncSeqNb>3</ElctrncSeqNb><Acct>" + std::string{our_account} +
                             "</Acct>" + balance("ITBD", "100", "EUR", "<DtTm>2026-03-04T08:00:00</DtTm>") +
                             balance("ITBD", "120", "EUR", "<DtTm>2026-03-04T10:00:00</DtTm>") +
                             entry("5.00", "CRDT", "", "<Sts>PDNG</Sts>") +
                             entry("20.00", "CRDT", "", "<Sts><Cd>BOOK</Cd></Sts>") + "</Rpt>",
                         "052.001.06", "BkToCstmrAcctRpt"));
  EXPECT_EQ(shown(interim.statements.at(0)),
            "/DE89370400440532013000 EUR 3/: 100 on 2026-03-04 -> 120 on 2026-03-04, 2 lines");
  EXPECT_EQ(interim.statements[0].purpose, Purpose::interim);
  EXPECT_EQ(equation_of(interim.statements[0], {}).proof, Proof::holds) << "by what is booked of it";
  const ReadFile details =
      camt_from(document("<Ntfctn><Id>N</Id>" +
                             entry("20.00", "CRDT",
                                   "<AcctSvcrRef>A1</AcctSvcrRef><NtryDtls><Btch><NbOfTxs>2</NbOfTxs></"
                                   "Btch><TxDtls><Amt Ccy=\"EUR\">"
                                   "15</Amt></TxDtls><TxDtls><Amt Ccy=\"EUR\">5</Amt></TxDtls></NtryDtls>") +
                             "</Ntfctn>",
                         "054.001.13", "BkToCstmrDbtCdtNtfctn"));
  EXPECT_EQ(details.statements.at(0).purpose, Purpose::details);
  EXPECT_EQ(shown(details.statements[0]), "/ EUR /: ? -> ?, 1 lines");
  EXPECT_EQ(codes_of(details), "schema_broken ");
  EXPECT_EQ(text_of(*details.statements[0].lines.at(0).details.at(1).amount), "5");
}

TEST(CamtVariants, BreakTheirSchemaWithANoteAndAreReadAllTheSame) {
  const auto notes = [](const std::string& from, const std::string& to) {
    const ReadFile file = camt_from(replaced(plain_file(), from, to));
    EXPECT_EQ(file.statements.at(0).lines.size(), 1u) << to;
    std::string said;
    for (const Note& note : file.notes) said += note.code + " at " + note.place + ": " + note.text + "\n";
    return said;
  };
  EXPECT_EQ(notes("", ""), "");
  const std::tuple<std::string, std::string, std::string> breaches[] = {
      {"<MsgId>M</MsgId>", "", "BkToCstmrStmt: GrpHdr has no MsgId"},
      {"<CreDtTm>2026-03-05T10:00:00</CreDtTm></GrpHdr>", "</GrpHdr>",
       "BkToCstmrStmt: GrpHdr has no CreDtTm"},
      {"<GrpHdr><MsgId>M</MsgId><CreDtTm>2026-03-05T10:00:00</CreDtTm></GrpHdr>", "",
       "BkToCstmrStmt: GrpHdr is missing"},
      {"<Id>S</Id>", "", "Stmt 1: Id is missing"},
      {"<IBAN>DE89370400440532013000</IBAN>", "", "Stmt 1: Acct has no number"},
      {"<Acct>" + std::string{our_account} + "</Acct>", "", "Stmt 1: Acct is missing"},
      {"<Cd>CLBD</Cd>", "", "Stmt 1, Bal 2: a balance has no Tp: it is left out"},
      {"<Amt Ccy=\"EUR\">120.00</Amt>", "", "Stmt 1, Bal 2: a balance has no Amt"},
      {"<Dt><Dt>2026-03-04</Dt></Dt>", "", "Stmt 1, Bal 2: CLBD has no Dt"},
      {"<Amt Ccy=\"EUR\">20.00", "<Amt>20.00", "Stmt 1, Ntry 1: Amt “20.00” has no currency"},
      {">20.00<", ">20.000000<", "Stmt 1, Ntry 1: “20.000000” has more than five decimals"},
      {">20.00</Amt><CdtDbtInd>CRDT", ">20.00</Amt><CdtDbtInd>Crdt",
       "Stmt 1, Ntry 1: CdtDbtInd says “Crdt”, not in capitals"},
      {">20.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>", ">0</Amt>",
       "Stmt 1, Ntry 1: CdtDbtInd says neither CRDT nor DBIT of nothing"},
      {"<Sts>BOOK</Sts>", "",
       "Stmt 1, Ntry 1: Sts is missing: read as booked, as such a file has what is booked"},
  };
  for (const auto& [from, to, note] : breaches) {
    const std::string said = notes(from, to);
    EXPECT_TRUE(said.starts_with("schema_broken at " + note + "\n")) << note << "\n" << said;
  }
}

TEST(CamtVariants, AreRefusedByNameAndPlaceWhereTheyCannotBeRead) {
  const auto refusal = [](const std::string& bytes) { return refusal_of([&] { camt_from(bytes); }); };
  EXPECT_EQ(refusal(replaced(plain_file(), ">20.00", ">1,020.00")),
            "statement_unreadable: Stmt 1, Ntry 1: Amt “1,020.00” is no amount");
  EXPECT_EQ(refusal(replaced(plain_file(), "<ValDt><Dt>2026-03-05</Dt>", "<ValDt><Dt>05/03/2026</Dt>")),
            "statement_unreadable: Stmt 1, Ntry 1: “05/03/2026” is no day");
  EXPECT_EQ(refusal(replaced(plain_file(), "<Document", "<!DOCTYPE d [<!ENTITY a \"b\">]><Document")),
            "statement_unreadable: line 2: document types and entities are not read");
  EXPECT_EQ(refusal(replaced(plain_file(), "BkToCstmrStmt", "BkToCstmrStmtV01")),
            "statement_unreadable: there is no message of the camt kind in it");
}

}  // namespace
}  // namespace coop::statements
