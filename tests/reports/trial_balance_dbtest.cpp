#include "reports/trial_balance.hpp"

#include "tests/support/random_books.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/run_seed.hpp"
#include "tests/support/test_database.hpp"

namespace coop::reports {
namespace {

using test::RandomBooks;
using test::run_seed;

constexpr const char* recomputed_balance_sql = R"sql(
  -- test.trial_balance
  SELECT coalesce(sum(p.amount_minor) FILTER (WHERE p.booked_on < $5), 0),
         coalesce(sum(p.amount_minor) FILTER (WHERE p.amount_minor > 0 AND p.booked_on >= $5), 0),
         coalesce(-sum(p.amount_minor) FILTER (WHERE p.amount_minor < 0 AND p.booked_on >= $5), 0)
    FROM posting p
    JOIN entry e ON e.node_id = p.node_id AND e.number = p.entry_number
    JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
    JOIN unit u ON u.id = a.unit_id
   WHERE p.node_id = $1 AND u.code = $2 AND (a.path = $3 OR ($6 AND starts_with(a.path, $3 || ':')))
     AND e.booked_on <= $4 AND ($7::timestamptz IS NULL OR e.recorded_at <= $7)
     AND ($9::text IS NULL OR a.path = $9 OR starts_with(a.path, $9 || ':'))
     AND ($8::text IS NULL
          OR p.member_id = (SELECT d.id FROM dimension d
                             WHERE d.node_id = $1 AND d.kind = 'member' AND d.code = $8))
)sql";

class TrialBalances : public test::DatabaseTest {
 protected:
  TrialBalances() : books_{db(), "bcn", run_seed()} { books_.record(300); }

  TrialBalance read(const TrialBalanceQuery& query) {
    return db().in_snapshot([&](Tx& tx) { return read_trial_balance(tx, books_.node(), query); });
  }

  RandomBooks books_;
};

TEST_F(TrialBalances, EqualAFullRecomputationRowByRow) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  for (int i = 0; i < 60; ++i) {
    TrialBalanceQuery query;
    for (int day = books_.chance(2) ? 1 : 3; day > 0; --day) query.days.push_back(books_.some_day());
    if (books_.chance(3)) query.known_at = books_.some_instant();
    if (books_.chance(4)) query.accounts.prefix = "assets:bank";
    if (books_.chance(5)) query.accounts.unit = "ECO";
    if (books_.chance(5)) query.about[1] = "M0001";
    if (books_.chance(2)) query.depth = 1 + books_.some_number(3);
    if (query.days.size() == 1 && books_.chance(2))
      query.from_on = query.days[0].plus_days(-books_.some_number(90));
    query.zero_rows = books_.chance(2);
    const TrialBalance report = read(query);
    for (const TrialBalancePart& part : report.parts) {
      for (const TrialBalanceRow& row : part.rows) {
        const bool group =
            query.depth && std::count(row.path.begin(), row.path.end(), ':') + 1 == *query.depth;
        for (std::size_t day = 0; day < query.days.size(); ++day) {
          const Day from = query.from_on.value_or(Day::parse("0001-01-01"));
          db().in_snapshot([&](Tx& tx) {
            const Rows found =
                rows(tx, recomputed_balance_sql, books_.node(), part.unit, row.path, query.days[day], from,
                     group, query.known_at, query.about[1], query.accounts.prefix);
            const Turnover turnover{found[0].int64(1), found[0].int64(2)};
            EXPECT_EQ(row.balance_minor[day], found[0].int64(0) + turnover.balance_minor()) << row.path;
            if (query.from_on) {
              EXPECT_EQ(row.opening_minor, found[0].int64(0)) << row.path;
            }
            if (query.from_on) {
              EXPECT_EQ(row.turnover, turnover) << row.path;
            }
          });
        }
      }
    }
  }
}

TEST_F(TrialBalances, ProveThatDebitsEqualCreditsInEveryUnit) {
  const TrialBalance report = read({.days = {Day::parse("2024-06-17"), Day::parse("2024-03-31")}});
  ASSERT_TRUE(report.whole());
  ASSERT_EQ(report.parts.size(), 3u);
  EXPECT_EQ(report.parts[0].unit, "EUR");
  for (const TrialBalancePart& part : report.parts) {
    for (const Turnover& total : part.totals) {
      EXPECT_EQ(total.debit_minor, total.credit_minor);
      EXPECT_GT(total.debit_minor, 0);
    }
  }
  const Table table = table_of(report);
  EXPECT_EQ(std::count_if(table.rows.begin(), table.rows.end(),
                          [](const TableRow& row) { return row.kind == RowKind::proof; }),
            3);
}

TEST_F(TrialBalances, LeaveZeroRowsOutUnlessTheyAreAskedFor) {
  const std::vector<Day> before_everything{Day::parse("2020-01-01")};
  EXPECT_TRUE(read({.days = before_everything}).parts.empty());
  const TrialBalance all = read({.days = before_everything, .zero_rows = true});
  ASSERT_EQ(all.parts.size(), 3u);
  EXPECT_EQ(all.parts[1].rows.size(), 9u);
}

TEST_F(TrialBalances, AreRefusedWhenTheQueryMakesNoSense) {
  const Day day = Day::parse("2024-06-17");
  const auto refused = [&](const TrialBalanceQuery& query) {
    return test::refusal_code([&] { read(query); });
  };
  EXPECT_EQ(refused({.days = {day, day.plus_days(1)}, .from_on = day}), "field_invalid");
  EXPECT_EQ(refused({.days = {day}, .from_on = day.plus_days(1)}), "day_malformed");
  EXPECT_EQ(refused({.days = {day}, .depth = 0}), "field_invalid");
  EXPECT_EQ(refused({.days = std::vector<Day>(61, day)}), "field_invalid");
  EXPECT_EQ(refused({.days = {day}, .accounts = {.unit = "XYZ"}}), "unit_unknown");
  EXPECT_EQ(refused({.days = {day}, .accounts = {.prefix = ":"}}), "path_malformed");
  EXPECT_EQ(refused({.days = {day}, .about = {"nothing"}}), "dimension_unknown");
}

TEST_F(TrialBalances, ReadWellInTheTerminal) {
  const std::string text = plain_text(table_of(read({.days = {Day::parse("2024-06-17")}, .depth = 2})));
  if (std::getenv("SHOW")) std::puts(text.c_str());
  EXPECT_NE(text.find("Trial balance\n"), std::string::npos);
  EXPECT_NE(text.find("As of: 2024-06-17"), std::string::npos);
}

}  // namespace
}  // namespace coop::reports
