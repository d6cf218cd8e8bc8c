// Real books that nobody here wrote, if they lie beside the repository: the trial balance as hledger says, on
// the last day and twenty others, out again and judged, and restored elsewhere as the same books.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "ledger/books/node_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/journals/import_service.hpp"
#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/proof/verify_service.hpp"
#include "reports/trial_balance.hpp"
#include "tests/support/judged_exports.hpp"
#include "tests/support/test_database.hpp"

namespace coop::journals {
namespace {

const books::Author real_author{std::nullopt, instant_from_text("2026-03-01T12:00:00Z")};

std::filesystem::path real_books() {
  const char* folder = std::getenv("COOP_REAL_BOOKS");
  const auto beside = std::filesystem::path{COOP_SOURCE_DIR} / "../shared/real";
  return (folder != nullptr ? std::filesystem::path{folder} : beside) / "hackclub-2015-2017.ledger";
}

class RealBooks : public test::DatabaseTest {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(real_books())) GTEST_SKIP() << "there are no real books at " << real_books();
    if (!find_program("hledger")) GTEST_SKIP() << "hledger is not installed";
    db().in_tx([&](Tx& tx) {
      books::insert_iso4217(tx);
      books::make_node(tx, books::NodeDraft{"hack", "Hack", "EUR", "US", "America/Los_Angeles", {1, 1}},
                       real_author);
    });
  }

  // Every balance of the trial balance at the end of `day`, by the names in the file.
  test::Balances balances_on(Day day) {
    test::Balances balances;
    const auto told = db().in_snapshot([&](Tx& tx) { return test::trial_balances(tx, "hack", day); });
    for (const auto& [key, balance] : told)
      balances[{key.first, key.second == "USD" ? "$" : key.second}] = balance;
    return balances;
  }

  // The complete export, restored into an empty server, is the same export there, byte by byte.
  void expect_restored_equal() {
    const test::FreshDatabase other;
    Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
    const TemporaryFile file;
    const std::string original = exported(db());
    std::ofstream{file.path(), std::ios::binary} << original;
    EXPECT_TRUE(restore_native(empty, file.path(), real_author.now).complete);
    EXPECT_TRUE(exported(empty) == original) << "the restored books are exported otherwise";
    const char* last_hash = "SELECT concat_ws(' ', last_number, last_hash) FROM book_head";
    EXPECT_EQ(other.superuser_value(last_hash), superuser_value(last_hash));
    EXPECT_EQ(trial_balance_in(empty), trial_balance_in(db()));
    proof::VerifyOptions options;
    options.node = "hack";
    const auto found = proof::verify(DatabaseSettings{.address = other.address(), .role = {}}, options);
    EXPECT_TRUE(found.is_clean()) << found.first_flaw();
  }

 private:
  static std::string exported(Database& database) {
    std::string text;
    export_native(database, "hack", real_author.now, [&](std::string_view piece) { text += piece; });
    return text;
  }
  static std::string trial_balance_in(Database& database) {
    return database.in_snapshot([&](Tx& tx) {
      return reports::json_text(
          table_of(reports::read_trial_balance(tx, books::read_node(tx, "hack").id, {})));
    });
  }
};

TEST_F(RealBooks, HaveTheBalancesThatHledgerFindsAndGoOutAgainEqual) {
  ImportOptions options;
  add_commodity(options, "$=USD");
  const ImportReport report = import_journal(db(), "hack", real_books(), options, real_author);
  ASSERT_TRUE(report.complete);
  EXPECT_EQ(report.recorded + report.skipped, report.entries);
  const Day first = Day::parse(superuser_value("SELECT min(booked_on) FROM entry"));
  const Day last = Day::parse(superuser_value("SELECT max(booked_on) FROM entry"));
  EXPECT_GT(balances_on(last).size(), 20u);
  for (int step = 1; step <= 21; ++step) {
    const Day day = first.plus_days((last.count() - first.count()) * step / 21);
    EXPECT_EQ(test::differences(balances_on(day), test::hledger_balances(real_books(), day)), "")
        << day.text();
  }
  EXPECT_EQ(test::complaints_of_judges(db(), "hack"), "");
  expect_restored_equal();
}

}  // namespace
}  // namespace coop::journals
