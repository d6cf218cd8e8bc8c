#include "reports/balances.hpp"
#include "tests/support/random_books.hpp"
#include "tests/support/run_seed.hpp"
#include "tests/support/test_database.hpp"

namespace coop::reports {
namespace {

using test::RandomBooks;
using test::run_seed;

// What anybody can recompute: every posting of every entry, one by one.
constexpr const char* recomputed_sql = R"sql(
  -- test.recomputed
  SELECT coalesce(sum(p.amount_minor) FILTER (WHERE p.amount_minor > 0), 0),
         coalesce(-sum(p.amount_minor) FILTER (WHERE p.amount_minor < 0), 0)
    FROM posting p
    JOIN entry e ON e.node_id = p.node_id AND e.number = p.entry_number
   WHERE p.node_id = $1 AND p.account_id = $2
     AND ($3::date IS NULL OR e.booked_on <= $3) AND ($4::timestamptz IS NULL OR e.recorded_at <= $4)
     AND ($5::date IS NULL OR e.booked_on >= $5) AND ($6::int IS NULL OR p.fund_id = $6)
)sql";

constexpr int account_count = 27;

class Balances : public test::DatabaseTest {
 protected:
  /// Marks after random entries, totals by day of some accounts and a great count of postings for others: the
  /// books have them for busy accounts only.
  void make_busy(RandomBooks& books) {
    superuser_sql(
        "ALTER TABLE account_mark DISABLE TRIGGER ALL; TRUNCATE account_mark; TRUNCATE day_total;"
        "UPDATE account_balance SET has_day_totals = account_id % 3 = 0,"
        " posting_count = CASE account_id % 2 WHEN 0 THEN 1000000000 ELSE posting_count END");
    for (int i = 0; i < 6; ++i) {
      const std::string number =
          std::to_string(1 + books.some_number(static_cast<int>(books.last().number())));
      superuser_sql(
          "INSERT INTO account_mark SELECT p.node_id, p.account_id, " + number +
          ", month_of(p.booked_on), coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0), "
          "coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0) FROM posting p WHERE entry_number "
          "<= " +
          number + " GROUP BY 1, 2, 4 ON CONFLICT DO NOTHING");
    }
    superuser_sql(
        "INSERT INTO day_total SELECT p.node_id, p.account_id, p.booked_on, "
        "coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0), "
        "coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0) FROM posting p "
        "JOIN account_balance b USING (node_id, account_id) WHERE b.has_day_totals GROUP BY 1, 2, 3; "
        "ANALYZE");
  }

  Turnover recomputed(Tx& tx, NodeId node, AccountId account, const Viewpoint& seen,
                      std::optional<Day> from = std::nullopt, std::optional<int> fund = std::nullopt) {
    const Rows found = rows(tx, recomputed_sql, node, account, seen.as_of, seen.known_at, from, fund);
    return Turnover{found[0].int64(0), found[0].int64(1)};
  }

  static Viewpoint some_viewpoint(RandomBooks& books) {
    return {books.chance(4) ? std::nullopt : std::optional{books.some_day()},
            books.chance(3) ? std::nullopt : std::optional{books.some_instant()}};
  }

  static std::string said(const Viewpoint& seen) {
    return " as of " + (seen.as_of ? seen.as_of->text() : "ever") + " known at " +
           (seen.known_at ? text_of(*seen.known_at) : "now");
  }

  void compare_turnover(const RandomBooks& books, AccountId account, const Viewpoint& viewpoint) {
    db().in_snapshot([&](Tx& tx) {
      const Extent extent = read_extent(tx, books.node(), viewpoint);
      ASSERT_EQ(read_turnover(tx, books.node(), account, extent),
                recomputed(tx, books.node(), account, viewpoint))
          << "account " << account.number() << said(viewpoint);
    });
  }
};

TEST_F(Balances, OfOneAccountEqualAFullRecomputationAtAnyDayAndInstant) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  leave_books_damaged();
  RandomBooks books{db(), "bcn", run_seed()};
  for (const bool busy : {false, true}) {
    books.record(200);
    if (busy) make_busy(books);
    for (int i = 0; i < 300; ++i) {
      const AccountId account{1 + books.some_number(account_count)};
      compare_turnover(books, account, some_viewpoint(books));
    }
  }
}

// Here the engine itself makes the marks (from 2,048 postings on) and, if COOP_ROUNDS asks for more than one
// round, the totals by day (from 65,536 on).
TEST_F(Balances, OfAnAccountThatBecomesBusyEqualAFullRecomputation) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  RandomBooks books{db(), "bcn", run_seed() + 3};
  const auto compare = [&] {
    for (int i = 0; i < 40; ++i) {
      const AccountId account{books.chance(4) ? 1 + books.some_number(account_count) : 1};
      compare_turnover(books, account, some_viewpoint(books));
    }
  };
  const bool to_day_totals = test::number_from_environment("COOP_ROUNDS", 1) > 1;
  for (const int crowded : to_day_totals ? std::vector{3, 4, 62, 3} : std::vector{3, 4}) {
    books.record(40);
    books.record_crowded(crowded, 990);
    books.record(40);
    superuser_sql("ANALYZE posting; ANALYZE entry");
    compare();
  }
  EXPECT_EQ(superuser_value("SELECT has_day_totals FROM account_balance WHERE account_id = 1"),
            to_day_totals ? "t" : "f");
  EXPECT_GT(std::stoi(superuser_value("SELECT count(DISTINCT entry_number) FROM account_mark")), 1);
}

TEST_F(Balances, OfManyAccountsEqualAFullRecomputationAtManyDays) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  leave_books_damaged();
  RandomBooks books{db(), "bcn", run_seed() + 1};
  books.record(400);
  make_busy(books);
  for (int i = 0; i < 60; ++i) {
    std::set<Day> days;
    for (int day = books.chance(2) ? 1 : 6; day > 0; --day) days.insert(books.some_day());
    if (books.chance(5)) days.insert(end_of_days());
    const std::vector<Day> list{days.begin(), days.end()};
    const Viewpoint seen = some_viewpoint(books);
    const AccountIds some{{AccountId{3}, AccountId{4}, AccountId{9}}};
    const AccountIds ids = books.chance(3) ? some : std::nullopt;
    const std::optional<int> fund = books.chance(4) ? std::optional{1 + books.some_number(2)} : std::nullopt;
    About about;
    if (fund) about.ids[0] = DimensionId{*fund};
    // In so small pieces that two connections read them, or all at once.
    const InPieces pieces{.accounts = books.chance(3) ? account_count : 1 + books.some_number(8)};
    db().in_snapshot([&](Tx& tx) {
      const auto last = read_last_known(tx, books.node(), seen.known_at);
      const BalancesByAccount balances = read_balances(tx, books.node(), ids, about, list, last, pieces);
      for (int account = 1; account <= account_count; ++account) {
        const AccountId id{account};
        if (ids && std::find(ids->begin(), ids->end(), id) == ids->end()) {
          ASSERT_FALSE(balances.contains(id));
          continue;
        }
        for (std::size_t place = 0; place < list.size(); ++place) {
          const auto found = balances.find(id);
          const std::int64_t balance = found == balances.end() ? 0 : found->second.at(place);
          const Viewpoint at{list[place], seen.known_at};
          ASSERT_EQ(balance, recomputed(tx, books.node(), id, at, std::nullopt, fund).balance_minor())
              << "account " << account << said(at);
        }
      }
    });
  }
}

TEST_F(Balances, TurnoversOfATimeEqualAFullRecomputation) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  leave_books_damaged();
  RandomBooks books{db(), "bcn", run_seed() + 2};
  books.record(400);
  make_busy(books);
  for (int i = 0; i < 80; ++i) {
    const Viewpoint seen = some_viewpoint(books);
    Day first = books.some_day();
    Day last_day = books.chance(4) ? first.plus_days(books.some_number(20)) : books.some_day();
    if (last_day < first) std::swap(first, last_day);
    if (books.chance(9)) first = Day::parse("0001-01-01");
    if (books.chance(9)) last_day = end_of_days();
    const std::optional<int> fund = books.chance(4) ? std::optional{1 + books.some_number(2)} : std::nullopt;
    About about;
    if (fund) about.ids[0] = DimensionId{*fund};
    db().in_snapshot([&](Tx& tx) {
      const auto last = read_last_known(tx, books.node(), seen.known_at);
      TurnoverByAccount turnovers =
          read_turnovers(tx, books.node(), std::nullopt, about, first, last_day, last);
      for (int account = 1; account <= account_count; ++account) {
        const Viewpoint at{last_day, seen.known_at};
        ASSERT_EQ(turnovers[AccountId{account}],
                  recomputed(tx, books.node(), AccountId{account}, at, first, fund))
            << "account " << account << " from " << first.text() << said(at);
      }
    });
  }
}

TEST(MonthSplits, TakeTheShorterSideOfTheMonth) {
  const auto split = [](const char* day) { return month_split_of(Day::parse(day)); };
  EXPECT_FALSE(split("2024-06-30").first);
  EXPECT_EQ(split("2024-06-30").last_month, 2024 * 12 + 5);
  EXPECT_EQ(split("2024-06-15").last_month, 2024 * 12 + 4);
  EXPECT_EQ(split("2024-06-15").first->text(), "2024-06-01");
  EXPECT_EQ(split("2024-06-15").last->text(), "2024-06-15");
  EXPECT_EQ(split("2024-06-15").sign, 1);
  EXPECT_EQ(split("2024-06-16").last_month, 2024 * 12 + 5);
  EXPECT_EQ(split("2024-06-16").first->text(), "2024-06-17");
  EXPECT_EQ(split("2024-06-16").sign, -1);
  EXPECT_EQ(split("0001-01-02").last_month, 11);
  EXPECT_FALSE(month_split_of(std::nullopt).first);
}

}  // namespace
}  // namespace coop::reports
