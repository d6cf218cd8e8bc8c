#include "ledger/statements/statement_reader.hpp"

#include <gtest/gtest.h>

#include "tests/statements/camt_files.hpp"
#include "tests/statements/packed_zip.hpp"

namespace coop::statements {
namespace {

using namespace test;

std::string file_refusal_for(std::string_view bytes) {
  return camt_refusal_of([&] { read_statements(bytes); });
}

TEST(StatementReader, ReadsAFileByWhatItHolds) {
  for (const char* name :
       {"camt053_new.xml", "camt053_german.xml", "camt052_interim.xml", "camt054_details.xml"}) {
    const auto read = read_statements(own_file(name));
    ASSERT_EQ(read.size(), 1u) << name;
    EXPECT_EQ(read[0].name, "");
    EXPECT_FALSE(read[0].statements.empty());
  }
}

TEST(StatementReader, TellsTheFormsApart) {
  const auto form = [](std::string_view bytes) {
    const Form* found = find_form(bytes);
    return found ? std::string{found->name} : "none";
  };
  EXPECT_EQ(form(own_file("camt053_new.xml")), "camt.052, camt.053 or camt.054");
  EXPECT_EQ(form("OFXHEADER:100\r\n\r\n<ofx><SIGNONMSGSRSV1>"), "OFX");
  EXPECT_EQ(form("{1:F01BANKDEFF}{4:\r\n:20:STARTUMS\r\n:25:12345678/0001\r\n"), "MT940 or MT942");
  EXPECT_EQ(form("BANK\r940\r:20:940\r:25:1\r:60F:C1"), "MT940 or MT942");
  EXPECT_EQ(form("!type:Bank\nD1/2'26\nT5\n^\n"), "QIF");
  EXPECT_EQ(form("Konto;1\n\nBuchungstag;Verwendungszweck;Betrag\n"), "CSV");
  EXPECT_EQ(form("Note: 20:15 Uhr\n:20: only once"), "none");
  EXPECT_EQ(form(""), "none");
}

TEST(StatementReader, ReadsTheFormsByThemselvesAndTogether) {
  const std::string mt940 =
      ":20:STARTUMS\r\n:25:37040044/532013000\r\n:28C:1/"
      "1\r\n:60F:C260301EUR1,00\r\n:61:2603020302C2,00NTRFNONREF\r\n"
      ":86:Dues\r\n:62F:C260302EUR3,00\r\n-\r\n";
  const std::string qif = "!Type:Bank\nD2026-03-02\nT-5.00\nPShop\n^\n";
  EXPECT_EQ(read_statements(mt940)[0].kind, FileKind::mt940);
  EXPECT_EQ(read_statements(qif)[0].kind, FileKind::qif);
  const auto read =
      read_statements(zip_of({{"1.sta", mt940}, {"2.qif", qif}, {"3.xml", own_file("camt052_interim.xml")}}));
  ASSERT_EQ(read.size(), 3u);
  EXPECT_EQ(read[2].kind, FileKind::camt052);
}

TEST(StatementReader, ReadsCsvByTheProfileThatKnowsItsHeader) {
  const std::string bytes = "When,What,How much\n2026-03-02,Dues,5.00\n";
  EXPECT_EQ(file_refusal_for(bytes), "statement_format_unknown: it looks like nothing that is known here");
  CsvProfile other;
  other.day = "day";
  CsvProfile saved;
  saved.fingerprint = header_fingerprint({"When", "What", "How much"});
  saved.day = "when";
  saved.amount = "how much";
  const auto read = read_statements(bytes, {{}, {other, saved}});
  EXPECT_EQ(text_of(read.at(0).statements.at(0).lines.at(0).amount), "5.00");
  CsvProfile places;
  places.has_header = false;
  places.day = "#1";
  places.amount = "#2";
  EXPECT_EQ(read_statements("2026-03-02,5\n", {{}, {saved, places}})[0].statements.size(), 1u);
  EXPECT_EQ(read_statements("Date,Amount\n2026-03-02,-5\n")[0].notes.at(0).code, "profile_proposed");
}

TEST(StatementReader, ReadsEveryFileOfAZip) {
  const auto read = read_statements(zip_of({{"march.txt", own_file("camt053_new.xml")},
                                            {"february", own_file("camt053_german.xml")},
                                            {"march.pdf", "%PDF-1.4"}}));
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0].name, "february");
  EXPECT_EQ(read[1].version, "camt.053.001.08");
  EXPECT_EQ(read[0].notes.back().code, "file_left_out");
}

TEST(StatementReader, NamesTheFileOfAZipThatItRefuses) {
  EXPECT_EQ(file_refusal_for(zip_of({{"a.xml", camt053_of(entry_of(""))}, {"b.xml", camt053_of("<Ntry/>")}})),
            "statement_unreadable: “b.xml”: Stmt 1, Ntry 1: there is no Amt");
  EXPECT_EQ(file_refusal_for(zip_of({{"a.bin", "what?"}})),
            "statement_format_unknown: “a.bin” looks like nothing that is known here");
  EXPECT_TRUE(file_refusal_for(zip_of({{"a.pdf", "%PDF-1"}}))
                  .starts_with("statement_format_unknown: “a.pdf” looks like a PDF"));
}

TEST(StatementReader, SaysWhatAnUnknownFileLooksLike) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"", "an empty file"},
      {" \r\n", "an empty file"},
      {"%PDF-1.7 and so on", "a PDF document"},
      {"\x89PNG\r\n", "a picture (PNG)"},
      {"\xD0\xCF\x11\xE0\xA1", "an old spreadsheet"},
      {"<!DOCTYPE html><html><body>Login</body></html>", "a page of a website"},
      {"\xEF\xBB\xBF\n<!doctype HTML>", "a page of a website"},
      {"<html lang=\"de\">", "a page of a website"},
      {"<Document xmlns=\"pain\"><CstmrCdtTrfInitn>", "a payment order (pain.001)"},
      {"<p:Document><p:CstmrPmtStsRpt>", "a report on an order (pain.002)"},
      {"<Document><CstmrDrctDbtInitn>", "a direct debit order (pain.008)"},
      {"<Document><RsltnOfInvstgtn>", "an answer to an investigation (camt.029)"},
      {"<Document><FIToFIPmtCxlReq>", "a request to cancel a payment (camt.056)"},
      {"<?xml version=\"1.0\"?><feed/>", "XML that is no statement of a bank"},
      {"{\"id\": 1}", "a JSON document"},
      {"hello", "nothing that is known here"},
      {zip_of({{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", "<x/>"}}),
       "a spreadsheet or document of Office"},
      {zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}),
       "a spreadsheet or document of LibreOffice"}};
  for (const auto& [bytes, words] : table)
    EXPECT_TRUE(file_refusal_for(bytes).starts_with("statement_format_unknown: it looks like " + words))
        << file_refusal_for(bytes);
}

TEST(StatementReader, ReadsRealFilesOrSaysWhyNot) {
  if (!std::filesystem::exists(bank_samples())) GTEST_SKIP() << "no files of banks on this machine";
  for (const char* form : {"camt052", "camt053", "camt054", "mt940", "ofx", "qif", "pain", "csv"}) {
    for (const auto& file : std::filesystem::directory_iterator{bank_samples() / form}) {
      const std::string refusal = file_refusal_for(bytes_of(file.path()));
      const bool is_known = std::string_view{form} != "pain" && std::string_view{form} != "csv";
      EXPECT_TRUE(refusal == "accepted" || refusal.starts_with("statement_")) << file.path() << refusal;
      EXPECT_FALSE(is_known && refusal.starts_with("statement_format_unknown")) << file.path() << refusal;
    }
  }
}

}  // namespace
}  // namespace coop::statements
