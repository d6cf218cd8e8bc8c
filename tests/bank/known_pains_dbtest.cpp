// What other programs are known to get wrong with files of banks, as reported in public by those who used
// them. Each is tried here as the treasurer met it.
#include "ledger/bank/match_service.hpp"
#include "ledger/books/period_lock_service.hpp"
#include "reports/bank_line_table.hpp"
#include "tests/support/test_matching.hpp"

namespace coop::bank {
namespace {

using test::StatementLine;

class KnownPains : public test::MatchingTest {
 protected:
  KnownPains() {
    for (const char* number : {"M0001", "M0002", "M0003"}) member(number, "2026-01-01");
  }
  // Forty-four lines of a month, the first three with a member's dues.
  static std::vector<StatementLine> month() {
    std::vector<StatementLine> lines;
    for (const char* number : {"M0001", "M0002", "M0003"})
      lines.push_back({.day = "2026-02-03", .amount = "20.00", .reference = reference_of(number)});
    for (int i = 0; i < 41; ++i)
      lines.push_back({.day = "2026-02-10",
                       .amount = "1." + std::to_string(10 + i),
                       .text = "Order " + std::to_string(i)});
    return lines;
  }
  // Matches the first three, and closes their days for everybody.
  BankImport matched_and_closed() {
    const BankImport import = statement(month());
    EXPECT_EQ(run_unattended(import).matched, 3);
    now = instant_from_text("2026-03-31T12:00:00Z");
    db().in_tx([&](Tx& tx) {
      books::lock_period(tx, node(), books::LockKind::hard, Day::parse("2026-02-28"), "reported", author());
    });
    return import;
  }
  std::size_t open_lines() { return lines({.state = LineState::open, .limit = 1'000}).size(); }
};

TEST_F(KnownPains, ALateRowBeforeTheLastDayThatWasReadIsFound) {
  const StatementLine fifth{.day = "2026-01-05", .amount = "5.00", .text = "five"};
  const StatementLine sixth{.day = "2026-01-06", .amount = "6.00", .text = "six"};
  const StatementLine late{.day = "2026-01-05", .amount = "7.00", .text = "late"};
  EXPECT_EQ(take(test::camt053({{"1", "0.00", "11.00", {fifth, sixth}}})), 2);
  EXPECT_EQ(take(test::camt053({{"1", "0.00", "18.00", {fifth, late, sixth}}})), 1);
}

TEST_F(KnownPains, AnImportIsUndoneWithAReportOfWhatStayed) {
  run("2026-01");
  const BankImport import = matched_and_closed();
  const UndoReport report = undo(import);
  EXPECT_EQ(report.removed, 41);
  ASSERT_EQ(report.kept.size(), 3u) << "their payments are in days that are closed for good";
  for (const KeptLine& kept : report.kept) EXPECT_EQ(kept.code, "period_locked") << kept.words;
  EXPECT_EQ(open_lines(), 0u);
}

TEST_F(KnownPains, ACorrectedFileComesAfterAnUndoneOneAndWhatWasSetAsideStaysSo) {
  const BankImport wrong = statement(month());
  const BankLine ignored = line("1.10");
  db().in_tx([&](Tx& tx) { ignore_line(tx, node(), ignored.number, "of another year", author()); });
  const UndoReport report = undo(wrong);
  EXPECT_EQ(report.removed, 44);
  std::vector<StatementLine> corrected = month();
  corrected[4].amount = "2.11";
  statement(corrected);
  EXPECT_EQ(lines({.state = LineState::ignored}).size(), 1u);
  EXPECT_EQ(lines({.state = LineState::ignored}).front().amount_minor, 1'10);
  EXPECT_EQ(open_lines(), 43u);
}

TEST_F(KnownPains, OneTransferWithTwoReferencesPaysBothAndLeavesTheRestToThePayer) {
  const auto owe = [&](const char* number, std::int64_t minor) {
    db().in_tx([&](Tx& tx) {
      dues::raise_charge(tx, node(),
                         {.member = number,
                          .payer = std::nullopt,
                          .kind = dues::DueKind::other,
                          .unit = units().at("EUR").id,
                          .minor = minor,
                          .on = Day::parse("2026-01-10"),
                          .due_on = std::nullopt,
                          .why = "Dues of the year",
                          .income = std::nullopt},
                         author());
    });
  };
  owe("M0001", 60'00);
  owe("M0002", 30'00);
  statement({{.day = "2026-02-03",
              .amount = "95.00",
              .text = "dues of both " + reference_of("M0001") + " and " + reference_of("M0002")}});
  const BankLine both = line("95.00");
  EXPECT_FALSE(proposals(both).empty());
  accept(both, {payment("M0001", "65.00"), payment("M0002", "30.00")});
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/5.00") << "five are paid ahead";
  EXPECT_EQ(stands("M0002", "2026-02-03"), "0.00/0.00");
}

TEST_F(KnownPains, AReturnedDebitOpensTheDueAndTakesTheCoverageBack) {
  sign("M0001");
  run("2026-01");
  at_the_bank("2026-02-03");
  const auto paid = statement({{.day = "2026-02-03", .amount = "20.00", .message = "bcn-C1"}});
  EXPECT_EQ(run_unattended(paid).matched, 1);
  EXPECT_EQ(covered("M0001", "2026-02-05"), "2026-01-31");
  const auto back =
      statement({{.day = "2026-02-09", .amount = "-20.00", .end_to_end = "bcn-C1-1", .return_code = "MD06"}});
  EXPECT_EQ(run_unattended(back).matched, 1);
  EXPECT_EQ(stands("M0001", "2026-02-09"), "20.00/0.00");
  EXPECT_EQ(covered("M0001", "2026-02-09"), "");
  EXPECT_EQ(covered("M0001", "2026-02-05"), "2026-01-31") << "as it stood before";
}

TEST_F(KnownPains, AFormulaForANameIsInertInCsvAndANegativeAmountStaysANumber) {
  statement({{.day = "2026-02-03", .amount = "-12.50", .name = "=HYPERLINK(\"http://x.example\")"}});
  const std::string csv = db().in_tx([&](Tx& tx) {
    return reports::csv_text(reports::table_of_bank_lines(
        reports::read_report_node(tx, node()), {{line("-12.50"), "assets:bank:main", units().at("EUR")}},
        true, std::nullopt));
  });
  EXPECT_NE(csv.find("'=HYPERLINK"), std::string::npos) << csv;
  EXPECT_NE(csv.find(",-12.50,"), std::string::npos) << csv;
}

TEST_F(KnownPains, SeveralLinesClearOnePostingAndNeverMoreThanThereIs) {
  const EntryNumber entry =
      record("2026-02-02", {{"assets:bank:main", "60.00"}, {"income:other", "-60.00"}}).number;
  statement({{.day = "2026-02-03", .amount = "25.00"},
             {.day = "2026-02-04", .amount = "35.00"},
             {.day = "2026-02-05", .amount = "1.00"}});
  const auto part = [&](std::int64_t minor) {
    return ProposedPart{.amount_minor = minor, .made = Made::found, .entry = entry, .posting_line = 1};
  };
  accept(line("25.00"), {part(2'500)});
  accept(line("35.00"), {part(3'500)});
  EXPECT_EQ(test::refusal_of([&] { accept(line("1.00"), {part(100)}); }), "match_impossible");
  EXPECT_EQ(standing(), "2026-02-03 25.00 matched; 2026-02-04 35.00 matched; 2026-02-05 1.00 open; ");
  accept(line("1.00"), {ProposedPart{.amount_minor = 100, .made = Made::entry, .account = "income:other"}});
}

// As Open Collective exports its ledger: newest first, each row with what its payment cost.
TEST_F(KnownPains, TheLedgerOfACollectiveIsMatchedAndBringsNothingTwice) {
  const std::string ledger =
      "\"datetime\",\"shortId\",\"description\",\"type\",\"kind\",\"amount\",\"netAmount\",\"balance\","
      "\"currency\",\"accountSlug\",\"oppositeAccountSlug\",\"oppositeAccountName\"\n"
      "\"2026-02-03T10:11:12\",\"b2\",\"Room, February\",\"DEBIT\",\"EXPENSE\",-30.00,-30.50,67.00,EUR,"
      "\"garden\",\"hall\",\"Town Hall\"\n"
      "\"2026-02-01T08:00:00\",\"a1\",\"Monthly contribution\",\"CREDIT\",\"CONTRIBUTION\",100.00,97.50,"
      "97.50,EUR,\"garden\",\"ada\",\"Ada\"\n";
  open("assets:collective");
  db().in_tx([&](Tx& tx) {
    return open_bank_account(tx, node(),
                             {.path = "assets:collective",
                              .unit = units().at("EUR").id,
                              .identifier = "garden",
                              .title = "Open Collective"},
                             author());
  });
  const BankImport import = bring(ledger);
  ASSERT_EQ(text_of(import.state), "read") << import.words;
  EXPECT_EQ(take_in(import), 2);
  EXPECT_EQ(standing(), "2026-02-01 97.50 open; 2026-02-03 -30.50 open; ");
  accept(line("97.50"), {entry("income:other", "100.00"), entry("expenses:bank", "-2.50")});
  accept(line("-30.50"), {entry("expenses:other", "-30.00"), entry("expenses:bank", "-0.50")});
  EXPECT_EQ(look_at(bring(ledger + "\n")).statements.at(0).counts.known, 2);
  EXPECT_EQ(take_in(bring(ledger + "\n\n")), 0);
  EXPECT_EQ(standing(), "2026-02-01 97.50 matched; 2026-02-03 -30.50 matched; ");
}

}  // namespace
}  // namespace coop::bank
