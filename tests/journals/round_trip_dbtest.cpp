// Books go out as journals, three other programs find the same balances, and they come back in equal.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>

#include "ledger/books/node_service.hpp"
#include "ledger/journals/export_store.hpp"
#include "ledger/journals/import_service.hpp"
#include "ledger/journals/program.hpp"
#include "tests/support/awkward_books.hpp"
#include "tests/support/judged_exports.hpp"
#include "tests/support/judges.hpp"
#include "tests/support/test_database.hpp"

namespace coop::journals {
namespace {

const books::Author round_trip_author{std::nullopt, instant_from_text("2026-03-01T12:00:00Z")};

JournalHead head_of(Database& database, const std::string& node) {
  return database.in_snapshot([&](Tx& tx) { return read_journal_head(tx, books::read_node(tx, node)); });
}

// By the books' own paths and units.
test::Balances balances_of(Database& database, const std::string& node) {
  test::Balances balances;
  for (const JournalAccount& account : head_of(database, node).accounts) {
    if (account.balance_minor == 0) continue;
    balances[{account.path, account.unit}] =
        test::without_needless_zeros(text_from_minor(account.balance_minor, account.scale));
  }
  return balances;
}

void make_empty_node(Database& database, const std::string& name) {
  database.in_tx([&](Tx& tx) {
    books::make_node(tx, books::NodeDraft{name, name, "EUR", "ES", "Europe/Madrid", {1, 1}},
                     round_trip_author);
  });
}

class RoundTrip : public test::DatabaseTest {
 protected:
  void SetUp() override {
    for (const Dialect dialect : {Dialect::hledger, Dialect::ledger, Dialect::beancount}) {
      if (!test::is_judge_installed(dialect))
        GTEST_SKIP() << text_of(dialect) << " is not installed: not judged";
    }
  }
};

TEST_F(RoundTrip, OfAwkwardBooksChangesNoBalance) {
  const char* wanted = std::getenv("COOP_ROUND_TRIPS");
  const int most_rounds = wanted != nullptr ? std::atoi(wanted) : 6;  // each asks three programs
  int round = 0;
  EXPECT_TRUE(rc::check([&] {
    if (round == most_rounds) return;
    const auto seed = *rc::gen::arbitrary<std::uint32_t>();
    const int entries = *rc::gen::inRange(1, 300);
    const std::string node = "bcn" + std::to_string(++round);
    const test::AwkwardBooks books{db(), node, seed, entries};
    RC_ASSERT(test::complaints_of_judges(db(), node) == "");

    const TemporaryFile file;
    test::export_to(file.path(), db(), node, Dialect::hledger);
    make_empty_node(db(), "back" + std::to_string(round));
    const auto report =
        import_journal(db(), "back" + std::to_string(round), file.path(), ImportOptions{}, round_trip_author);
    RC_ASSERT(report.complete);
    RC_ASSERT(test::differences(balances_of(db(), node), balances_of(db(), "back" + std::to_string(round))) ==
              "");
    RC_ASSERT(!testing::Test::HasFailure());
  }));
}

TEST_F(RoundTrip, KeepsTextsAndDimensions) {
  const test::AwkwardBooks books{db(), "bcn", 7, 60};
  const auto texts_in = [&](const std::string& node) {
    return superuser_value(
        "SELECT md5(string_agg(concat_ws('|', e.booked_on, e.description, e.reference, e.source, a.path, "
        "p.amount_minor, "
        "p.note, m.code, f.code, c.code, t.code), '; ' ORDER BY e.booked_on, e.number, p.line)) FROM entry e "
        "JOIN node n ON "
        "n.id = "
        "e.node_id JOIN posting p ON p.node_id = e.node_id AND p.entry_number = e.number JOIN account a ON "
        "a.node_id = "
        "p.node_id AND a.id = p.account_id LEFT JOIN dimension m ON m.node_id = p.node_id AND m.id = "
        "p.member_id LEFT "
        "JOIN dimension f ON f.node_id = p.node_id AND f.id = p.fund_id LEFT JOIN dimension c ON c.node_id = "
        "p.node_id AND c.id = p.cost_object_id LEFT JOIN dimension t ON t.node_id = p.node_id AND t.id = "
        "p.tax_code_id WHERE n.name = '" +
        node + "'");
  };
  for (const Dialect dialect : {Dialect::hledger, Dialect::ledger}) {
    const TemporaryFile file;
    test::export_to(file.path(), db(), "bcn", dialect);
    const std::string back{text_of(dialect)};
    make_empty_node(db(), back);
    import_journal(db(), back, file.path(), ImportOptions{}, round_trip_author);
    EXPECT_EQ(texts_in(back), texts_in("bcn")) << back;
  }
}

TEST_F(RoundTrip, ImportsTheSameFileOnlyOnce) {
  const test::AwkwardBooks books{db(), "bcn", 8, 1'200};
  const TemporaryFile file;
  test::export_to(file.path(), db(), "bcn", Dialect::hledger);
  make_empty_node(db(), "back");
  Watch watch;
  std::int64_t done = 0;
  watch.progress = [&](const Progress& progress) {
    done = progress.stage == "recording" ? progress.done : 0;
  };
  watch.cancelled = [&] { return done == 1'000; };
  EXPECT_FALSE(import_journal(db(), "back", file.path(), ImportOptions{}, round_trip_author, watch).complete);
  const auto again = import_journal(db(), "back", file.path(), ImportOptions{}, round_trip_author);
  EXPECT_EQ(again.on_record_before, 1'000);
  EXPECT_EQ(again.recorded, again.entries - 1'000);
  const auto third = import_journal(db(), "back", file.path(), ImportOptions{}, round_trip_author);
  EXPECT_EQ(third.recorded, 0);
  EXPECT_EQ(balances_of(db(), "back"), balances_of(db(), "bcn"));
}

TEST_F(RoundTrip, PreviewsWithoutRecording) {
  const test::AwkwardBooks books{db(), "bcn", 9, 20};
  const TemporaryFile file;
  test::export_to(file.path(), db(), "bcn", Dialect::hledger);
  make_empty_node(db(), "back");
  const auto report = preview_import(db(), "back", file.path(), ImportOptions{});
  EXPECT_FALSE(report.complete);
  EXPECT_TRUE(report.obstacles.empty());
  EXPECT_GT(report.accounts.size(), 0u);
  EXPECT_EQ(
      superuser_value("SELECT count(*) FROM account a JOIN node n ON n.id = a.node_id WHERE n.name = 'back'"),
      "0");
}

}  // namespace
}  // namespace coop::journals
