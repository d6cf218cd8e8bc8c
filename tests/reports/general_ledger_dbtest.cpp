#include "reports/general_ledger.hpp"

#include "reports/dimension_statement.hpp"
#include "reports/journal.hpp"
#include "tests/support/random_books.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/run_seed.hpp"
#include "tests/support/test_database.hpp"

namespace coop::reports {
namespace {

using test::RandomBooks;
using test::run_seed;

/// One account of a general ledger, put together from its blocks: entry and line, amount, balance.
struct Whole {
  std::int64_t opening_minor = 0;
  std::int64_t closing_minor = 0;
  std::vector<std::tuple<std::int64_t, int, std::int64_t, std::int64_t>> lines;
  friend bool operator==(const Whole&, const Whole&) = default;
};
using ByAccount = std::map<std::string, Whole>;

class Ledgers : public test::DatabaseTest {
 protected:
  Ledgers() : books_{db(), "bcn", run_seed()} { books_.record(250); }

  /// All stretches of `limit` lines, each begun anew from the cursor if `by_cursor`.
  ByAccount read_all(const GeneralLedgerQuery& query, int limit, bool by_cursor) {
    ByAccount accounts;
    std::optional<std::string> open;
    std::optional<GeneralLedger> ledger;
    std::optional<std::string> cursor;
    do {
      db().in_snapshot([&](Tx& tx) {
        if (!ledger || by_cursor) ledger.emplace(tx, books_.node(), query, cursor);
        int lines = 0;
        for (const LedgerBlock& block : ledger->next(tx, limit)) {
          const std::string name = block.account.unit + " " + block.account.path;
          EXPECT_EQ(block.begins, open != name) << name;
          Whole& whole = accounts[name];
          if (block.begins) whole.opening_minor = whole.closing_minor = block.opening_minor;
          EXPECT_EQ(block.opening_minor, whole.closing_minor);
          for (const StatementLine& line : block.lines) {
            whole.lines.emplace_back(line.entry.number(), line.line, line.amount_minor, line.balance_minor);
          }
          whole.closing_minor = block.closing_minor;
          lines += static_cast<int>(block.lines.size());
          open = block.ends ? std::nullopt : std::optional{name};
        }
        EXPECT_LE(lines, limit);
        cursor = ledger->cursor();
      });
    } while (cursor);
    EXPECT_FALSE(open);
    return accounts;
  }

  ByAccount by_statements(const GeneralLedgerQuery& query) {
    ByAccount accounts;
    for (const std::string& path : books_.paths()) {
      for (const char* unit : {"EUR", "ECO", "HOUR"}) {
        if (query.accounts.prefix && !books::path_holds(*query.accounts.prefix, path)) continue;
        StatementQuery statement{.account = path,
                                 .unit = unit,
                                 .from_on = query.from_on,
                                 .to_on = query.to_on,
                                 .known_at = query.known_at,
                                 .limit = 1000};
        const Statement read =
            db().in_snapshot([&](Tx& tx) { return read_statement(tx, books_.node(), statement); });
        Whole whole{read.opening_minor, read.closing_minor, {}};
        for (const StatementLine& line : read.lines) {
          whole.lines.emplace_back(line.entry.number(), line.line, line.amount_minor, line.balance_minor);
        }
        if (whole.opening_minor != 0 || !whole.lines.empty())
          accounts[std::string{unit} + " " + path] = whole;
      }
    }
    return accounts;
  }

  /// The text of the shortest first page whose last account goes on; `ledger` is behind it.
  std::string first_page_that_ends_within_an_account(Tx& tx, GeneralLedger& ledger) {
    for (int limit = 1; limit <= 1000; ++limit) {
      ledger = GeneralLedger{tx, books_.node(), ledger.query()};
      const auto blocks = ledger.next(tx, limit);
      if (!blocks.empty() && !blocks.back().ends) return plain_text(table_of(ledger, blocks));
    }
    throw std::logic_error{"no account has two lines"};
  }

  RandomBooks books_;
};

TEST_F(Ledgers, HoldTheStatementOfEveryAccountWhateverThePageSize) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  for (int i = 0; i < 20; ++i) {
    Day from = books_.some_day();
    Day to = books_.some_day();
    if (to < from) std::swap(from, to);
    if (books_.chance(6)) from = first_of_days();
    GeneralLedgerQuery query{.from_on = from, .to_on = to};
    if (books_.chance(3)) query.known_at = books_.some_instant();
    if (books_.chance(4)) query.accounts.prefix = "assets:bank";
    const ByAccount expected = by_statements(query);
    EXPECT_EQ(read_all(query, 1 + books_.some_number(60), false), expected);
    EXPECT_EQ(read_all(query, 1 + books_.some_number(60), true), expected);
  }
}

TEST_F(Ledgers, AreRefusedWithACursorOfOthers) {
  const GeneralLedgerQuery query{.from_on = Day::parse("2024-01-01"), .to_on = Day::parse("2024-12-31")};
  std::optional<std::string> cursor;
  db().in_snapshot([&](Tx& tx) {
    GeneralLedger ledger{tx, books_.node(), query};
    ledger.next(tx, 3);
    cursor = ledger.cursor();
  });
  const auto refused = [&](const GeneralLedgerQuery& other) {
    return test::refusal_code(
        [&] { db().in_snapshot([&](Tx& tx) { GeneralLedger(tx, books_.node(), other, cursor); }); });
  };
  EXPECT_EQ(refused(query), "accepted");
  EXPECT_EQ(refused({.from_on = Day::parse("2024-01-02"), .to_on = Day::parse("2024-12-31")}),
            "cursor_invalid");
  EXPECT_EQ(refused({.from_on = Day::parse("2024-01-02"), .to_on = Day::parse("2023-12-31")}),
            "day_malformed");
}

TEST_F(Ledgers, AndJournalsReadWellInTheTerminal) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  const GeneralLedgerQuery query{.from_on = Day::parse("2023-10-01"), .to_on = Day::parse("2025-12-31")};
  const std::string text = db().in_snapshot([&](Tx& tx) {
    GeneralLedger ledger{tx, books_.node(), query};
    std::string pages = first_page_that_ends_within_an_account(tx, ledger);
    EXPECT_NE(pages.find("More follows: ask again with cursor="), std::string::npos);
    pages += "\n" + plain_text(table_of(ledger, ledger.next(tx, 3)));
    StatementQuery statement{.account = "income:dues", .unit = "EUR", .limit = 6};
    return pages + "\n" +
           plain_text(table_of(read_journal(tx, books_.node(), {}, EntryOrder::booked, 5, std::nullopt))) +
           "\n" + plain_text(table_of(read_statement(tx, books_.node(), statement)));
  });
  if (std::getenv("SHOW") != nullptr) std::puts(text.c_str());
  for (const char* words :
       {"General ledger\n", "Opening balance", "Carried forward", "Brought forward", "Journal\n"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words;
  }
}

constexpr const char* recomputed_ledger_sql = R"sql(
  -- test.dimensions
  SELECT coalesce(sum(p.amount_minor) FILTER (WHERE e.booked_on < $5), 0),
         coalesce(sum(p.amount_minor) FILTER (WHERE e.booked_on >= $5 AND p.amount_minor > 0), 0),
         coalesce(-sum(p.amount_minor) FILTER (WHERE e.booked_on >= $5 AND p.amount_minor < 0), 0)
    FROM posting p
    JOIN entry e ON e.node_id = p.node_id AND e.number = p.entry_number
    JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
    JOIN unit u ON u.id = a.unit_id
    JOIN dimension d ON d.node_id = p.node_id
                    AND d.id IN (p.fund_id, p.member_id, p.cost_object_id, p.tax_code_id)
   WHERE p.node_id = $1 AND u.code = $2 AND d.kind = $3 AND d.code = $4 AND e.booked_on <= $6
     AND (a.type IN ('asset', 'liability')) = $7 AND ($8::timestamptz IS NULL OR e.recorded_at <= $8)
)sql";

TEST_F(Ledgers, OfDimensionsShowWhatCameInAndWentOut) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  for (int i = 0; i < 40; ++i) {
    const auto kind = books::dimension_kinds[static_cast<std::size_t>(books_.some_number(4))];
    const Day first = books_.some_day();
    DimensionStatementQuery query{.kind = kind,
                                  .period = {first, first.plus_days(books_.some_number(300))},
                                  .side = books_.chance(2) ? DimensionSide::result : DimensionSide::balance};
    if (books_.chance(3)) query.known_at = books_.some_instant();
    const DimensionStatement report =
        db().in_snapshot([&](Tx& tx) { return read_dimension_statement(tx, books_.node(), query); });
    const bool balance = query.side == DimensionSide::balance;
    for (const DimensionStatementPart& part : report.parts) {
      std::int64_t closing = 0;
      for (const DimensionStatementRow& row : part.rows) {
        db().in_snapshot([&](Tx& tx) {
          const Rows found =
              rows(tx, recomputed_ledger_sql, books_.node(), part.unit, books::text_of(kind), row.code,
                   query.period.first(), query.period.last(), balance, query.known_at);
          const int sign = balance ? 1 : -1;
          EXPECT_EQ(row.opening_minor, sign * found[0].int64(0)) << row.code;
          EXPECT_EQ(row.in_minor, found[0].int64(balance ? 1 : 2)) << row.code;
          EXPECT_EQ(row.out_minor, found[0].int64(balance ? 2 : 1)) << row.code;
          EXPECT_EQ(row.closing_minor, row.opening_minor + row.in_minor - row.out_minor);
        });
        closing += row.closing_minor;
      }
      EXPECT_EQ(part.total.closing_minor, closing);
    }
    if (i == 0 && std::getenv("SHOW") != nullptr) std::puts(plain_text(table_of(report)).c_str());
  }
}

}  // namespace
}  // namespace coop::reports
