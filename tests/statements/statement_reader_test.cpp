#include "ledger/statements/statement_reader.hpp"

#include <gtest/gtest.h>

#include "tests/statements/camt_files.hpp"
#include "tests/statements/packed_zip.hpp"

namespace coop::statements {
namespace {

using namespace test;

std::string refusal_for(std::string_view bytes) {
  return refusal_of([&] { read_statements(bytes); });
}

TEST(StatementReader, ReadsAFileByWhatItHolds) {
  for (const char* name :
       {"camt053_new.xml", "camt053_german.xml", "camt052_interim.xml", "camt054_details.xml"}) {
    const auto read = read_statements(own_file(name));
    ASSERT_EQ(read.size(), 1u) << name;
    EXPECT_EQ(read[0].name, "");
    EXPECT_FALSE(read[0].file.statements.empty());
  }
}

TEST(StatementReader, ReadsEveryFileOfAZip) {
  const auto read = read_statements(zip_of({{"march.txt", own_file("camt053_new.xml")},
                                            {"february", own_file("camt053_german.xml")},
                                            {"march.pdf", "%PDF-1.4"}}));
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0].name, "february");
  EXPECT_EQ(read[1].file.version, "camt.053.001.08");
  EXPECT_EQ(read[0].file.notes.back().code, "file_left_out");
}

TEST(StatementReader, NamesTheFileOfAZipThatItRefuses) {
  EXPECT_EQ(refusal_for(zip_of({{"a.xml", camt053_of(entry_of(""))}, {"b.xml", camt053_of("<Ntry/>")}})),
            "statement_unreadable: “b.xml”: Stmt 1, Ntry 1: there is no Amt");
  EXPECT_EQ(refusal_for(zip_of({{"a.bin", "what?"}})),
            "statement_format_unknown: “a.bin” looks like nothing that is known here");
  EXPECT_TRUE(refusal_for(zip_of({{"a.pdf", "%PDF-1"}}))
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
    EXPECT_TRUE(refusal_for(bytes).starts_with("statement_format_unknown: it looks like " + words))
        << refusal_for(bytes);
}

}  // namespace
}  // namespace coop::statements
