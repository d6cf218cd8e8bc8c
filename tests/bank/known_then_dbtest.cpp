// What was known of a bank at an instant: everything that happens to it is looked at when it happens, and all
// of it again at the end, as it was known then.
#include "ledger/bank/cash_count_service.hpp"
#include "ledger/bank/match_service.hpp"
#include "ledger/bank/signoff_service.hpp"
#include "ledger/books/period_lock_service.hpp"
#include "reports/bank_proof.hpp"
#include "tests/support/seen_then.hpp"
#include "tests/support/test_matching.hpp"

namespace coop::bank {
namespace {

using test::refusal_of;
using test::StatementLine;

class KnownThen : public test::SeenThen<test::MatchingTest> {
 protected:
  KnownThen() {
    for (const char* path : {"assets:cash", "expenses:cash", "liabilities:suspense"}) open(path);
    for (const char* number : {"M0001", "M0002"}) member(number, "2026-01-01");
    run("2026-01");
    look("nothing is known");
  }

  /// The page of all accounts, and the reconciliations of those with lines, of one as of an earlier day too.
  std::string reports_of(std::optional<Instant> known_at) override {
    return db().in_snapshot([&](Tx& tx) {
      const reports::ReportNode in = reports::read_report_node(tx, node());
      const auto last = Day::parse("2026-03-31");
      std::string all = shown(reports::table_of_bank_proofs(
          in, {last, known_at},
          reports::read_bank_proofs(tx, node(), last, [&](UnitId) { return units().at("EUR"); }, known_at)));
      const auto add = [&](const BankAccount& account, Day day) {
        all += shown(reports::table_of_reconciliation(
            in, reports::read_reconciliation(tx, node(), account, units().at("EUR"), day, true, known_at)));
      };
      for (const BankAccount& account : read_bank_accounts(tx, node(), {.known_at = known_at}))
        if (account.number != this->account()) add(account, last);
      add(main(), Day::parse("2026-02-04"));
      return all;
    });
  }
  /// All of a table but the instant that it was asked for.
  static std::string shown(reports::Table table) {
    std::erase_if(table.facts, [](const auto& fact) { return fact.name == std::string_view{"known_at"}; });
    return reports::json_text(table) + "\n" + reports::plain_text(table);
  }
  std::string file_of(const std::string& number, const std::string& closing,
                      const std::vector<StatementLine>& lines) {
    return test::camt053({{.number = number,
                           .opening = "0.00",
                           .closing = closing,
                           .lines = lines,
                           .iban = main().identifier}});
  }
  BankImport taken(const std::string& bytes) {
    const BankImport import = bring(bytes);
    take_in(import);
    return import;
  }
  void sign(const std::string& day) {
    db().in_tx([&](Tx& tx) {
      const auto read = [&](const BankAccount& account) {
        return reports::signed_figures_of(
            reports::read_report_node(tx, node()),
            reports::read_reconciliation(tx, node(), account, units().at("EUR"), Day::parse(day), false));
      };
      return sign_off(tx, node(), {main().number, Day::parse(day), "to be looked at", Day::parse(day)}, read,
                      as("ann"));
    });
  }
};

TEST_F(KnownThen, EveryReportIsWhatItWasThen) {
  const StatementLine dues{.day = "2026-02-03", .amount = "20.00", .reference = reference_of("M0001")},
      fee{.day = "2026-02-04", .amount = "-4.50", .text = "fee"},
      gift{.day = "2026-02-05", .amount = "30.00", .text = "?"};
  const BankImport one = taken(file_of("1", "45.50", {dues, fee, gift}));
  look("a file is taken in");
  record("2026-02-01", {{"assets:bank:main", "5.00"}, {"income:other", "-5.00"}});
  look("an entry");
  const Match paid = accept_proposal(line("20.00"));
  look("a match");
  db().in_tx([&](Tx& tx) { ignore_line(tx, node(), line("30.00").number, "of another year", author()); });
  look("a line is set aside");
  sign("2026-03-31");
  look("somebody signs");
  record("2026-02-02", {{"assets:bank:main", "-5.00"}, {"income:other", "5.00"}});
  look("a late entry");
  db().in_tx([&](Tx& tx) { reopen_line(tx, node(), line("30.00").number, "it is ours", author()); });
  look("the line is taken up again");
  db().in_tx([&](Tx& tx) {
    withdraw_signoff(tx, node(), SignoffNumber{1}, "too early", as("ann"));
    set_suspense(tx, node(), main().number, "liabilities:suspense", author());
  });
  look("the signature is withdrawn");
  const Match parked = accept(line("30.00"), {entry("liabilities:suspense", "30.00")});
  look("a line is parked");
  undo(paid);
  look("the match is undone");
  const BankImport two = taken(file_of("2", "15.50", {dues, fee}));
  look("a second file has two of its lines");
  undo(one);
  look("the first file is undone, and two lines stay");
  undo(two);
  look("the second file is undone, and none stays");
  const BankImport three = taken(file_of("3", "20.00", {dues}));
  look("a third file brings one of them again");
  accept_proposal(line("20.00"));
  look("it is matched");
  db().in_tx([&](Tx& tx) {
    books::lock_period(tx, node(), books::LockKind::soft, Day::parse("2026-01-31"), "closed", author());
  });
  undo(three);
  look("its file is undone");
  taken(file_of("4", "15.50", {dues, fee}));
  look("a fourth file brings two of them");
  sign("2026-03-31");
  look("somebody signs again");
  db().in_tx([&](Tx& tx) { set_bank_account_closed(tx, node(), account(), true, author()); });
  look("the other account is closed");

  ASSERT_GT(looks(), 18u);
  expect_all_as_seen();
}

TEST_F(KnownThen, ALineThatIsKeptForItsMatchCountsOn) {
  const StatementLine dues{.day = "2026-02-03", .amount = "20.00", .reference = reference_of("M0001")};
  const BankImport one = taken(file_of("1", "20.00", {dues}));
  accept_proposal(line("20.00"));
  look("matched");
  now = instant_from_text("2026-03-31T12:00:00Z");
  db().in_tx([&](Tx& tx) {
    books::lock_period(tx, node(), books::LockKind::soft, Day::parse("2026-02-28"), "closed", author());
  });
  ASSERT_EQ(undo(one).kept.size(), 1u);
  look("undone, and the line is kept");
  const BankImport two = taken(file_of("2", "20.00", {dues}));
  look("a second file has it");
  undo(two);
  look("and is undone");
  expect_all_as_seen();
}

TEST_F(KnownThen, CashIsWhatWasCountedByThen) {
  const BankAccountNumber till = db().in_tx([&](Tx& tx) {
    return open_bank_account(tx, node(),
                             {.path = "assets:cash",
                              .unit = units().at("EUR").id,
                              .kind = BankAccountKind::cash,
                              .title = "The till"},
                             author())
        .number;
  });
  look("a till");
  record("2026-02-01", {{"assets:cash", "40.00"}, {"income:other", "-40.00"}});
  look("an entry");
  const auto counted = [&](const std::string& day, const std::vector<CashPiece>& pieces) {
    return db().in_tx([&](Tx& tx) {
      return count_cash(tx, node(), {till, Day::parse(day), pieces, Day::parse("2026-03-31"), "EUR"},
                        as("ann"));
    });
  };
  const CashCount first = counted("2026-02-03", {{2'000, 1}});
  look("a count");
  db().in_tx([&](Tx& tx) { book_cash_difference(tx, node(), first.number, "expenses:cash", "", as("ann")); });
  look("its difference is booked");
  record("2026-03-01", {{"assets:cash", "7.00"}, {"income:other", "-7.00"}});
  look("an entry after it");
  counted("2026-03-02", {{2'000, 1}});
  look("another count");
  db().in_tx([&](Tx& tx) { withdraw_cash_count(tx, node(), CashCountNumber{2}, "by mistake", as("ann")); });
  look("which is withdrawn");
  expect_all_as_seen();
  const auto account = db().in_tx([&](Tx& tx) { return read_bank_account(tx, node(), till); });
  EXPECT_EQ(refusal_of([&] {
              db().in_tx([&](Tx& tx) {
                reports::read_reconciliation(tx, node(), account, units().at("EUR"), Day::parse("2026-03-31"),
                                             false, account.recorded_at - std::chrono::microseconds{1});
              });
            }),
            "bank_account_unknown")
      << "nobody had said that it has statements";
}

}  // namespace
}  // namespace coop::bank
