// Real books that nobody here wrote, if they lie beside the repository: each balance as hledger says, on the
// last day and twenty others, out again and judged.
#include <gtest/gtest.h>

#include <cstdlib>

#include "ledger/books/node_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/journals/import_service.hpp"
#include "ledger/journals/program.hpp"
#include "tests/support/judged_exports.hpp"
#include "tests/support/judges.hpp"
#include "tests/support/test_database.hpp"

namespace coop::journals {
namespace {

const books::Author author{std::nullopt, instant_from_text("2026-03-01T12:00:00Z")};

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
                       author);
    });
  }

  // Every balance at the end of `day`, from the postings, in the units' minor units.
  test::Balances balances_on(Day day) {
    test::Balances balances;
    std::istringstream lines{superuser_value(
        "SELECT string_agg(path || chr(9) || round(minor / 100, 2), chr(10)) FROM (SELECT a.path, "
        "sum(p.amount_minor)::numeric AS minor FROM posting p JOIN account a ON a.node_id = p.node_id AND "
        "a.id = "
        "p.account_id WHERE p.booked_on <= '" +
        day.text() + "' GROUP BY a.path HAVING sum(p.amount_minor) <> 0) b")};
    for (std::string line; std::getline(lines, line);) {
      const auto tab = line.find('\t');
      balances[{line.substr(0, tab), "$"}] = test::without_needless_zeros(line.substr(tab + 1));
    }
    return balances;
  }
};

TEST_F(RealBooks, HaveTheBalancesThatHledgerFindsAndGoOutAgainEqual) {
  ImportOptions options;
  add_commodity(options, "$=USD");
  const ImportReport report = import_journal(db(), "hack", real_books(), options, author);
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
}

}  // namespace
}  // namespace coop::journals
