#include "ledger/books/account_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/posting_store.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/values/unit.hpp"
#include "tests/support/test_database.hpp"

namespace coop::books {
namespace {

const Instant now = instant_from_text("2026-01-31T12:00:00Z");
const Day first_day = Day::parse("2026-01-01");

/// Rows of `expected` and `kept` that differ.
std::string difference(const std::string& expected, const std::string& kept) {
  return "SELECT count(*) FROM ((" + expected + " EXCEPT " + kept + ") UNION ALL (" + kept + " EXCEPT " +
         expected + ")) d";
}

class BusyAccounts : public test::DatabaseTest {
 protected:
  BusyAccounts() {
    db().in_tx([&](Tx& tx) {
      if (!find_unit(tx, "EUR")) insert_unit(tx, "EUR", "Euro", 2, UnitOrigin::currency);
      unit_ = find_unit(tx, "EUR")->id;
      node_ = make_node(tx, NodeDraft{"bcn", "Barcelona", "EUR", "ES", "Europe/Madrid", {1, 1}},
                        Author{std::nullopt, now})
                  .id;
      for (const char* path : {"assets:bank", "income:dues", "income:other"}) {
        const auto type =
            std::string_view{path}.starts_with("assets") ? AccountType::asset : AccountType::income;
        open_account(tx, *node_, AccountDraft{path, "EUR", type, "", {}, {}, first_day},
                     Author{std::nullopt, now});
      }
    });
  }

  // Each entry has `size` postings: all but one on the bank, spread over `days` days and entries.
  void post_entries(int entries, int size, int days) {
    for (int i = 0; i < entries; ++i) {
      Draft draft{fingerprint_of("k" + std::to_string(posted_)),
                  std::nullopt,
                  first_day.plus_days(posted_ * 7 % days),
                  LateEntry::refuse,
                  "",
                  "",
                  "",
                  std::nullopt,
                  std::nullopt,
                  {}};
      for (int line = 1; line < size; ++line) {
        const std::int64_t minor = line % 3 == 0 ? -line : line;
        draft.postings.push_back({"assets:bank", Money::of_minor(minor, *unit_), {}, ""});
        total_ += minor;
      }
      draft.postings.push_back(
          {posted_ % 2 == 0 ? "income:dues" : "income:other", Money::of_minor(-total_, *unit_), {}, ""});
      total_ = 0;
      ++posted_;
      db().in_tx([&](Tx& tx) {
        recorded_or_throw(post(tx, *node_, std::span{&draft, 1}, Together::each_alone, now)[0]);
      });
    }
  }

  void expect_derived_right() {
    EXPECT_EQ(superuser_value(difference("SELECT a.node_id, a.id, (SELECT count(*) FROM posting p WHERE "
                                         "p.node_id = a.node_id AND p.account_id = a.id) "
                                         "FROM account a",
                                         "SELECT node_id, account_id, posting_count FROM account_balance")),
              "0");
    EXPECT_EQ(superuser_value(difference(
                  "SELECT node_id, account_id, booked_on, coalesce(sum(amount_minor) FILTER (WHERE "
                  "amount_minor > 0), 0), "
                  "coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0) FROM posting WHERE "
                  "(node_id, account_id) IN "
                  "(SELECT node_id, account_id FROM account_balance WHERE has_day_totals) GROUP BY 1, 2, 3",
                  "SELECT node_id, account_id, booked_on, debit_minor, credit_minor FROM day_total")),
              "0");
    EXPECT_EQ(
        superuser_value(difference(
            "SELECT m.node_id, m.account_id, m.entry_number, month_of(p.booked_on), "
            "coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0), "
            "coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0) FROM posting p JOIN "
            "(SELECT DISTINCT node_id, account_id, entry_number FROM account_mark) m USING (node_id, "
            "account_id) "
            "WHERE p.entry_number <= m.entry_number GROUP BY 1, 2, 3, 4",
            "SELECT node_id, account_id, entry_number, month, debit_minor, credit_minor FROM account_mark")),
        "0");
  }

  std::optional<UnitId> unit_;
  std::optional<NodeId> node_;
  std::int64_t total_ = 0;
  int posted_ = 0;
};

TEST_F(BusyAccounts, AreMarkedEachTimeTheyTookAnother2048Postings) {
  post_entries(3, 1000, 90);
  EXPECT_EQ(superuser_value("SELECT string_agg(DISTINCT entry_number::text, ',') FROM account_mark"), "3");
  post_entries(6, 1000, 90);
  EXPECT_EQ(superuser_value("SELECT string_agg(DISTINCT entry_number::text, ',') FROM account_mark"),
            "3,5,7,9");
  EXPECT_EQ(superuser_value("SELECT count(DISTINCT account_id) FROM account_mark"), "1");
  expect_derived_right();
}

TEST_F(BusyAccounts, GetTotalsByDayFromTheir65536thPostingOn) {
  post_entries(65, 1000, 60);
  EXPECT_EQ(superuser_value("SELECT count(*) FROM day_total"), "0");
  post_entries(1, 1000, 60);
  EXPECT_EQ(superuser_value("SELECT count(*) FROM account_balance WHERE has_day_totals"), "1");
  expect_derived_right();
  post_entries(5, 20, 60);
  expect_derived_right();
}

}  // namespace
}  // namespace coop::books
