#include "reports/statement.hpp"

#include "reports/entry_reading.hpp"
#include "tests/support/random_books.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/run_seed.hpp"
#include "tests/support/test_database.hpp"

namespace coop::reports {
namespace {

using test::RandomBooks;
using test::run_seed;

/// A line as anybody can work it out from the entries.
struct Expected {
  Day booked_on;
  std::int64_t entry;
  int line;
  std::int64_t amount_minor;
  std::int64_t balance_minor;
  friend bool operator==(const Expected&, const Expected&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Expected& line) {
    return out << line.booked_on.text() << " " << line.entry << "/" << line.line << " " << line.amount_minor
               << " -> " << line.balance_minor;
  }
};

bool concerns(const books::DimensionCodes& about, const AboutCodes& asked) {
  for (std::size_t i = 0; i < asked.size(); ++i)
    if (asked[i] && about[i] != asked[i]) return false;
  return true;
}

class Statements : public test::DatabaseTest {
 protected:
  Statements() : books_{db(), "bcn", run_seed()} { books_.record(300); }

  /// Every line of the account that counts, oldest first, with the balance after it; the days are cut
  /// afterwards.
  std::vector<Expected> recomputed(const StatementQuery& query) {
    EntryFilter filter;
    filter.known_at = query.known_at;
    std::vector<Expected> lines;
    std::optional<std::string> cursor;
    do {
      const EntryPage page = db().in_snapshot(
          [&](Tx& tx) { return read_entries(tx, books_.node(), filter, EntryOrder::booked, 1000, cursor); });
      for (const books::Entry& entry : page.entries) {
        for (const books::Posting& posting : entry.postings) {
          if (posting.account != query.account || posting.unit != *query.unit) continue;
          if (!concerns(posting.about, query.about)) continue;
          const std::int64_t before = lines.empty() ? 0 : lines.back().balance_minor;
          lines.push_back({entry.booked_on, entry.number.number(), posting.line, posting.amount_minor,
                           before + posting.amount_minor});
        }
      }
      cursor = page.next;
    } while (cursor);
    std::erase_if(lines, [&](const Expected& line) {
      return (query.from_on && line.booked_on < *query.from_on) ||
             (query.to_on && line.booked_on > *query.to_on);
    });
    if (query.newest_first) std::reverse(lines.begin(), lines.end());
    return lines;
  }

  Statement read(const StatementQuery& query) {
    return db().in_snapshot([&](Tx& tx) { return read_statement(tx, books_.node(), query); });
  }

  std::vector<Expected> read_all(StatementQuery query) {
    std::vector<Expected> lines;
    std::optional<Statement> previous;
    do {
      Statement page = read(query);
      for (const StatementLine& line : page.lines) {
        lines.push_back(
            {line.booked_on, line.entry.number(), line.line, line.amount_minor, line.balance_minor});
      }
      std::int64_t moved = 0;
      for (const StatementLine& line : page.lines) moved += line.amount_minor;
      EXPECT_EQ(page.opening_minor + moved, page.closing_minor);
      if (previous && query.newest_first) {
        EXPECT_EQ(page.closing_minor, previous->opening_minor);
      }
      if (previous && !query.newest_first) {
        EXPECT_EQ(page.opening_minor, previous->closing_minor);
      }
      query.cursor = page.next;
      previous = std::move(page);
    } while (query.cursor);
    return lines;
  }

  RandomBooks books_;
};

TEST_F(Statements, ShowEveryLineWithItsBalanceInBothOrdersAndAnyPageSize) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  for (int i = 0; i < 60; ++i) {
    StatementQuery query{.account = books_.paths()[static_cast<std::size_t>(books_.some_number(9))],
                         .unit = "EUR"};
    if (books_.chance(3)) query.unit = "HOUR";
    if (books_.chance(2)) query.from_on = books_.some_day();
    if (books_.chance(2))
      query.to_on = query.from_on ? query.from_on->plus_days(books_.some_number(200)) : books_.some_day();
    if (books_.chance(3)) query.known_at = books_.some_instant();
    if (books_.chance(3)) query.about[0] = books_.chance(2) ? "media" : "garden";
    if (books_.chance(5)) query.about[1] = "M0002";
    query.newest_first = books_.chance(2);
    query.limit = 1 + books_.some_number(30);
    EXPECT_EQ(read_all(query), recomputed(query));
  }
}

TEST_F(Statements, LaterPagesShowTheBooksOfTheFirst) {
  StatementQuery query{.account = "assets:bank:main", .unit = "EUR", .limit = 5};
  const std::vector<Expected> before = recomputed(query);
  const Statement first = read(query);
  books_.record(60);
  std::vector<Expected> lines;
  for (const StatementLine& line : first.lines) {
    lines.push_back({line.booked_on, line.entry.number(), line.line, line.amount_minor, line.balance_minor});
  }
  query.cursor = first.next;
  const std::vector<Expected> rest = read_all(query);
  lines.insert(lines.end(), rest.begin(), rest.end());
  EXPECT_EQ(lines, before);
}

TEST_F(Statements, AreRefusedWhenTheAccountOrTheCursorIsWrong) {
  const auto refused = [&](const StatementQuery& query) { return test::refusal_code([&] { read(query); }); };
  EXPECT_EQ(refused({.account = "assets:nothing", .unit = "EUR"}), "account_unknown");
  EXPECT_EQ(refused({.account = "assets:bank:main", .unit = "USD"}), "account_unknown");
  EXPECT_EQ(refused({.account = "assets:bank:main"}), "unit_ambiguous");
  EXPECT_EQ(refused({.account = "assets:bank:main", .unit = "EUR", .limit = 0}), "field_invalid");
  EXPECT_EQ(refused({.account = "assets:bank:main",
                     .unit = "EUR",
                     .from_on = Day::parse("2024-02-01"),
                     .to_on = Day::parse("2024-01-01")}),
            "day_malformed");
  const Statement first = read({.account = "assets:bank:main", .unit = "EUR", .limit = 1});
  ASSERT_TRUE(first.next);
  EXPECT_EQ(refused({.account = "assets:bank:main", .unit = "HOUR", .limit = 1, .cursor = first.next}),
            "cursor_invalid");
  EXPECT_EQ(
      refused({.account = "assets:bank:main", .unit = "EUR", .newest_first = true, .cursor = first.next}),
      "cursor_invalid");
  EXPECT_EQ(refused({.account = "assets:bank:main", .unit = "EUR", .cursor = "junk"}), "cursor_invalid");
  StatementQuery about_a_fund{.account = "assets:bank:main", .unit = "EUR", .limit = 1, .cursor = first.next};
  about_a_fund.about[0] = "media";
  EXPECT_EQ(refused(about_a_fund), "cursor_invalid") << "the page of another statement";
  about_a_fund.about[0] = "nothing";
  EXPECT_EQ(refused(about_a_fund), "dimension_unknown");
}

TEST_F(Statements, AsTablesHaveTheReadersSign) {
  const Table income = table_of(read({.account = "income:dues", .unit = "EUR", .limit = 1000}));
  const Statement statement = read({.account = "income:dues", .unit = "EUR", .limit = 1000});
  ASSERT_FALSE(statement.lines.empty());
  const auto& cell = income.rows.at(1).cells.at(14);
  EXPECT_EQ(std::get<Amount>(cell).minor, -statement.lines.front().amount_minor);
  EXPECT_EQ(std::get<Amount>(income.rows.back().cells.at(15)).minor, -statement.closing_minor);
}

std::string words_of(const TableRow& row) { return std::get<std::string>(row.cells.at(3)); }

TEST_F(Statements, CallABalanceOpeningOrClosingOnlyAtTheirEnds) {
  for (const bool newest_first : {false, true}) {
    StatementQuery query{.account = "assets:bank:main", .unit = "EUR", .newest_first = newest_first};
    query.limit = static_cast<int>(recomputed(query).size() + 2) / 3;
    std::string words;
    std::size_t rows = 0;
    do {
      const Statement statement = read(query);
      const Table one_of_many = table_of(statement);
      words += words_of(one_of_many.rows.front()) + ", " + words_of(one_of_many.rows.back()) + "; ";
      const Table part = table_of(statement, true);
      rows += part.rows.size();
      query.cursor = statement.next;
    } while (query.cursor);
    EXPECT_EQ(words, newest_first ? "Closing balance, Brought forward; Carried forward, Brought forward; "
                                    "Carried forward, Opening balance; "
                                  : "Opening balance, Carried forward; Brought forward, Carried forward; "
                                    "Brought forward, Closing balance; ");
    EXPECT_EQ(rows, recomputed({.account = "assets:bank:main", .unit = "EUR"}).size() + 2);
  }
}

}  // namespace
}  // namespace coop::reports
