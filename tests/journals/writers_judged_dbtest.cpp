// Journals of awkward books, written from memory and judged by the programs they are for.
#include <gtest/gtest.h>

#include <fstream>

#include "ledger/journals/account_names.hpp"
#include "ledger/journals/journal.hpp"
#include "ledger/journals/program.hpp"
#include "tests/support/judges.hpp"

namespace coop::journals {
namespace {

const std::vector<JournalUnit> units{
    {"EUR", "Euro", 2}, {"JPY", "Yen", 0}, {"H2.X_Y-9", "Hours \"too\"", 4}, {"TRUE", "Truth", 2}};

const std::vector<std::string> paths{"assets:Crédit Coopératif (Lyon)",
                                     "a;b",
                                     "Smith, John",
                                     "x:[x]",
                                     "(whole)",
                                     "[x]",
                                     "*star",
                                     "a\"b",
                                     "assets",
                                     "Assets",
                                     "ASSETS:bank",
                                     "assets:bank",
                                     "bank",
                                     "tab\tbed",
                                     "a%3Bb",
                                     "100%",
                                     "é:ß:日本",
                                     "deep:a:b:c:d",
                                     "x  y",
                                     " lead",
                                     "trail :x",
                                     "nb\u00A0sp",
                                     "1234",
                                     "-5 EUR",
                                     "2026-01-01",
                                     "= 5",
                                     "a:<b>",
                                     "date:2020-01-01",
                                     "assets:@ 5 EUR",
                                     "a # b",
                                     "note ; x",
                                     "Ωmega",
                                     "{x}",
                                     "~p",
                                     "`t",
                                     "end comment"};

const std::vector<std::string> texts{"Dues",
                                     "",
                                     "(refund) x",
                                     "* star",
                                     "! bang ; ; semi",
                                     "a | b",
                                     "= 2020-01-01",
                                     "tab\there",
                                     "new\nline",
                                     "date:2020-01-01",
                                     "[2020-01-01] x",
                                     ":tag:",
                                     "key: value",
                                     "key:: 1/0",
                                     "quote\" \\ back",
                                     "comma, x",
                                     "  lead",
                                     "100%",
                                     "%41",
                                     "; x",
                                     "@ y",
                                     "naïve 日本",
                                     "()",
                                     "(",
                                     "$ {x} `y`",
                                     "#hash ^link",
                                     "a  b  ; c",
                                     "\u00A0nb\u00A0"};

// Books of random entries, kept only to be written. The same each time.
class MemoryBooks {
 public:
  MemoryBooks() : head_{"bcn", "Coop \"A\" ; x\nline", "EUR", units, {}} {
    for (std::size_t i = 0; i < paths.size(); ++i) {
      for (const JournalUnit& unit : units) {
        head_.accounts.push_back({paths[i],
                                  unit.code,
                                  unit.scale,
                                  static_cast<books::AccountType>(i % 5),
                                  "Title of \"" + paths[i] + '"',
                                  Day::parse("2019-01-01"),
                                  {},
                                  0,
                                  {}});
      }
    }
    Day day = Day::parse("2020-01-01");
    for (int number = 1; number <= 400; ++number) {
      day = day.plus_days(static_cast<int>(draw(3)));
      add_entry(number, day);
    }
  }
  const JournalHead& head() const { return head_; }
  const std::vector<books::Entry>& entries() const { return entries_; }

 private:
  std::uint32_t draw(std::size_t below) {
    state_ = state_ * 1664525u + 1013904223u;
    return (state_ >> 8) % static_cast<std::uint32_t>(below);
  }
  std::string text() { return texts[draw(texts.size())]; }

  void add_entry(int number, Day day) {
    books::Entry entry{.number = EntryNumber{number},
                       .booked_on = day,
                       .recorded_at = instant_from_text("2020-01-01T09:05:00Z"),
                       .recorded_by = {},
                       .document_on = {},
                       .description = text(),
                       .reference = text(),
                       .source = text(),
                       .reverses = {},
                       .reversed_by = {},
                       .hold = {},
                       .hash = {},
                       .postings = {}};
    if (draw(4) == 0) entry.document_on = day.plus_days(-40);
    if (number % 7 == 0) entry.reverses = EntryNumber{number - 1};
    if (number % 7 == 6) entry.reversed_by = EntryNumber{number + 1};
    for (std::uint32_t pairs = draw(3) + 1; pairs > 0; --pairs) {
      const std::size_t unit = draw(units.size());
      const std::int64_t amount = draw(2'000'000) + 1;
      add_posting(entry, draw(paths.size()) * units.size() + unit, amount);
      add_posting(entry, draw(paths.size()) * units.size() + unit, -amount);
    }
    entries_.push_back(std::move(entry));
  }

  void add_posting(books::Entry& entry, std::size_t place, std::int64_t amount) {
    JournalAccount& account = head_.accounts[place];
    const int line = static_cast<int>(entry.postings.size()) + 1;
    entry.postings.push_back({line, account.path, account.unit, account.scale, amount, {}, text()});
    if (draw(3) == 0) entry.postings.back().about[draw(4)] = "M0042";
    account.balance_minor += amount;
    account.last = LastPosting{entry.number, line, entry.booked_on};
  }

  JournalHead head_;
  std::vector<books::Entry> entries_;
  std::uint32_t state_ = 7;
};

test::Balances balances_by_names_in(Dialect dialect, const JournalHead& head) {
  test::Balances balances;
  BeancountNames names;
  const bool is_beancount = dialect == Dialect::beancount;
  for (const JournalAccount& account : head.accounts) {
    const std::string name =
        is_beancount ? names.name_of(account.path, account.type) : plain_name_of(account.path);
    const std::string unit = is_beancount ? beancount_commodity_of(account.unit) : account.unit;
    if (account.balance_minor == 0) continue;
    balances[{name, unit}] =
        test::without_needless_zeros(text_from_minor(account.balance_minor, account.scale));
  }
  return balances;
}

class WritersJudged : public testing::TestWithParam<Dialect> {};

TEST_P(WritersJudged, FindTheSameBalancesInAwkwardBooks) {
  if (!test::is_judge_installed(GetParam())) GTEST_SKIP() << text_of(GetParam()) << " is not installed";
  const MemoryBooks books;
  const TemporaryFile file;
  {
    std::ofstream out{file.path(), std::ios::binary};
    const auto writer = journal_writer(GetParam(), [&](std::string_view piece) { out << piece; });
    writer->begin(books.head());
    for (const auto& entry : books.entries()) writer->write(entry);
    writer->end();
  }
  const test::Judgement judgement = test::judge(GetParam(), file.path());
  EXPECT_EQ(judgement.complaint, "");
  EXPECT_EQ(test::differences(balances_by_names_in(GetParam(), books.head()), judgement.balances), "");
}

INSTANTIATE_TEST_SUITE_P(Dialects, WritersJudged,
                         testing::Values(Dialect::hledger, Dialect::ledger, Dialect::beancount),
                         [](const auto& one) { return std::string{text_of(one.param)}; });

}  // namespace
}  // namespace coop::journals
