#include "ledger/statements/ofx_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/statements/statement_files.hpp"

namespace coop::statements {
namespace {

using test::codes_of;
using test::find_sample;
using test::own_file;
using test::refusal_of;
using test::shown;

/// A file with these lines, in SGML without any header.
ReadFile with_lines(const std::string& lines) {
  return ofx_from("<OFX><STMTRS><CURDEF>EUR<BANKTRANLIST><DTEND>20260131\n" + lines + "</STMTRS></OFX>");
}

std::string amounts_of(const std::vector<std::string>& amounts) {
  std::string lines;
  for (const std::string& amount : amounts)
    lines += "<STMTTRN><DTPOSTED>20260102<TRNAMT>" + amount + "</STMTTRN>";
  std::string read;
  for (const Line& line : with_lines(lines).statements.at(0).lines) read += text_of(line.amount) + " ";
  return read;
}

TEST(Ofx, ReadsSloppySgml) {
  const ReadFile file = ofx_from(own_file("sloppy.ofx"));
  EXPECT_EQ(file.version, "OFX 102");
  ASSERT_EQ(file.statements.size(), 1u);
  const Statement& statement = file.statements[0];
  EXPECT_EQ(shown(statement), "20030040/12345678 EUR /: ? -> 1000 on 2026-03-31, 2 lines");
  EXPECT_EQ(statement.first_day, Day::parse("2026-03-01"));
  const Line& first = statement.lines[0];
  EXPECT_EQ(shown(first), "2026-03-02 1250.00 DEBIT [F1] ");
  EXPECT_EQ(shown(first.details.at(0)), "Gärtnerei & Söhne|||a < b");
  EXPECT_EQ(first.place, "line 5");
  EXPECT_TRUE(first.raw.starts_with("<STMTTRN><TRNTYPE>DEBIT") && first.raw.ends_with("a < b")) << first.raw;
  const Line& second = statement.lines[1];
  EXPECT_EQ(shown(second), "2026-03-03 -200.00 CREDIT [F1] ");
  EXPECT_EQ(shown(second.details.at(0)), "Ida|DE89370400440532013000|GENODEF1XYZ|Dues");
  EXPECT_EQ(second.details[0].references.instruction, "17");
  EXPECT_TRUE(second.raw.ends_with("</STMTTRN>")) << second.raw;
}

TEST(Ofx, ReadsSeveralAccountsOfXml) {
  const ReadFile file = ofx_from(own_file("several.ofx"));
  EXPECT_EQ(file.version, "OFX 211");
  ASSERT_EQ(file.statements.size(), 2u);
  EXPECT_EQ(shown(file.statements[0]), "123/9100 USD /: ? -> 111 on 2026-01-31, 3 lines");
  EXPECT_EQ(shown(file.statements[1]), "/41111111 USD /: ? -> -222 on 2026-01-31, 0 lines");
  const std::vector<Line>& lines = file.statements[0].lines;
  EXPECT_EQ(shown(lines[0]), "2026-01-05 115.8331 CREDIT [A1] ");
  EXPECT_EQ(shown(lines[0].details.at(0)), "José <dues>|||a <b> & c");
  EXPECT_EQ(shown(lines[1]), "2026-01-31 -1 OTHER [A2] ");
  EXPECT_EQ(lines[1].currency, "CAD");
  EXPECT_EQ(shown(lines[2]), "2026-02-28 -2 OTHER [A2] ");
  EXPECT_EQ(codes_of(file), "investments_skipped day_missing day_clamped correction ");
}

TEST(Ofx, DecidesTheDecimalMarkOverAllAmounts) {
  EXPECT_EQ(amounts_of({"-200,00", "1.000"}), "-200.00 1000 ");
  EXPECT_EQ(amounts_of({"200.5", "1,000", "1,234,567.25"}), "200.5 1000 1234567.25 ");
  EXPECT_EQ(amounts_of({"29.000", "-80.000"}), "29.000 -80.000 ");
  EXPECT_EQ(amounts_of({"29,000"}), "29.000 ");
  EXPECT_EQ(amounts_of({"-995.4190396554627", "7"}), "-995.4190396554627 7 ");
  EXPECT_EQ(refusal_of([] { amounts_of({"1.000", "1,000"}); }),
            "statement_undecided: TRNAMT: the decimal mark, a comma or a point");
  EXPECT_EQ(refusal_of([] { amounts_of({"1.00", "1,00"}); }),
            "statement_unreadable: line 2, TRNAMT: the decimal mark is another than in line 2");
}

TEST(Ofx, NamesThePlaceOfWhatItCannotRead) {
  for (const std::string amount : {"$120", "12..34", "1e5", "--1", "1,2,3.4", "EUR 5", "1.00.0"})
    EXPECT_EQ(
        refusal_of([&] { with_lines("<STMTTRN>\n<DTPOSTED>20260102<TRNAMT>" + amount + "</STMTTRN>"); }),
        "statement_unreadable: line 3: TRNAMT is no amount: '" + amount + "'");
  EXPECT_EQ(refusal_of([] { with_lines("<STMTTRN><DTPOSTED>20260102</STMTTRN>"); }),
            "statement_unreadable: line 2: the line has no amount (TRNAMT)");
  EXPECT_EQ(refusal_of([] { with_lines("<STMTTRN><DTPOSTED>20261302<TRNAMT>1</STMTTRN>"); }),
            "statement_unreadable: line 2: DTPOSTED is no day: '20261302'");
  EXPECT_EQ(refusal_of([] { ofx_from("<OFX><STMTRS><STMTTRN><TRNAMT>1</STMTTRN></STMTRS></OFX>"); }),
            "statement_unreadable: line 1: the line has no day (DTPOSTED)");
  EXPECT_EQ(refusal_of([] { ofx_from("<OFX></OFX>"); }),
            "statement_unreadable: the file: there is no statement of a bank account or card in it");
  EXPECT_EQ(refusal_of([] { ofx_from("<Document></Document>"); }),
            "statement_format_unknown: there is no tag <OFX>");
}

TEST(Ofx, ReadsAMonthWithTwoEqualPayments) {
  const ReadFile file = ofx_from(own_file("march.ofx"));
  EXPECT_EQ(shown(file.statements.at(0)), "10278/00020480501 EUR /: ? -> 2078.35 on 2026-03-31, 5 lines");
  EXPECT_EQ(shown(file.statements[0].lines[1]), "2026-03-02 20.00 CREDIT [M-2] ");
}

TEST(Ofx, ReadsOrRefusesAFileThatIsCutAnywhere) {
  for (const char* name : {"sloppy.ofx", "several.ofx", "march.ofx"}) {
    const std::string bytes = own_file(name);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const std::string result = refusal_of([&] { ofx_from(bytes.substr(0, size)); });
      EXPECT_TRUE(result == "read" || result.starts_with("statement_")) << result;
    }
  }
}

TEST(Ofx, ReadsTheRealFilesAsExpected) {
  const std::tuple<const char*, const char*> files[] = {
      {"anzcc.ofx", "1 lines -5.50, -123.45 "},
      {"bank_medium.ofx", "3 lines -345.27, 382.34 "},
      {"checking.ofx", "3 lines -59.50, 100.99 "},
      {"date_missing.ofx", "3 lines 320.00, 0 "},
      {"multiple_accounts.ofx", "0 lines 0, 111 0 lines 0, 222 "},
  };
  for (const auto& [name, expected] : files) {
    const auto bytes = find_sample(std::string{"ofx/ofxparse__"} + name);
    if (!bytes) GTEST_SKIP() << "no real files here";
    std::string read;
    for (const Statement& statement : ofx_from(*bytes).statements)
      read += std::to_string(statement.lines.size()) + " lines " + text_of(test::sum_of(statement)) + ", " +
              text_of(statement.closing.value().amount) + " ";
    EXPECT_EQ(read, expected) << name;
  }
  const auto bad = find_sample("ofx/ofxparse__decimal_error.ofx");
  if (!bad) GTEST_SKIP() << "no real files here";
  EXPECT_EQ(refusal_of([&] { ofx_from(*bad); }),
            "statement_unreadable: line 37: TRNAMT is no amount: '$120'");
}

RC_GTEST_PROP(Ofx, ReadsBackWhatWasWritten, ()) {
  const auto amounts = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-1'000'000, 1'000'000));
  const bool has_ends = *rc::gen::arbitrary<bool>();
  std::string lines;
  for (const int amount : amounts) {
    const auto element = [&](const std::string& name, const std::string& value) {
      lines += "<" + name + ">" + value + (has_ends ? "</" + name + ">" : "\n");
    };
    lines += "<STMTTRN>";
    element("DTPOSTED", "20260102");
    element("TRNAMT", text_of(Decimal{amount, 2}));
    element("NAME", "A &amp; " + std::to_string(amount));
    lines += "</STMTTRN>";
  }
  const Statement statement = with_lines(lines).statements.at(0);
  RC_ASSERT(statement.lines.size() == amounts.size());
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    RC_ASSERT(whole_minor(statement.lines[i].amount, 2) == Digits{amounts[i]});
    RC_ASSERT(statement.lines[i].details.at(0).counterparty.name == "A & " + std::to_string(amounts[i]));
  }
}

}  // namespace
}  // namespace coop::statements
