// What hledger's JSON says and an import takes over, loses not and tells; hledger need not be installed.
#include <gtest/gtest.h>

#include <fstream>

#include "ledger/journals/import_service.hpp"
#include "ledger/journals/program.hpp"
#include "tests/support/judged_exports.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_books.hpp"

namespace coop::journals {
namespace {

/// A posting as a journal would say it.
struct Written {
  std::string account;
  std::string mantissa;
  std::string comment = {};
  std::string tags = {};  ///< as JSON: ["fund","media"]
  std::string commodity = "EUR";
  std::string cost = "null";
};

std::string escaped(const std::string& comment) {
  std::string text;
  for (const char character : comment) text += character == '\n' ? "\\n" : std::string{character};
  return text;
}

std::string amount_of(const std::string& mantissa, const std::string& commodity, const std::string& cost) {
  return R"({"acommodity":")" + commodity + R"(","aprice":)" + cost + R"(,"aquantity":{"decimalMantissa":)" +
         mantissa + R"(,"decimalPlaces":2}})";
}

/// Entries of January 2026 as hledger prints them, one a day.
class Printed {
 public:
  Printed& entry(const std::vector<Written>& postings, const std::string& comment = {},
                 const std::string& tags = {}) {
    std::string lines;
    for (const Written& one : postings) {
      lines += (lines.empty() ? "" : ",") + (R"({"paccount":")" + one.account) + R"(","pamount":[)" +
               amount_of(one.mantissa, one.commodity, one.cost) + R"(],"pcomment":")" + escaped(one.comment) +
               R"(","ptags":[)" + one.tags + R"(],"ptype":"RegularPosting"})";
    }
    ++day_;
    text_ += (day_ == 1 ? "" : ",") + (R"({"tdate":"2026-01-)" + std::to_string(10 + day_)) +
             R"(","tdescription":"x","tcomment":")" + escaped(comment) + R"(","ttags":[)" + tags +
             R"(],"tsourcepos":[{"sourceLine":)" + std::to_string(day_ * 10) +
             R"(,"sourceName":"/x/a.journal"}],"tpostings":[)" + lines + "]}";
    return *this;
  }
  std::string text() const { return "[" + text_ + "]"; }

 private:
  std::string text_;
  int day_ = 0;
};

using Lines = std::vector<std::string>;

class ImportJson : public test::BooksTest {
 protected:
  ImportReport import(const Printed& printed) {
    std::ofstream{file_.path()} << printed.text();
    return import_journal(db(), "bcn", file_.path(), options_, author());
  }
  Lines obstacles(const Printed& printed) {
    std::ofstream{file_.path()} << printed.text();
    return told(preview_import(db(), "bcn", file_.path(), options_).obstacles);
  }
  static Lines told(const std::vector<ImportDoubt>& doubts) {
    Lines lines;
    for (const ImportDoubt& doubt : doubts)
      lines.push_back(doubt.place.empty() ? doubt.text : doubt.place + ": " + doubt.text);
    return lines;
  }
  // Each posting of the last entry: "assets:a fund media" with its note.
  std::string last_entry() {
    return superuser_value(
        "SELECT string_agg(concat_ws(' ', a.path, f.code, m.code, c.code, nullif(p.note, '')), '; ' ORDER BY "
        "line) FROM posting p JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id LEFT JOIN "
        "dimension f ON f.node_id = p.node_id AND f.id = p.fund_id LEFT JOIN dimension m ON m.node_id = "
        "p.node_id AND m.id = p.member_id LEFT JOIN dimension c ON c.node_id = p.node_id AND c.id = "
        "p.cost_object_id WHERE p.entry_number = (SELECT max(number) FROM entry)");
  }

  ImportOptions options_ = [] {
    ImportOptions options;
    options.may_run_hledger = false;
    options.may_make_units = true;
    return options;
  }();

 private:
  TemporaryFile file_;
};

TEST_F(ImportJson, TakesTagsOfOnePostingThatStandTogether) {
  const auto report = import(
      Printed{}.entry({{"assets:a", "100", "fund:media, member:M1\n", R"(["fund","media"],["member","M1"])"},
                       {"income:i", "-100", "cost_object: x\nthanks\n", R"(["cost_object","x"])"}}));
  EXPECT_EQ(last_entry(), "assets:a media M1; income:i x thanks");
  EXPECT_EQ(told(report.notes),
            (Lines{"1 posting is about the fund media (new)", "1 posting is about the member M1 (new)",
                   "1 posting is about the cost_object x (new)"}));
}

TEST_F(ImportJson, TakesTheFirstOfTwoCodesAndTellsOfTheOther) {
  const auto report = import(
      Printed{}
          .entry({{"assets:a", "100", "fund:media, fund:other\n", R"(["fund","media"],["fund","other"])"},
                  {"income:i", "-100"}})
          .entry({{"assets:a", "100", "fund:media\nfund:media\n", R"(["fund","media"],["fund","media"])"},
                  {"income:i", "-100", "", R"(["fund","own"],["fund","of_account"])"}}));
  EXPECT_EQ(last_entry(), "assets:a media; income:i own");
  EXPECT_EQ(superuser_value("SELECT note FROM posting WHERE entry_number = 1 AND line = 1"),
            "fund:media, fund:other");
  EXPECT_EQ(
      told(report.notes),
      (Lines{"2 postings are about the fund media (new)", "1 posting is about the fund own (new)",
             "a.journal:10: assets:a: a posting has one fund, the first: 'fund:other' stays in the note"}));
}

TEST_F(ImportJson, GivesAnEntrysTagsToItsPostingsWhereTheDimensionExists) {
  add(books::DimensionKind::fund, {"media"});
  const auto report = import(Printed{}.entry(
      {{"assets:a", "100"}, {"income:i", "-100", "fund:own\n", R"(["fund","own"])"}},
      "fund:media, member:M1\nfund:media\n", R"(["fund","media"],["member","M1"],["fund","media"])"));
  EXPECT_EQ(last_entry(), "assets:a media fund:media, member:M1; income:i own");
  EXPECT_EQ(
      told(report.notes),
      (Lines{"1 posting is about the fund media", "1 posting is about the fund own (new)",
             "a.journal:10: 'member:M1' of an entry is no dimension of this node: it stays in the note"}));
  import(Printed{}.entry({{"assets:b", "100"}, {"income:j", "-100"}}, "fund:media\n", R"(["fund","media"])"));
  EXPECT_EQ(last_entry(), "assets:b media; income:j media");
}

TEST_F(ImportJson, TellsOnceWhichTagValuesAreNone) {
  Printed printed;
  for (int i = 0; i < 3; ++i) {
    printed.entry(
        {{"assets:a", "100", "fund:media group\n", R"(["fund","media group"])"}, {"income:i", "-100"}},
        "member:M1\n", R"(["member","M1"])");
  }
  const auto report = import(printed);
  EXPECT_EQ(last_entry(), "assets:a member:M1; fund:media group; income:i");
  EXPECT_EQ(
      told(report.notes),
      (Lines{
          "a.journal:10: 'member:M1' of an entry is no dimension of this node: it stays in the note "
          "(and 2 more)",
          "a.journal:10: 'fund:media group' is no code of a dimension: it stays in the note (and 2 more)"}));
}

TEST_F(ImportJson, GetsBackAllDimensionsOfWhatWasExported) {
  if (!find_program("hledger")) GTEST_SKIP() << "hledger is not installed";
  for (const books::DimensionKind kind : books::dimension_kinds) add(kind, {"a.b/c-D_1", "x"});
  open("assets:a");
  open("income:i");
  record("2026-01-02",
         {{"assets:a", "1.00", {"a.b/c-D_1", "a.b/c-D_1", "a.b/c-D_1", "a.b/c-D_1"}, "fund:x, y"},
          {"income:i", "-1.00", {"x", {}, "x", {}}, ""}});
  const auto about = [&](const std::string& node) {
    return superuser_value(
        "SELECT string_agg(concat_ws(' ', d.kind, d.code, p.note), '; ' ORDER BY line, d.kind) FROM posting "
        "p "
        "JOIN node n ON n.id = p.node_id JOIN dimension d ON d.node_id = p.node_id AND d.id IN (p.fund_id, "
        "p.member_id, p.cost_object_id, p.tax_code_id) WHERE n.name = '" +
        node + "'");
  };
  options_.may_run_hledger = true;
  for (const Dialect dialect : {Dialect::hledger, Dialect::ledger}) {
    const TemporaryFile exported;
    test::export_to(exported.path(), db(), "bcn", dialect);
    const std::string back{text_of(dialect)};
    use_node(back);
    EXPECT_EQ(import_journal(db(), back, exported.path(), options_, author()).recorded, 1);
    EXPECT_EQ(about(back), about("bcn")) << back;
  }
}

// Ten entries of the most that a posting moves: the last passes 2^63.
Printed too_much(const std::string& to, const std::string& from) {
  Printed printed;
  for (int i = 0; i < 10; ++i) printed.entry({{to, "1000000000000000000"}, {from, "-1000000000000000000"}});
  return printed;
}

TEST_F(ImportJson, TakesWhatABookHoldsOnBothSides) {
  import(Printed{}
             .entry({{"assets:a", "1000000000000000000"}, {"income:i", "-1000000000000000000"}})
             .entry({{"assets:a", "-1000000000000000000"}, {"income:i", "1000000000000000000"}})
             .entry({{"assets:b", "1000000000000000000"}, {"income:j", "-1000000000000000000"}}));
  EXPECT_EQ(balance("assets:a"), "0.00");
  EXPECT_EQ(balance("assets:b"), "10000000000000000.00");
  EXPECT_EQ(
      obstacles(Printed{}.entry({{"assets:b", "1000000000000000001"}, {"income:j", "-1000000000000000001"}})),
      (Lines{"a.journal:10: assets:b: 10000000000000000.01 EUR is more than one posting moves; give the "
             "commodity a unit with fewer decimals",
             "a.journal:10: income:j: -10000000000000000.01 EUR is more than one posting moves; give the "
             "commodity a unit with fewer decimals"}));
  EXPECT_EQ(obstacles(too_much("assets:b", "income:j")),
            (Lines{"a.journal:100: assets:b: the sum of its amounts is more than books hold",
                   "a.journal:100: income:j: the sum of its amounts is more than books hold"}));
}

// The books keep what moved on each side of an account in a month and in a year.
TEST_F(ImportJson, NamesTheYearInWhichAnAccountWouldMoveTooMuch) {
  EXPECT_EQ(obstacles(too_much("assets:b", "assets:b")),
            (Lines{"a.journal:100: assets:b: the sum of its debits in 2026 is more than books hold",
                   "a.journal:100: assets:b: the sum of its credits in 2026 is more than books hold"}));
}

// hledger turns the total 10.50 of "-5 ACME @@ -10.50 EUR" and of "-5 ACME @@ 10.50 EUR".
TEST_F(ImportJson, ReadsATotalWithTheSignThatItWasWrittenWith) {
  const auto at_total = [](const std::string& mantissa) {
    return R"({"tag":"TotalPrice","contents":)" + amount_of(mantissa, "EUR", "null") + "}";
  };
  import(Printed{}
             .entry({{"assets:s", "-500", "", "", "ACME", at_total("1050")}, {"assets:low", "-1050"}})
             .entry({{"assets:s", "-500", "", "", "ACME", at_total("-1050")}, {"assets:usual", "1050"}})
             .entry({{"assets:s", "500", "", "", "ACME", at_total("-1050")}, {"assets:odd", "1050"}}));
  EXPECT_EQ(balance("assets:low"), "-10.50");
  EXPECT_EQ(balance("assets:usual"), "10.50");
  EXPECT_EQ(balance("assets:odd"), "10.50");
  EXPECT_EQ(
      superuser_value("SELECT string_agg(note, '; ' ORDER BY entry_number) FROM posting WHERE note <> ''"),
      "@@ -10.50 EUR; @@ 10.50 EUR; @@ -10.50 EUR");
}

TEST_F(ImportJson, TellsWhichNamesOfAccountsAreStoredOtherwise) {
  const auto report = import(Printed{}.entry(
      {{"assets:[x]", "100"}, {"assets::double", "100"}, {"assets: space", "100"}, {"income:i", "-300"}}));
  EXPECT_EQ(
      told(report.notes),
      (Lines{"3 names of accounts are stored otherwise, as paths can be: 'assets: space' as "
             "'assets:%20space', 'assets::double' as 'assets:_:double', 'assets:[x]' as 'assets:%5Bx]'"}));
}

TEST_F(ImportJson, ProposesOnlyCodesThatItWouldTake) {
  Printed printed;
  for (const char* commodity : {"", "$", "USD", "%", "H 2", "H2", "Item 5", "h", "ITEM 5", "d'or"})
    printed.entry({{"assets:a", "100", "", "", commodity}, {"income:i", "-100", "", "", commodity}});
  EXPECT_EQ(
      obstacles(printed),
      (Lines{"which unit are amounts without a commodity? Say it with --commodity '=…', the code of a unit",
             "which unit is the commodity '$'? Say it with --commodity '$=USD'",
             "which unit is the commodity '%'? Say it with --commodity '%=…', the code of a unit",
             "which unit is the commodity 'H 2'? Say it with --commodity 'H 2=…', the code of a unit",
             "which unit is the commodity 'ITEM 5'? Say it with --commodity 'ITEM 5=ITEM5'",
             "which unit is the commodity 'Item 5'? Say it with --commodity 'Item 5=…', the code of a unit",
             "which unit is the commodity 'd'or'? Say it with --commodity 'd'\\''or=DOR'",
             "which unit is the commodity 'h'? Say it with --commodity 'h=…', the code of a unit"}));
  options_.may_make_units = false;
  EXPECT_EQ(obstacles(Printed{}.entry({{"assets:a", "100", "", "", "$"}, {"income:i", "-100", "", "", "$"}})),
            (Lines{"which unit is the commodity '$'? Say it with --commodity '$=…', the code of a unit"}));
}

}  // namespace
}  // namespace coop::journals
