#include "reports/balance_sheet.hpp"
#include "reports/income_statement.hpp"
#include "tests/support/random_books.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/run_seed.hpp"
#include "tests/support/test_database.hpp"

namespace coop::reports {
namespace {

using test::RandomBooks;
using test::run_seed;

// The debit balance of all accounts of some types in a unit, of entries booked within two days.
constexpr const char* recomputed_sheet_sql = R"sql(
  -- test.sheets
  SELECT coalesce(sum(p.amount_minor), 0)
    FROM posting p
    JOIN entry e ON e.node_id = p.node_id AND e.number = p.entry_number
    JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
    JOIN unit u ON u.id = a.unit_id
   WHERE p.node_id = $1 AND u.code = $2 AND strpos($3, a.type) > 0 AND e.booked_on BETWEEN $4 AND $5
     AND ($6::timestamptz IS NULL OR e.recorded_at <= $6)
)sql";

class Sheets : public test::DatabaseTest {
 protected:
  Sheets() : books_{db(), "bcn", run_seed()} { books_.record(300); }

  std::int64_t recomputed(const std::string& unit, const std::string& types, Day first, Day last,
                          std::optional<Instant> known_at) {
    return db().in_snapshot([&](Tx& tx) {
      const Rows found = rows(tx, recomputed_sheet_sql, books_.node(), unit, types, first, last, known_at);
      return found[0].int64(0);
    });
  }

  RandomBooks books_;
};

// The fiscal year of RandomBooks begins on 6 April.
Day year_start(Day day) {
  const Day april = Day::parse(day.text().substr(0, 4) + "-04-06");
  return day < april ? april.plus_months(-12) : april;
}

TEST_F(Sheets, BalanceAndShowTheResultsOfEarlierYearsAndOfThisOne) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  const Day start = Day::parse("0001-01-01");
  for (int i = 0; i < 30; ++i) {
    BalanceSheetQuery query{.days = {}};
    for (int day = 1 + books_.some_number(3); day > 0; --day) query.days.push_back(books_.some_day());
    if (books_.chance(3)) query.known_at = books_.some_instant();
    if (books_.chance(3)) query.depth = 1 + books_.some_number(3);
    const BalanceSheet sheet =
        db().in_snapshot([&](Tx& tx) { return read_balance_sheet(tx, books_.node(), query); });
    for (const BalanceSheetPart& part : sheet.parts) {
      for (std::size_t at = 0; at < query.days.size(); ++at) {
        const Day day = query.days[at];
        const auto sum = [&](const char* types, Day from, Day to) {
          return recomputed(part.unit, types, from, to, query.known_at);
        };
        EXPECT_EQ(part.total_assets[at], part.total_liabilities[at] + part.total_equity[at]);
        EXPECT_EQ(part.total_assets[at], sum("asset", start, day));
        EXPECT_EQ(part.total_liabilities[at], -sum("liability", start, day));
        EXPECT_EQ(part.result[at], -sum("income expense", year_start(day), day));
        EXPECT_EQ(part.earlier_result[at], -sum("income expense", start, year_start(day).plus_days(-1)));
        EXPECT_EQ(part.total_equity[at],
                  -sum("equity", start, day) + part.result[at] + part.earlier_result[at]);
      }
    }
    for (const TableRow& row : table_of(sheet).rows) {
      if (row.kind != RowKind::proof) continue;
      for (const Cell& cell : row.cells) {
        if (std::holds_alternative<Amount>(cell)) {
          EXPECT_EQ(std::get<Amount>(cell).minor, 0);
        }
      }
    }
  }
}

TEST_F(Sheets, OfIncomeAndExpenditureShowEachPeriod) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  for (int i = 0; i < 30; ++i) {
    IncomeStatementQuery query{.periods = {}};
    for (int period = 1 + books_.some_number(4); period > 0; --period) {
      const Day first = books_.some_day();
      query.periods.push_back(books_.chance(2) ? Period::month_of(first)
                                               : Period{first, first.plus_days(books_.some_number(200))});
    }
    if (books_.chance(9)) query.periods.emplace_back(first_of_days(), books_.some_day());
    if (books_.chance(3)) query.known_at = books_.some_instant();
    const IncomeStatement report =
        db().in_snapshot([&](Tx& tx) { return read_income_statement(tx, books_.node(), query); });
    for (const IncomeStatementPart& part : report.parts) {
      for (std::size_t at = 0; at < query.periods.size(); ++at) {
        const Period& period = query.periods[at];
        const auto sum = [&](const char* types) {
          return recomputed(part.unit, types, period.first(), period.last(), query.known_at);
        };
        EXPECT_EQ(part.total_income[at], -sum("income"));
        EXPECT_EQ(part.total_expenses[at], sum("expense"));
        EXPECT_EQ(part.result[at], part.total_income[at] - part.total_expenses[at]);
      }
    }
  }
}

TEST_F(Sheets, ReadWellInTheTerminal) {
  const BalanceSheet sheet = db().in_snapshot([&](Tx& tx) {
    return read_balance_sheet(tx, books_.node(),
                              {.days = {Day::parse("2024-12-31"), Day::parse("2023-12-31")}});
  });
  const IncomeStatement statement = db().in_snapshot([&](Tx& tx) {
    return read_income_statement(
        tx, books_.node(),
        {.periods = {Period::parse("2024-01"), Period::parse("2024-Q1"), Period::parse("2024")}});
  });
  const std::string text = plain_text(table_of(sheet)) + "\n" + plain_text(table_of(statement));
  if (std::getenv("SHOW") != nullptr) std::puts(text.c_str());
  for (const char* words : {"Balance sheet\n", "Result of earlier years", "Total liabilities and equity",
                            "2024-12-31", "Income and expenditure\n", "Income less expenses", "2024-Q1"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words;
  }
}

TEST_F(Sheets, AreRefusedWithoutColumns) {
  const auto refused = [&](auto&& read) {
    return test::refusal_code([&] { db().in_snapshot([&](Tx& tx) { read(tx); }); });
  };
  EXPECT_EQ(refused([&](Tx& tx) { read_balance_sheet(tx, books_.node(), {.days = {}}); }), "field_invalid");
  EXPECT_EQ(refused([&](Tx& tx) { read_income_statement(tx, books_.node(), {.periods = {}}); }),
            "field_invalid");
  EXPECT_EQ(refused([&](Tx& tx) {
              read_balance_sheet(tx, books_.node(), {.days = {Day::parse("2024-01-01")}, .unit = "XYZ"});
            }),
            "unit_unknown");
}

}  // namespace
}  // namespace coop::reports
