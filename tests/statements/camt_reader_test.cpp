#include "ledger/statements/camt_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/statements/camt_files.hpp"

namespace coop::statements {
namespace {

using namespace test;

Line line_of(std::string_view entry) { return camt_from(camt053_of(entry)).statements.at(0).lines.at(0); }
Detail detail_of(std::string_view inside) { return line_of(payment_of(inside)).details.at(0); }
std::string refusal_for(std::string_view inside) {
  return camt_refusal_of([&] { camt_from(camt053_of(inside)); });
}

std::string notes_of(const ReadFile& file) {
  std::string notes;
  for (const Note& note : file.notes) notes += note.code + " (" + note.place + ") ";
  return notes;
}

TEST(CamtReader, ReadsAStatementWithPrefixesAsTheNewVersionsWriteIt) {
  const ReadFile file = camt_from(own_file("camt053_new.xml"));
  EXPECT_EQ(file.kind, FileKind::camt053);
  EXPECT_EQ(file.version, "camt.053.001.08");
  ASSERT_EQ(file.statements.size(), 1u);
  const Statement& statement = file.statements[0];
  EXPECT_EQ(statement.purpose, Purpose::booked);
  EXPECT_EQ(statement.id, "S-7");
  EXPECT_EQ(statement.number, "7");
  EXPECT_EQ(statement.page, "");
  EXPECT_EQ(statement.account, "DE89370400440532013000");
  EXPECT_EQ(statement.bank, "COBADEFFXXX");
  EXPECT_EQ(statement.currency, "EUR");
  EXPECT_EQ(text_of(statement.opening->amount), "1204.50");
  EXPECT_EQ(text_of(statement.closing->amount), "1174.40");
  EXPECT_EQ(statement.first_day, Day::parse("2026-03-01"));
  EXPECT_EQ(statement.last_day, Day::parse("2026-03-31"));
  EXPECT_EQ(statement.lines.size(), 4u);
  EXPECT_EQ(notes_of(file), "day_missing (Stmt 1, Ntry 4) ");
  EXPECT_EQ(statement.lines[3].status, LineStatus::pending);
  EXPECT_EQ(statement.lines[3].booked_on, Day::parse("2026-03-31"));
}

TEST(CamtReader, ReadsWhoPaidAndWhatFor) {
  const Statement statement = camt_from(own_file("camt053_new.xml")).statements[0];
  const Line& line = statement.lines[0];
  EXPECT_EQ(line.place, "Stmt 1, Ntry 1");
  EXPECT_EQ(text_of(line.amount), "20.00");
  EXPECT_EQ(line.currency, "");
  EXPECT_EQ(line.booked_on, Day::parse("2026-03-02"));
  EXPECT_EQ(line.valued_on, Day::parse("2026-03-03"));
  EXPECT_EQ(line.bank_id, "B-100");
  EXPECT_EQ(line.code, "PMNT-RCDT-ESCT");
  ASSERT_EQ(line.details.size(), 1u);
  const Detail& detail = line.details[0];
  EXPECT_EQ(detail.counterparty.name, "Ana & Luis Ruiz");
  EXPECT_EQ(detail.counterparty.ultimate_name, "Mia Ruiz");
  EXPECT_EQ(detail.counterparty.account, "BE68539007547034");
  EXPECT_EQ(detail.counterparty.bank, "GKCCBEBB");
  EXPECT_EQ(detail.references.structured, "RF18539007547034");
  EXPECT_EQ(detail.references.end_to_end, "");
  EXPECT_EQ(detail.references.unique, "8a562c67-ca16-48ba-b074-65581be6f001");
  EXPECT_EQ(detail.text, "INV-9");
  EXPECT_EQ(statement.lines[2].text, "Account fees");
  EXPECT_EQ(statement.lines[2].details[0].text, "Fees of March");
  EXPECT_EQ(statement.lines[2].details[0].counterparty.name, "Commerce Bank");
  EXPECT_EQ(statement.lines[2].details[0].counterparty.bank, "COBADEFFXXX");
}

TEST(CamtReader, TakesWhomAReturnedDebitWasTakenFromForTheCounterpartyAndFlipsNoReversal) {
  const Line line = camt_from(own_file("camt053_new.xml")).statements[0].lines[1];
  EXPECT_TRUE(line.is_reversal);
  EXPECT_EQ(text_of(line.amount), "-30.10");
  const Detail& detail = line.details.at(0);
  EXPECT_EQ(text_of(*detail.amount), "-25.00");
  EXPECT_EQ(detail.counterparty.name, "Bo Berg");
  EXPECT_EQ(detail.return_code, "AC04");
  EXPECT_EQ(detail.references.end_to_end, "BCN-C3-1");
  EXPECT_EQ(detail.references.mandate, "M0042-1");
  EXPECT_EQ(detail.references.creditor, "DE98ZZZ09999999999");
  ASSERT_EQ(line.charges.size(), 2u);
  EXPECT_EQ(text_of(line.charges[0].amount), "3.00");
  EXPECT_TRUE(line.charges[0].is_included);
  EXPECT_FALSE(line.charges[1].is_included);
}

TEST(CamtReader, KeepsTheSourceOfEachLine) {
  const std::string bytes = own_file("camt053_new.xml");
  const ReadFile file = camt_from("\xEF\xBB\xBF" + bytes);
  for (const Line& line : file.statements[0].lines) {
    EXPECT_TRUE(line.raw.starts_with("<ns2:Ntry>") && line.raw.ends_with("</ns2:Ntry>")) << line.raw;
    EXPECT_NE(bytes.find(line.raw), std::string::npos);
  }
}

TEST(CamtReader, ReadsAGermanStatementOfTheOldVersion) {
  const ReadFile file = camt_from(own_file("camt053_german.xml"));
  EXPECT_EQ(notes_of(file), "day_clamped (Stmt 1, Ntry 1) day_missing (Stmt 1, Ntry 2) ");
  const Statement& statement = file.statements.at(0);
  EXPECT_EQ(text_of(statement.opening->amount), "-10.00");
  EXPECT_EQ(text_of(statement.closing->amount), "16.00");
  EXPECT_FALSE(statement.first_day);
  const Line& batch = statement.lines.at(0);
  EXPECT_EQ(batch.valued_on, Day::parse("2026-02-28"));
  EXPECT_EQ(batch.bank_id, "");
  EXPECT_EQ(batch.code, "NDDT+171");
  EXPECT_EQ(batch.batch->count, 2u);
  EXPECT_EQ(text_of(*batch.batch->total), "36.00");
  EXPECT_EQ(batch.batch->message, "OURS-1");
  EXPECT_EQ(batch.batch->payment_group, "OURS-1-RCUR");
  ASSERT_EQ(batch.details.size(), 2u);
  EXPECT_EQ(text_of(*batch.details[1].amount), "24.00");
  EXPECT_EQ(batch.details[0].counterparty.ultimate_name, "");
  const Line& shop = statement.lines.at(1);
  EXPECT_EQ(shop.booked_on, Day::parse("2026-02-27"));
  EXPECT_EQ(text_of(shop.charges.at(0).amount), "1.50");
  const Detail& detail = shop.details.at(0);
  EXPECT_EQ(detail.references.end_to_end, "SHOP-1");
  EXPECT_EQ(detail.references.instruction, "K-5");
  EXPECT_EQ(detail.counterparty.account, "AT611904300234573201");
  EXPECT_EQ(detail.counterparty.bank, "OPSKATWW");
  EXPECT_EQ(detail.counterparty.ultimate_name, "Paul Paper");
  EXPECT_EQ(detail.text, "Paper and pens");
}

TEST(CamtReader, ReadsAnInterimReportWithItsOwnBalances) {
  const ReadFile file = camt_from(own_file("camt052_interim.xml"));
  EXPECT_EQ(file.kind, FileKind::camt052);
  const Statement& report = file.statements.at(0);
  EXPECT_EQ(report.purpose, Purpose::interim);
  EXPECT_EQ(report.account, "12345-6");
  EXPECT_EQ(report.currency, "CHF");
  EXPECT_EQ(report.number, "12");
  EXPECT_EQ(report.page, "2");
  EXPECT_EQ(text_of(report.opening->amount), "5");
  EXPECT_EQ(text_of(report.closing->amount), "3");
  EXPECT_EQ(report.lines.at(0).place, "Rpt 1, Ntry 1");
  EXPECT_EQ(report.lines.at(0).status, LineStatus::pending);
}

TEST(CamtReader, ReadsDetailsWithoutNamespace) {
  const ReadFile file = camt_from(own_file("camt054_details.xml"));
  EXPECT_EQ(file.kind, FileKind::camt054);
  EXPECT_EQ(file.version, "");
  EXPECT_EQ(notes_of(file), "summary_differs (Ntfctn 1) ");
  const Line& line = file.statements.at(0).lines.at(0);
  EXPECT_EQ(file.statements[0].purpose, Purpose::details);
  EXPECT_EQ(line.bank_id, "010391391");
  EXPECT_EQ(line.details.at(0).references.structured, "210000000003139471430009017");
  EXPECT_EQ(line.details.at(1).references.structured, "RF18539007547034");
  EXPECT_EQ(line.details.at(1).text, "RF712348231 two at once");
}

TEST(CamtReader, ReadsSeveralStatementsAndDocumentsAndEnvelopes) {
  const std::string one = camt053_of(entry_of(""));
  EXPECT_EQ(camt_from(one + "\r\n" + one).statements.size(), 2u);
  EXPECT_EQ(
      camt_from("<?xml version=\"1.0\"?><Envelope><Body><Payload>" + one + "</Payload></Body></Envelope>")
          .statements.size(),
      1u);
  EXPECT_EQ(camt_from("  sent by: bank\n" + one + "\r\n\x1a").statements.at(0).lines.size(), 1u);
  const ReadFile two = camt_from(
      "<Document><BkToCstmrStmt><GrpHdr/><Stmt><Id>1</Id></Stmt><Stmt><Id>2</Id></Stmt></BkToCstmrStmt></"
      "Document>");
  EXPECT_EQ(two.statements.at(1).id, "2");
}

TEST(CamtReader, ReadsEveryVersion) {
  for (const char* version : {"02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13"})
    EXPECT_EQ(camt_from(camt053_of(entry_of(""), version)).version, std::string{"camt.053.001."} + version);
  EXPECT_NE(notes_of(camt_from(camt053_of("", "99"))).find("version_unknown"), std::string::npos);
  EXPECT_EQ(notes_of(camt_from(camt053_of("", "13"))).find("version_unknown"), std::string::npos);
}

TEST(CamtReader, ReadsEveryStatusInBothShapes) {
  const auto status = [](std::string_view written) {
    return line_of("<Ntry><Amt>1</Amt><CdtDbtInd>CRDT</CdtDbtInd>" + std::string{written} + "</Ntry>").status;
  };
  EXPECT_EQ(status("<Sts>BOOK</Sts>"), LineStatus::booked);
  EXPECT_EQ(status("<Sts><Cd>BOOK</Cd></Sts>"), LineStatus::booked);
  EXPECT_EQ(status("<Sts>PDNG</Sts>"), LineStatus::pending);
  EXPECT_EQ(status("<Sts><Cd>FUTR</Cd></Sts>"), LineStatus::pending);
  EXPECT_EQ(status("<Sts>INFO</Sts>"), LineStatus::information);
  EXPECT_EQ(status("<Sts><Prtry>OWN</Prtry></Sts>"), LineStatus::information);
  EXPECT_EQ(status(""), LineStatus::booked);
}

TEST(CamtReader, KeepsAmountsExactlyAsTheyAreWritten) {
  const auto amount = [](std::string_view written) {
    return text_of(line_of("<Ntry><Amt Ccy=\"EUR\">" + std::string{written} +
                           "</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts></Ntry>")
                       .amount);
  };
  EXPECT_EQ(amount("000000000000149.87"), "-149.87");
  EXPECT_EQ(amount("8.85000"), "-8.85000");
  EXPECT_EQ(amount(" 7 "), "-7");
  EXPECT_EQ(amount("123456789012345678"), "-123456789012345678");
  EXPECT_EQ(line_of("<Ntry><Amt Ccy=\"USD\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry>").currency, "USD");
}

TEST(CamtReader, RefusesFiguresThatAreNone) {
  const auto refusal = [](std::string_view inside) {
    return refusal_for("<Ntry>" + std::string{inside} + "</Ntry>");
  };
  EXPECT_EQ(refusal(""), "statement_unreadable: Stmt 1, Ntry 1: there is no Amt");
  EXPECT_EQ(refusal("<Amt>7,5</Amt>"), "statement_unreadable: Stmt 1, Ntry 1: Amt “7,5” is no amount");
  EXPECT_EQ(refusal("<Amt>1e3</Amt>"), "statement_unreadable: Stmt 1, Ntry 1: Amt “1e3” is no amount");
  EXPECT_EQ(refusal("<Amt>5</Amt>"),
            "statement_unreadable: Stmt 1, Ntry 1: CdtDbtInd says neither CRDT nor DBIT");
  EXPECT_EQ(refusal("<Amt>-5</Amt><CdtDbtInd>DBIT</CdtDbtInd>"),
            "statement_undecided: Stmt 1, Ntry 1: Amt “-5” has a sign of its own beside CdtDbtInd");
  EXPECT_EQ(refusal("<Amt>1234567890123456789.00</Amt>"),
            "statement_unreadable: Stmt 1, Ntry 1: Amt “1234567890123456789.00” has too many digits");
  EXPECT_EQ(refusal("<Amt>5</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>31.03.2026</Dt></BookgDt>"),
            "statement_unreadable: Stmt 1, Ntry 1: “31.03.2026” is no day");
  EXPECT_EQ(refusal_for("<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt>x</Amt></Bal>"),
            "statement_unreadable: Stmt 1, Bal 1: Amt “x” is no amount");
  EXPECT_EQ(refusal_for(entry_of("<NtryDtls><TxDtls/><TxDtls><Amt>?</Amt></TxDtls></NtryDtls>")),
            "statement_unreadable: Stmt 1, Ntry 1, TxDtls 2: Amt “?” is no amount");
  EXPECT_EQ(
      camt_refusal_of([] {
        camt_from(
            "<Document><BkToCstmrStmt><Stmt><Ntry><Amt>0</Amt></Ntry></Stmt></BkToCstmrStmt></Document>");
      }),
      "statement_unreadable: Stmt 1, Ntry 1: there is no BookgDt, no ValDt, and no day of the statement");
}

TEST(CamtReader, RefusesWhatIsNoMessage) {
  EXPECT_EQ(camt_refusal_of([] { camt_from("<Document/>"); }),
            "statement_unreadable: there is no message of the camt kind in it");
  EXPECT_EQ(camt_refusal_of([] { camt_from("<Document><BkToCstmrStmt/></Document>"); }),
            "statement_unreadable: there is no Stmt in it");
  EXPECT_EQ(camt_refusal_of([] { camt_from("<Document>\n<BkToCstmrStmt>\n</Stmt></Document>"); }),
            "statement_unreadable: line 3: Start-end tags mismatch");
  EXPECT_TRUE(camt_refusal_of([] {
                camt_from("");
              }).starts_with("statement_unreadable: line 1: the file ends too early"));
}

TEST(CamtReader, NamesTheLineOfTheFileInAndBehindItsLines) {
  const std::string begin = "<Document><BkToCstmrStmt><Stmt>\n";
  EXPECT_EQ(camt_refusal_of(
                [&] { camt_from(begin + "<Ntry>\n<Amt>1</Sum></Ntry></Stmt></BkToCstmrStmt></Document>"); }),
            "statement_unreadable: line 3: Start-end tags mismatch");
  EXPECT_EQ(camt_refusal_of([&] { camt_from(begin + "<Ntry>\n</Ntry>\n<Ntry/>\n<Id>1</Bal></Stmt>"); }),
            "statement_unreadable: line 5: Start-end tags mismatch");
  EXPECT_EQ(camt_refusal_of([&] { camt_from(begin + "<Ntry>\n</Ntry>\n<Ntry>\n<Amt>"); }),
            "statement_unreadable: line 5: the file ends too early: Start-end tags mismatch");
}

TEST(CamtReader, RefusesWhatIsCutAnywhere) {
  const std::string bytes = own_file("camt053_german.xml");
  const std::size_t end = bytes.find("</Document>") + std::string{"</Document>"}.size();
  for (std::size_t size = 0; size < end; ++size)
    ASSERT_TRUE(camt_refusal_of([&] {
                  camt_from(std::string_view{bytes}.substr(0, size));
                }).starts_with("statement_unreadable: "))
        << size;
  EXPECT_EQ(camt_from(std::string_view{bytes}.substr(0, end)).statements.size(), 1u);
}

TEST(CamtReader, PrefersTheBalancesOfTheBook) {
  const auto balance = [](std::string_view code, std::string_view amount, std::string_view more = "") {
    return "<Bal><Tp><CdOrPrtry><Cd>" + std::string{code} + "</Cd></CdOrPrtry>" + std::string{more} +
           "</Tp><Amt Ccy=\"EUR\">" + std::string{amount} +
           "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>";
  };
  const auto read = [](const std::string& balances) {
    const Statement statement = camt_from(camt053_of(balances)).statements.at(0);
    return (statement.opening ? text_of(statement.opening->amount) : "-") + " " +
           (statement.closing ? text_of(statement.closing->amount) : "-");
  };
  const std::string interim = "<SubTp><Cd>INTM</Cd></SubTp>";
  EXPECT_EQ(read(balance("PRCD", "1") + balance("OPBD", "2") + balance("CLBD", "3")), "2 3");
  EXPECT_EQ(read(balance("CLAV", "8") + balance("PRCD", "1") + balance("CLBD", "3") + balance("FWAV", "9")),
            "1 3");
  EXPECT_EQ(read(balance("OPBD", "1") + balance("ITBD", "4")), "1 4");
  EXPECT_EQ(read(balance("ITBD", "4") + balance("CLBD", "5")), "4 5");
  EXPECT_EQ(read(balance("ITBD", "4", interim) + balance("ITBD", "6", interim)), "4 6");
  EXPECT_EQ(read(balance("ITBD", "4")), "- 4");
  EXPECT_EQ(read(balance("OPBD", "1", interim) + balance("OPBD", "2") + balance("CLBD", "5") +
                 balance("CLBD", "4", interim)),
            "2 5");
  EXPECT_EQ(read(""), "- -");
}

TEST(CamtReader, NotesABalanceThatItCannotUse) {
  const ReadFile file =
      camt_from(camt053_of("<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">1</Amt></Bal>"
                           "<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt "
                           "Ccy=\"USD\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>"));
  EXPECT_EQ(notes_of(file),
            "balance_without_sign (Stmt 1, Bal 1) schema_broken (Stmt 1, Bal 2) balance_currency (Stmt 1) "
            "balance_missing (Stmt 1) ");
}

TEST(CamtReader, TakesAnEntrysReferenceForAnIdOnlyIfItCountsNothing) {
  const auto id = [](std::string_view references) { return line_of(entry_of(references)).bank_id; };
  EXPECT_EQ(id("<NtryRef>1</NtryRef>"), "");
  EXPECT_EQ(id("<NtryRef>2026-03-04-000017</NtryRef>"), "2026-03-04-000017");
  EXPECT_EQ(id("<NtryRef>2026-03-04-000017</NtryRef><AcctSvcrRef>A</AcctSvcrRef>"), "A");
  EXPECT_EQ(line_of(payment_of("<Refs><AcctSvcrRef>D</AcctSvcrRef></Refs>")).bank_id, "D");
  const std::string twice = entry_of("<NtryRef>2026-03-04-000017</NtryRef>");
  EXPECT_EQ(line_of(twice + twice).bank_id, "");
}

TEST(CamtReader, RecognisesItsKindByAnyPrefix) {
  EXPECT_TRUE(is_camt(own_file("camt053_new.xml")));
  EXPECT_TRUE(is_camt(own_file("camt054_details.xml")));
  EXPECT_FALSE(is_camt("<Document><CstmrCdtTrfInitn/></Document>"));
  EXPECT_FALSE(is_camt("BkToCstmrStmt"));
}

TEST(CamtReader, ReadsOnlyPartiesThatAreNotTheOwner) {
  const auto name = [](std::string_view parties) {
    return detail_of("<RltdPties>" + std::string{parties} + "</RltdPties>").counterparty.name;
  };
  EXPECT_EQ(name("<Dbtr><Nm>A</Nm></Dbtr><Cdtr><Nm>B</Nm></Cdtr>"), "A");
  EXPECT_EQ(name("<Cdtr><Nm>B</Nm></Cdtr>"), "B");
  EXPECT_EQ(name("<Cdtr><Nm>Rivers Co-op</Nm></Cdtr>"), "");
  EXPECT_EQ(name("<Dbtr><Nm>Rivers Co-op</Nm></Dbtr><Cdtr><Nm>B</Nm></Cdtr>"), "B");
  EXPECT_EQ(name("<Dbtr><Nm>A</Nm></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct>"
                 "<Cdtr><Nm>B</Nm></Cdtr>"),
            "B");
}

TEST(CamtReader, ReadsTheCharacterSetThatTheFileHas) {
  const auto name = [](const std::string& bytes) {
    return camt_from(bytes).statements.at(0).lines.at(0).details.at(0).counterparty.name;
  };
  const std::string body = camt053_of(payment_of("<RltdPties><Dbtr><Nm>J\xFCrgen</Nm></Dbtr></RltdPties>"));
  EXPECT_EQ(name("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + body), "J\xC3\xBCrgen");
  EXPECT_EQ(notes_of(camt_from("<?xml version='1.0' encoding='ISO-8859-1'?>" + body)).find("charset"),
            std::string::npos);
  EXPECT_EQ(name("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + body), "J\xC3\xBCrgen");
  EXPECT_NE(notes_of(camt_from("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + body)).find("charset_guessed"),
            std::string::npos);
  std::string wide = "\xFF\xFE";
  for (const char byte : body) wide += {byte, '\0'};
  EXPECT_EQ(name(wide), "J\xC3\xBCrgen");
}

RC_GTEST_PROP(CamtReader, ReadsWhatWasWritten, ()) {
  const auto cents = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-1'000'000, 1'000'000));
  std::string entries;
  for (const int amount : cents) {
    const std::string digits = std::to_string(1'000'000'000 + std::abs(amount)).substr(1);
    entries += "<Ntry><Amt Ccy=\"EUR\">" + digits.substr(0, 7) + "." + digits.substr(7) +
               "</Amt><CdtDbtInd>" + (amount < 0 ? "DBIT" : "CRDT") +
               "</CdtDbtInd><Sts>BOOK</Sts><AcctSvcrRef>R" + std::to_string(amount) + "</AcctSvcrRef></Ntry>";
  }
  const Statement statement = camt_from(camt053_of(entries)).statements.at(0);
  RC_ASSERT(statement.lines.size() == cents.size());
  for (std::size_t i = 0; i < cents.size(); ++i) {
    RC_ASSERT(find_int64(*whole_minor(statement.lines[i].amount, 2)) == std::int64_t{cents[i]});
    RC_ASSERT(statement.lines[i].bank_id == "R" + std::to_string(cents[i]));
  }
}

}  // namespace
}  // namespace coop::statements
