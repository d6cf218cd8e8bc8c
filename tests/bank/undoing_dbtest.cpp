// Matches that are refused, and matches that are undone: one by one, and with the whole file.
#include "ledger/bank/match_service.hpp"
#include "ledger/bank/match_store.hpp"
#include "ledger/books/period_lock_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "tests/support/test_matching.hpp"

namespace coop::bank {
namespace {

using test::refusal_of;
using test::StatementLine;

class Undoing : public test::MatchingTest {
 protected:
  Undoing() {
    for (const char* number : {"M0001", "M0002", "M0003"}) member(number, "2026-01-01");
    run("2026-01");
  }
  BankImport february() {
    return statement({{.day = "2026-02-03", .amount = "20.00", .reference = reference_of("M0001")},
                      {.day = "2026-02-04", .amount = "-4.50", .text = "fee"},
                      {.day = "2026-02-05", .amount = "30.00", .text = "?"}});
  }
  std::string state(const std::string& amount) { return std::string{text_of(line(amount).state)}; }
  BankLine ignore(const BankLine& line, const std::string& reason = "of another year") {
    return db().in_tx([&](Tx& tx) { return ignore_line(tx, node(), line.number, reason, author()); });
  }
  BankLine reopen(const BankLine& line, const std::string& reason = "it is ours") {
    return db().in_tx([&](Tx& tx) { return reopen_line(tx, node(), line.number, reason, author()); });
  }
  EntryNumber reverse(const Match& match) {
    const books::ReversalDraft draft{
        books::fingerprint_of("by hand"), match.parts.front().entry, {}, {}, "taken back"};
    return db().in_tx([&](Tx& tx) { return books::reverse(tx, node(), draft, author()).number; });
  }
  /// The amounts of lines that are matched with what was reversed.
  std::string lines_reversed() {
    std::string amounts;
    for (const BankLine& one : lines({.reversed = true})) amounts += std::to_string(one.amount_minor) + ' ';
    return amounts;
  }
  std::vector<Match> matches_of(BankLineNumber number) {
    return db().in_tx([&](Tx& tx) { return list_matches(tx, node(), {.line = number}); });
  }
  void lock(const std::string& through_on) {
    now = instant_from_text("2026-03-31T12:00:00Z");
    db().in_tx([&](Tx& tx) {
      books::lock_period(tx, node(), books::LockKind::soft, Day::parse(through_on), "closed", author());
    });
  }
};

TEST_F(Undoing, RefusesMatchesThatCannotBe) {
  february();
  const books::Recorded old = record("2026-02-01", {{"assets:bank:main", "5.00"}, {"income:other", "-5.00"}});
  record("2026-02-01", {{"assets:bank", "20.00"}, {"income:other", "-20.00"}});
  const auto found = [&](EntryNumber entry, const std::string& amount) {
    return ProposedPart{
        .amount_minor = minor_from_text(amount, 2), .made = Made::found, .entry = entry, .posting_line = 1};
  };
  const EntryNumber elsewhere{old.number.number() + 1};
  struct Case {
    const char* what;
    std::vector<ProposedPart> parts;
    const char* code;
  };
  ProposedPart transfer = entry("assets:bank", "20.00");
  transfer.other_line = line("30.00").number;
  const ProposedPart settlement{.amount_minor = 2'000, .made = Made::settlement, .collection = 7};
  const std::vector<Case> table{
      {"nothing", {}, "match_impossible"},
      {"too little", {payment("M0001", "19.99")}, "match_impossible"},
      {"a part of zero", {payment("M0001", "20.00"), payment("M0002", "0.00")}, "match_impossible"},
      {"more than the posting", {found(old.number, "20.00")}, "match_impossible"},
      {"the same posting twice",
       {found(old.number, "5.00"), found(old.number, "5.00"), payment("M0001", "10.00")},
       "match_impossible"},
      {"the other direction", {found(old.number, "-5.00"), payment("M0001", "25.00")}, "match_impossible"},
      {"a posting of another account", {found(elsewhere, "20.00")}, "match_impossible"},
      {"no such entry", {found(EntryNumber{999}, "20.00")}, "match_impossible"},
      {"the account as its own other side", {entry("assets:bank:main", "20.00")}, "match_impossible"},
      {"another line of another amount", {transfer}, "match_impossible"},
      {"nobody", {payment("", "20.00")}, "field_missing"},
      {"somebody unknown", {payment("M0099", "20.00")}, "party_unknown"},
      {"no account", {entry("", "20.00")}, "field_missing"},
      {"an unknown account", {entry("income:nowhere", "20.00")}, "account_unknown"},
      {"no collection", {{.amount_minor = 2'000, .made = Made::settlement}}, "field_missing"},
      {"an unknown collection", {settlement}, "collection_unknown"},
      {"a refund that nobody paid ahead",
       {payment("M0001", "-1.00"), entry("income:other", "21.00")},
       "credit_too_small"},
  };
  for (const Case& one : table)
    EXPECT_EQ(refusal_of([&] { accept(line("20.00"), one.parts); }), one.code) << one.what;
  EXPECT_EQ(state("20.00"), "open");
  EXPECT_EQ(count("bank_match"), 0);
  EXPECT_EQ(count("payment"), 0);
}

TEST_F(Undoing, RefusesLinesThatAreNotOpen) {
  february();
  const Match match = accept(line("30.00"), {entry("income:other", "30.00")});
  EXPECT_EQ(refusal_of([&] { accept(line("30.00"), {entry("income:other", "30.00")}); }),
            "bank_line_not_open");
  EXPECT_EQ(refusal_of([&] { ignore(line("30.00")); }), "bank_line_not_open");
  EXPECT_EQ(refusal_of([&] { reopen(line("20.00")); }), "bank_line_not_open");
  EXPECT_EQ(refusal_of([&] { ignore(line("20.00"), ""); }), "field_invalid");
  EXPECT_EQ(text_of(ignore(line("20.00")).state), "ignored");
  EXPECT_EQ(refusal_of([&] { accept(line("20.00"), {payment("M0001", "20.00")}); }), "bank_line_not_open");
  EXPECT_EQ(text_of(reopen(line("20.00")).state), "open");
  BankLine unknown = line("20.00");
  unknown.number = BankLineNumber{99};
  EXPECT_EQ(refusal_of([&] { accept(unknown, {payment("M0001", "20.00")}); }), "bank_line_unknown");
  undo(match);
  EXPECT_EQ(refusal_of([&] { undo(match); }), "match_undone_already");
  EXPECT_EQ(refusal_of([&] { undo(match, ""); }), "field_invalid");
  Match none = match;
  none.number = MatchNumber{99};
  EXPECT_EQ(refusal_of([&] { undo(none); }), "match_unknown");
}

TEST_F(Undoing, TakesBackWhatWasMade) {
  february();
  const Match paid = accept_proposal(line("20.00"));
  const Match fee = accept(line("-4.50"), {entry("expenses:bank", "-4.50")});
  EXPECT_EQ(balance("assets:bank:main"), "15.50");
  undo(paid);
  undo(fee);
  EXPECT_EQ(stands("M0001", "2026-02-03"), "20.00/0.00");
  EXPECT_EQ(balance("expenses:bank"), "0.00");
  EXPECT_EQ(balance("assets:bank:main"), "0.00");
  EXPECT_EQ(state("20.00") + " " + state("-4.50"), "open open");
  accept_proposal(line("20.00"));
  accept(line("-4.50"), {entry("expenses:bank", "-4.50")});
  EXPECT_EQ(balance("assets:bank:main"), "15.50") << "and it can be matched anew";
}

TEST_F(Undoing, LeavesAloneWhatSomebodyTookBackByHand) {
  february();
  const Match paid = accept_proposal(line("20.00"));
  db().in_tx([&](Tx& tx) {
    dues::return_payment(tx, node(), {*paid.parts.at(0).payment, {}, "by hand"}, author());
  });
  undo(paid);
  EXPECT_EQ(balance("assets:bank:main"), "0.00");
}

TEST_F(Undoing, TellsWhichLineSomethingReversedByHandWas) {
  february();
  const Match fee = accept(line("-4.50"), {entry("expenses:bank", "-4.50")});
  const EntryNumber reversal = reverse(fee);
  EXPECT_EQ(state("-4.50"), "matched") << "the money did go";
  EXPECT_EQ(lines_reversed(), "-450 ");
  EXPECT_EQ(matches_of(fee.line).front().parts.front().reversed_by, reversal);
  const reports::Reconciliation seen = reconciled("assets:bank:main", "2026-02-28");
  ASSERT_EQ(seen.uncleared.size(), 1u);
  EXPECT_EQ(seen.uncleared.front().entry, reversal);
  EXPECT_EQ(seen.uncleared.front().line_reversed, fee.line);
  undo(fee);
  EXPECT_EQ(state("-4.50"), "open");
  EXPECT_EQ(lines_reversed(), "");
  EXPECT_TRUE(reconciled("assets:bank:main", "2026-02-28").uncleared.empty());
}

TEST_F(Undoing, IsNotNeededWhereTheBankGaveTheMoneyBack) {
  february();
  const Match fee = accept(line("-4.50"), {entry("expenses:bank", "-4.50")});
  const EntryNumber reversal = reverse(fee);
  statement({{.day = "2026-02-05", .amount = "4.50", .text = "fee back"}});
  const Match back = accept_proposal(line("4.50"));
  EXPECT_EQ(back.parts.front().entry, reversal);
  EXPECT_EQ(lines_reversed(), "");
  EXPECT_TRUE(reconciled("assets:bank:main", "2026-02-28").uncleared.empty());
  undo(back);
  EXPECT_EQ(lines_reversed(), "-450 ");
}

TEST_F(Undoing, PaysBackWhatWasPaidAhead) {
  pay("M0001", "25.00", "2026-02-01");
  statement({{.day = "2026-02-03", .amount = "-5.00", .text = "your credit"}});
  const Match match = accept(line("-5.00"), {payment("M0001", "-5.00")});
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/0.00");
  undo(match);
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/5.00");
}

TEST_F(Undoing, LeavesDirectDebitsAsTheyAre) {
  sign("M0001");
  at_the_bank("2026-02-02");
  statement({{.day = "2026-02-02", .amount = "20.00", .message = "bcn-C1"},
             {.day = "2026-02-09", .amount = "-20.00", .end_to_end = "bcn-C1-1", .return_code = "AM04"}});
  EXPECT_EQ(refusal_of([&] { accept_proposal(line("-20.00")); }), "match_impossible")
      << "it is not settled yet";
  const Match settled = accept_proposal(line("20.00"));
  const Match returned = accept_proposal(line("-20.00"));
  EXPECT_EQ(refusal_of([&] { undo(settled); }), "match_impossible");
  EXPECT_EQ(refusal_of([&] { undo(returned); }), "match_impossible");
}

TEST_F(Undoing, OfAFileRemovesItsLines) {
  const BankImport import = february();
  run_unattended(import);
  accept(line("-4.50"), {entry("expenses:bank", "-4.50")});
  const UndoReport report = undo(import);
  EXPECT_EQ(report.removed, 3);
  EXPECT_EQ(report.held_elsewhere, 0);
  EXPECT_TRUE(report.kept.empty());
  EXPECT_EQ(standing(), "");
  EXPECT_EQ(stands("M0001", "2026-02-03"), "20.00/0.00");
  EXPECT_EQ(refusal_of([&] { undo(import); }), "bank_import_not_open");
  EXPECT_EQ(superuser_value("SELECT body::text FROM event WHERE kind = 'bank_file_undone'"),
            "{\"kept\": 0, \"import\": 1, \"removed\": 3}");
}

TEST_F(Undoing, OfAFileKeepsWhatAnotherOneHolds) {
  const StatementLine first{.day = "2026-02-03", .amount = "20.00", .reference = reference_of("M0001")};
  const StatementLine second{.day = "2026-02-04", .amount = "7.00"};
  const BankImport one = statement({first});
  take(test::camt053({{.number = "9",
                       .opening = "0.00",
                       .closing = "27.00",
                       .lines = {first, second},
                       .iban = main().identifier}}));
  accept_proposal(line("20.00"));
  const UndoReport report = undo(one);
  EXPECT_EQ(report.removed, 0);
  EXPECT_EQ(report.held_elsewhere, 1);
  EXPECT_EQ(standing(), "2026-02-03 20.00 matched; 2026-02-04 7.00 open; ");
}

TEST_F(Undoing, OfAFileTellsWhatIsLocked) {
  const BankImport import = february();
  accept_proposal(line("20.00"));
  const BankLineNumber kept = line("20.00").number;
  lock("2026-02-28");
  const UndoReport report = undo(import);
  EXPECT_EQ(report.removed, 2);
  ASSERT_EQ(report.kept.size(), 1u);
  EXPECT_EQ(report.kept.at(0).line, kept);
  EXPECT_EQ(report.kept.at(0).code, "period_locked");
  EXPECT_EQ(standing(), "2026-02-03 20.00 matched; ");
}

TEST_F(Undoing, OfAFileEndsBothSidesOfATransfer) {
  const StatementLine out{.day = "2026-02-03", .amount = "-9.00"},
      back{.day = "2026-02-03", .amount = "9.00"};
  const BankImport import = statement({out});
  other_statement({back});
  accept_proposal(line("-9.00"));
  EXPECT_EQ(undo(import).removed, 1);
  EXPECT_EQ(standing(), "2026-02-03 9.00 open; ");
}

TEST_F(Undoing, LetsTheSameFileComeAgain) {
  const std::string file = test::camt053({{.number = "1",
                                           .opening = "0.00",
                                           .closing = "8.00",
                                           .lines = {{.day = "2026-02-03", .amount = "8.00"}},
                                           .iban = main().identifier}});
  const BankImport first = bring(file);
  take_in(first);
  undo(first);
  const BankImport second = bring(file);
  EXPECT_NE(second.number, first.number);
  EXPECT_EQ(take_in(second), 1);
  EXPECT_EQ(standing(), "2026-02-03 8.00 open; ");
}

TEST_F(Undoing, TellsWhatTheBooksRefuseOfALine) {
  const BankImport import = february();
  lock("2026-02-28");
  const MatchRun run = run_unattended(import);
  EXPECT_EQ(run.matched, 0);
  EXPECT_EQ(run.refused, 1);
  EXPECT_EQ(run.refusals.at(0).code, "period_locked");
  accept(line("-4.50"), {entry("expenses:bank", "-4.50")});
  EXPECT_EQ(superuser_value("SELECT booked_on FROM entry ORDER BY number DESC LIMIT 1"), "2026-03-01")
      << "what is not dues is booked on the first open day";
}

TEST_F(Undoing, StopsWhenAskedTo) {
  const BankImport import = february();
  const MatchRun run = match_unattended(
      db(), node(), import.number, {}, [&] { return author(); }, [](const MatchRun&) { return false; });
  EXPECT_FALSE(run.is_complete);
  EXPECT_EQ(run.matched, 0);
}

}  // namespace
}  // namespace coop::bank
