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

  ImportOptions options_;

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
  EXPECT_EQ(
      obstacles("2026-01-02 Buy\n    assets:shares   3 ACME @ 3.333 EUR\n    assets:bank\n"),
      (Told{"1: assets:bank: -9.999 EUR has more decimals than EUR has (2); write the amount in full in the "
            "journal, or give the commodity a local unit"}));
}

TEST_F(Import, TakesBalancedVirtualPostingsAndSkipsOthersWhenAsked) {
  const std::string journal =
      "2026-01-02 x\n    assets:a   1 EUR\n    income:b   -1 EUR\n    [assets:c]   2 EUR\n"
      "    [assets:d]   -2 EUR\n    (budget:e)   5 EUR\n";
  EXPECT_EQ(obstacles(journal), (Told{"1: (budget:e) need not balance and books cannot hold it; it can be "
                                      "left out with --skip-virtual"}));
  options_.skip_virtual = true;
  const auto report = import(journal);
  EXPECT_EQ(report.recorded, 1);
  EXPECT_EQ(report.notes.size(), 1u);
  EXPECT_EQ(balance("assets:c"), "2.00");
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
  EXPECT_EQ(told[0], "1: assets:a is asserted to be 991.00 EUR and is 1.00");
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
