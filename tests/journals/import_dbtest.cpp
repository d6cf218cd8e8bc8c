// What an import takes over, and what it refuses with the place in the file.
#include <gtest/gtest.h>

#include <fstream>

#include "ledger/books/period_lock_service.hpp"
#include "ledger/journals/import_service.hpp"
#include "ledger/journals/program.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_books.hpp"

namespace coop::journals {
namespace {

class Import : public test::BooksTest {
 protected:
  void SetUp() override {
    if (!find_program("hledger")) GTEST_SKIP() << "hledger is not installed";
  }

  ImportReport import(const std::string& journal) {
    save(journal);
    return import_journal(db(), "bcn", file_.path(), options_, author());
  }
  // The obstacles of a preview, each as "line: text"; the same journal is refused and nothing recorded.
  std::vector<std::string> obstacles(const std::string& journal) {
    save(journal);
    std::vector<std::string> told;
    for (const auto& doubt : preview_import(db(), "bcn", file_.path(), options_).obstacles) {
      told.push_back(doubt.place.substr(doubt.place.find(':') + 1) + ": " + doubt.text);
    }
    const auto code =
        test::refusal_code([&] { import_journal(db(), "bcn", file_.path(), options_, author()); });
    EXPECT_EQ(code, "import_contradicts");
    EXPECT_EQ(count("entry"), 0);
    EXPECT_EQ(count("account"), 0);
    return told;
  }
  // Of units that the import made.
  std::string local_balance(const std::string& path, const std::string& unit) {
    return superuser_value(
        "SELECT trim_scale(balance_minor / 10::numeric ^ scale) FROM account_balance b JOIN account a "
        "ON a.id = b.account_id JOIN unit u ON u.id = a.unit_id WHERE path = '" +
        path + "' AND code = '" + unit + "'");
  }
  std::string note_of_first() {
    return superuser_value("SELECT note FROM posting ORDER BY entry_number, line LIMIT 1");
  }

  ImportOptions options_ = [] {
    ImportOptions options;
    options.may_make_units = true;
    return options;
  }();

 private:
  void save(const std::string& journal) { std::ofstream{file_.path()} << journal; }
  TemporaryFile file_;
};

using Told = std::vector<std::string>;

TEST_F(Import, BalancesAnExchangeInEachUnit) {
  const auto report = import(R"(
2026-01-02 Buy
    assets:shares   2 ACME @ 5.005 EUR
    assets:bank
2026-01-03 Sell
    assets:shares   -1 ACME @@ 6.00 EUR
    assets:bank     6.00 EUR
)");
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(report.recorded, 2);
  EXPECT_EQ(local_balance("assets:shares", "ACME"), "1");
  EXPECT_EQ(balance("assets:bank"), "-4.01");
  EXPECT_EQ(local_balance("equity:conversion", "ACME"), "-1");
  EXPECT_EQ(balance("equity:conversion"), "4.01");
  EXPECT_EQ(note_of_first(), "@ 5.005 EUR");
}

TEST_F(Import, RefusesAmountsThatAreNoWholeMinorUnits) {
  EXPECT_EQ(obstacles("2026-01-02 Buy\n    assets:shares   3 ACME @ 3.333 EUR\n    assets:bank\n"),
            (Told{"1: assets:bank: -9.999 EUR has more decimals than EUR has (2); "
                  "--rounding-account=equity:rounding rounds such amounts and takes the differences"}));
}

TEST_F(Import, RoundsBalancesNotAmountsWhenAsked) {
  options_.rounding_account = "expenses:rounding";
  const auto report = import(R"(
2026-01-02 a third
    assets:a   0.333 EUR
    income:b
2026-01-03 a third
    assets:a   0.333 EUR
    income:b
2026-01-04 the rest
    assets:a   0.334 EUR
    income:b
2026-01-05 rounds to nothing
    assets:a   0.001 EUR
    income:b
)");
  EXPECT_EQ(report.recorded, 3);
  EXPECT_EQ(report.skipped, 1);
  EXPECT_EQ(superuser_value("SELECT string_agg(amount_minor::text, ' ' ORDER BY entry_number) FROM posting p "
                            "JOIN account a ON a.id = p.account_id WHERE path = 'assets:a'"),
            "33 34 33");
  EXPECT_EQ(balance("assets:a"), "1.00");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM account WHERE path = 'expenses:rounding'"), "0");
  ASSERT_FALSE(report.notes.empty());
  EXPECT_NE(report.notes[0].text.find("assets:a: 0.333 EUR is recorded as 0.33"), std::string::npos);
}

TEST_F(Import, GivesTheRoundingAccountWhatAnEntryLacks) {
  const std::string journal =
      "2026-01-02 x\n    assets:a   3.335 EUR\n    assets:b   3.335 EUR\n    income:c   -6.67 EUR\n";
  EXPECT_EQ(obstacles(journal).size(), 2u);
  options_.rounding_account = "expenses:rounding";
  EXPECT_EQ(import(journal).recorded, 1);
  EXPECT_EQ(balance("assets:a"), "3.34");
  EXPECT_EQ(balance("assets:b"), "3.34");
  EXPECT_EQ(balance("expenses:rounding"), "-0.01");
  EXPECT_EQ(superuser_value("SELECT type FROM account WHERE path = 'expenses:rounding'"), "expense");
}

TEST_F(Import, RefusesAmountsBeyondWhatBooksHoldWithTheirPlace) {
  EXPECT_EQ(
      obstacles("2026-01-02 x\n    assets:a   10000000000000001 EUR\n    income:b\n"),
      (Told{
          "1: assets:a: 10000000000000001 EUR is more than one posting moves; give the commodity a unit with "
          "fewer decimals",
          "1: income:b: -10000000000000001 EUR is more than one posting moves; give the commodity a unit "
          "with "
          "fewer decimals"}));
  std::string journal;
  for (int day = 10; day < 20; ++day)
    journal += "2026-01-" + std::to_string(day) + "\n    assets:a   10000000000000000 EUR\n    income:b\n";
  EXPECT_EQ(obstacles(journal), (Told{"28: assets:a: the sum of its amounts is more than books hold",
                                      "28: income:b: the sum of its amounts is more than books hold"}));
}

TEST_F(Import, TakesBalancedVirtualPostingsAndOthersAsAsked) {
  const std::string journal =
      "2026-01-02 x\n    assets:a   1 EUR\n    income:b   -1 EUR\n    [assets:c]   2 EUR\n"
      "    [assets:d]   -2 EUR\n    (budget:e)   5 POINT\n";
  EXPECT_EQ(obstacles(journal),
            (Told{"1: (budget:e) need not balance and books cannot hold it; --virtual=skip leaves it out, "
                  "--virtual=book balances it by equity:virtual"}));
  options_.virtual_postings = VirtualPostings::skip;
  const auto skipped = import(journal);
  EXPECT_EQ(skipped.recorded, 1);
  EXPECT_EQ(skipped.notes.size(), 1u);
  EXPECT_EQ(balance("assets:c"), "2.00");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM unit WHERE code = 'POINT'"), "0");
  options_.virtual_postings = VirtualPostings::book;
  add_account_type(options_, "budget=equity");
  EXPECT_EQ(import("; other books\n2027" + journal.substr(4)).recorded, 1);
  EXPECT_EQ(local_balance("budget:e", "POINT"), "5");
  EXPECT_EQ(local_balance("equity:virtual", "POINT"), "-5");
}

TEST_F(Import, RecordsPostingsOfOtherDaysOnTheirDaysThroughTheClearingAccount) {
  const auto report =
      import("2026-01-09 cheque\n    assets:bank   20 EUR  ; date:2026-01-20\n    income:x\n");
  EXPECT_EQ(report.entries, 1);
  EXPECT_EQ(report.split_off, 1);
  EXPECT_EQ(report.recorded, 2);
  EXPECT_EQ(
      superuser_value("SELECT string_agg(concat_ws(' ', p.booked_on, path, amount_minor), ', ' ORDER BY "
                      "entry_number, line) FROM posting p JOIN account a ON a.id = p.account_id"),
      "2026-01-09 income:x -2000, 2026-01-09 equity:clearing 2000, 2026-01-20 assets:bank 2000, "
      "2026-01-20 equity:clearing -2000");
  ASSERT_EQ(report.notes.size(), 1u);
  EXPECT_EQ(report.notes[0].text, "assets:bank is posted on its own day 2026-01-20, through equity:clearing");
}

TEST_F(Import, RecordsAnEntryOfTooManyPostingsInParts) {
  std::string journal = "2026-01-09 opening\n";
  for (int i = 1; i <= 1'500; ++i) journal += "    assets:a" + std::to_string(i) + "   1 EUR\n";
  const auto report = import(journal + "    equity:opening\n");
  EXPECT_EQ(report.recorded, 2);
  EXPECT_EQ(balance("assets:a1500"), "1.00");
  EXPECT_EQ(balance("equity:opening"), "-1500.00");
  EXPECT_EQ(balance("equity:clearing"), "0.00");
}

TEST_F(Import, KeepsMarksOutAndSecondDaysInNotes) {
  const auto report = import("2026-01-02=2026-01-05 ! x  ; why\n    * assets:a   1 EUR\n    income:b\n");
  EXPECT_EQ(note_of_first(), "second day 2026-01-05; why");
  ASSERT_EQ(report.notes.size(), 1u);
  EXPECT_EQ(report.notes[0].place, "");
  EXPECT_NE(report.notes[0].text.find("the marks ! and *"), std::string::npos);
}

TEST_F(Import, TellsWhatInTheFileIsNoEntry) {
  const auto report = import(
      "P 2026-01-01 ACME 5 EUR\nP 2026-01-02 ACME 6 EUR\n= expenses\n    (x)  1\n~ monthly\n    assets:a  1 "
      "EUR\n    "
      "income:b\n\n2026-01-02\n    assets:a   1 EUR\n    income:b\n");
  Told told;
  for (const ImportDoubt& doubt : report.notes) told.push_back(doubt.text);
  EXPECT_EQ(told, (Told{"2 market prices (P) are left out: not entries",
                        "1 periodic entries (~) are left out: not entries",
                        "1 rules for automatic postings (=) are left out: not entries"}));
}

TEST_F(Import, AsksWhetherCommoditiesThatDifferInCapitalsAreOneUnit) {
  const std::string journal =
      "2026-01-02\n    assets:a   1 eco\n    income:b\n2026-01-03\n    assets:a   2 ECO\n    income:b\n";
  EXPECT_EQ(obstacles(journal), (Told{": 'ECO' and 'eco' would both be the unit ECO: say what they are with "
                                      "--commodity 'eco=ECO'"}));
  add_commodity(options_, "eco=ECO");
  EXPECT_EQ(import(journal).recorded, 2);
  EXPECT_EQ(local_balance("assets:a", "ECO"), "3");
}

TEST_F(Import, CountsACommodityInASmallerUnit) {
  const std::string journal = "2026-01-02\n    assets:a   0.12345678 BTC\n    income:b\n";
  EXPECT_EQ(
      obstacles(journal),
      (Told{": the commodity 'BTC' is written with 8 decimals; units have at most six. Count it in a "
            "smaller unit, as in --commodity 'BTC=MICRO-BTC*1000000', or round with --rounding-account"}));
  add_commodity(options_, "BTC=SATOSHI*100000000");
  EXPECT_EQ(import(journal).recorded, 1);
  EXPECT_EQ(local_balance("assets:a", "SATOSHI"), "12345678");
}

TEST_F(Import, KnowsAFileByWhatItSaysNotByItsName) {
  const std::string journal = "2026-01-02 x\n    assets:a   1 EUR\n    income:b\n";
  EXPECT_EQ(import(journal).recorded, 1);
  const TemporaryFile other;
  std::ofstream{other.path()} << journal;
  const auto again = import_journal(db(), "bcn", other.path(), options_, author());
  EXPECT_EQ(again.on_record_before, 1);
  EXPECT_EQ(again.recorded, 0);
}

TEST_F(Import, IsRefusedWithOtherOptionsThanTheSameFileWasImportedWith) {
  const std::string journal =
      "2026-01-02 x\n    assets:a   $1\n    income:b\n2026-01-03 y\n    assets:a   $2\n    income:b\n";
  add_commodity(options_, "$=USD");
  EXPECT_EQ(import(journal).recorded, 2);
  add_commodity(options_, "$=EUR");
  try {
    import(journal);
    FAIL() << "the books are in dollars";
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.refusal(), Refusal::import_contradicts);
    EXPECT_NE(
        refused.detail().find(":1: is on record with 'assets:a 1.00 USD' and would now be recorded with "
                              "'assets:a 1.00 EUR', and so are 1 more: this file was imported "
                              "with other options."),
        std::string::npos)
        << refused.detail();
  }
  EXPECT_EQ(count("account"), 2) << "no account in euros was opened";
  add_commodity(options_, "$=USD");
  const auto again = import(journal);
  EXPECT_EQ(again.on_record_before, 2);
  EXPECT_EQ(again.recorded, 0);
}

TEST_F(Import, NamesEachAccountWithoutATypeAndEachCommodityWithoutAUnit) {
  const std::string journal = "2026-01-02 x\n    Bank:main   $1\n    Kitty:food   $-1\n";
  EXPECT_EQ(obstacles(journal),
            (Told{": of which type are the accounts 'Bank'? Say it with --account-type 'Bank=asset'",
                  ": of which type are the accounts 'Kitty'? Say it with --account-type 'Kitty=asset'",
                  ": which unit is the commodity '$'? Say it with --commodity '$=USD'"}));
  add_commodity(options_, "$=USD");
  add_account_type(options_, "Bank=asset");
  add_account_type(options_, "Kitty=expense");
  EXPECT_EQ(import(journal).recorded, 1);
  EXPECT_EQ(local_balance("Kitty:food", "USD"), "-1");
}

TEST_F(Import, MakesLocalUnitsWithTheDecimalsOfTheFile) {
  EXPECT_EQ(import("2026-01-02 x\n    assets:a   1.250 hours\n    income:b   -1.250 hours\n").recorded, 1);
  EXPECT_EQ(local_balance("assets:a", "HOURS"), "1.25");
  EXPECT_EQ(superuser_value("SELECT origin FROM unit WHERE code = 'HOURS'"), "local");
}

TEST_F(Import, MakesNoUnitUnlessItIsAllowed) {
  options_.may_make_units = false;
  add_commodity(options_, "$=USDX");
  EXPECT_EQ(
      obstacles("2026-01-02 x\n    assets:a   1 FOOBAR\n    income:b\n"
                "2026-01-03 y\n    assets:a   $2\n    income:b\n"),
      (Told{": the commodity '$' would be the unit USDX, which this server does not have. Say which unit "
            "it is with --commodity '$=…', or let an operator add it: POST /v1/units, or --new-units on "
            "the command line",
            ": the commodity 'FOOBAR' is no unit of this server. Say which unit it is with --commodity "
            "'FOOBAR=…', or let an operator add it: POST /v1/units, or --new-units on the command line"}));
  EXPECT_EQ(superuser_value("SELECT count(*) FROM unit WHERE code IN ('USDX', 'FOOBAR')"), "0");
  add_commodity(options_, "$=EUR");
  EXPECT_EQ(import("2026-01-03 y\n    assets:a   $2\n    income:b\n").recorded, 1);
}

TEST_F(Import, LeavesOutPostingsOfZeroAndEntriesWithoutPostings) {
  const auto report = import(
      "2026-01-02 x\n    assets:a   0 EUR\n    income:b   0 EUR\n2026-01-03 y\n    assets:a   1 EUR\n"
      "    income:b   -1 EUR\n    income:c   0 EUR\n");
  EXPECT_EQ(report.entries, 2);
  EXPECT_EQ(report.skipped, 1);
  EXPECT_EQ(report.recorded, 1);
  EXPECT_EQ(count("posting"), 2);
}

TEST_F(Import, OpensAccountsOnTheirFirstDay) {
  import(
      "2025-03-04 x\n    assets:a   1 EUR\n    income:b   -1 EUR\n2026-01-03 y\n    assets:a   1 EUR\n    "
      "income:c   -1 EUR\n");
  EXPECT_EQ(superuser_value("SELECT string_agg(path || ' ' || opened_on, ', ' ORDER BY path) FROM account"),
            "assets:a 2025-03-04, income:b 2025-03-04, income:c 2026-01-03");
}

TEST_F(Import, ChecksAssertionsOfTheJsonItself) {
  const std::string journal = "2026-01-02 x\n    assets:a   1.00 EUR = 1.00 EUR\n    income:b   -1.00 EUR\n";
  const TemporaryFile plain;
  std::ofstream{plain.path()} << journal;
  const TemporaryFile json;
  ASSERT_EQ(
      run_program(*find_program("hledger"), {"-f", plain.path().string(), "print", "-O", "json"}, json.path())
          .status,
      0);
  std::ifstream in{json.path()};
  std::string text{std::istreambuf_iterator<char>{in}, {}};
  const auto asserted = text.find("\"decimalMantissa\": ", text.find("baamount"));
  ASSERT_NE(asserted, std::string::npos);
  text.insert(asserted + 19, "99");
  options_.may_run_hledger = false;
  const auto told = obstacles(text);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0],
            "1: assets:a is asserted to be 991.00 EUR and is 1.00; --ignore-assertions passes over it");
  options_.ignore_assertions = true;
  EXPECT_EQ(import(text).notes.size(), 1u);
}

TEST_F(Import, RunsNoHledgerWhereItMayNot) {
  options_.may_run_hledger = false;
  EXPECT_EQ(test::refusal_code([&] { import("2026-01-02 x\n    assets:a   1 EUR\n    income:b\n"); }),
            "import_unreadable");
}

TEST_F(Import, RefusesWhatHledgerRefuses) {
  EXPECT_EQ(test::refusal_code([&] { import("2026-01-02 x\n    assets:a   1 EUR\n    income:b   2 EUR\n"); }),
            "import_unreadable");
}

TEST_F(Import, RefusesEntriesOfAClosedPeriod) {
  db().in_tx([&](Tx& tx) {
    books::lock_period(tx, node(), books::LockKind::hard, Day::parse("2025-12-31"), "Audited", author());
  });
  const auto told = obstacles("2025-06-01 x\n    assets:a   1 EUR\n    income:b   -1 EUR\n");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NE(told[0].find("closed through 2025-12-31"), std::string::npos);
}

TEST_F(Import, OpensAccountsEarlierWhereTheJournalBeginsBeforeThem) {
  import("2026-02-01 x\n    assets:bank2   1 EUR\n    income:b   -1 EUR\n");
  const auto report = import("2025-02-01 x\n    assets:bank2   2 EUR\n    income:b   -2 EUR\n");
  EXPECT_EQ(report.recorded, 1);
  ASSERT_EQ(report.notes.size(), 2u);
  EXPECT_EQ(report.notes[0].text, "assets:bank2 in EUR is opened from 2025-02-01 instead of 2026-02-01");
  EXPECT_EQ(superuser_value("SELECT string_agg(DISTINCT opened_on::text, ' ') FROM account"), "2025-02-01");
}

TEST_F(Import, KeepsTheTypeThatAnAccountHas) {
  open("assets:a");
  const auto report =
      import("account assets:a  ; type: L\n2026-01-02 x\n    assets:a   1 EUR\n    income:b   -1 EUR\n");
  EXPECT_EQ(report.recorded, 1);
  ASSERT_EQ(report.notes.size(), 1u);
  EXPECT_NE(report.notes[0].text.find("keeps the type"), std::string::npos);
}

}  // namespace
}  // namespace coop::journals
